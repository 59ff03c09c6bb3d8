"""Between the passes: who generalizes what, which records stay, and which split each goes to.

Only counts, tokens and distinct values are held here, never text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from deid.config import Config
from deid.pipeline.planning.contribution import within_cap
from deid.pipeline.planning.leveling import find_levels
from deid.pipeline.planning.perturbing import Changed, perturbed, with_perturbed
from deid.pipeline.quasi.columns import (
    Chains,
    column_names,
    joined,
    joined_hierarchy,
    member_chains,
    merged_vectors,
    published,
    sensitive_columns,
)
from deid.pipeline.quasi.listed import Listed, shared_values
from deid.pipeline.quasi.telling import TEXT, Telling
from deid.pipeline.words.standins import StandIn
from deid.pipeline.working.analysis import ShardAnalysis, Tally, merged
from deid.pipeline.working.reading import Quarantined
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
    silenced    : tokens of subjects whose every fact in text is tagged, whomever it is about.
    others      : (kind, value) of what is told of other people → what it becomes, where that is not itself.
    listed      : (declared path, value) of a quasi-identifier in a list → what it becomes.
    lone        : (declared path, released value) in a list that too few were left to show: left out.
    copies      : tokens of records left out since an earlier split holds the same text.
    changed     : column → subject token → what a changed column says of them, before it is generalized.
    common      : numbers of the words that enough people use; None keeps every word.
    personal    : numbers of the words that are replaced since their use keeps to few people; None for none.
    stand_ins   : words that are written for them, with how often they are said; none where they become tags.
    """

    columns: tuple[str, ...]
    chains: Mapping[str, Chains] = field(repr=False)
    levels: Mapping[str, tuple[int, ...]] = field(repr=False)
    dropped: frozenset[str] = field(repr=False)
    splits: Mapping[str, tuple[str, int]] = field(repr=False)
    buckets: Mapping[str, int] = field(default_factory=dict)
    owners: Mapping[str, int] = field(default_factory=dict, repr=False)
    silenced: frozenset[str] = field(default=frozenset(), repr=False)
    others: Mapping[tuple[str, str], str | None] = field(default_factory=dict, repr=False)
    listed: Listed = field(default_factory=dict, repr=False)
    lone: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    copies: frozenset[str] = field(default=frozenset(), repr=False)
    changed: Changed = field(default_factory=dict, repr=False)
    common: NDArray[np.uint64] | None = field(default=None, repr=False)
    personal: NDArray[np.uint64] | None = field(default=None, repr=False)
    stand_ins: tuple[StandIn, ...] = field(default=(), repr=False)

    def keeps(self, record: str) -> bool:
        """Return whether a record is released, if all of its subjects are."""
        return record in self.splits and record not in self.copies

    def stricter(
        self,
        subjects: AbstractSet[str],
        copies: AbstractSet[str] = frozenset(),
        lone: AbstractSet[tuple[str, str]] = frozenset(),
    ) -> "Plan":
        """Return the plan after some subjects turned out to say more than planned, and records to be copies.

        The first time the subjects' facts in text are tagged, whomever they are about; the second time they
        are left out. Copies, and values in lists that few show without these, are left out at once.
        """
        again = subjects & self.silenced
        return replace(
            self,
            silenced=self.silenced | subjects,
            dropped=self.dropped | again,
            copies=self.copies | copies,
            lone=self.lone | lone,
        )

    def published(self, subject: str, column: str, value: str) -> str | None:
        """Return what is published for one of a subject's values; None when it is suppressed."""
        if subject in self.silenced and column.startswith(TEXT):
            return None
        if column in self.changed:
            if subject not in self.changed[column]:
                return None
            value = self.changed[column][subject]
        return published(self.chains[column], value, self.levels[subject][self.columns.index(column)])

    def of_other(self, kind: str, value: str) -> str | None:
        """Return what is published for what somebody tells of another; None when it is suppressed."""
        return self.others.get((kind, value), value)

    def of_list(self, path: str, value: str) -> str | None:
        """Return what is published for a quasi-identifier in a list; None when it is suppressed."""
        released = self.listed.get((path, value))
        return None if (path, released) in self.lone else released


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
    analyses: Sequence[ShardAnalysis], config: Config, telling: Telling, *, split_key: bytes
) -> Planned:
    """Merge what pass A learned into a plan.

    Raises ReleaseRefused when fewer than k people are left, InputError when a hierarchy lacks values.
    """
    ordered = sorted(analyses, key=lambda analysis: analysis.shard)
    records, owners, repeated = _first_of_each(ordered)
    total = len(records) + repeated
    minors = {subject: name for analysis in ordered for subject, name in analysis.minors.items()}
    records = [(record, subjects) for record, subjects in records if not minors.keys() & set(subjects)]
    columns = tuple(column_names(config, telling))
    present = {subject for _, subjects in records for subject in subjects}
    vectors = _vectors(ordered, columns, present)
    names = sensitive_columns(config)
    secrets = told(names, list(_vectors(ordered, names, present).values()))
    changed = perturbed(config, columns, vectors, split_key)
    seen = with_perturbed(columns, vectors, changed)
    values = {name: [vector[n] for vector in seen.values()] for n, name in enumerate(columns)}
    chains = member_chains(config, values, telling)
    hierarchies = {name: joined_hierarchy(chains[name], values[name]) for name in columns}
    leveled = find_levels(config, values, secrets, hierarchies, list(vectors))
    dropped = leveled.dropped
    kept = [(record, subjects) for record, subjects in records if not dropped.intersection(subjects)]
    capped = within_cap(kept, config.release.max_records)
    shares = {str(split): share for split, share in config.release.splits.items()}
    splits = assign_splits(capped, shares, split_key)
    assigned, buckets = _buckets(splits.assignment)
    quarantined = [q for analysis in ordered for q in analysis.quarantined]
    return Planned(
        plan=Plan(
            *(columns, chains, leveled.levels, dropped, assigned, buckets, owners),
            others=_others(ordered, telling, config.kanon.k),
            changed=changed,
            listed=shared_values(config, _listed(ordered, capped)),
        ),
        tally=_tally(ordered, minors=total - repeated - len(records)),
        quarantined=tuple(quarantined),
        total=len(records) + repeated + len(quarantined),
        types=_types(ordered),
        vectors=vectors,
        suppressed=leveled.suppressed,
        dropped_as_suppressed=len(dropped),
        ncp=leveled.ncp,
        note=splits.note,
        minors=tuple(sorted(minors.values())),
        over_cap=len(kept) - len(capped),
    )


