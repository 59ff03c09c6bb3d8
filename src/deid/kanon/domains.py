"""What the searches work on: distinct tuples of people, and for each column what every level publishes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.errors import InputError, expect
from deid.kanon.classes import Codes, Counts, Tuples, distinct
from deid.kanon.encode import PersonColumn
from deid.kanon.hierarchies import Hierarchy, leaf_order

SCALE = 1 << 30
"""Fixed-point unit of a cell's loss: exact sums do not depend on the order of people."""


@dataclass(frozen=True, slots=True)
class Domain:
    """One quasi-identifier: what its codes become at each level.

    published : (height + 1, n_codes) number of the published label, or set of labels, of each code.
    weights   : (height + 1, n_codes) its loss in units of 1 / SCALE.
    nodes     : (height + 1, n_codes) the same labels, numbered 0, 1, … within the level.
    n_nodes   : number of nodes at each level.
    low, high : (n_codes,) first and last leaf of each code, in hierarchy order; ``n_leaves`` stands for the
                missing value. Codes rise with their first leaf.
    """

    name: str
    published: Codes = field(repr=False)
    weights: Counts = field(repr=False)
    nodes: Codes = field(repr=False)
    n_nodes: tuple[int, ...]
    low: Codes = field(repr=False)
    high: Codes = field(repr=False)
    n_leaves: int

    @property
    def single(self) -> bool:
        """Whether nobody has several values."""
        return bool((self.low == self.high).all())

    @property
    def height(self) -> int:
        """The level of '*'."""
        return len(self.n_nodes) - 1


@dataclass(frozen=True, slots=True)
class Secret:
    """Who has which sensitive value: distinct (tuple, value) pairs of one column, each with its people."""

    name: str
    tuples: Counts = field(repr=False)
    values: Counts = field(repr=False)
    counts: Counts = field(repr=False)
    n_values: int


@dataclass(frozen=True, slots=True)
class Population:
    """People, as distinct tuples of quasi-identifiers."""

    tuples: Tuples = field(repr=False)
    domains: tuple[Domain, ...]
    secrets: tuple[Secret, ...] = ()

    @property
    def n_people(self) -> int:
        """Number of people."""
        return len(self.tuples.of)

    @property
    def n_tuples(self) -> int:
        """Number of distinct tuples."""
        return len(self.tuples.counts)


def populate(
    columns: Sequence[PersonColumn],
    hierarchies: Mapping[str, Hierarchy],
    sensitive: Sequence[PersonColumn] = (),
) -> Population:
    """Collapse people to distinct tuples under their hierarchies.

    Raises InputError when a column has no hierarchy, or values that are not in it (their number is
    named, never the values).
    """
    ordered = [_in_leaf_order(column, _hierarchy(column, hierarchies)) for column in columns]
    domains = tuple(_domain(column, hierarchies[column.name]) for column in ordered)
    tuples = distinct([column.codes for column in ordered], [len(column.members) for column in ordered])
    return Population(tuples, domains, tuple(_secret(column, tuples) for column in sensitive))


def cell_weight(hierarchy: Hierarchy, labels: Collection[str | None]) -> float:
    """Return the loss of a person's cell: the mean over the different labels published in it."""
    return sum(sorted(hierarchy.weight(label) for label in labels)) / len(labels)


def _hierarchy(column: PersonColumn, hierarchies: Mapping[str, Hierarchy]) -> Hierarchy:
    expect("hierarchies", hierarchies, "a mapping of columns to what `load_hierarchies` reads", Mapping)
    hierarchy = hierarchies.get(column.name)
    if hierarchy is None:
        raise InputError(f"column `{column.name}`: no hierarchy", hint="give every quasi-identifier one")
    expect(f"hierarchies: column `{column.name}`", hierarchy, "a Hierarchy", Hierarchy)
    return hierarchy


def _in_leaf_order(column: PersonColumn, hierarchy: Hierarchy) -> PersonColumn:
    """Return the column numbered as the hierarchy is, so that what values are called has no influence."""
    places = leaf_order(column.name, column.values, hierarchy)
    sets = [tuple(sorted(places[member] for member in members)) for members in column.members]
    order = sorted(range(len(sets)), key=sets.__getitem__)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order))
    members = tuple(column.members[code] for code in order)
    return PersonColumn(column.name, rank[column.codes], members, column.values)


def _domain(column: PersonColumn, hierarchy: Hierarchy) -> Domain:
    numbers: dict[frozenset[str | None], int] = {}
    shape = (hierarchy.height + 1, len(column.members))
    published = np.empty(shape, np.int32)
    weights = np.empty(shape, np.int64)
    for level in range(shape[0]):
        labels = [hierarchy.generalize(value, level) for value in column.values]
        for code, members in enumerate(column.members):
            cell = frozenset(labels[member] for member in members)
            published[level, code] = numbers.setdefault(cell, len(numbers))
            weights[level, code] = round(SCALE * cell_weight(hierarchy, cell))
    places = leaf_order(column.name, column.values, hierarchy)
    ends = np.array(
        [[min(found), max(found)] for found in ([places[member] for member in m] for m in column.members)],
        np.int32,
    )
    nodes = [np.unique(row, return_inverse=True) for row in published]
    return Domain(
        column.name,
        published,
        weights,
        np.stack([inverse.astype(np.int32) for _, inverse in nodes]),
        tuple(len(unique) for unique, _ in nodes),
        ends[:, 0],
        ends[:, 1],
        len(hierarchy.leaves),
    )


def _secret(column: PersonColumn, tuples: Tuples) -> Secret:
    size = len(column.members)
    pairs, counts = np.unique(tuples.of * size + column.codes, return_counts=True)
    owner, value = np.divmod(pairs, size)
    return Secret(column.name, owner, value, counts, size)
