"""Who may be in a release: a ledger's entries folded into one answer a person."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from deid.subjects.entries import Kind
from deid.subjects.ledger import Ledger, PersonIndex

Reason = Literal["opt-out", "withdrawal", "deletion", "minor", "history-cleared", "purpose-not-consented"]

# A later consent does not bring these back: what was asked to go is gone.
_FINAL: frozenset[Kind] = frozenset({"deletion", "minor"})
_EXCLUDING: frozenset[Kind] = _FINAL | {"opt-out", "withdrawal"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a ledger said at one moment.

    head     : number of the last entry read.
    excluded : index of a person → why nothing of theirs may be used.
    cleared  : index of a person → moment before which nothing of theirs may be used.
    """

    head: int
    excluded: Mapping[bytes, Reason] = field(repr=False)
    index: PersonIndex
    cleared: Mapping[bytes, datetime.datetime] = field(default_factory=dict, repr=False)

    def reason(self, subjects: Iterable[str]) -> Reason | None:
        """Return why a record of these people may not be used; None when it may.

        One person who must not be in a release keeps the whole conversation out of it: what the others say
        is about them.
        """
        for subject in subjects:
            if (found := self.excluded.get(self.index(subject))) is not None:
                return found
        return None

    def cleared_before(self, subjects: Iterable[str]) -> datetime.datetime | None:
        """Return the latest moment before which one of these people cleared the history; None without one."""
        if not self.cleared:
            return None
        found = (self.cleared.get(self.index(subject)) for subject in subjects)
        return max((moment for moment in found if moment is not None), default=None)


def standing(
    ledger: Ledger, *, purpose: str | None, versions: Mapping[str, Collection[str]] | None = None
) -> Standing:
    """Read a ledger as it stands.

    purpose  : what the release is for; a person whose last consent does not cover it is excluded (Omigo 1.8).
    versions : version of the policy to the purposes it names, for consents that name none themselves: later
               versions do not widen them (Omigo 8.1), and one to an unknown version covers nothing. None
               leaves these to the policy.

    An exclusion counts from the day it was received, verified or not: waiting would release what may
    have to be called back. Memory is one item for each person excluded and for each entry that ended.
    """
    head = ledger.head()
    ended = ledger.ended(head)
    excluded: dict[bytes, Reason] = {}
    wholly: dict[bytes, Reason] = {}
    cleared: dict[bytes, datetime.datetime] = {}
    for n, kind, person, version, purposes, before in ledger.events(head):
        if n in ended and _over(kind, ended[n]):
            continue
        if kind != "history-cleared":
            _count(excluded, kind, person, _covers(version, purposes, purpose, versions))
        elif before is None:
            wholly[person] = kind
        else:
            moment = datetime.datetime.fromisoformat(before)
            cleared[person] = max(moment, cleared.get(person, moment))
    return Standing(head, {**wholly, **excluded}, ledger.index, cleared)


def _covers(
    version: str, purposes: str, purpose: str | None, versions: Mapping[str, Collection[str]] | None
) -> bool:
    """Return whether a consent is to this purpose: by the purposes it names, or those of its version."""
    if purposes:
        return purpose in purposes.split("\n")
    return versions is None or not version or purpose in versions.get(version, ())


def _over(kind: Kind, ended: Kind) -> bool:
    """Return whether an entry no longer excludes: a mistake, or a history that the input holds no more."""
    return ended == "void" or (ended == "done" and kind == "history-cleared")


def _count(excluded: dict[bytes, Reason], kind: Kind, person: bytes, covered: bool) -> None:  # noqa: FBT001
    final = excluded.get(person) in _FINAL
    if kind in _EXCLUDING and not (final and kind not in _FINAL):
        excluded[person] = kind  # type: ignore[assignment]  # _EXCLUDING holds reasons only
    elif kind == "consent" and not final:
        if covered:
            excluded.pop(person, None)
        else:
            excluded[person] = "purpose-not-consented"
