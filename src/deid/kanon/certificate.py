"""A second opinion: the figures of a released table, recomputed from it by Arrow's group-by alone.

Shares no code with the searches: it sees only the published table and the hierarchies. Keys: ``rows``,
``subjects``, ``k``, ``classes``, ``uniques``, ``l_distinct`` and ``t_equal`` (per sensitive column), ``ncp``
(dropped people counting 1), ``dropped``, ``hierarchies`` (SHA-256 of each), and the roles of the columns:
``quasi_identifiers``, ``subject``, ``sensitive``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from deid.kanon.hierarchies import Hierarchy
from deid.types import Json

_COUNT = "count_all"


@dataclass(frozen=True, slots=True)
class Release:
    """A published table and the roles of its columns; ``weigh`` says what a label of a column loses."""

    table: pa.Table = field(repr=False)
    quasi_identifiers: tuple[str, ...]
    subject: str | None
    sensitive: tuple[str, ...]
    weigh: Mapping[str, Callable[[str | None], float]] = field(repr=False)


def certify(release: Release, hierarchies: Mapping[str, Hierarchy], dropped: int) -> Json:
    """Recompute the figures of a release; ``dropped`` people were left out of it."""
    whose = None if release.subject is None else _numbers(release.table[release.subject])
    columns = {
        name: _per_person(_numbers(release.table[name]), whose)
        for name in (*release.quasi_identifiers, *release.sensitive)
    }
    people = pa.table([*columns.values()], names=[str(number) for number in range(len(columns))])
    keys = people.column_names[: len(release.quasi_identifiers)]
    sizes = _sizes(people, keys)
    sensitive = dict(zip(release.sensitive, people.column_names[len(keys) :], strict=True))
    return {
        "rows": release.table.num_rows,
        "subjects": people.num_rows,
        "k": pc.min(sizes).as_py(),
        "classes": len(sizes),
        "uniques": pc.sum(pc.equal(sizes, 1)).as_py(),
        "l_distinct": {name: _distinct_values(people, keys, key) for name, key in sensitive.items()},
        "t_equal": {name: _distance(people, keys, key) for name, key in sensitive.items()},
        "ncp": _ncp(release, whose, (people.num_rows, dropped)),
        "dropped": dropped,
        "hierarchies": {name: hierarchy.digest for name, hierarchy in hierarchies.items()},
        "quasi_identifiers": list(release.quasi_identifiers),
        "subject": release.subject,
        "sensitive": list(release.sensitive),
    }


def _numbers(column: pa.ChunkedArray) -> pa.Array:
    """Return a number for each value of a column, a missing value like any other."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pc.dictionary_encode(column, null_encoding="encode").unify_dictionaries().combine_chunks().indices


def _per_person(values: pa.Array, whose: pa.Array | None) -> pa.Array:
    """Return each person's value, or the sorted set of them as text; people come in a fixed order."""
    if whose is None:
        return values
    lists = _pairs(values, whose).group_by("who", use_threads=False).aggregate([("value", "list")])
    return pc.binary_join(lists["value_list"].cast(pa.list_(pa.string())), ",")


def _pairs(values: pa.Array, whose: pa.Array) -> pa.Table:
    """Return the distinct pairs of person and value, sorted."""
    table = pa.table({"who": whose, "value": values})
    pairs = table.group_by(["who", "value"]).aggregate([])
    return pairs.sort_by([("who", "ascending"), ("value", "ascending")])


def _sizes(people: pa.Table, keys: list[str]) -> pa.ChunkedArray:
    return people.group_by(keys).aggregate([([], _COUNT)])[_COUNT]


def _distinct_values(people: pa.Table, keys: list[str], sensitive: str) -> int:
    different = people.group_by([*keys, sensitive]).aggregate([])
    return int(pc.min(_sizes(different, keys)).as_py())


def _distance(people: pa.Table, keys: list[str], sensitive: str) -> float:
    """Greatest distance of a class's values from everybody's, all values being equally far apart."""
    counted = people.group_by([*keys, sensitive]).aggregate([([], _COUNT)])
    classes = people.group_by(keys).aggregate([([], _COUNT)]).rename_columns([*keys, "size"])
    totals = people.group_by([sensitive]).aggregate([([], _COUNT)]).rename_columns([sensitive, "total"])
    joined = counted.join(classes, keys, join_type="inner").join(totals, [sensitive], join_type="inner")
    local = pc.divide(joined[_COUNT].cast(pa.float64()), joined["size"])
    overall = pc.divide(joined["total"].cast(pa.float64()), float(people.num_rows))
    excess = pc.max_element_wise(pc.subtract(local, overall), 0.0)
    moved = joined.append_column("excess", excess).group_by(keys).aggregate([("excess", "sum")])
    return float(
        round(pc.max(moved["excess_sum"]).as_py(), 9)
    )  # what is beyond depends on the order of the sum


def _ncp(release: Release, whose: pa.Array | None, counted: tuple[int, int]) -> float:
    """Mean loss over cells; ``counted`` are the people published and dropped."""
    published, dropped = counted
    lost = 0.0
    for name in release.quasi_identifiers:
        weights = _weights(release.table[name], release.weigh[name])
        if whose is not None:
            pairs = pa.table({"who": whose, "label": release.table[name].combine_chunks(), "weight": weights})
            each = pairs.group_by(["who", "label", "weight"]).aggregate([])
            weights = each.group_by("who").aggregate([("weight", "mean")])["weight_mean"]
        lost += pc.sum(weights).as_py()
    n_columns = len(release.quasi_identifiers)
    mean = (lost + dropped * n_columns) / ((published + dropped) * n_columns)
    return float(round(mean, 9))  # what is beyond depends on the order of the sum


def _weights(column: pa.ChunkedArray, weigh: Callable[[str | None], float]) -> pa.Array:
    labels = pc.unique(column)
    weights = pa.array([weigh(label) for label in labels.to_pylist()], pa.float64())
    return weights.take(pc.index_in(column, labels)).combine_chunks()
