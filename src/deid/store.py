"""Atomic files and folders: write beside, fsync, rename. Nothing half-written ever has the final name.

What is under way has one name, ``.NAME.tmp`` or ``.NAME.partial``, and is locked by who writes it: of two
commands that make the same thing, one makes it whole and the other is refused; what a killed one left is
unlocked, and goes when the next one begins.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from deid.errors import InputError, Unwritable

_CHUNK = 1 << 20
_OTHERS = 0o077
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LOCK = "lock"


@contextmanager
def atomic_file(path: Path, *, mode: int = 0o644, new: bool = False) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path`` and rename it into place when the block ends well.

    new : InputError when ``path`` is there by then; nothing is ever replaced.

    On any exception the temporary file is removed and ``path`` is untouched. Durable on return. InputError
    when somebody else is writing ``path``.
    """
    temporary = _temporary(path)
    with _telling(path):
        descriptor = _claimed(temporary, path, mode)
    with os.fdopen(descriptor, "wb") as handle:
        try:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
            with _telling(path):
                _name(temporary, path, new=new)
            sync_folder(path.parent)
        except BaseException as error:
            temporary.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in _NO_ROOM:  # such an error names no file
                raise Unwritable(
                    f"{path}: cannot write: {error.strerror}", hint="is there room left?"
                ) from None
            raise


def sweep(path: Path) -> None:
    """Remove what a killed command left beside a file that it had named by then.

    Unwritable when another command is writing the file.
    """
    with _telling(path):
        _sweep(_temporary(path), path)


def check_named(path: str | Path) -> None:
    """Refuse a path that ends in no name, as ``.``, ``..`` and ``/`` do: nothing new can be made there."""
    if Path(path).name in ("", ".."):
        raise InputError(f"'{path}': not a name for something new", hint="name a file or folder to be made")


def _temporary(path: Path) -> Path:
    check_named(path)
    return path.with_name(f".{path.name}.tmp")


def _claimed(temporary: Path, path: Path, mode: int) -> int:
    """Return a descriptor of an empty file that is ours alone, as its lock shows."""
    while True:
        _sweep(temporary, path)
        try:
            # O_EXCL: nobody's link or wide-open file of this name is written through.
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            continue
        try:
            if _locked(descriptor) and _is_at(descriptor, temporary):
                return descriptor
        except OSError:  # no locks here: it would stay, empty
            temporary.unlink(missing_ok=True)
            os.close(descriptor)
            raise
        os.close(descriptor)


def _sweep(temporary: Path, path: Path) -> None:
    """Remove what a killed command left; InputError when it is another's work under way."""
    if temporary.is_symlink():
        temporary.unlink(missing_ok=True)
    try:
        # O_NONBLOCK: a pipe of this name would have us wait for a reader.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    try:
        if not _locked(descriptor):
            raise _under_way(path)
        if _is_at(descriptor, temporary):
            temporary.unlink()
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Lock an open file until it is closed; return whether nobody else has it locked."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Return whether an open file is the one of this name still."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _under_way(path: Path) -> Unwritable:
    return Unwritable(f"{path}: another command is writing it", hint="wait for it to end")


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
    """Turn an OSError into Unwritable with the name of the file that was asked for."""
    try:
        yield
    except OSError as error:
        raise Unwritable(
            f"{path}: cannot write: {error.strerror}", hint="choose a folder you may write to"
        ) from None


def write_bytes(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write ``data`` to ``path``, atomically and durably."""
    with atomic_file(path, mode=mode) as handle:
        handle.write(data)


@contextmanager
def new_folder(path: Path, *, goes_on: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """Yield an empty folder that gets the name ``path`` when the block ends well.

    goes_on : whether the folder that a killed command left is yielded again, as it is.

    On any exception it is removed, unless it could be gone on with, and ``path`` is untouched. Durable on
    return. What the block makes beside the folder goes with it. InputError when ``path`` is a link, or there
    and not empty, or somebody else is making it.
    """
    check_named(path)
    partial = path.with_name(f".{path.name}.partial")
    made = partial / "new"
    with _telling(path):
        lock = _claimed_folder(partial, path)
    with lock:
        try:
            if not is_free(path):
                raise InputError(f"{path}: exists already", hint="nothing is ever overwritten")
            if goes_on is None or not (made.is_dir() and goes_on(made)):
                _clear(partial)
                made.mkdir()
            yield made
            with _telling(path):
                made.rename(path)
            sync_folder(path.parent)
        finally:
            # Whole, and told of somewhere by now: it stays for the same call made again.
            if not (goes_on is not None and made.is_dir() and goes_on(made)):
                _clear(partial)
            (partial / _LOCK).unlink(missing_ok=True)
            with suppress(OSError):  # the next one has begun in it already
                partial.rmdir()


def _claimed_folder(partial: Path, path: Path) -> IO[bytes]:
    """Return the open lock of a working folder that is ours alone; InputError when another has it."""
    while True:
        if partial.is_symlink():
            partial.unlink(missing_ok=True)
        with suppress(FileExistsError):
            partial.mkdir(mode=0o700)
        with suppress(FileNotFoundError):  # whoever had it just ended
            lock = (partial / _LOCK).open("wb")
            try:
                ours = _locked(lock.fileno())
            except OSError:
                lock.close()
                raise
            if not ours:
                lock.close()
                raise _under_way(path)
            if _is_at(lock.fileno(), partial / _LOCK):
                return lock
            lock.close()


def is_free(path: Path) -> bool:
    """Say whether a folder may be made at ``path``: no link is there, and nothing but an empty folder."""
    return not path.is_symlink() and (not path.exists() or (path.is_dir() and not any(path.iterdir())))


def _clear(partial: Path) -> None:
    """Remove all that is in a working folder but its lock."""
    for left in partial.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        elif left.name != _LOCK:
            left.unlink()


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
