"""What a person did, in no order: visits, purchases, points of place and time, and who else did some of it.

An item is what a row says in one or several columns: a shop; a place and a time; the date, shop, party and
allergy of a reservation, which the shop itself knows. An adversary knows some items of a person.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pyarrow as pa

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts, Mask, group, pack
from deid.kanon.encode import Column, check_roles, read_column, read_people, read_table
from deid.kanon.hierarchies import Hierarchy, leaf_order
from deid.kanon.measures.km_anonymity import smallest_support, supports
from deid.kanon.sequences import SequenceMeasures

MAX_NODES = 1 << 12
"""More combinations of levels are not tried."""


def check_sets(table: object, *, subject: str, item: str | Sequence[str], known: int = 2) -> SequenceMeasures:
    """Measure combinations of up to ``known`` items, in any order (k^m-anonymity).

    item : column that says what a row's item is, or several.

    Raises InputError for a table or a column that cannot be read.
    """
    source = read_table(table)
    people = read_people(source, subject)
    columns = [_Ladder(read_column(source, name), None) for name in _names(item, subject)]
    found, uniques = _measure(_sets(people.of_rows, _items(columns, [0] * len(columns))), known)
    return SequenceMeasures(people.n, known, found, uniques)


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What was done: each column's level for everybody, the share of rows cut, and k measured again.

    loss : mean loss of a cell in [0, 1], one that is cut counting 1.
    """

    levels: Mapping[str, int]
    cut: float
    loss: float
    k: int | None


def enforce_sets(  # noqa: PLR0913  (all but the table are named)
    table: object,
    *,
    k: int,
    subject: str,
    item: str | Sequence[str],
    hierarchies: Mapping[str, Hierarchy],
    known: int = 1,
    suppression: float = 0.05,
) -> tuple[pa.Table, SetPlan]:
    """Return a table in which at least k people share every combination of ``known`` items.

    The columns of the items are generalized for everybody, and rows are cut that still stand out: at the
    levels that lose least among those at which no more than the share ``suppression`` is cut. A column
    without a hierarchy stays as it is; the order of rows stays, and a row that is cut is gone.

    Raises InputError where no levels are enough or too many are to be tried, and as ``check_sets`` does.
    """
    source = read_table(table)
    who = read_people(source, subject).of_rows
    names = _names(item, subject)
    columns = [_Ladder(read_column(source, name), hierarchies.get(name)) for name in names]
    for loss, levels in _nodes(columns):
        items = _items(columns, levels)
        kept = _shared(who, items, k)
        if known > 1 and 1 - float(kept.mean()) <= suppression:
            kept = _kept(who, items, known, k)
        cut = 1 - float(kept.mean())
        if cut <= suppression:
            found, _ = _measure(_sets(who[kept], items[kept]), known)
            plan = SetPlan(dict(zip(names, levels, strict=True)), cut, loss * (1 - cut) + cut, found)
            return _write(source, columns, levels).filter(pa.array(kept)), plan
    raise InputError(
        f"sets: more than {suppression:.1%} of the rows would be cut at every level",
        hint="ask for a smaller k, fewer known items, or allow more suppression",
    )


@dataclass(frozen=True, slots=True)
class _Ladder:
    """A column and what its values become level by level; without a hierarchy it has one level."""

    column: Column
    hierarchy: Hierarchy | None

    @property
    def height(self) -> int:
        return 0 if self.hierarchy is None else self.hierarchy.height

    def labels(self, level: int) -> list[str | None]:
        """Return what each value is called at a level."""
        if self.hierarchy is None:
            return list(self.column.values)
        leaf_order(self.column.name, self.column.values, self.hierarchy)
        return [self.hierarchy.generalize(value, level) for value in self.column.values]

    def codes(self, level: int) -> tuple[Codes, int]:
        """Return a number for the label of each row at a level, and how many labels there are."""
        labels = self.labels(level)
        number = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        lookup = np.array([number[label] for label in labels], np.int32)
        return lookup[self.column.codes], len(number)

    def loss(self, level: int) -> float:
        """Return the mean loss of a cell at a level."""
        if self.hierarchy is None:
            return 0.0
        weights = np.array([self.hierarchy.weight(label) for label in self.labels(level)])
        return float(weights[self.column.codes].mean())


