"""Addresses of stores, written as SQLAlchemy writes them."""

from pathlib import Path

from deid.errors import EscrowError

_SCHEME = "sqlite:///"


def database_path(url: str) -> Path:
    """Return the file of ``sqlite:///relative`` or ``sqlite:////absolute``.

    A relative path is relative to the working directory. EscrowError for any other address.
    """
    path = url.removeprefix(_SCHEME)
    if path == url or not path or path.endswith("/") or any(mark in path for mark in "?#\0"):
        raise EscrowError(
            f"escrow address `{url}` not understood",
            hint="give sqlite:///relative/file.db or sqlite:////absolute/file.db",
        )
    return Path(path)
