"""What a ledger records: one event about one person, never changed afterwards."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from deid.errors import InputError

Kind = Literal[
    "consent", "opt-out", "withdrawal", "deletion", "minor", "history-cleared", "complaint", "done", "void"
]

KINDS: Mapping[Kind, str] = {
    "consent": "the person agreed, to a version of the policy and its purposes",
    "opt-out": "no training with this person's data, until a later consent",
    "withdrawal": "consent taken back: out of every later release, until a later consent; has a deadline",
    "deletion": "everything about the person goes, for good; has a deadline",
    "minor": "under age: everything goes, for good, and nothing is anonymized instead; has a deadline",
    "history-cleared": "the history was cleared: nothing from before is used, or without a moment nothing",
    "complaint": "a complaint to be answered; has a deadline",
    "done": "an earlier entry was carried out; ends its deadline",
    "void": "an earlier entry was a mistake; it never counted",
}
"""Every kind of entry, and what it means."""

CLOCKED: frozenset[Kind] = frozenset({"withdrawal", "deletion", "minor", "complaint"})
"""Kinds that somebody has to act upon by a date."""

_ABOUT_ENTRIES = ("done", "void")
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry before it has a number.

    subject  : id of the person as in the input; empty for ``done`` and ``void``.
    received : day it came in.
    verified : day the person's identity was verified; None while it is not.
    version  : version of the policy agreed to.
    purposes : what was agreed to; empty means whatever that version names.
    ticket   : where the case is kept, in the operator's own system.
    refers   : number of the entry that is done or void.
    before   : moment, with its offset, up to which a history was cleared; None for all that the input holds.
    """

    kind: Kind
    received: datetime.date
    subject: str = field(default="", repr=False)
    verified: datetime.date | None = None
    version: str = ""
    purposes: tuple[str, ...] = ()
    ticket: str = ""
    refers: int | None = None
    before: datetime.datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise InputError(f"ledger: no kind of entry `{self.kind}`", hint="one of: " + ", ".join(KINDS))
        if (self.kind in _ABOUT_ENTRIES) != (self.refers is not None):
            raise InputError(
                f"ledger: {self.kind}: give the number of an entry with done and void, and no other"
            )
        if (self.kind in _ABOUT_ENTRIES) == bool(self.subject):
            raise InputError(f"ledger: {self.kind}: whose it is must be said, but not of done and void")
        if self.kind != "consent" and (self.version or self.purposes):
            raise InputError(f"ledger: {self.kind}: version and purposes belong to a consent")
        if self.before is not None and (self.kind != "history-cleared" or self.before.tzinfo is None):
            raise InputError(
                f"ledger: {self.kind}: only a cleared history has a moment, and it has its offset"
            )
        for text in (self.version, self.ticket, *self.purposes):
            if len(text) > _LONGEST or not text.isprintable():
                raise InputError(
                    f"ledger: version, purposes and ticket have up to {_LONGEST} printable characters"
                )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the ledger holds it.

    n      : its number, from 1, without gaps.
    person : keyed index of the subject, 16 bytes; empty for ``done`` and ``void``.
    at     : when it was entered, ISO 8601.
    """

    n: int
    kind: Kind
    person: bytes = field(repr=False)
    received: datetime.date
    verified: datetime.date | None
    version: str
    purposes: tuple[str, ...]
    ticket: str
    refers: int | None
    before: datetime.datetime | None
    at: str
