"""The tables of shredding: a person's keys, and tombstones with what is left of destroyed ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.escrow.stores.backend import Backend
from deid.escrow.stores.rows import DeadKey, KeyRow, Tombstone


@dataclass(frozen=True, slots=True)
class ShreddingTables:
    """Reads and changes rows inside the store's transaction."""

    _db: Backend = field(repr=False)

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
        self._db.execute_many("INSERT INTO dead_key VALUES (?,?,?,?,?)", dead)
        self._db.execute_many("DELETE FROM subject_key WHERE key_seq = ?", [(key.key_seq,) for key in keys])

    def tombstones(self, after: int = 0) -> Iterator[Tombstone]:
        """Yield the tombstones put up after a given one, in order."""
        query = "SELECT * FROM tombstone WHERE tombstone_id > ? ORDER BY tombstone_id"
        for row in self._db.stream(query, (after,)):
            yield Tombstone(*row)

    def last_tombstone(self) -> int:
        """Return the number of the newest tombstone, 0 for none."""
        return int(self._db.execute("SELECT coalesce(max(tombstone_id), 0) FROM tombstone")[0][0])

    def dead_keys(self, tombstone: Tombstone) -> list[DeadKey]:
        """Return what is left of the keys under a tombstone."""
        query = """SELECT key_seq, epoch_id, key_id, leaf FROM dead_key
 WHERE tombstone_id = ? ORDER BY key_seq"""
        return [DeadKey(*row) for row in self._db.execute(query, (tombstone.tombstone_id,))]
