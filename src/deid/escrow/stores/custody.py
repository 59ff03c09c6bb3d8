"""The tables of custody: each row is what one log entry says, and is written together with it."""

from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass, field
from typing import TypeVar

from deid.escrow.chain import CUSTODIAN, Entry
from deid.escrow.stores.backend import Backend
from deid.escrow.stores.rows import (
    ApprovalRow,
    ApproverRow,
    CustodyRow,
    QuorumRow,
    RequestRow,
    RunRow,
)

_TABLES: dict[type, str] = {
    QuorumRow: "quorum",
    ApproverRow: "approver",
    RequestRow: "reveal_request",
    ApprovalRow: "approval",
    RunRow: "reveal_run",
}
CUSTODY_ROWS: tuple[type[CustodyRow], ...] = tuple(_TABLES)
_Row = TypeVar("_Row", bound=CustodyRow)


@dataclass(frozen=True, slots=True)
class CustodyTables:
    """Reads and adds rows inside the store's transaction."""

    _db: Backend = field(repr=False)

    def add(self, row: CustodyRow) -> None:
        """Add a row to its table."""
        values = astuple(row)
        marks = ",".join("?" * len(values))
        self._db.execute(f"INSERT INTO {_TABLES[type(row)]} VALUES ({marks})", values)  # noqa: S608 - our table

    def rows(self, kind: type[_Row]) -> list[_Row]:
        """Return all rows of one table, in the order of their log entries."""
        query = f"SELECT * FROM {_TABLES[kind]} ORDER BY seq"  # noqa: S608 - our table
        return [kind(*row) for row in self._db.execute(query)]

    def approvals_of(self, request: bytes) -> list[ApprovalRow]:
        """Return the approvals of a request, in order."""
        query = "SELECT * FROM approval WHERE request = ? ORDER BY seq"
        return [ApprovalRow(*row) for row in self._db.execute(query, (request,))]

    def request(self, request: bytes) -> RequestRow | None:
        """Return a request by its hash."""
        rows = self._db.execute("SELECT * FROM reveal_request WHERE request = ?", (request,))
        return RequestRow(*rows[0]) if rows else None

    def was_run(self, request: bytes) -> bool:
        """Return whether a request was carried out."""
        query = "SELECT 1 FROM reveal_run WHERE request = ?"
        return bool(self._db.execute(query, (request,)))

    def entry(self, seq: int) -> Entry | None:
        """Return one log entry by its number."""
        query = "SELECT author, n, kind, body, prev, hash, signature FROM log WHERE seq = ?"
        rows = self._db.execute(query, (seq,))
        return Entry(*rows[0]) if rows else None

    def by_custodian(self, kind: str) -> Iterator[tuple[int, Entry]]:
        """Yield the custodian's log entries of one kind with their numbers, in order."""
        query = """SELECT seq, author, n, kind, body, prev, hash, signature FROM log
 WHERE author = ? AND kind = ? ORDER BY seq"""
        for seq, *fields in self._db.stream(query, (CUSTODIAN, kind)):
            yield seq, Entry(*fields)

    def decisions(self, kinds: Collection[str]) -> list[Entry]:
        """Return the custodian's log entries of some kinds, in order; of reveals those that ran a request."""
        marks = ",".join("?" * len(kinds))
        run = "OR seq IN (SELECT seq FROM reveal_run)" if "reveal" in kinds else ""
        query = f"""SELECT author, n, kind, body, prev, hash, signature FROM log
 WHERE author = ? AND (kind IN ({marks}) AND kind <> 'reveal' {run}) ORDER BY seq"""  # noqa: S608 - our text
        return [Entry(*row) for row in self._db.execute(query, (CUSTODIAN, *kinds))]

    def records_of(self, subject: bytes) -> Iterator[bytes]:
        """Yield the index ids of the records sealed for a subject, oldest first; reads every record."""
        query = """SELECT record FROM sealed
 WHERE key_seq IN (SELECT key_seq FROM subject_key WHERE subject = ?) GROUP BY record ORDER BY min(seq)"""
        for (record,) in self._db.stream(query, (subject,)):
            yield record