def told(columns: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> dict[str, list[str | None]]:
    """Return the columns in which somebody has a value: the others tell nobody anything."""
    found = {name: [row[n] for row in rows] for n, name in enumerate(columns)}
    return {name: values for name, values in found.items() if any(value is not None for value in values)}


def _others(analyses: Sequence[ShardAnalysis], telling: Telling, k: int) -> dict[tuple[str, str], str | None]:
    """Return what becomes of descriptions of other people that few share, here and in the population."""
    return {
        told: telling.commoner(*told)
        for told, who in _tellers([analysis.others for analysis in analyses]).items()
        if len(who) < k and telling.is_few(*told)
    }


def _listed(
    analyses: Sequence[ShardAnalysis], records: Sequence[tuple[str, tuple[str, ...]]]
) -> dict[tuple[str, str], set[str]]:
    """Return who has each quasi-identifier in a list, in the records that are released."""
    kept = {token for token, _ in records}
    present = {subject for _, subjects in records for subject in subjects}
    released = (
        {
            had: {who for who, where in people.items() if who in present and (not where or kept & set(where))}
            for had, people in one.listed.items()
        }
        for one in analyses
    )
    return _tellers(released)


def _tellers(parts: Iterable[Mapping[tuple[str, str], set[str]]]) -> dict[tuple[str, str], set[str]]:
    """Return who says or has something, over all shards."""
    tellers: dict[tuple[str, str], set[str]] = {}
    for part in parts:
        for said, who in part.items():
            tellers.setdefault(said, set()).update(who)
    return tellers


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
    merged = merged_vectors(analysis.vectors for analysis in analyses)
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
        record: (split, bucket_of(record, buckets[split])) for record, split in assignment.items()
    }, buckets


def bucket_of(record: str, buckets: int) -> int:
    """Return which of a split's data files a record goes to, by its token."""
    return int(np.frombuffer(record[:4].encode(), np.uint32)[0]) % buckets


def _tally(analyses: Iterable[ShardAnalysis], *, minors: int) -> Tally:
    tally = merged(analysis.tally for analysis in analyses)
    if minors:
        tally.barred[SUSPECTED_MINOR] = minors
    return tally


def _types(analyses: Iterable[ShardAnalysis]) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    for analysis in analyses:
        for path, kinds in analysis.types.items():
            types.setdefault(path, set()).update(kinds)
    return types
