"""Measure a table that memory does not hold, piece by piece: the same figures, every row being a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts
from deid.kanon.disclosure import SensitiveMeasures, measure, nodes_of, worst
from deid.kanon.encode import PersonColumn, check_roles, in_order, read_codes, read_table
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.layout import Keys, Layout, fresh
from deid.kanon.measurement import Measures, of_histogram
from deid.kanon.measures.distribution import Distribution
from deid.kanon.measures.k_anonymity import size_histogram
from deid.kanon.runs import Runs

_RUN = 1 << 20
"""People of a run, at least; a piece is never cut."""


def check_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    quasi_identifiers: Sequence[str],
    sensitive: Sequence[str] = (),
    population_size: int | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
) -> Measures:
    """Measure a table that comes in pieces; arguments, figures and errors are those of ``check``.

    Memory holds two pieces, the distinct values of each column, and a million classes at a time; the rest is
    numbers in a temporary file. Every row is a person: what one person's rows say together takes ``check``.
    """
    check_roles(quasi_identifiers, None, sensitive)
    columns = tuple(_Column(name) for name in (*quasi_identifiers, *sensitive))
    with Runs() as runs:
        n_people = _write(batches, columns, runs)
        if not n_people:
            raise InputError("table: no rows", hint="there is nobody to protect or to count")
        for column in columns:
            column.check()
        last = columns[len(quasi_identifiers) :]
        secrets = [_Secret.of(column, (hierarchies or {}).get(column.name)) for column in last]
        histogram, found = _count(runs, Layout.of([len(column.numbers) for column in columns]), secrets)
    return of_histogram(n_people, histogram, found, population_size)


class _Column:
    """The numbers of a column's values, in order of appearance, and how many people have each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.numbers: dict[str | None, int] = {}
        self.people = np.zeros(0, np.int64)

    def codes(self, table: pa.Table) -> Codes:
        """Return the numbers of a piece's values."""
        local, texts = read_codes(table, self.name)
        lookup = np.array([self.numbers.setdefault(text, len(self.numbers)) for text in texts], np.int32)
        codes: Codes = lookup[local]
        people = np.bincount(codes, minlength=len(self.numbers))
        people[: len(self.people)] += self.people
        self.people = people
        return codes

    def check(self) -> None:
        """Raise InputError where every value is missing."""
        if not any(text is not None and self.people[code] for text, code in self.numbers.items()):
            raise InputError(f"column `{self.name}`: every value is missing", hint="leave the column out")


@dataclass(frozen=True, slots=True)
class _Secret:
    """A sensitive column once all of it is known.

    rank   : (n_numbers,) place of each number's value among those that people have, in order.
    totals : (n_values,) people with each value.
    nodes  : as in ``t_hierarchical``; None without a hierarchy.
    """

    name: str
    rank: Counts = field(repr=False)
    totals: Counts = field(repr=False)
    nodes: Sequence[Codes] | None = field(repr=False)

    @classmethod
    def of(cls, column: _Column, hierarchy: Hierarchy | None) -> "_Secret":
        values = in_order(text for text, code in column.numbers.items() if column.people[code])
        numbers = np.array([column.numbers[value] for value in values])
        rank = np.zeros(len(column.numbers), np.int64)
        rank[numbers] = np.arange(len(values))
        alone = PersonColumn(column.name, numbers, tuple((n,) for n in range(len(values))), values)
        nodes = None if hierarchy is None else nodes_of(alone, np.arange(len(values)), hierarchy)
        return cls(column.name, rank, column.people[numbers], nodes)

    def measure(self, classes: Counts, sizes: Counts, numbers: Codes, people: Counts) -> SensitiveMeasures:
        """Measure some classes; ``people`` have the value of a number in a class, tuple by tuple."""
        n_values = len(self.totals)
        pairs, place = np.unique(classes * n_values + self.rank[numbers], return_inverse=True)
        owner, value = np.divmod(pairs, n_values)
        count = np.bincount(place, people).astype(np.int64)
        return measure(Distribution(owner, value, count, sizes, self.totals), self.nodes)


def _write(batches: Iterable[pa.RecordBatch], columns: Sequence[_Column], runs: Runs) -> int:
    """Write the keys of every piece into runs; return the number of people."""
    n_people, layout = 0, Layout(())
    waiting: list[Keys] = []
    for batch in batches:
        if not batch.num_rows:
            continue
        piece = read_table(pa.Table.from_batches([batch]))
        codes = [column.codes(piece) for column in columns]
        n_people += batch.num_rows
        now = Layout.of([len(column.numbers) for column in columns])
        if now != layout or sum(keys.shape[1] for keys in waiting) >= _RUN:
            _flush(waiting, layout, runs)
            waiting, layout = [], now
        waiting.append(layout.pack(codes))
    _flush(waiting, layout, runs)
    return n_people


def _flush(waiting: Sequence[Keys], layout: Layout, runs: Runs) -> None:
    if waiting:
        runs.add(np.concatenate(waiting, axis=1), layout)


def _count(
    runs: Runs, layout: Layout, secrets: Sequence[_Secret]
) -> tuple[dict[int, int], dict[str, SensitiveMeasures]]:
    """Return how many classes there are of each size, and what they give away."""
    histogram: Counter[int] = Counter()
    found: dict[str, list[SensitiveMeasures]] = {secret.name: [] for secret in secrets}
    for keys, people in runs.merged(layout, len(secrets)):
        starts = fresh(layout.without_last(keys, len(secrets)))
        sizes = np.add.reduceat(people, np.flatnonzero(starts))
        histogram.update(size_histogram(sizes))
        if secrets:
            classes, codes = np.cumsum(starts) - 1, layout.unpack(keys)[-len(secrets) :]
            for secret, numbers in zip(secrets, codes, strict=True):
                found[secret.name].append(secret.measure(classes, sizes, numbers, people))
    return dict(sorted(histogram.items())), {name: worst(parts) for name, parts in found.items()}
