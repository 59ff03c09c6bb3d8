"""What is published for every row: the labels of its person's levels, or of the ranges of its class."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from deid.kanon.classes import Codes, Counts, Mask, totals
from deid.kanon.domains import Population
from deid.kanon.encode import Column, People
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.lattice import Nodes
from deid.kanon.levels import LevelPlan
from deid.kanon.loss import ncp
from deid.kanon.mondrian import Partition, range_loss
from deid.kanon.ranges import range_labels

Levels = Mapping[str, int | Mapping[str, int]]
Weigh = Callable[[str | None], float]


@dataclass(frozen=True, slots=True)
class Published:
    """The quasi-identifiers as they go out, before dropped people's rows are left out.

    columns    : labels of every row, one array a quasi-identifier; ``weigh`` says what a label of it loses.
    levels     : as in ``Plan``.
    suppressed : number of people all of whose cells are '*'.
    dropped    : (n_people,) who is left out.
    """

    columns: tuple[pa.Array, ...] = field(repr=False)
    weigh: tuple[Weigh, ...] = field(repr=False)
    levels: Levels
    suppressed: int
    dropped: Mask = field(repr=False)
    k: int
    ncp: float


def by_levels(
    columns: Sequence[Column],
    hierarchies: Mapping[str, Hierarchy],
    people: People,
    plan: LevelPlan,
    *,
    one_level: bool,
) -> Published:
    """Publish every person at their levels; with ``one_level`` they are everybody's who is not suppressed."""
    chains = [hierarchies[column.name] for column in columns]
    labels = [
        _generalized(column, hierarchy, plan.levels[people.of_rows, position])
        for position, (column, hierarchy) in enumerate(zip(columns, chains, strict=True))
    ]
    names = [column.name for column in columns]
    return Published(
        tuple(labels),
        tuple(hierarchy.weight for hierarchy in chains),
        _shared_levels(plan, names) if one_level else _people_by(plan.levels, names),
        int(plan.suppressed.sum()),
        plan.dropped,
        plan.k,
        plan.ncp,
    )


def by_ranges(
    columns: Sequence[Column],
    hierarchies: Mapping[str, Hierarchy],
    people: People,
    found: tuple[Population, Partition],
) -> Published:
    """Publish every person with the ranges of their class; nobody is suppressed."""
    population, classes = found
    of_people = classes.of[population.tuples.of]
    labels, weigh, read_as = [], [], []
    for position, column in enumerate(columns):
        ends = np.stack([classes.low[:, position], classes.high[:, position]], axis=1)
        names, weights, number = _named(hierarchies[column.name], ends)
        labels.append(pa.array(names, pa.string()).take(pa.array(number[of_people[people.of_rows]])))
        weigh.append(weights.__getitem__)
        read_as.append(number)
    leaves = (classes.high - classes.low + 1)[of_people]
    return Published(
        tuple(labels),
        tuple(weigh),
        _people_by(leaves, [column.name for column in columns]),
        0,
        np.zeros(population.n_people, np.bool_),
        _smallest(np.stack(read_as), totals(classes.of, population.tuples.counts, len(classes.low))),
        ncp(range_loss(population, classes), population.n_people, len(columns)),
    )


def _named(hierarchy: Hierarchy, ends: Codes) -> tuple[list[str | None], dict[str | None, float], Counts]:
    """Return the different labels of ranges, what each loses, and the label of each range.

    ends : (n_classes, 2).
    """
    ranges, place = np.unique(ends, axis=0, return_inverse=True)
    namer = range_labels(hierarchy)
    names = [namer.label(int(low), int(high)) for low, high in ranges]
    weights = {
        name: namer.weight(int(low), int(high)) for name, (low, high) in zip(names, ranges, strict=True)
    }
    number = {name: position for position, name in enumerate(weights)}
    return list(weights), weights, np.array([number[name] for name in names])[place.reshape(-1)]


def _generalized(column: Column, hierarchy: Hierarchy, levels: Nodes) -> pa.Array:
    rows = range(hierarchy.height + 1)
    table = pa.array(
        [hierarchy.generalize(value, level) for level in rows for value in column.values], pa.string()
    )
    return table.take(pa.array(levels.astype(np.int64) * len(column.values) + column.codes))


def _shared_levels(plan: LevelPlan, names: Sequence[str]) -> Levels:
    kept = plan.levels[~plan.suppressed]
    shared = kept[0] if len(kept) else plan.levels[0]
    return dict(zip(names, shared.tolist(), strict=True))


def _people_by(figures: Nodes | Counts, names: Sequence[str]) -> Levels:
    """Count people by a figure of each column."""
    result: dict[str, Mapping[str, int]] = {}
    for position, name in enumerate(names):
        found, counts = np.unique(figures[:, position], return_counts=True)
        pairs = zip(found.tolist(), counts.tolist(), strict=True)
        result[name] = {str(figure): count for figure, count in pairs}
    return result


def _smallest(read_as: Counts, sizes: Counts) -> int:
    """Return the people in the smallest class as it is read: classes of equal labels are one.

    read_as : (n_columns, n_classes) numbers of labels; ``sizes`` are the people of each class.
    """
    _, ids = np.unique(read_as, axis=1, return_inverse=True)
    return int(totals(ids.reshape(-1), sizes, int(ids.max()) + 1).min())
