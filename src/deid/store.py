"""Atomic files: write beside, fsync, rename; and digests. Nothing half-written ever has the final name."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deid.errors import InputError

_CHUNK = 1 << 20
_OTHERS = 0o077
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def atomic_file(path: Path, *, mode: int = 0o644, new: bool = False) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path`` and rename it into place when the block ends well.

    new : InputError when ``path`` is there by then; nothing is ever replaced.

    On any exception the temporary file is removed and ``path`` is untouched. Durable on return.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _telling(path):
        temporary.unlink(missing_ok=True)
        # O_EXCL: nobody's link or wide-open file of this name is written through.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        with _telling(path):
            _name(temporary, path, new=new)
        sync_folder(path.parent)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _NO_ROOM:  # such an error names no file
            raise InputError(f"{path}: cannot write: {error.strerror}", hint="is there room left?") from None
        raise


def _name(temporary: Path, path: Path, *, new: bool) -> None:
    if not new:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # unlike a rename, refuses a name that is taken
    except FileExistsError:
        raise InputError(f"{path}: exists already", hint="nothing is ever overwritten") from None
    temporary.unlink()


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn an OSError into InputError with the name of the file that was asked for."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path}: cannot write: {error.strerror}", hint="choose a folder you may write to"
        ) from None


def write_bytes(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write ``data`` to ``path``, atomically and durably."""
    with atomic_file(path, mode=mode) as handle:
        handle.write(data)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``path`` that gets its name when the block ends well.

    On any exception it is removed, and ``path`` is untouched. Durable on return.
    """
    partial = path.with_name(f".{path.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # of one that was killed
    with _telling(path):
        partial.mkdir()
    try:
        yield partial
        with _telling(path):
            partial.rename(path)
        sync_folder(path.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits; memory is bounded."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether ``path``, links resolved, is ``folder`` or lies below it."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))  # of a loop, as it stands


def open_to_others(path: Path) -> bool:
    """Return whether anyone but its owner may read, write or enter a file or folder."""
    return bool(path.stat().st_mode & _OTHERS)
