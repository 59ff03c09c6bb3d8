"""What a database must do to hold an escrow. Everything else about a store is written once, in ``store``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = Any
"""A tuple of what the query names."""

# How long one process waits for another's transaction before it gives up.
BUSY_TIMEOUT_S = 60.0


class Backend(Protocol):
    """An open database. SQL has ``?`` for values and is what both SQLite and PostgreSQL understand.

    Every failure of the database is an EscrowError that names the place and none of its contents.
    """

    @property
    def place(self) -> str:
        """Return what messages call it: a file, or an address without user and password."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Run a block as the only write at a time: all of it durable at its end, or nothing of it."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Run a block of reads over one state of the database."""
        ...

    def execute(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Run one statement; return its rows, all of them in memory."""
        ...

    def look_up(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Run one query that finds its rows, and those it joins, by index; return them."""
        ...

    def stream(self, sql: str, row: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a query, a few thousand in memory."""
        ...

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of a few rows."""
        ...

    def load(self, table: str, rows: Iterable[Sequence[object]], columns: Mapping[str, str]) -> None:
        """Insert many rows; ``columns`` as ``schema.columns`` has them."""
        ...

    def forget(self) -> None:
        """Leave nothing of deleted keys in the database's files.

        Call it after the transaction that deleted them; EscrowError when someone at work prevents it.
        """
        ...

    def compact(self) -> None:
        """Give back the room of deleted rows, where nobody else does."""
        ...

    def size_bytes(self) -> int:
        """Return the size of the database."""
        ...

    def close(self) -> None:
        """Close it."""
        ...
