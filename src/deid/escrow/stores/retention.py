"""Expiry, and the whole escrow as rows, out to a backup and in again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from deid.escrow.chain import Entry
from deid.escrow.envelope import HEADER_BYTES
from deid.escrow.stores.backend import Backend
from deid.escrow.stores.rows import DeadKey, EpochRow
from deid.escrow.stores.schema import NUMBERED, columns

Value = int | str | bytes
Row = tuple[Value, ...]

# What is in a backup, in this order: rows stand behind those they refer to.
DUMPED = (
    "meta", "escrow_key", "retired_key", "epoch", "epoch_key", "batch", "subject_key", "swept", "sealed",
    "log", "checkpoint", "tombstone", "dead_key", "dead_epoch", "quorum", "approver", "reveal_request",
    "approval", "reveal_run",
)  # fmt: skip
_KINDS_OF_END = ("shred", "expire", "wipe")


@dataclass(frozen=True, slots=True)
class Retention:
    """Works inside the store's transaction."""

    _db: Backend = field(repr=False)

    def epochs(self) -> list[EpochRow]:
        """Return every epoch that has not expired, oldest first."""
        query = """SELECT epoch_id, writer, run_id, domain, created FROM epoch
 WHERE epoch_id NOT IN (SELECT epoch_id FROM dead_epoch) ORDER BY epoch_id"""
        return [EpochRow(*row) for row in self._db.execute(query)]

    def expired(self) -> list[int]:
        """Return the epochs that have expired."""
        return [row[0] for row in self._db.execute("SELECT epoch_id FROM dead_epoch ORDER BY 1")]

    def last_epoch_at(self, at: str) -> int:
        """Return the last epoch begun by a time, 0 for none."""
        query = "SELECT coalesce(max(epoch_id), 0) FROM epoch WHERE created <= ?"
        return int(self._db.execute(query, (at,))[0][0])

    def has_expired(self, epoch_id: int) -> bool:
        """Return whether an epoch has expired."""
        query = "SELECT 1 FROM dead_epoch WHERE epoch_id = ?"
        return bool(self._db.execute(query, (epoch_id,)))

    def epoch_key_id(self, epoch_id: int) -> bytes:
        """Return the key id of an epoch's key, eight bytes; empty when it wrapped no subject's key.

        It stands in front of every subject's key that the epoch's key wraps.
        """
        query = """SELECT substr(k.wrapped, 3, ?) FROM batch b JOIN subject_key k
 ON k.key_seq >= b.first_key AND k.key_seq < b.first_key + b.n_keys WHERE b.epoch_id = ? LIMIT 1"""
        rows = self._db.execute(query, (HEADER_BYTES - 2, epoch_id))
        return bytes(rows[0][0]) if rows else b""

    def expire(self, epoch_ids: Sequence[int]) -> int:
        """Delete the keys and sealed records of epochs; return how many records went."""
        for epoch_id in epoch_ids:
            self._db.execute("INSERT INTO dead_epoch VALUES (?)", (epoch_id,))
            self._db.execute(
                "INSERT INTO swept SELECT batch_id FROM batch WHERE epoch_id = ? "
                "AND batch_id NOT IN (SELECT batch_id FROM swept)",
                (epoch_id,),
            )
        return sum(self._clear(epoch_id) for epoch_id in epoch_ids)

    def _clear(self, epoch_id: int) -> int:
        n_records = 0
        query = """SELECT batch_id, first_seq, first_seq + n_records, first_key, first_key + n_keys
 FROM batch WHERE epoch_id = ?"""
        for batch_id, first_seq, end_seq, first_key, end_key in self._db.execute(query, (epoch_id,)):
            which, where = (
                "FROM sealed WHERE seq >= ? AND seq < ? AND batch_id = ?",
                (first_seq, end_seq, batch_id),
            )
            n_records += self._db.execute(f"SELECT count(*) {which}", where)[0][0]
            self._db.execute(f"DELETE {which}", where)
            deleted = "DELETE FROM subject_key WHERE key_seq >= ? AND key_seq < ? AND epoch_id = ?"
            self._db.execute(deleted, (first_key, end_key, epoch_id))
        self._db.execute("DELETE FROM epoch_key WHERE epoch_id = ?", (epoch_id,))
        return n_records

    def dead_keys_in(self, epoch_ids: Iterable[int]) -> list[DeadKey]:
        """Return what is left of keys shredded in epochs, by their numbers."""
        found = [row for epoch_id in epoch_ids for row in self._dead_keys(epoch_id)]
        return sorted(found, key=lambda key: key.key_seq)

    def _dead_keys(self, epoch_id: int) -> Iterator[DeadKey]:
        query = "SELECT key_seq, epoch_id, key_id, leaf FROM dead_key WHERE epoch_id = ?"
        for row in self._db.execute(query, (epoch_id,)):
            yield DeadKey(*row)

    def attempts_of(self, epoch_id: int) -> list[str]:
        """Return the attempts of an epoch, in the order of commits."""
        query = "SELECT attempt FROM batch WHERE epoch_id = ? ORDER BY batch_id"
        return [row[0] for row in self._db.execute(query, (epoch_id,))]

    def keys_left(self) -> int:
        """Return how many keys of expired epochs are there all the same."""
        query = """SELECT (SELECT count(*) FROM subject_key JOIN dead_epoch USING (epoch_id))
 + (SELECT count(*) FROM epoch_key JOIN dead_epoch USING (epoch_id))"""
        return int(self._db.execute(query)[0][0])

    def keys_expired(self) -> int:
        """Return how many keys of subjects the batches of expired epochs brought that no shred destroyed."""
        query = """SELECT (SELECT coalesce(sum(n_keys), 0) FROM batch JOIN dead_epoch USING (epoch_id))
 - (SELECT count(*) FROM dead_key JOIN dead_epoch USING (epoch_id))"""
        return int(self._db.execute(query)[0][0])

    def ends(self) -> list[Entry]:
        """Return the operator's entries that destroyed something, in order."""
        query = f"""SELECT author, n, kind, body, prev, hash, signature FROM log
 WHERE author = 'operator' AND kind IN {_KINDS_OF_END} ORDER BY seq"""  # noqa: S608 - our kinds
        return [Entry(*row) for row in self._db.execute(query)]

    # everything

    def dump(self) -> Iterator[tuple[str, Row]]:
        """Yield every row with its table, in an order in which ``load`` takes them."""
        for table in DUMPED:
            order = "rowid" if table in NUMBERED else "1"
            query = f"SELECT {', '.join(columns(table))} FROM {table} ORDER BY {order}"  # noqa: S608 - our table
            for row in self._db.stream(query):
                yield table, row

    def load(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Add rows to their tables."""
        for table, group in groupby(rows, key=itemgetter(0)):
            self._db.load(table, (row for _, row in group), columns(table))
