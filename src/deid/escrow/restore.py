"""Bringing a backup back: verified, and what was destroyed or decided since done again, then named.

It all happens in the transaction that founds the new database, so killed in between nothing of it is there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from deid.errors import EscrowError
from deid.escrow import tombstones
from deid.escrow.backup import INTEGER_BYTES, LENGTH_BYTES, MAGIC, MAX_WRAPPED_BYTES, TIME_BYTES, context
from deid.escrow.chain import DECISION_KINDS, body, timestamp
from deid.escrow.decisions import Decider, custodian
from deid.escrow.derived import append
from deid.escrow.destroy import Destroyer
from deid.escrow.envelope import HEADER_BYTES, KEY_ID_BYTES, MAX_PLAINTEXT_BYTES, does_not_open
from deid.escrow.examine import Examination
from deid.escrow.keys.local import ESCROW_ID_BYTES, PrivateKey, PublicKey, read_public, read_writer
from deid.escrow.stores.open import founding
from deid.escrow.stores.retention import DUMPED, Row, Value
from deid.escrow.stores.store import Store
from deid.escrow.stores.url import without_password
from deid.escrow.stream import open_stream

_MAX_FRAME_BYTES = MAX_PLAINTEXT_BYTES + (1 << 16)


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A backup brought back.

    url         : address of the database, without the password.
    made_at     : when the backup was made; what was sealed later is not in it.
    size        : entries of the log now, ``restore`` included.
    n_destroyed : destructions later than the backup, carried out again.
    n_decided   : decisions of custody later than the backup, made again.
    """

    url: str
    made_at: str
    size: int
    n_records: int
    n_destroyed: int
    n_decided: int


def restore(
    source: str | Path,
    url: str,
    keys: str,
    *,
    private_key: PrivateKey,
    listed: str | Path | None = None,
    now: datetime,
) -> RestoreReport:
    """Make an escrow database from a backup; EscrowError when there is one, and then nothing is made.

    listed : the list of tombstones; None for the one beside ``escrow.pub``. It must be there, and name every
             destruction and decision that the backup has: one that does not is another, older or cut.

    Needs the private key, to open the backup, and ``writer.key``, to sign what is destroyed again. A
    checkpoint made after the backup does not hold any more: what it signed is not in the backup.
    """
    source, public, at = Path(source), read_public(keys), timestamp(now)
    listed = tombstones.path_beside(keys) if listed is None else Path(listed)
    author = read_writer(keys, public).author()
    decides = custodian(public, private_key.author())
    known = tombstones.read(listed, public)
    with _opened(source) as handle, founding(url) as store:
        made_at, chunks = _open(handle, public, private_key)
        store.retention.load(_rows(chunks))
        own = [*store.retention.ends(), *store.custody.decisions(DECISION_KINDS)]
        if n_unlisted := tombstones.unlisted(known, own):
            raise EscrowError(
                f"{listed}: {n_unlisted} destructions or decisions in the backup are not on this list",
                hint="give the newest list with --tombstones; nothing was made",
            )
        _check(store, public, source)
        append(store, decides, "restore", body({"at": at, "backup": made_at}))
        n_destroyed = len(Destroyer(store, public, author, listed, at).settle())
        n_decided = Decider(store, public, decides, listed, at).settle()
        size, n_records = _check(store, public, source)
    return RestoreReport(without_password(url), made_at, size, n_records, n_destroyed, n_decided)


def _check(store: Store, public: PublicKey, source: Path) -> tuple[int, int]:
    """Return the size of the log and the number of records; EscrowError unless everything verifies."""
    examination = Examination(store, public)
    report = examination.run(None)
    if examination.problems:
        raise EscrowError(
            f"{source}: does not verify: {examination.problems[0]}",
            hint="take another backup; nothing was made",
        )
    return report.size, report.n_records


def _opened(source: Path) -> IO[bytes]:
    try:
        return source.open("rb")
    except OSError as error:
        raise EscrowError(f"{source}: cannot read: {error.strerror}") from None


def _open(handle: IO[bytes], public: PublicKey, private_key: PrivateKey) -> tuple[str, Iterator[bytes]]:
    """Return when a backup was made, and what it holds; the one error for a header that is not ours."""
    fixed = handle.read(len(MAGIC) + ESCROW_ID_BYTES + TIME_BYTES + LENGTH_BYTES)
    if not fixed.startswith(MAGIC):
        raise does_not_open()
    rest = fixed[len(MAGIC) :]
    n_wrapped = int.from_bytes(rest[-LENGTH_BYTES:], "big")
    if rest[:ESCROW_ID_BYTES].hex() != public.escrow_id or n_wrapped > MAX_WRAPPED_BYTES:
        raise does_not_open()
    at = rest[ESCROW_ID_BYTES:-LENGTH_BYTES].decode("ascii", "replace")
    wrapped = handle.read(n_wrapped)
    made_under = wrapped[HEADER_BYTES - KEY_ID_BYTES : HEADER_BYTES]
    given = private_key.key_id
    if len(wrapped) == n_wrapped and made_under != given:
        raise EscrowError(
            f"backup made under escrow key {made_under.hex()}, the private key given is {given.hex()}",
            hint="give the escrow.key that was in force then, and its escrow.pub",
        )
    key = private_key.unwrap(wrapped, context(public.escrow_id, at))
    return at, open_stream(handle, key, fixed + wrapped)


def _rows(chunks: Iterable[bytes]) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) of frames that may stand across chunks; the one error for anything else."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while (end := _frame_end(waiting)) and len(waiting) >= end:
            table, *values = _fields(bytes(waiting[LENGTH_BYTES:end]))
            del waiting[:end]
            name = table.decode("ascii", "replace")
            if name not in DUMPED:
                raise does_not_open()
            yield name, tuple(map(_decoded, values))
    if waiting:
        raise does_not_open()


def _frame_end(waiting: bytearray) -> int:
    """Return where the first frame ends; 0 when its length is not there yet."""
    if len(waiting) < LENGTH_BYTES:
        return 0
    length = int.from_bytes(waiting[:LENGTH_BYTES], "big")
    if length > _MAX_FRAME_BYTES:
        raise does_not_open()
    return LENGTH_BYTES + length


def _fields(frame: bytes) -> list[bytes]:
    fields, position = [], 0
    while position < len(frame):
        start = position + LENGTH_BYTES
        position = start + int.from_bytes(frame[position:start], "big")
        fields.append(frame[start:position])
    if position != len(frame) or not fields:
        raise does_not_open()
    return fields


def _decoded(value: bytes) -> Value:
    kind, data = value[:1], value[1:]
    if kind == b"b":
        return data
    if kind == b"i" and len(data) == INTEGER_BYTES:
        return int.from_bytes(data, "big", signed=True)
    if kind != b"t":
        raise does_not_open()
    try:
        return data.decode()
    except ValueError:
        raise does_not_open() from None
