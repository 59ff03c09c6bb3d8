"""What the signed log says about custody: who may approve, how many must, what was asked and approved.

Every answer rests on log entries whose hash and signature are checked here, never on a table's row alone: a
row that somebody put in by hand counts for nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.errors import EscrowError
from deid.escrow.chain import CUSTODIAN_KINDS, Entry, entry_is_whole, fields_of
from deid.escrow.keys.approver import author_name
from deid.escrow.stores.rows import ApproverRow, QuorumRow, RequestRow, RunRow
from deid.escrow.stores.store import Store

SHOWN_DIGITS = 12
MAX_RECORDS = 10_000
OVER = {
    "expired": "has expired",
    "run": "was carried out already",
    "void": "is void: who asked was retired since",
}
"""Why a request that is neither waiting nor ready is over, by its state."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a reveal, as its requester signed it.

    request   : hash of its log entry, 64 hex digits; what approvers sign.
    author    : chain of the requester; ``requester`` their name.
    records   : index ids of the records asked for, 32 hex digits each; empty when a subject is.
    subject   : index id of the subject asked for; empty when records are.
    maximum   : most records that may be opened.
    at, expires : UTC, as ``2026-01-31T09:00:00Z``; it holds from the one to the other.
    """

    request: str
    author: str
    requester: str
    purpose: str
    ticket: str
    records: tuple[str, ...]
    subject: str
    maximum: int
    at: str
    expires: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands.

    approvers : names of those who approved it, in order.
    required  : approvals it needs.
    state     : ``waiting``, ``ready``, ``expired``, ``run``, or ``void``: who asked was retired since.
    """

    request: Request
    approvers: tuple[str, ...]
    required: int
    state: str


