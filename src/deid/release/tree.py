"""The files of a release folder: what lies there, and what may."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deid.errors import InputError

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
SUMS = "SHA256SUMS"
SEALS = (MANIFEST, SIGNATURE, SUMS)
"""Files that speak about the others and are not listed among them."""

_LAYOUT = re.compile(
    r"README\.md|policy\.lock\.yaml|[a-z][a-z_-]*\.json"
    r"|data/[a-z][a-z_]*-[0-9]{5}-of-[0-9]{5}\.(?:parquet|jsonl\.zst)"
    r"|report/[a-z][a-z_-]*\.(?:html|json)"
    r"|notices/[a-z][a-z_-]*\.(?:ja|en)\.md"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a folder.

    path    : relative, with ``/``.
    regular : whether it is a plain file; a link, a socket or a device is not.
    """

    path: str
    regular: bool


def walk(folder: Path) -> list[Entry]:
    """Return everything below a folder that is not a folder, sorted by path; links are not followed."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such release folder")
    try:
        return sorted(_entries(folder, ""), key=lambda entry: entry.path)
    except OSError as error:
        raise InputError(f"{folder}: cannot read: {error.strerror}") from None


def _entries(folder: Path, prefix: str) -> Iterator[Entry]:
    for item in folder.iterdir():
        mode = item.lstat().st_mode
        if stat.S_ISDIR(mode):
            yield from _entries(item, f"{prefix}{item.name}/")
        else:
            yield Entry(prefix + item.name, stat.S_ISREG(mode))


def in_layout(path: str) -> bool:
    """Return whether a release folder may hold a file of this name (ARCHITECTURE 5.3).

    An escrow, a ledger or a temporary file has no name that fits.
    """
    return _LAYOUT.fullmatch(path) is not None


def shown(path: str) -> str:
    """Return a path fit for a one-line message."""
    return path if path.isprintable() else ascii(path)
