"""Who is sealed in the records of a release: how many people, and which records are somebody's.

Asked by the operator, as a shredding is: index ids are matched, and nothing is opened. Nobody is listed: the
escrow holds people under a keyed index, so that somebody is found by their id in the input alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from deid.errors import EscrowError
from deid.escrow.keys.local import read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import FoundRecord
from deid.escrow.stores.store import Store

_TOGETHER = 1_000  # records that are looked up at once, with what is sealed of them


@dataclass(frozen=True, slots=True)
class SealedPeople:
    """Who is sealed in some records.

    people   : those whose keys are there.
    records  : records in which somebody's are.
    shredded : records in which somebody's were destroyed; whose, nobody can say any more.
    theirs   : id of a person asked for → their records.
    """

    people: int
    records: int
    shredded: int
    theirs: Mapping[str, frozenset[str]] = field(repr=False)


@dataclass(slots=True)
class _Tally:
    """What was seen so far: index ids of people, and counts."""

    people: set[bytes] = field(default_factory=set)
    records: int = 0
    shredded: int = 0
    known: bool = False
    theirs: dict[bytes, set[str]] = field(default_factory=dict, repr=False)

    def add(self, record: str, rows: Sequence[FoundRecord]) -> None:
        """Count the sealed parts of one record."""
        alive = {row.key.subject for row in rows if row.key is not None}
        self.known = self.known or bool(rows)
        self.people |= alive
        self.records += bool(alive)
        self.shredded += any(row.dead for row in rows)
        for subject in alive & self.theirs.keys():
            self.theirs[subject].add(record)


def people_in(
    url: str, keys: str, *, records: Iterable[str], published: Mapping[str, str], asked: Sequence[str] = ()
) -> SealedPeople:
    """Return who is sealed in the records of a release.

    published : the release's batches, each with its attempt; other attempts count for nothing.
    asked     : ids of people in the input; of a shredded one no record is found.

    Raises EscrowError when the escrow cannot be read, or holds none of the records.
    """
    public = read_public(keys)
    index = read_writer(keys, public).index
    names = {who: index.subject(who) for who in asked}
    tally = _Tally(theirs={name: set() for name in names.values()})
    with open_store(url, public.escrow_id) as store:
        waiting = iter(records)
        while some := list(islice(waiting, _TOGETHER)):
            _look_up(store, {record: index.record(record) for record in some}, published, tally)
        place = store.place
    if not tally.known:
        raise EscrowError(
            f"{place}: holds nothing of this release", hint="it has expired there, or give its own escrow"
        )
    theirs = {who: frozenset(tally.theirs[name]) for who, name in names.items()}
    return SealedPeople(len(tally.people), tally.records, tally.shredded, theirs)


def _look_up(store: Store, records: Mapping[str, bytes], published: Mapping[str, str], tally: _Tally) -> None:
    found = store.find([*records.values()])
    for record, name in records.items():
        tally.add(record, [row for row in found[name] if published.get(row.batch) == row.attempt])
