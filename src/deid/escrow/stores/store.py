"""An open escrow, whatever database holds it: rows in, rows out.

Every method runs inside ``transaction`` (writes, one at a time in the whole database) or ``snapshot`` (one
consistent view). SQL stands here once, in words that every backend understands.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count, islice, repeat
from operator import itemgetter
from types import TracebackType
from typing import Self

from deid.errors import EscrowError
from deid.escrow.stores.backend import Backend, Row
from deid.escrow.stores.custody import CustodyTables
from deid.escrow.stores.log import LogTables
from deid.escrow.stores.retention import Retention
from deid.escrow.stores.rows import (
    BatchRow,
    DeadKey,
    Draft,
    EpochRow,
    EscrowKeyRow,
    FoundRecord,
    KeyRow,
    WrappedRow,
)
from deid.escrow.stores.schema import columns
from deid.escrow.stores.shredding import ShreddingTables

_BATCHES = """SELECT b.batch_id, b.epoch_id, b.batch, b.attempt, b.n_records, b.root, b.first_seq,
 b.n_keys, b.keys_root, b.first_key, w.batch_id IS NOT NULL
 FROM batch b LEFT JOIN swept w ON w.batch_id = b.batch_id"""
_FIND = """SELECT e.epoch_id, e.writer, e.run_id, e.domain, e.created, b.batch, b.attempt, s.record, s.blob,
 k.subject, k.key_id, k.wrapped, d.key_seq IS NOT NULL, s.seq
 FROM sealed s JOIN batch b ON b.batch_id = s.batch_id JOIN epoch e ON e.epoch_id = b.epoch_id
 LEFT JOIN subject_key k ON k.key_seq = s.key_seq LEFT JOIN dead_key d ON d.key_seq = s.key_seq
 WHERE s.record IN ({})"""
# So many records are looked for at once: every SQLite takes 999 marks in a statement.
_FOUND_AT_ONCE = 500
# The key id stands in every blob after version and algorithm.
_STRAY_KEYS = """SELECT count(*) FROM sealed s LEFT JOIN batch b ON b.batch_id = s.batch_id
 LEFT JOIN subject_key k ON k.key_seq = s.key_seq LEFT JOIN dead_key d ON d.key_seq = s.key_seq
 WHERE NOT coalesce(substr(s.blob, 3, 8) = coalesce(k.key_id, d.key_id)
 AND b.epoch_id = coalesce(k.epoch_id, d.epoch_id), FALSE)"""
_NEXT_BATCH = """SELECT batch_id + 1, first_seq + n_records, first_key + n_keys
 FROM batch ORDER BY batch_id DESC LIMIT 1"""
_TABLES = (
    "escrow_key", "retired_key", "epoch", "epoch_key", "batch", "sealed", "subject_key", "dead_key",
    "dead_epoch", "tombstone", "swept", "log",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Store:
    """An open escrow; use as a context manager."""

    _db: Backend = field(repr=False)

    @property
    def place(self) -> str:
        """What messages call it: a file, or an address without user and password."""
        return self._db.place

    def check_owner(self, escrow_id: str) -> None:
        """Raise EscrowError unless the database belongs to this escrow."""
        with self.snapshot():
            rows = self._db.execute("SELECT value FROM meta WHERE name = 'escrow_id'")
        if rows != [(escrow_id,)]:
            raise EscrowError(
                f"{self.place}: belongs to another escrow", hint="check escrow.url and escrow.keys"
            )

    def set_owner(self, escrow_id: str) -> None:
        """Say once to which escrow a new database belongs."""
        self._db.execute("INSERT INTO meta VALUES ('escrow_id', ?)", (escrow_id,))

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Run a block as one write: all of it durable at its end, or nothing of it."""
        return self._db.transaction()

    def snapshot(self) -> AbstractContextManager[None]:
        """Run a block of reads over one state of the database."""
        return self._db.snapshot()

    def _one(self, sql: str, row: tuple[object, ...] = ()) -> Row | None:
        rows = self._db.execute(sql, row)
        return rows[0] if rows else None

    def _number(self, sql: str) -> int:
        return int(self._db.execute(sql)[0][0])

    @property
    def log(self) -> LogTables:
        """What was done to the escrow, and the checkpoints over it."""
        return LogTables(self._db)

    @property
    def custody(self) -> CustodyTables:
        """Who may open the escrow, and what was asked and approved."""
        return CustodyTables(self._db)

    @property
    def shredding(self) -> ShreddingTables:
        """The keys of one person, and what is left of those that were destroyed."""
        return ShreddingTables(self._db)

    @property
    def retention(self) -> Retention:
        """What has expired, and everything as rows, for a backup."""
        return Retention(self._db)

    # keys and epochs

    def add_escrow_key(self, key: EscrowKeyRow) -> None:
        """Name a key that epochs are wrapped under from here on."""
        row = (key.key_id, key.kem, key.public, key.created)
        self._db.execute("INSERT INTO escrow_key VALUES (?,?,?,?)", row)

    def escrow_keys(self) -> list[EscrowKeyRow]:
        """Return every escrow key, oldest first; the last is the one in force."""
        query = "SELECT key_id, kem, public, created FROM escrow_key ORDER BY rowid"
        return [EscrowKeyRow(*row) for row in self._db.execute(query)]

    def retired_keys(self) -> list[bytes]:
        """Return the ids of the escrow keys that were retired, in that order."""
        return [key_id for (key_id,) in self._db.execute("SELECT key_id FROM retired_key ORDER BY rowid")]

    def retire_key(self, key_id: bytes) -> None:
        """Retire an escrow key and delete what is wrapped under it."""
        self._db.execute("INSERT INTO retired_key VALUES (?)", (key_id,))
        self._db.execute("DELETE FROM epoch_key WHERE key_id = ?", (key_id,))

    def wrapped_rows(self) -> Iterator[WrappedRow]:
        """Yield every wrapped epoch key, epoch by epoch, oldest first."""
        query = """SELECT k.epoch_id, coalesce(e.writer, ''), k.key_id, k.wrapped FROM epoch_key k
 LEFT JOIN epoch e ON e.epoch_id = k.epoch_id ORDER BY k.epoch_id, k.rowid"""
        for row in self._db.stream(query):
            yield WrappedRow(*row)

    def add_wrapped(self, rows: list[WrappedRow]) -> None:
        """Add epoch keys that were wrapped again, under another escrow key."""
        values = [(row.epoch_id, row.key_id, row.wrapped) for row in rows]
        self._db.execute_many("INSERT INTO epoch_key VALUES (?,?,?)", values)

    def next_epoch(self) -> int:
        """Return the number the next epoch gets."""
        return self._number("SELECT coalesce(max(epoch_id), 0) + 1 FROM epoch")

    def add_epoch(self, epoch: EpochRow, key_id: bytes, wrapped: bytes) -> None:
        """Open an epoch."""
        row = (epoch.epoch_id, epoch.writer, epoch.run_id, epoch.domain, epoch.created)
        self._db.execute("INSERT INTO epoch VALUES (?,?,?,?,?)", row)
        self._db.execute("INSERT INTO epoch_key VALUES (?,?,?)", (epoch.epoch_id, key_id, wrapped))

    def epoch_of(self, writer: str) -> EpochRow | None:
        """Return a writer's epoch."""
        query = "SELECT epoch_id, writer, run_id, domain, created FROM epoch WHERE writer = ?"
        row = self._one(query, (writer,))
        return EpochRow(*row) if row else None

    def writer_of(self, epoch_id: int) -> str:
        """Return the writer of an epoch, 32 hex digits; empty when there is no such epoch."""
        row = self._one("SELECT writer FROM epoch WHERE epoch_id = ?", (epoch_id,))
        return str(row[0]) if row else ""

    def wrapped_keys(self, epoch_id: int) -> list[tuple[bytes, bytes]]:
        """Return (key id, wrapped epoch key) of an epoch: one for each escrow key that opens it."""
        query = "SELECT key_id, wrapped FROM epoch_key WHERE epoch_id = ? ORDER BY rowid"
        return self._db.execute(query, (epoch_id,))

    # batches

    def add_batch(self, epoch_id: int, draft: Draft) -> int:
        """Store a batch; return the number of its first key."""
        batch_id, first_seq, first_key = self._one(_NEXT_BATCH) or (1, 1, 1)
        batch = (
            batch_id, epoch_id, draft.batch, draft.attempt, len(draft.blobs), draft.root, first_seq,
            len(draft.keys), draft.keys_root, first_key,
        )  # fmt: skip
        self._db.execute("INSERT INTO batch VALUES (?,?,?,?,?,?,?,?,?,?)", batch)
        keys = (
            (seq, epoch_id, key.subject, key.key_id, key.wrapped)
            for seq, key in enumerate(draft.keys, first_key)
        )
        self._db.load("subject_key", keys, columns("subject_key"))
        refs = [ref if ref > 0 else first_key - 1 - ref for ref in draft.key_refs]
        rows = zip(count(first_seq), repeat(batch_id), refs, draft.records, draft.blobs, strict=False)
        self._db.load("sealed", rows, columns("sealed"))
        return int(first_key)

    def batches(self) -> Iterator[BatchRow]:
        """Yield every attempt at every batch, in the order of commits."""
        for row in self._db.stream(f"{_BATCHES} ORDER BY b.batch_id"):
            yield BatchRow(*row[:10], *map(bool, row[10:]))

    def batches_of(self, run_id: str) -> Iterator[BatchRow]:
        """Yield every attempt of a run, in the order of commits."""
        query = f"{_BATCHES} JOIN epoch e ON e.epoch_id = b.epoch_id WHERE e.run_id = ? ORDER BY b.batch_id"
        for row in self._db.stream(query, (run_id,)):
            yield BatchRow(*row[:10], *map(bool, row[10:]))

    def sealed_chunks(self, batch: BatchRow, size: int) -> Iterator[list[tuple[bytes, bytes]]]:
        """Yield (record, blob) of a batch in order, ``size`` at a time."""
        query = "SELECT record, blob FROM sealed WHERE seq >= ? AND seq < ? AND batch_id = ? ORDER BY seq"
        where = (batch.first_seq, batch.first_seq + batch.n_records, batch.batch_id)
        rows = self._db.stream(query, where)
        while chunk := list(islice(rows, size)):
            yield chunk

    def key_rows(self, batch: BatchRow) -> Iterator[KeyRow | DeadKey]:
        """Yield the keys a batch brought, in order; of a shredded one, what is left."""
        query = """SELECT key_seq, epoch_id, key_id, subject, wrapped, NULL FROM subject_key
 WHERE key_seq >= ? AND key_seq < ? AND epoch_id = ? UNION ALL
 SELECT key_seq, epoch_id, key_id, NULL, NULL, leaf FROM dead_key
 WHERE key_seq >= ? AND key_seq < ? AND epoch_id = ? ORDER BY 1"""
        where = (batch.first_key, batch.first_key + batch.n_keys, batch.epoch_id)
        for seq, epoch_id, key_id, subject, wrapped, leaf in self._db.stream(query, where * 2):
            yield DeadKey(seq, epoch_id, key_id, leaf) if leaf else KeyRow(subject, key_id, wrapped)

    def find(self, records: Sequence[bytes]) -> dict[bytes, list[FoundRecord]]:
        """Return every sealed record of some record ids, each attempt's, in the order of arrival."""
        found: dict[bytes, list[FoundRecord]] = {record: [] for record in records}
        for start in range(0, len(records), _FOUND_AT_ONCE):
            some = records[start : start + _FOUND_AT_ONCE]
            rows = self._db.look_up(_FIND.format(",".join("?" * len(some))), some)
            for row in sorted(rows, key=itemgetter(-1)):  # told to sort, PostgreSQL walks the table in order
                key = None if row[9] is None else KeyRow(*row[9:12])
                epoch, (batch, attempt, name, blob) = EpochRow(*row[:5]), row[5:9]
                found[name].append(FoundRecord(epoch, batch, attempt, name, blob, key, dead=bool(row[12])))
        return found

    def stray_keys(self) -> int:
        """Return how many sealed records point at a key that is not theirs, or at none."""
        return self._number(_STRAY_KEYS)

    def sweep(self, batches: list[BatchRow]) -> None:
        """Delete the sealed records of attempts; the batch rows stay."""
        self._db.execute_many("INSERT INTO swept VALUES (?)", [(batch.batch_id,) for batch in batches])
        self._db.execute_many(
            "DELETE FROM sealed WHERE seq >= ? AND seq < ? AND batch_id = ?",
            [(batch.first_seq, batch.first_seq + batch.n_records, batch.batch_id) for batch in batches],
        )

    # the whole

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        query = "SELECT count(*) FROM "
        return {table: self._number(query + table) for table in _TABLES}

    def size_bytes(self) -> int:
        """Return the size of the database."""
        return self._db.size_bytes()

    def forget(self) -> None:
        """Leave nothing of deleted keys in the database's files; call it after the deletion."""
        self._db.forget()

    def compact(self) -> None:
        """Give back the room of deleted rows."""
        self._db.compact()
