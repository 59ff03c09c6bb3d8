"""The log's tables: chained entries in the order of commits, and checkpoints beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.escrow.chain import Checkpoint, Entry, Head
from deid.escrow.stores.backend import Backend


@dataclass(frozen=True, slots=True)
class LogTables:
    """Reads and adds rows inside the store's transaction."""

    _db: Backend = field(repr=False)

    def head(self, author: str) -> Head:
        """Return where an author's chain goes on."""
        query = "SELECT n, hash FROM log WHERE author = ? ORDER BY n DESC LIMIT 1"
        rows = self._db.execute(query, (author,))
        return Head(rows[0][0] + 1, rows[0][1]) if rows else Head()

    def append(self, entry: Entry) -> int:
        """Add an entry to the log; return its number."""
        row = (entry.author, entry.n, entry.kind, entry.body, entry.prev, entry.hash, entry.signature)
        number = int(self._db.execute("SELECT coalesce(max(seq), 0) + 1 FROM log")[0][0])
        self._db.execute("INSERT INTO log VALUES (?,?,?,?,?,?,?,?)", (number, *row))
        return number

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield every entry with its place, from 1, in the order of commits."""
        query = "SELECT seq, author, n, kind, body, prev, hash, signature FROM log ORDER BY seq"
        for seq, *fields in self._db.stream(query):
            yield seq, Entry(*fields)

    def entry_hashes(self) -> Iterator[bytes]:
        """Yield the hash of every entry, in the order of commits."""
        for (digest,) in self._db.stream("SELECT hash FROM log ORDER BY seq"):
            yield digest

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint beside the log."""
        row = (checkpoint.size, checkpoint.root, checkpoint.at, checkpoint.signature)
        query = """INSERT INTO checkpoint VALUES
 ((SELECT coalesce(max(checkpoint_id), 0) + 1 FROM checkpoint),?,?,?,?)"""
        self._db.execute(query, row)

    def checkpoints(self) -> Iterator[Checkpoint]:
        """Yield the checkpoints, smallest first."""
        query = "SELECT size, root, at, signature FROM checkpoint ORDER BY size, checkpoint_id"
        for row in self._db.stream(query):
            yield Checkpoint(*row)

    def last_checkpoint(self) -> Checkpoint | None:
        """Return the checkpoint made last."""
        query = "SELECT size, root, at, signature FROM checkpoint ORDER BY checkpoint_id DESC LIMIT 1"
        rows = self._db.execute(query)
        return Checkpoint(*rows[0]) if rows else None
