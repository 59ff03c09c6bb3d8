"""One act on an escrow by a process that may kill itself at a named point."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from escrow_child import die_at

from deid.escrow import (
    Expired,
    backup,
    checkpoint,
    expire,
    gc,
    open_private_key,
    restore,
    reveal_record,
    shred,
)
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.rotation import rotate

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


@dataclass(frozen=True)
class Act:
    """What the process does to which escrow, and where it ends."""

    folder: Path
    url: str
    name: str
    point: str
    count: int

    @property
    def keys(self) -> str:
        return f"local:{self.folder}/escrow.pub"


def main(act: Act) -> None:
    """Do it; what a reveal gives goes into the file ``said``."""
    die_at(act.point, act.count)
    _ACTS[act.name](act)


def _shred(act: Act) -> None:
    shred(act.url, act.keys, subject="u1", why="request 7", now=NOW)


def _expire(act: Act) -> None:
    expire(act.url, act.keys, Expired(run_id="run-1"), why="kept a year", now=NOW)


def _gc(act: Act) -> None:
    gc(act.url, act.keys, {}, run_id="run-1", now=NOW)


def _checkpoint(act: Act) -> None:
    checkpoint(act.url, act.keys, now=NOW)


def _backup(act: Act) -> None:
    backup(act.url, act.keys, act.folder / "saved", now=NOW)


def _restore(act: Act) -> None:
    key = open_private_key(act.folder / "escrow.key", PASSPHRASE)
    restore(act.folder / "older", act.url, act.keys, private_key=key, now=NOW)


def _reveal(act: Act) -> None:
    key = open_private_key(act.folder / "escrow.key", PASSPHRASE)
    payloads = reveal_record(
        act.url, private_key=key, record="r1", purpose="p", requester="q", published=None, now=NOW
    )
    (act.folder / "said").write_bytes(b"".join(payloads))


def _rotate(act: Act) -> None:
    secrets = open_secrets(act.folder / "escrow.key", PASSPHRASE)
    new = NewKey("local:x25519", PASSPHRASE, NO_ACCESS)
    rotate(act.url, act.keys, secrets, new, out=act.folder / "successor", now=NOW)


_ACTS: dict[str, Callable[[Act], None]] = {
    "shred": _shred,
    "expire": _expire,
    "gc": _gc,
    "checkpoint": _checkpoint,
    "backup": _backup,
    "restore": _restore,
    "reveal": _reveal,
    "rotate": _rotate,
}