def _names(item: str | Sequence[str], subject: str) -> list[str]:
    names = [item] if isinstance(item, str) else list(item)
    check_roles(names, subject, ())
    return names


def _items(columns: Sequence[_Ladder], levels: Sequence[int]) -> Counts:
    """Return the number of each row's item at some levels."""
    coded = [column.codes(level) for column, level in zip(columns, levels, strict=True)]
    return group(*pack([codes for codes, _ in coded], [size for _, size in coded]))[0]


def _nodes(columns: Sequence[_Ladder]) -> list[tuple[float, tuple[int, ...]]]:
    """Return every combination of levels with its loss, least loss first."""
    n_nodes = math.prod(column.height + 1 for column in columns)
    if n_nodes > MAX_NODES:
        raise InputError(
            f"sets: {n_nodes} combinations of levels; at most {MAX_NODES} can be tried",
            hint="use fewer columns or lower hierarchies",
        )
    losses = [[column.loss(level) for level in range(column.height + 1)] for column in columns]
    nodes = product(*(range(column.height + 1) for column in columns))
    return sorted(
        (sum(loss[level] for loss, level in zip(losses, node, strict=True)) / len(columns), node)
        for node in nodes
    )


def _sets(people: Counts, items: Counts) -> dict[int, frozenset[int]]:
    """Return the items of each person who has any."""
    found: dict[int, set[int]] = {}
    for person, one in np.unique(np.stack([people, items]), axis=1).T.tolist():
        found.setdefault(person, set()).add(one)
    return {person: frozenset(mine) for person, mine in found.items()}


def _measure(sets: Mapping[int, frozenset[int]], known: int) -> tuple[int | None, int]:
    """Return the people who share the combination that the fewest share, and those who have one alone."""
    distinct = Counter(sets.values())
    found = supports(distinct, known)
    alone = (any(found[part] == 1 for part in _parts(mine, known)) for mine in distinct)
    return smallest_support(found), sum(
        n for n, is_alone in zip(distinct.values(), alone, strict=True) if is_alone
    )


def _parts(items: frozenset[int], known: int) -> Iterator[tuple[int, ...]]:
    """Yield the largest combinations that an adversary knows; what is rare lies in one of them."""
    return combinations(sorted(items), min(known, len(items)))


def _shared(people: Counts, items: Counts, k: int) -> Mask:
    """Return the rows whose item at least k people have."""
    n_items = int(items.max()) + 1
    having = np.bincount(np.unique(people * n_items + items) % n_items)
    shared: Mask = having[items] >= k
    return shared


def _kept(people: Counts, items: Counts, known: int, k: int) -> Mask:
    """Return the rows that stay when those are cut that stand out, the rarest item of a combination first."""
    kept: Mask = np.ones(len(people), np.bool_)
    while kept.any():
        sets = _sets(people[kept], items[kept])
        found = supports(Counter(sets.values()), known)
        having = Counter(one for mine in sets.values() for one in mine)
        cut = {
            (person, min(part, key=lambda one: (having[one], one)))
            for person, mine in sets.items()
            for part in _parts(mine, known)
            if found[part] < k
        }
        if not cut:
            break
        pairs = zip(people[kept].tolist(), items[kept].tolist(), strict=True)
        kept[np.flatnonzero(kept)[[pair in cut for pair in pairs]]] = False
    return kept


def _write(source: pa.Table, columns: Sequence[_Ladder], levels: Sequence[int]) -> pa.Table:
    output = source
    for column, level in zip(columns, levels, strict=True):
        name = column.column.name
        labels = pa.array(column.labels(level), pa.string()).take(pa.array(column.column.codes))
        output = output.set_column(output.schema.get_field_index(name), name, labels)
    return output