@dataclass(frozen=True, slots=True)
class Register:
    """Reads custody from an open store, inside its transaction or snapshot.

    runs   : hashes of the requests carried out, where they were read already; None asks the log each time.
    people : what the registrations say, likewise.
    """

    store: Store
    escrow_id: str
    custodian: Ed25519PublicKey
    runs: frozenset[str] | None = None
    people: tuple[Mapping[str, Any], ...] | None = None

    def required(self) -> int:
        """Return how many approvals a reveal needs; 0 says the custodian opens alone."""
        said = {seq: self._checked(entry) for seq, entry in self.store.custody.by_custodian("quorum")}
        if [*said] != [row.seq for row in self.store.custody.rows(QuorumRow)]:
            raise _damaged()
        return max((int(each["approvals"]) for each in said.values()), default=0)

    def approvers(self) -> dict[str, str]:
        """Return the approvers' chains and names, in the order of their registration."""
        return {each["approver"]: each["name"] for each in self._registered()}

    def _registered(self) -> tuple[Mapping[str, Any], ...]:
        """Return what the registrations say; EscrowError unless the table agrees."""
        if self.people is not None:
            return self.people
        said = [(seq, self._checked(entry)) for seq, entry in self.store.custody.by_custodian("approver")]
        rows = [
            ApproverRow(seq, each["approver"], each["name"], bytes.fromhex(each["public"]))
            for seq, each in said
        ]
        if rows != self.store.custody.rows(ApproverRow):
            raise _damaged()
        return tuple(each for _, each in said)

    def dismissed(self) -> frozenset[str]:
        """Return the chains of the approvers who were retired: they stay known, and count for nothing."""
        said = (self._checked(entry) for _, entry in self.store.custody.by_custodian("dismiss"))
        return frozenset(each["approver"] for each in said)

    def check_may(self, author: str) -> None:
        """Raise EscrowError unless an author may ask and approve: registered, and not retired since."""
        self.key_of(author)
        if author in self.dismissed():
            raise EscrowError("this approver was retired", hint="make a new key with `deid reveal enroll`")

    def key_of(self, author: str) -> Ed25519PublicKey:
        """Return the public key of a registered approver; EscrowError when the custodian registered none."""
        for each in self._registered():
            public = bytes.fromhex(each["public"])
            if each["approver"] == author == author_name(public):
                return Ed25519PublicKey.from_public_bytes(public)
        raise EscrowError("this key is no registered approver's", hint="`deid reveal register` adds it")

    def request(self, request: str) -> Request:
        """Return a request by its hash, or by the first digits of it when they name only one."""
        found = self._find(request)
        entry = self._entry(found.seq)
        said = self._said(found.seq, "request", entry.author, self.key_of(entry.author))
        if entry.hash != found.request or not 1 <= said["maximum"] <= MAX_RECORDS:
            raise _damaged()
        return Request(
            entry.hash.hex(), entry.author, self.approvers()[entry.author], said["purpose"], said["ticket"],
            tuple(said["records"]), said["subject"], said["maximum"], said["at"], said["expires"],
        )  # fmt: skip

    def approvals(self, request: Request) -> tuple[str, ...]:
        """Return the names of the distinct approvers who signed a request and were not retired since.

        Its requester never counts.
        """
        names, gone = self.approvers(), self.dismissed()
        authors: dict[str, None] = {}
        for row in self.store.custody.approvals_of(bytes.fromhex(request.request)):
            said = self._said(row.seq, "approval", row.approver, self.key_of(row.approver))
            if said.get("request") == request.request and row.approver not in (request.author, *gone):
                authors[row.approver] = None
        return tuple(names[author] for author in authors)

    def standing(self, request: Request, at: str) -> Standing:
        """Return where a request stands at a time; one from a later time than ``at`` counts as expired."""
        approvers, required = self.approvals(request), self.required()
        state = "ready" if len(approvers) >= required else "waiting"
        if not request.at <= at < request.expires:
            state = "expired"
        if request.author in self.dismissed():
            state = "void"
        if self.was_run(request.request):
            state = "run"
        return Standing(request, approvers, required, state)

    def was_run(self, request: str) -> bool:
        """Return whether the log says a request was carried out; EscrowError unless the table agrees."""
        if self.runs is not None:
            return request in self.runs
        told = any(
            self._checked(entry).get("request") == request
            for kind in ("reveal", "spent")
            for _, entry in self.store.custody.by_custodian(kind)
            if request.encode() in entry.body
        )
        if told != self.store.custody.was_run(bytes.fromhex(request)):
            raise _damaged()
        return told

    def _find(self, request: str) -> RequestRow:
        wanted = request.lower()
        if re.fullmatch(r"[0-9a-f]{64}", wanted) and (
            whole := self.store.custody.request(bytes.fromhex(wanted))
        ):
            return whole
        rows = [row for row in self.store.custody.rows(RequestRow) if row.request.hex().startswith(wanted)]
        if len(wanted) < SHOWN_DIGITS or len(rows) != 1:
            raise EscrowError("no such request", hint="`deid reveal list` shows the requests")
        return rows[0]

    def standings(self, at: str) -> list[Standing]:
        """Return where every request stands at a time, oldest first; the log is read once for all of them."""
        register = replace(self, runs=self._all_runs(), people=self._registered())
        rows = self.store.custody.rows(RequestRow)
        return [register.standing(register.request(row.request.hex()), at) for row in rows]

    def _all_runs(self) -> frozenset[str]:
        """Return the requests the log says were carried out; EscrowError unless the table agrees."""
        entries = (
            entry
            for kind in sorted(CUSTODIAN_KINDS - {"refusal"})
            for _, entry in self.store.custody.by_custodian(kind)
            if b'"request":' in entry.body
        )
        told = frozenset(str(self._checked(entry)["request"]) for entry in entries)
        if told != {row.request.hex() for row in self.store.custody.rows(RunRow)}:
            raise _damaged()
        return told

    def _entry(self, seq: int) -> Entry:
        entry = self.store.custody.entry(seq)
        if entry is None:
            raise _damaged()
        return entry

    def _said(self, seq: int, kind: str, author: str, key: Ed25519PublicKey) -> dict[str, Any]:
        """Return what an entry says; EscrowError unless it is of this kind and this author signed it."""
        entry = self._entry(seq)
        if (entry.kind, entry.author) != (kind, author):
            raise _damaged()
        return self._checked(entry, key)

    def _checked(self, entry: Entry, key: Ed25519PublicKey | None = None) -> dict[str, Any]:
        """Return what an entry says; EscrowError unless ``key`` signed it, without one the custodian's."""
        try:
            if entry_is_whole(entry, self.escrow_id, key or self.custodian):
                return fields_of(entry)
        except (TypeError, ValueError, AttributeError):  # a value of the wrong type
            pass
        raise _damaged()


def _damaged() -> EscrowError:
    return EscrowError("the record of custody is damaged", hint="run `deid escrow verify`")
