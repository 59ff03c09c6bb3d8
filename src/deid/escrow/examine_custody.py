"""The part of ``verify`` that looks at custody: who said what, whether they might, and the tables of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.escrow.chain import (
    APPROVER,
    APPROVER_KINDS,
    CUSTODIAN,
    CUSTODIAN_KINDS,
    OPERATOR,
    OPERATOR_KINDS,
    Entry,
    fields_of,
)
from deid.escrow.derived import row_of
from deid.escrow.keys.approver import author_name
from deid.escrow.keys.local import PublicKey
from deid.escrow.register import MAX_RECORDS
from deid.escrow.stores.custody import CUSTODY_ROWS
from deid.escrow.stores.rows import ApprovalRow, ApproverRow, CustodyRow, QuorumRow, RequestRow, RunRow
from deid.escrow.stores.store import Store


@dataclass(slots=True)
class CustodyExamination:
    """Follows the log's entries of custody in order, and keeps what the tables must hold."""

    public: PublicKey
    problems: list[str]
    _keys: dict[str, Ed25519PublicKey] = field(default_factory=dict)
    _rows: list[CustodyRow] = field(default_factory=list)
    _required: int = 0
    _asked: dict[bytes, Entry] = field(default_factory=dict)
    _approvers: dict[bytes, set[str]] = field(default_factory=dict)
    _run: set[bytes] = field(default_factory=set)
    _dismissed: set[str] = field(default_factory=set)

    def key_of(self, author: str) -> Ed25519PublicKey | None:
        """Return the key that must have signed an author's entries; None for an approver who is none now."""
        if author.startswith(APPROVER):
            return None if author in self._dismissed else self._keys.get(author)
        return self.public.custodian_log if author == CUSTODIAN else self.public.writer_log

    def take(self, place: int, entry: Entry) -> None:
        """Check one entry against those before it."""
        if entry.kind == "reveal" and self._required and "request" not in fields_of(entry):
            self.problems.append(f"log entry {place} reveals without the approvals it needed")
        if entry.kind == "dismiss" and not self._dismiss(fields_of(entry)["approver"]):
            self.problems.append(f"log entry {place} breaks a rule of custody")
        row = row_of(place, entry)
        if row is None:
            return
        self._rows.append(row)
        if not self._holds(row, entry):
            self.problems.append(f"log entry {place} breaks a rule of custody")

    def tables(self, store: Store) -> None:
        """Check that every table holds what the log says, in order, and no more."""
        for kind in CUSTODY_ROWS:
            if store.custody.rows(kind) != [row for row in self._rows if isinstance(row, kind)]:
                name = kind.__name__.removesuffix("Row").lower()
                self.problems.append(f"rows of custody ({name}) are altered, missing, added or out of order")

    def _holds(self, row: CustodyRow, entry: Entry) -> bool:
        """Return whether a row may follow those before it, and count it."""
        match row:
            case QuorumRow():
                rises, self._required = row.approvals > self._required, row.approvals
                return rises
            case ApproverRow():
                new = row.approver not in self._keys and author_name(row.public) == row.approver
                self._keys[row.approver] = Ed25519PublicKey.from_public_bytes(row.public)
                return new
            case RequestRow():
                self._asked[row.request] = entry
                return True
            case ApprovalRow():
                named = self._approvers.setdefault(row.request, set())
                asked = self._asked.get(row.request)
                good = asked is not None and entry.author not in (*named, asked.author)
                named.add(entry.author)
                return good
            case RunRow():
                first = row.request not in self._run
                self._run.add(row.request)
                return first and (entry.kind == "spent" or self._might(row.request, entry))

    def _might(self, request: bytes, run: Entry) -> bool:
        """Return whether a request might be carried out as an entry says it was."""
        asked = self._asked.get(request)
        if asked is None or asked.author in self._dismissed:
            return False
        enough = len(self._approvers.get(request, set()) - self._dismissed) >= self._required
        return enough and _within(fields_of(run), fields_of(asked))

    def _dismiss(self, author: str) -> bool:
        known = author in self._keys and author not in self._dismissed
        self._dismissed.add(author)
        return known


def _within(run: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Return whether what a reveal says it opened is what its request allowed, then and for that purpose.

    The records of a subject stand in no request: of these the number alone is held against it.
    """
    opened, maximum = set(run["records"]), min(asked["maximum"], MAX_RECORDS)
    named = bool(asked["subject"]) or opened <= set(asked["records"])
    in_time = asked["at"] <= run["at"] < asked["expires"]
    same = all(run[what] == asked[what] for what in ("purpose", "ticket"))
    return named and len(opened) <= maximum and in_time and same


def kinds_of(author: str) -> frozenset[str]:
    """Return the kinds of entries an author may write."""
    if author.startswith(APPROVER):
        return APPROVER_KINDS
    if author == CUSTODIAN:
        return CUSTODIAN_KINDS
    return OPERATOR_KINDS if author == OPERATOR else frozenset({"epoch", "batch"})
