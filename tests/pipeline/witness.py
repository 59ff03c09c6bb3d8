"""A witness of every Python process of a run: what it opened, what it deleted, which keys it drew.

Copied as ``sitecustomize.py`` into a folder of its own, which PYTHONPATH names first, so that the command and
all its workers load it. It writes into ``$WITNESS``: a line for each audit event, the bytes of each file that
is deleted or renamed, and each 32 bytes that were drawn from the operating system.
"""

import contextlib
import os
import resource
import shutil
import sys
from pathlib import Path
from typing import Any

_FOLDER = Path(os.environ["WITNESS"])
_LOG = os.open(_FOLDER / f"{os.getpid()}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
_KEYS = os.open(_FOLDER / f"{os.getpid()}.keys", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
_BUSY: list[bool] = []
_urandom = os.urandom


def _place(name: Any, folder: Any = None) -> str:
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    if isinstance(folder, int) and folder >= 0:
        # An absolute name stays what it is.
        name = Path(f"/proc/self/fd/{folder}").readlink() / str(name)
    return str(name)


def _keep(path: str) -> None:
    """Copy a file that is about to go, unless another process, which then kept it, was faster."""
    number = len(list(_FOLDER.glob("gone-*")))
    with contextlib.suppress(FileNotFoundError):
        if Path(path).is_file():
            shutil.copyfile(path, _FOLDER / f"gone-{os.getpid()}-{number}")


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _BUSY or event not in (
        "open",
        "os.remove",
        "os.rename",
        "sqlite3.connect",
        "socket.connect",
        "import",
    ):
        return
    _BUSY.append(True)
    try:
        folder = arguments[1] if event == "os.remove" else arguments[2] if event == "os.rename" else None
        path = _place(arguments[0], folder)
        os.write(_LOG, f"{event}\t{path}\n".encode("utf-8", "replace"))
        if event in ("os.remove", "os.rename"):
            _keep(path)
    finally:
        _BUSY.clear()


def _drawn(size: int) -> bytes:
    value = _urandom(size)
    if size == 32:
        os.write(_KEYS, value)
    return value


os.urandom = _drawn
os.write(_LOG, f"core\t{resource.getrlimit(resource.RLIMIT_CORE)[0]}\n".encode())
sys.addaudithook(_hook)
