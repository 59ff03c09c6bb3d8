"""A release beside an earlier one: whether who left, came, or changed class is told by the difference.

What is measured is what a reader of both can do: people are the same where an id stands in both, or else
where what they say is found again. Their values are the fields and the facts in text, as both releases state
them. Source: ``deid.kanon.releases``; requirements A-10, A-19 and section 7 (differencing between releases).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.errors import InputError
from deid.kanon.releases import check_releases
from deid.pipeline.quasi.columns import column_names, joined, quasi_fields
from deid.pipeline.quasi.facts import read_told
from deid.pipeline.quasi.telling import Telling, load_telling
from deid.pipeline.working.reading import BATCH, batches
from deid.release.gate import Check
from deid.risk.align import align
from deid.risk.corpus import Talk, read_release, release_config
from deid.types import Json, Turn

_SOURCE = "Requirements section 7: differencing between releases"

Vectors = Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Between:
    """What two releases say together.

    k      : people who are in the same classes of the same releases, at least.
    left   : people of the earlier release who are not found in this one; ``joined`` the other way.
    found  : people who are found in both, ``by_id`` of them since an id stands in both.
    """

    people: int
    k: int
    uniques: int
    left: int
    joined: int
    found: int
    by_id: int

    def to_json(self) -> Json:
        """Return the part of ``report/kanon.json``."""
        return {name: getattr(self, name) for name in self.__slots__}

    def checks(self, k: int, *, anonymous: bool) -> list[Check]:
        """Return what the gate asks of two releases.

        k         : people who must be alike, or leave, together; nobody may leave alone.
        anonymous : whether ids of the two must tell nothing.
        """
        gone = Check(
            "data subjects who left since the earlier release",
            *(k, self.left, self.left == 0 or self.left >= k, _SOURCE, "min"),
        )
        alike = Check(
            "data subjects alike in this and the earlier release", k, self.k, self.k >= k, _SOURCE, "min"
        )
        same = Check("ids of the earlier release", 0, self.by_id, self.by_id == 0, "Requirements A-19", "max")
        return [gone, alike, *([same] if anonymous else [])]


def between_releases(previous: Path, current: Path, config: Config, today: date) -> Between:
    """Measure the release being made beside an earlier one.

    previous, current : release folders; of the second only its data need be there.

    Raises InputError where the earlier is no release, ConfigError where scipy is missing.
    """
    before, now = read_release(previous, release_config(previous)), read_release(current, config)
    reader = _Reader(config, load_telling(config, today))
    tables = reader.vectors(before), reader.vectors(now)
    same = _same_people(before, now)
    names = [{person: f"both-{n}" for n, person in enumerate(side)} for side in (same, same.values())]
    columns = [
        n
        for n in range(len(reader.columns))
        if any(row[n] is not None for rows in tables for row in rows.values())
    ]
    found = check_releases(
        [_table(rows, columns, known, mark) for rows, known, mark in zip(tables, names, "ab", strict=True)],
        quasi_identifiers=[f"c{n}" for n in columns] or ["everybody"],
        subject="who",
    )
    by_id = sum(one == other for one, other in same.items())
    return Between(found.people, found.k, found.uniques, found.left[0], found.joined[0], len(same), by_id)


def _table(rows: Vectors, columns: Sequence[int], known: Mapping[str, str], mark: str) -> pa.Table:
    who = [known.get(person, f"{mark}-{person}") for person in rows]
    told = {f"c{n}": [row[n] for row in rows.values()] for n in columns} or {"everybody": [""] * len(rows)}
    return pa.table({"who": who, **{name: pa.array(found, pa.string()) for name, found in told.items()}})


def _same_people(before: Sequence[Talk], now: Sequence[Talk]) -> dict[str, str]:
    """Return person of the earlier release → the same in this one, each at most once."""
    later = {talk.subject for talk in now}
    same = {talk.subject: talk.subject for talk in before if talk.subject in later}
    rest = [[talk for talk in side if talk.subject not in same] for side in (before, now)]
    try:
        pairs = align(*rest).pairs if all(rest) else ()
    except InputError:  # hardly anything is said in both: nobody is found again
        pairs = ()
    votes = Counter((one.subject, other.subject) for one, other in pairs)
    taken: set[str] = set()
    for (one, other), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if one not in same and other not in taken:
            same[one] = other
            taken.add(other)
    return same


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads people's vectors out of a release."""

    config: Config
    telling: Telling = field(repr=False)

    @property
    def columns(self) -> list[str]:
        return column_names(self.config, self.telling)

    def vectors(self, talks: Sequence[Talk]) -> Vectors:
        """Return person → value of each column, joined over all that is theirs."""
        found: dict[str, dict[str, set[str]]] = {}
        fields = quasi_fields(self.config)
        for talk in talks:
            vector = found.setdefault(talk.subject, {})
            for path, value in talk.values.items():
                if path in fields:
                    vector.setdefault(path, set()).add(value)
        if self.telling.kinds:
            self._add_told(talks, found)
        columns = self.columns
        return {
            person: tuple(joined(vector.get(column, ())) for column in columns)
            for person, vector in found.items()
        }

    def _add_told(self, talks: Sequence[Talk], found: Mapping[str, dict[str, set[str]]]) -> None:
        detector = DefaultDetector.configured(self.config.input.languages, self.config.detect)
        for batch in batches(talks, BATCH):
            turns = [[Turn("text", text) for text in talk.texts] for talk in batch]
            read = detector.detect_conversations([(each, ()) for each in turns])
            for talk, each, spans in zip(batch, turns, read, strict=True):
                for fact in read_told(self.telling, each, spans):
                    told = self.telling.told(fact)
                    if told is not None:
                        found[talk.subject].setdefault(told[0], set()).add(told[1])
