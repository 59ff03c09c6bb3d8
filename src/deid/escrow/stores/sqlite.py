"""The escrow in one SQLite file: WAL, durable commits, several processes writing one transaction at a time.

Every method runs inside ``transaction`` (writes) or ``snapshot`` (one consistent view); both turn SQLite's
errors into EscrowError.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import count, repeat
from pathlib import Path
from types import TracebackType
from typing import Self

from deid.errors import EscrowError
from deid.escrow.chain import Checkpoint, Entry, Head
from deid.escrow.stores import database
from deid.escrow.stores.rows import (
    BatchRow,
    DeadKey,
    Draft,
    EpochRow,
    EscrowKeyRow,
    FoundRecord,
    KeyRow,
    Tombstone,
    WrappedRow,
)
from deid.escrow.stores.sqlite_custody import SqliteCustody
from deid.escrow.stores.sqlite_retention import SqliteRetention
from deid.escrow.stores.url import database_path

_BATCHES = """SELECT b.batch_id, b.epoch_id, b.batch, b.attempt, b.n_records, b.root, b.first_seq,
 b.n_keys, b.keys_root, b.first_key, w.batch_id IS NOT NULL
 FROM batch b LEFT JOIN swept w ON w.batch_id = b.batch_id"""
_FIND = """SELECT e.epoch_id, e.writer, e.run_id, e.domain, e.created, b.batch, b.attempt, s.record, s.blob,
 k.subject, k.key_id, k.wrapped, d.key_seq IS NOT NULL
 FROM sealed s JOIN batch b ON b.batch_id = s.batch_id JOIN epoch e ON e.epoch_id = b.epoch_id
 LEFT JOIN subject_key k ON k.key_seq = s.key_seq LEFT JOIN dead_key d ON d.key_seq = s.key_seq
 WHERE s.record = ? ORDER BY s.seq"""
# The key id stands in every blob after version and algorithm.
_STRAY_KEYS = """SELECT count(*) FROM sealed s LEFT JOIN batch b ON b.batch_id = s.batch_id
 LEFT JOIN subject_key k ON k.key_seq = s.key_seq LEFT JOIN dead_key d ON d.key_seq = s.key_seq
 WHERE substr(s.blob, 3, 8) IS NOT coalesce(k.key_id, d.key_id)
 OR b.epoch_id IS NOT coalesce(k.epoch_id, d.epoch_id)"""
_TABLES = (
    "escrow_key", "retired_key", "epoch", "epoch_key", "batch", "sealed", "subject_key", "dead_key",
    "dead_epoch", "tombstone", "swept", "log",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """An open escrow database."""

    path: Path
    _db: sqlite3.Connection = field(repr=False)

    @classmethod
    def create(cls, url: str) -> Self:
        """Make a new database; EscrowError when anything is there already."""
        path = database_path(url)
        return cls(path, database.create(path))

    @classmethod
    def open(cls, url: str, escrow_id: str) -> Self:
        """Open a database; EscrowError unless it belongs to this escrow."""
        path = database_path(url)
        store = cls(path, database.connect(path))
        try:
            store._check_owner(escrow_id)
        except BaseException:
            store.close()
            raise
        return store

    def _check_owner(self, escrow_id: str) -> None:
        with self.snapshot():
            row = self._db.execute("SELECT value FROM meta WHERE name = 'escrow_id'").fetchone()
        if row != (escrow_id,):
            raise EscrowError(
                f"{self.path}: belongs to another escrow", hint="check escrow.url and escrow.keys"
            )

    def set_owner(self, escrow_id: str) -> None:
        """Say once to which escrow a new database belongs."""
        self._db.execute("INSERT INTO meta VALUES ('escrow_id', ?)", (escrow_id,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Run a block as one write: all of it durable at its end, or nothing of it."""
        return self._guarded("IMMEDIATE")

    def snapshot(self) -> AbstractContextManager[None]:
        """Run a block of reads over one state of the database."""
        return self._guarded("DEFERRED")

    @contextmanager
    def _guarded(self, how: str) -> Iterator[None]:
        with database.refusing(self.path), database.locked(self._db, how):
            yield

    @property
    def custody(self) -> SqliteCustody:
        """Who may open the escrow, and what was asked and approved."""
        return SqliteCustody(self._db)

    @property
    def retention(self) -> SqliteRetention:
        """What has expired, and everything as rows, for a backup."""
        return SqliteRetention(self._db)

    # log

    def head(self, author: str) -> Head:
        """Return where an author's chain goes on."""
        query = "SELECT n, hash FROM log WHERE author = ? ORDER BY n DESC LIMIT 1"
        row = self._db.execute(query, (author,)).fetchone()
        return Head(row[0] + 1, row[1]) if row else Head()

    def append(self, entry: Entry) -> int:
        """Add an entry to the log; return its number."""
        row = (entry.author, entry.n, entry.kind, entry.body, entry.prev, entry.hash, entry.signature)
        query = "INSERT INTO log(author, n, kind, body, prev, hash, signature) VALUES (?,?,?,?,?,?,?)"
        return int(self._db.execute(query, row).lastrowid or 0)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield every entry with its place, from 1, in the order of commits."""
        query = "SELECT seq, author, n, kind, body, prev, hash, signature FROM log ORDER BY seq"
        for seq, *fields in self._db.execute(query):
            yield seq, Entry(*fields)

    def entry_hashes(self) -> Iterator[bytes]:
        """Yield the hash of every entry, in the order of commits."""
        for (digest,) in self._db.execute("SELECT hash FROM log ORDER BY seq"):
            yield digest

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint beside the log."""
        row = (checkpoint.size, checkpoint.root, checkpoint.at, checkpoint.signature)
        self._db.execute("INSERT INTO checkpoint(size, root, at, signature) VALUES (?,?,?,?)", row)

    def checkpoints(self) -> Iterator[Checkpoint]:
        """Yield the checkpoints, smallest first."""
        query = "SELECT size, root, at, signature FROM checkpoint ORDER BY size, checkpoint_id"
        for row in self._db.execute(query):
            yield Checkpoint(*row)

    def last_checkpoint(self) -> Checkpoint | None:
        """Return the checkpoint made last."""
        query = "SELECT size, root, at, signature FROM checkpoint ORDER BY checkpoint_id DESC LIMIT 1"
        row = self._db.execute(query).fetchone()
        return Checkpoint(*row) if row else None

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
        for row in self._db.execute(query):
            yield WrappedRow(*row)

    def add_wrapped(self, rows: list[WrappedRow]) -> None:
        """Add epoch keys that were wrapped again, under another escrow key."""
        values = [(row.epoch_id, row.key_id, row.wrapped) for row in rows]
        self._db.executemany("INSERT INTO epoch_key VALUES (?,?,?)", values)

    def next_epoch(self) -> int:
        """Return the number the next epoch gets."""
        (number,) = self._db.execute("SELECT coalesce(max(epoch_id), 0) + 1 FROM epoch").fetchone()
        return int(number)

    def add_epoch(self, epoch: EpochRow, key_id: bytes, wrapped: bytes) -> None:
        """Open an epoch."""
        row = (epoch.epoch_id, epoch.writer, epoch.run_id, epoch.domain, epoch.created)
        self._db.execute("INSERT INTO epoch VALUES (?,?,?,?,?)", row)
        self._db.execute("INSERT INTO epoch_key VALUES (?,?,?)", (epoch.epoch_id, key_id, wrapped))

    def epoch_of(self, writer: str) -> EpochRow | None:
        """Return a writer's epoch."""
        query = "SELECT epoch_id, writer, run_id, domain, created FROM epoch WHERE writer = ?"
        row = self._db.execute(query, (writer,)).fetchone()
        return EpochRow(*row) if row else None

    def writer_of(self, epoch_id: int) -> str:
        """Return the writer of an epoch, 32 hex digits; empty when there is no such epoch."""
        row = self._db.execute("SELECT writer FROM epoch WHERE epoch_id = ?", (epoch_id,)).fetchone()
        return str(row[0]) if row else ""

    def wrapped_keys(self, epoch_id: int) -> list[tuple[bytes, bytes]]:
        """Return (key id, wrapped epoch key) of an epoch: one for each escrow key that opens it."""
        query = "SELECT key_id, wrapped FROM epoch_key WHERE epoch_id = ? ORDER BY rowid"
        return self._db.execute(query, (epoch_id,)).fetchall()

    # batches

    def add_batch(self, epoch_id: int, draft: Draft) -> int:
        """Store a batch; return the number of its first key."""
        query = "SELECT first_seq + n_records, first_key + n_keys FROM batch ORDER BY batch_id DESC LIMIT 1"
        first_seq, first_key = self._db.execute(query).fetchone() or (1, 1)
        batch = (
            epoch_id, draft.batch, draft.attempt, len(draft.blobs), draft.root, first_seq,
            len(draft.keys), draft.keys_root, first_key,
        )  # fmt: skip
        batch_id = self._db.execute(
            "INSERT INTO batch(epoch_id, batch, attempt, n_records, root, first_seq, n_keys, keys_root,"
            " first_key) VALUES (?,?,?,?,?,?,?,?,?)",
            batch,
        ).lastrowid
        self._db.executemany(
            "INSERT INTO subject_key VALUES (?,?,?,?,?)",
            (
                (seq, epoch_id, key.subject, key.key_id, key.wrapped)
                for seq, key in enumerate(draft.keys, first_key)
            ),
        )
        refs = [ref if ref > 0 else first_key - 1 - ref for ref in draft.key_refs]
        rows = zip(count(first_seq), repeat(batch_id), refs, draft.records, draft.blobs, strict=False)
        self._db.executemany("INSERT INTO sealed VALUES (?,?,?,?,?)", rows)
        return int(first_key)

    def batches(self) -> Iterator[BatchRow]:
        """Yield every attempt at every batch, in the order of commits."""
        for row in self._db.execute(f"{_BATCHES} ORDER BY b.batch_id"):
            yield BatchRow(*row[:10], *map(bool, row[10:]))

    def batches_of(self, run_id: str) -> Iterator[BatchRow]:
        """Yield every attempt of a run, in the order of commits."""
        query = f"{_BATCHES} JOIN epoch e ON e.epoch_id = b.epoch_id WHERE e.run_id = ? ORDER BY b.batch_id"
        for row in self._db.execute(query, (run_id,)):
            yield BatchRow(*row[:10], *map(bool, row[10:]))

    def sealed_chunks(self, batch: BatchRow, size: int) -> Iterator[list[tuple[bytes, bytes]]]:
        """Yield (record, blob) of a batch in order, ``size`` at a time."""
        query = "SELECT record, blob FROM sealed WHERE seq >= ? AND seq < ? AND batch_id = ? ORDER BY seq"
        rows = self._db.execute(query, (batch.first_seq, batch.first_seq + batch.n_records, batch.batch_id))
        while chunk := rows.fetchmany(size):
            yield chunk

    def key_rows(self, batch: BatchRow) -> Iterator[KeyRow | DeadKey]:
        """Yield the keys a batch brought, in order; of a shredded one, what is left."""
        query = """SELECT key_seq, epoch_id, key_id, subject, wrapped, NULL FROM subject_key
 WHERE key_seq >= :first AND key_seq < :end AND epoch_id = :epoch UNION ALL
 SELECT key_seq, epoch_id, key_id, NULL, NULL, leaf FROM dead_key
 WHERE key_seq >= :first AND key_seq < :end AND epoch_id = :epoch ORDER BY 1"""
        end = batch.first_key + batch.n_keys
        where = {"first": batch.first_key, "end": end, "epoch": batch.epoch_id}
        for seq, epoch_id, key_id, subject, wrapped, leaf in self._db.execute(query, where):
            yield DeadKey(seq, epoch_id, key_id, leaf) if leaf else KeyRow(subject, key_id, wrapped)

    def find(self, record: bytes) -> list[FoundRecord]:
        """Return every sealed record of a record id, each attempt's, in the order of arrival."""
        found = []
        for row in self._db.execute(_FIND, (record,)):
            key = None if row[9] is None else KeyRow(*row[9:12])
            epoch, (batch, attempt, name, blob) = EpochRow(*row[:5]), row[5:9]
            found.append(FoundRecord(epoch, batch, attempt, name, blob, key, dead=bool(row[12])))
        return found

    def stray_keys(self) -> int:
        """Return how many sealed records point at a key that is not theirs, or at none."""
        return int(self._db.execute(_STRAY_KEYS).fetchone()[0])

    def sweep(self, batches: list[BatchRow]) -> None:
        """Delete the sealed records of attempts; the batch rows stay."""
        self._db.executemany("INSERT INTO swept VALUES (?)", [(batch.batch_id,) for batch in batches])
        self._db.executemany(
            "DELETE FROM sealed WHERE seq >= ? AND seq < ? AND batch_id = ?",
            [(batch.first_seq, batch.first_seq + batch.n_records, batch.batch_id) for batch in batches],
        )

    # shredding

    def keys_of(self, subject: bytes) -> list[tuple[int, int, KeyRow]]:
        """Return (number, epoch, key) of every key a subject has."""
        query = (
            "SELECT key_seq, epoch_id, subject, key_id, wrapped FROM subject_key WHERE subject = ? ORDER BY 1"
        )
        return [(seq, epoch, KeyRow(*key)) for seq, epoch, *key in self._db.execute(query, (subject,))]

    def bury(self, tombstone: Tombstone, keys: list[DeadKey]) -> None:
        """Put up a tombstone and delete the subject's keys, leaving what ``keys`` says of them."""
        row = (tombstone.tombstone_id, tombstone.subject, tombstone.last_epoch, tombstone.n_keys)
        self._db.execute("INSERT INTO tombstone VALUES (?,?,?,?)", row)
        dead = [(key.key_seq, tombstone.tombstone_id, key.epoch_id, key.key_id, key.leaf) for key in keys]
        self._db.executemany("INSERT INTO dead_key VALUES (?,?,?,?,?)", dead)
        self._db.executemany("DELETE FROM subject_key WHERE key_seq = ?", [(key.key_seq,) for key in keys])

    def tombstones(self, after: int = 0) -> Iterator[Tombstone]:
        """Yield the tombstones put up after a given one, in order."""
        query = "SELECT * FROM tombstone WHERE tombstone_id > ? ORDER BY tombstone_id"
        for row in self._db.execute(query, (after,)):
            yield Tombstone(*row)

    def last_tombstone(self) -> int:
        """Return the number of the newest tombstone, 0 for none."""
        (number,) = self._db.execute("SELECT coalesce(max(tombstone_id), 0) FROM tombstone").fetchone()
        return int(number)

    def dead_keys(self, tombstone: Tombstone) -> list[DeadKey]:
        """Return what is left of the keys under a tombstone."""
        query = """SELECT key_seq, epoch_id, key_id, leaf FROM dead_key
 WHERE tombstone_id = ? ORDER BY key_seq"""
        return [DeadKey(*row) for row in self._db.execute(query, (tombstone.tombstone_id,))]

    # the whole

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        query = "SELECT count(*) FROM "
        return {table: self._db.execute(query + table).fetchone()[0] for table in _TABLES}

    def size_bytes(self) -> int:
        """Return the size of the database and its write-ahead log."""
        wal = self.path.with_name(self.path.name + "-wal")
        return self.path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)

    def vacuum(self) -> None:
        """Rewrite the file without its free pages; memory grows with what is left."""
        with database.refusing(self.path):
            self._db.execute("VACUUM")

    def truncate_wal(self) -> None:
        """Copy the write-ahead log into the database and empty it; EscrowError when a reader prevents it."""
        with database.refusing(self.path):
            (busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise EscrowError(
                f"{self.path}: deleted, but the write-ahead log still holds old pages",
                hint="close every other process that uses the escrow, then run the same command again",
            )
