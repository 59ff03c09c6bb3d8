"""Between the passes: who generalizes what, which records stay, and which split each goes to.

Only counts, tokens and distinct values are held here, never text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from deid.config import Config, Treatment
from deid.errors import ReleaseRefused
from deid.kanon import Hierarchy, plan_levels
from deid.pipeline.analyze import Quarantined, ShardAnalysis, Tally
from deid.pipeline.columns import (
    Chains,
    column_names,
    joined,
    joined_hierarchy,
    member_chains,
    published,
    sensitive_columns,
)
from deid.pipeline.contribution import within_cap
from deid.pipeline.places import Places
from deid.release.split import assign_splits

# Records of a final data file; a file is sorted in memory.
BUCKET_RECORDS = 20_000
SUSPECTED_MINOR = "suspected-minor"


@dataclass(frozen=True, slots=True)
class Plan:
    """What pass B carries out.

    levels      : subject token → level of each column, in the order of ``columns``.
    columns     : names of the quasi-identifier columns.
    chains      : column → value → its generalizations.
    dropped     : tokens of subjects whose records are left out.
    splits      : record token → (split, bucket).
    buckets     : split → number of data files.
    owners      : record token that occurs more than once → shard that holds the first.
    silenced    : tokens of subjects whose every age and place in text is tagged, fact or not.
    copies      : tokens of records left out since an earlier split holds the same text.
    common      : numbers of the words that enough people use; None keeps every word.
    """

    columns: tuple[str, ...]
    chains: Mapping[str, Chains] = field(repr=False)
    levels: Mapping[str, tuple[int, ...]] = field(repr=False)
    dropped: frozenset[str] = field(repr=False)
    splits: Mapping[str, tuple[str, int]] = field(repr=False)
    buckets: Mapping[str, int] = field(default_factory=dict)
    owners: Mapping[str, int] = field(default_factory=dict, repr=False)
    silenced: frozenset[str] = field(default=frozenset(), repr=False)
    copies: frozenset[str] = field(default=frozenset(), repr=False)
    common: NDArray[np.uint64] | None = field(default=None, repr=False)

    def keeps(self, record: str) -> bool:
        """Return whether a record is released, if all of its subjects are."""
        return record in self.splits and record not in self.copies

    def stricter(self, subjects: AbstractSet[str], copies: AbstractSet[str] = frozenset()) -> "Plan":
        """Return the plan after some subjects turned out to say more than planned, and records to be copies.

        The first time the subjects' ages and places in text are tagged, whatever they are about; the second
        time they are left out. Copies are left out at once.
        """
        again = subjects & self.silenced
        return replace(
            self,
            silenced=self.silenced | subjects,
            dropped=self.dropped | again,
            copies=self.copies | copies,
        )

    def published(self, subject: str, column: str, value: str) -> str | None:
        """Return what is published for one of a subject's values; None when it is suppressed."""
        if subject in self.silenced and column.startswith("text:"):
            return None
        return published(self.chains[column], value, self.levels[subject][self.columns.index(column)])


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, with what the report says about it.

    vectors    : subject token → joined value of each column, before generalization.
    suppressed : subjects whose every quasi-identifier is suppressed; ``dropped_as_suppressed`` of them are
                 dropped too, being too few to form a class.
    ncp        : mean normalised certainty penalty, in [0, 1].
    note       : what a reader must know about the splits.
    over_cap   : records left out since one of their subjects has enough others.
    minors     : ids of people under age by what they or their profile say; nothing of theirs is released.
    """

    plan: Plan
    tally: Tally
    quarantined: tuple[Quarantined, ...]
    total: int
    types: Mapping[str, set[str]]
    vectors: Mapping[str, tuple[str | None, ...]] = field(repr=False)
    suppressed: int = 0
    dropped_as_suppressed: int = 0
    ncp: float = 0.0
    note: str = ""
    minors: tuple[str, ...] = field(default=(), repr=False)
    over_cap: int = 0


def make_plan(
    analyses: Sequence[ShardAnalysis], config: Config, places: Places, *, age: Treatment, split_key: bytes
) -> Planned:
    """Merge what pass A learned into a plan.

    Raises ReleaseRefused when fewer than k people are left, InputError when a hierarchy lacks values.
    """
    ordered = sorted(analyses, key=lambda analysis: analysis.shard)
    records, owners, repeated = _first_of_each(ordered)
    total = len(records) + repeated
    minors = {subject: name for analysis in ordered for subject, name in analysis.minors.items()}
    records = [(record, subjects) for record, subjects in records if not minors.keys() & set(subjects)]
    columns = tuple(column_names(config))
    present = {subject for _, subjects in records for subject in subjects}
    vectors = _vectors(ordered, columns, present)
    names = sensitive_columns(config)
    secrets = told(names, list(_vectors(ordered, names, present).values()))
    values = {name: [vector[n] for vector in vectors.values()] for n, name in enumerate(columns)}
    chains = member_chains(config, values, places, age)
    hierarchies = {name: joined_hierarchy(chains[name], values[name]) for name in columns}
    leveled = _levels(config, values, secrets, hierarchies, list(vectors))
    kept = [(record, subjects) for record, subjects in records if not leveled.dropped.intersection(subjects)]
    capped = within_cap(kept, config.release.max_records)
    splits = assign_splits(
        capped, {str(split): share for split, share in config.release.splits.items()}, split_key
    )
    assigned, buckets = _buckets(splits.assignment)
    quarantined = [q for analysis in ordered for q in analysis.quarantined]
    tally = _tally(ordered)
    if kept_out := total - repeated - len(records):
        tally.barred[SUSPECTED_MINOR] = kept_out
    return Planned(
        plan=Plan(columns, chains, leveled.levels, leveled.dropped, assigned, buckets, owners),
        tally=tally,
        quarantined=tuple(quarantined),
        total=len(records) + repeated + len(quarantined),
        types=_types(ordered),
        vectors=vectors,
        suppressed=leveled.suppressed,
        dropped_as_suppressed=len(leveled.dropped),
        ncp=leveled.ncp,
        note=splits.note,
        minors=tuple(sorted(minors.values())),
        over_cap=len(kept) - len(capped),
    )


@dataclass(frozen=True, slots=True)
class _Levels:
    levels: dict[str, tuple[int, ...]]
    dropped: frozenset[str]
    suppressed: int
    ncp: float


def _levels(
    config: Config,
    values: Mapping[str, Sequence[str | None]],
    secrets: Mapping[str, Sequence[str | None]],
    hierarchies: Mapping[str, Hierarchy],
    subjects: Sequence[str],
) -> _Levels:
    if not values or not subjects:
        return _Levels(dict.fromkeys(subjects, ()), frozenset(), 0, 0.0)
    if len(subjects) < config.kanon.k:
        raise ReleaseRefused(
            [f"{len(subjects)} data subjects are fewer than k = {config.kanon.k}"],
            hint="nobody can hide among fewer people than k; bring more data",
        )
    found = plan_levels(
        values,
        hierarchies,
        k=config.kanon.k,
        sensitive=secrets,
        l=config.kanon.l if secrets else None,
        t=config.kanon.t if secrets else None,
        method=config.kanon.method,
        suppression=config.kanon.suppression,
    )
    rows = [tuple(int(level) for level in row) for row in found.levels]
    return _Levels(
        levels=dict(zip(subjects, rows, strict=True)),
        dropped=frozenset(subjects[int(n)] for n in np.flatnonzero(found.dropped)),
        suppressed=int(np.count_nonzero(found.suppressed)),
        ncp=float(found.ncp),
    )


def told(columns: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> dict[str, list[str | None]]:
    """Return the columns in which somebody has a value: the others tell nobody anything."""
    found = {name: [row[n] for row in rows] for n, name in enumerate(columns)}
    return {name: values for name, values in found.items() if any(value is not None for value in values)}


def _first_of_each(
    analyses: Sequence[ShardAnalysis],
) -> tuple[list[tuple[str, tuple[str, ...]]], dict[str, int], int]:
    """Return the records whose id had not come before, where the repeated ones stand, and how many repeat."""
    seen: dict[str, int] = {}
    records, owners, repeated = [], {}, 0
    for analysis in analyses:
        for record, subjects in analysis.records:
            if record in seen:
                owners[record] = seen[record]
                repeated += 1
            else:
                seen[record] = analysis.shard
                records.append((record, subjects))
    return records, owners, repeated


def _vectors(
    analyses: Sequence[ShardAnalysis], columns: Sequence[str], subjects: set[str]
) -> dict[str, tuple[str | None, ...]]:
    merged: dict[str, dict[str, set[str]]] = {}
    for analysis in analyses:
        for subject, vector in analysis.vectors.items():
            into = merged.setdefault(subject, {})
            for column, found in vector.items():
                into.setdefault(column, set()).update(found)
    return {
        subject: tuple(joined(merged[subject].get(column, ())) for column in columns)
        for subject in sorted(merged)
        if subject in subjects
    }


def _buckets(assignment: Mapping[str, str]) -> tuple[dict[str, tuple[str, int]], dict[str, int]]:
    """Spread the records of each split over data files by their tokens, which are random."""
    counts = Counter(assignment.values())
    buckets = {split: max(1, -(-count // BUCKET_RECORDS)) for split, count in counts.items()}
    return {
        record: (split, int(np.frombuffer(record[:4].encode(), np.uint32)[0]) % buckets[split])
        for record, split in assignment.items()
    }, buckets


def _tally(analyses: Iterable[ShardAnalysis]) -> Tally:
    tally = Tally()
    for analysis in analyses:
        tally.merge(analysis.tally)
    return tally


def _types(analyses: Iterable[ShardAnalysis]) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    for analysis in analyses:
        for path, kinds in analysis.types.items():
            types.setdefault(path, set()).update(kinds)
    return types
