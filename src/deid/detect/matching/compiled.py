"""What reading and compiling expressions gives, kept beside this package's code as Python keeps what it compiles.

A later start then takes a fifth of the time. What is kept follows from the code of this package and its
expressions alone: nothing of a text, of a run or of a key. The folder is ``__pycache__/expressions-DIGEST``, by the
digest of the code; an entry is the SHA-256 of its content, 32 bytes, and the content, and its name the SHA-256
of what it follows from beside the code. One that is missing or not whole is made anew; a folder that others
may write to than those who may write the code is not used; only the owner of the code writes, and what cannot
be written is not kept.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from deid.errors import DeidError
from deid.store import atomic_file

_DIGEST_BYTES = 32
_WORTH = 1_000  # bytes of what an entry follows from: less is compiled as soon as it is read
_OTHERS_MAY_WRITE = 0o022
_NAME = "expressions-{}"
_HERE = Path(__file__).parents[1]
_BESIDE = _HERE / "__pycache__"


def kept(kind: str, about: Any, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` gives, from the folder if it is there.

    about : all that the content follows from beside the code of this package, as JSON writes it.
    """
    path = _entry(kind, about)
    if path is None:
        return make()
    content = _read(path)
    if content is None:
        content = make()
        _write(path, content)
    return content


def kept_table(kind: str, about: Any, make: Callable[[], Any]) -> Any:
    """Return what ``make`` gives, which JSON can write, from the folder if it is there."""
    return json.loads(kept(kind, about, lambda: _written(make())))


def forget(kind: str, about: Any) -> None:
    """Remove an entry, if there is one: it is of no use here."""
    path = _entry(kind, about)
    if path is not None:
        with suppress(OSError):
            path.unlink()


def _entry(kind: str, about: Any) -> Path | None:
    """Return where an entry is, or is to be; None where nothing is kept."""
    written = _written([kind, about])
    folder = _folder() if len(written) >= _WORTH else None
    return folder and folder / hashlib.sha256(written).hexdigest()


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")


def _folder() -> Path | None:
    """Return the folder, made if need be; None where only others may write, or others too."""
    if not _CODE:
        return None
    folder = _BESIDE / _NAME.format(_CODE)
    try:
        if not folder.is_dir():
            if os.geteuid() != _HERE.stat().st_uid:
                return None
            folder.mkdir(mode=0o755, parents=True)
            _remove_others(folder)
        return folder if _is_as_safe(folder) else None
    except OSError:
        return None


def code() -> str:
    """Return a digest of the code that reads and compiles, as another version may read another way; nothing without sources."""
    digest = hashlib.sha256()
    try:
        paths = sorted((*_HERE.glob("[!.]*.py"), *_HERE.glob("matching/[!.]*.py")))
        for path in paths:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        return ""
    return digest.hexdigest()[:16] if paths else ""


_CODE = code()
"""Of the files as they are when this process reads them: an upgrade under its feet is another's code."""


def _remove_others(folder: Path) -> None:
    """Remove the folders of code that is gone."""
    for other in folder.parent.glob(_NAME.format("*")):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _is_as_safe(folder: Path) -> bool:
    """Whether nobody may write a folder but the owner of the code."""
    found = folder.lstat()
    return found.st_uid == _HERE.stat().st_uid and not found.st_mode & _OTHERS_MAY_WRITE


def _read(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, content = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    return content if hashlib.sha256(content).digest() == digest else None


def _write(path: Path, content: bytes) -> None:
    """Write an entry, whole or not at all; none where the code has changed since it was read."""
    if code() == _CODE:
        with suppress(OSError, DeidError), atomic_file(path) as handle:
            handle.write(hashlib.sha256(content).digest() + content)
