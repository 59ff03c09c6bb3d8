"""Backups: the whole escrow as rows, sealed to its public key, so only the custodian can bring one back.

::

    offset  size  field
    0       22    "deid-escrow-backup/v1" and a line feed
    22      16    escrow id
    38      20    when it was made, UTC, as 2026-01-31T09:00:00Z
    58      4     length w of the wrapped key, big-endian, at most 65,536
    62      w     wrapped key: a fresh key of 32 bytes, wrapped to the escrow key as an epoch key is, in the
                  context encode("deid/escrow/backup/v1", escrow id as 32 hex digits, time)
    62+w    ...   the rows, sealed under that key (``stream``) with everything above as the header

Opened, it is one frame a row, in the order of ``stores.DUMPED``: four bytes with the length of what follows,
then ``encode(table, value, ...)``; a value is ``i`` and eight bytes, big-endian and signed, or ``t`` and
UTF-8, or ``b`` and bytes. A backup says nothing the database does not; it holds keys of subjects as they
were, so ``restore`` needs the list of tombstones.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow import decisions, tombstones
from deid.escrow.chain import DECISION_KINDS, body, timestamp
from deid.escrow.derived import append
from deid.escrow.destroy import Destroyer
from deid.escrow.envelope import encode, text_fields
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.local import read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.retention import Row, Value
from deid.escrow.stream import seal_stream
from deid.store import atomic_file

MAGIC = b"deid-escrow-backup/v1\n"
TIME_BYTES = 20
MAX_WRAPPED_BYTES = 1 << 16
LENGTH_BYTES = 4
INTEGER_BYTES = 8


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup made.

    n_rows : rows of all tables; size_bytes : of the file.
    size   : entries of the log in it, the one that names this backup included.
    """

    path: Path
    at: str
    n_rows: int
    size: int
    size_bytes: int


def backup(
    url: str, keys: str, out: str | Path, *, now: datetime, access: KeyAccess = NO_ACCESS
) -> BackupReport:
    """Write a new backup file, mode 0600, while others may go on writing; EscrowError when it exists.

    access : credentials, for an escrow key in a service.

    The log names it first (``backup``: SHA-256 of its wrapped key). Memory is bounded. What only the log has
    is put on the list of tombstones, so a list stands beside the keys when the backup is needed. A backup
    destroys nothing: EscrowError while the log owes the list a destruction.
    """
    out, at = Path(out), timestamp(now)
    if out.exists():
        raise EscrowError(f"{out}: exists already", hint="nothing is ever overwritten")
    public = read_public(keys)
    author, listed = read_writer(keys, public).author(), tombstones.path_beside(keys)
    key, wrapped = public.wrapper(access).new_epoch_key(context(public.escrow_id, at))
    header = b"".join((MAGIC, bytes.fromhex(public.escrow_id), at.encode(), _length(wrapped), wrapped))
    with open_store(url, public.escrow_id) as store:
        with store.transaction():
            if n_owed := len(Destroyer(store, public, author, listed, at).owed()):
                raise EscrowError(
                    f"{n_owed} destructions on the list of tombstones are not in the log",
                    hint="`deid escrow verify`; the next `deid shred` carries them out",
                )
            decisions.outstanding(store, listed, public, DECISION_KINDS, add=True)
            said = {"at": at, "wrapped": hashlib.sha256(wrapped).hexdigest()}
            append(store, author, "backup", body(said))
        with store.snapshot(), atomic_file(out, mode=0o600, new=True) as handle:
            counts = {"rows": 0, "log": 0}
            handle.write(header)
            seal_stream(_frames(store.retention.dump(), counts), handle, key, header)
    return BackupReport(out, at, counts["rows"], counts["log"], out.stat().st_size)


def context(escrow_id: str, at: str) -> bytes:
    """Return what the key of a backup is bound to."""
    return encode(b"deid/escrow/backup/v1", *text_fields((escrow_id, at)))


def _frames(rows: Iterable[tuple[str, Row]], counts: dict[str, int]) -> Iterator[bytes]:
    for table, row in rows:
        counts["rows"] += 1
        counts["log"] += table == "log"
        frame = encode(table.encode(), *map(_encoded, row))
        yield _length(frame) + frame


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(LENGTH_BYTES, "big")


def _encoded(value: Value) -> bytes:
    if isinstance(value, int):
        return b"i" + value.to_bytes(INTEGER_BYTES, "big", signed=True)
    return b"t" + value.encode() if isinstance(value, str) else b"b" + value
