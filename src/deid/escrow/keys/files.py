"""Key files: one flat JSON object each, with a format line, strings and whole numbers only.

Secrets are written with mode 0600 and refused when anyone but their owner may read them. Nothing is
ever overwritten.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from deid.errors import EscrowError
from deid.store import open_to_others, sync_folder

_MAX_BYTES = 1 << 16

Fields = dict[str, str | int]


def create(path: Path, fields: Mapping[str, str | int], *, secret: bool) -> None:
    """Write a new key file, durably and whole; EscrowError when it exists or cannot be written."""
    data = json.dumps(fields, indent=1).encode() + b"\n"
    with new_file(path, 0o600 if secret else 0o644) as descriptor, os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
        sync_folder(path.parent)


@contextmanager
def new_file(path: Path, mode: int) -> Iterator[int]:
    """Open a file that must not exist yet, and take it away again if the block fails."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise EscrowError(
            f"{path}: exists already", hint="nothing is ever overwritten; give another place"
        ) from None
    except OSError as error:
        raise EscrowError(f"{path}: cannot be made: {error.strerror}") from None
    try:
        yield descriptor
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise EscrowError(f"{path}: cannot write: {error.strerror}") from None
        raise


@contextmanager
def private_folder(folder: Path) -> Iterator[None]:
    """Make a folder that only its owner may enter; EscrowError when it exists and others may.

    The folders made for it are gone again when the block fails, but those that something is in by then.
    """
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        _make_private(folder)
        yield
    except BaseException:
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EscrowError(f"{folder}: cannot be made: {error.strerror}") from None
    check_private(folder)


def read(path: Path, form: str, names: frozenset[str], *, secret: bool) -> Fields:
    """Return the fields of a key file; EscrowError unless it has the format and exactly these names."""
    data = _bytes(path)
    try:
        fields = json.loads(data, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise _not_a_key_file(path, form) from None
    if not isinstance(fields, dict) or fields.get("format") != form or fields.keys() != names | {"format"}:
        raise _not_a_key_file(path, form)
    if secret:  # by now: a public key given in its place is open to others, and may be
        check_private(path)
    if any(type(value) not in (str, int) for value in fields.values()):
        raise _not_a_key_file(path, form)
    return fields


def text(fields: Fields, name: str, path: Path) -> str:
    """Return a field that must be text."""
    value = fields[name]
    if not isinstance(value, str):
        raise EscrowError(f"{path}: `{name}` is damaged")
    return value


def unhex(fields: Fields, name: str, n_bytes: int, path: Path) -> bytes:
    """Return a field of exactly ``n_bytes``, written as lower-case hex digits."""
    data = unhex_up_to(fields, name, n_bytes, path)
    if len(data) != n_bytes:
        raise EscrowError(f"{path}: `{name}` is damaged")
    return data


def unhex_up_to(fields: Fields, name: str, most_bytes: int, path: Path) -> bytes:
    """Return a field of 1 to ``most_bytes``, written as lower-case hex digits."""
    value = text(fields, name, path)
    try:
        data = bytes.fromhex(value)
    except ValueError:
        data = b""
    if not 0 < len(data) <= most_bytes or data.hex() != value:
        raise EscrowError(f"{path}: `{name}` is damaged")
    return data


def whole(fields: Fields, name: str, path: Path) -> int:
    """Return a field that must be a whole number."""
    value = fields[name]
    if not isinstance(value, int):
        raise EscrowError(f"{path}: `{name}` is damaged")
    return value


def check_private(path: Path) -> None:
    """Refuse a file or folder that anyone but its owner may use."""
    if open_to_others(path):
        raise EscrowError(f"{path}: open to others", hint=f"chmod go= {path}")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(_MAX_BYTES)
    except FileNotFoundError:
        raise EscrowError(
            f"{path}: no such key file", hint="`deid escrow init` makes the keys of a new escrow"
        ) from None
    except OSError as error:
        raise EscrowError(f"{path}: cannot read: {error.strerror}") from None


def _not_a_key_file(path: Path, form: str) -> EscrowError:
    return EscrowError(f"{path}: not a key file of format {form}")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name given twice")
    return found
