"""Measure a table that memory does not hold, piece by piece: the same figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts
from deid.kanon.disclosure import SensitiveMeasures, measure, nodes_of, worst
from deid.kanon.encode import PersonColumn, check_roles, in_order, read_codes, read_table
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.households import households
from deid.kanon.layout import Keys, Layout, fresh
from deid.kanon.measurement import Measures, of_histogram
from deid.kanon.measures.distribution import Distribution
from deid.kanon.measures.k_anonymity import size_histogram
from deid.kanon.persons import Persons
from deid.kanon.runs import Runs

_RUN = 1 << 20
"""People of a run, at least; a piece is never cut."""


def check_batches(  # noqa: PLR0913  (a contract; all but the pieces are named)
    batches: Iterable[pa.RecordBatch],
    *,
    quasi_identifiers: Sequence[str],
    subject: str | None = None,
    sensitive: Sequence[str] = (),
    household: str | None = None,
    population_size: int | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
) -> Measures:
    """Measure a table that comes in pieces; arguments, figures and errors are those of ``check``.

    Only ``household`` needs ``subject`` beside it here.

    Memory holds two pieces, the distinct values of each column and the distinct sets of them that people
    have, and a million classes at a time; with ``subject`` the rows of one in 64 people too, and with
    ``household`` 32 bytes for each pair of a person and a mark. The rest is numbers in temporary files.
    """
    check_roles(quasi_identifiers, subject, sensitive)
    if household is not None and subject is None:
        raise InputError("household: no person is named", hint="name the column of the person too, `subject`")
    columns = tuple(_Column(name) for name in (*quasi_identifiers, *sensitive))
    n_quasi = len(quasi_identifiers)
    with Runs() as runs, Runs() as homes:
        household_k = None
        if subject is None:
            n_rows = _write(batches, columns, runs)
        else:
            with Persons(subject, household, len(columns)) as persons:
                n_rows = _spread(batches, columns, persons)
                shared = None if household is None else (n_quasi, _homes(persons), homes)
                _write_people(persons, columns, runs, shared)
                if shared is not None and n_rows:
                    household_k = _fewest(homes, _layout(columns[:n_quasi], int(shared[1].max()) + 1))
        if not n_rows:
            raise InputError("table: no rows", hint="there is nobody to protect or to count")
        for column in columns:
            column.check()
        secrets = [_Secret.of(column, (hierarchies or {}).get(column.name)) for column in columns[n_quasi:]]
        histogram, found = _count(runs, _layout(columns), secrets)
    return replace(of_histogram(n_rows, histogram, found, population_size), household_k=household_k)


class _Column:
    """The numbers of a column's values, in order of appearance, and how many rows and people have each.

    A set of values that a person has in several rows has a number too, above those of the values.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.numbers: dict[str | None, int] = {}
        self.sets: dict[tuple[int, ...], int] = {}
        self.rows = np.zeros(0, np.int64)
        self.people = self.rows

    @property
    def size(self) -> int:
        """Numbers there are."""
        return len(self.numbers) + len(self.sets)

    def codes(self, table: pa.Table) -> Codes:
        """Return the numbers of a piece's values; every row counts as a person until ``of_people``."""
        local, texts = read_codes(table, self.name)
        lookup = np.array([self.numbers.setdefault(text, len(self.numbers)) for text in texts], np.int32)
        codes: Codes = lookup[local]
        self.rows = self.people = _added(self.rows, codes, len(self.numbers))
        return codes

    def of_people(self, person: Counts, codes: Counts) -> Codes:
        """Return one number a person, from one a row; all rows of a person are given at once."""
        size, n_people = len(self.numbers), int(person[-1]) + 1
        owner, value = np.divmod(np.unique(person * size + codes), size)
        ends = np.searchsorted(owner, np.arange(n_people + 1))
        made = value[ends[:-1]].astype(np.int32)
        for one in np.flatnonzero(np.diff(ends) > 1):
            members = tuple(value[ends[one] : ends[one + 1]].tolist())
            made[one] = self.sets.setdefault(members, size + len(self.sets))
        self.people = _added(self.people, made, self.size)
        return made

    def check(self) -> None:
        """Raise InputError where every value is missing."""
        if not any(text is not None and self.rows[code] for text, code in self.numbers.items()):
            raise InputError(f"column `{self.name}`: every value is missing", hint="leave the column out")

    def members(self) -> tuple[tuple[str | None, ...], dict[int, tuple[int, ...]]]:
        """Return the values in order, and which of them each number that people have stands for."""
        values = in_order(text for text, code in self.numbers.items() if self.rows[code])
        place = {self.numbers[value]: n for n, value in enumerate(values)}
        known: dict[int, tuple[int, ...]] = {number: (n,) for number, n in place.items()}
        known |= {number: tuple(sorted(place[one] for one in of)) for of, number in self.sets.items()}
        return values, {number: of for number, of in known.items() if self.people[number]}


def _added(counts: Counts, codes: Codes, size: int) -> Counts:
    total = np.bincount(codes, minlength=size)
    total[: len(counts)] += counts
    return total


def _layout(columns: Sequence[_Column], *more: int) -> Layout:
    return Layout.of([*(column.size for column in columns), *more])


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
        values, known = column.members()
        numbers = sorted(known, key=lambda number: (len(known[number]) > 1, known[number]))
        rank = np.zeros(column.size, np.int64)
        rank[numbers] = np.arange(len(numbers))
        every = np.arange(len(numbers))
        alone = PersonColumn(
            column.name, every.astype(np.int32), tuple(known[number] for number in numbers), values
        )
        nodes = None if hierarchy is None else nodes_of(alone, every, hierarchy)
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


def _spread(batches: Iterable[pa.RecordBatch], columns: Sequence[_Column], persons: Persons) -> int:
    """Put every row where the others of its person are; return the number of rows."""
    n_rows = 0
    for batch in batches:
        if batch.num_rows:
            piece = read_table(pa.Table.from_batches([batch]))
            persons.add(piece, [column.codes(piece) for column in columns])
            n_rows += batch.num_rows
    persons.check()
    for column in columns:
        column.people = np.zeros(column.size, np.int64)
    return n_rows


def _write_people(
    persons: Persons, columns: Sequence[_Column], runs: Runs, shared: tuple[int, Counts, Runs] | None
) -> None:
    """Write the key of every person into runs; and with that of their household, where it is shared.

    shared : columns of a class, household of each person, and the runs for those.
    """
    begin = 0
    for person, _, codes in persons.parts():
        made = [column.of_people(person, codes[:, n]) for n, column in enumerate(columns)]
        layout = _layout(columns)
        runs.add(layout.pack(made), layout)
        if shared is not None:
            n_quasi, home, into = shared
            own = home[begin : begin + len(made[0])]
            layout = _layout(columns[:n_quasi], int(home.max()) + 1)
            into.add(layout.pack([*made[:n_quasi], own.astype(np.int32)]), layout)
        begin += len(made[0])


def _homes(persons: Persons) -> Counts:
    """Return the household of each person, in the order of the parts."""
    begin, people, marks = 0, [], []
    for person, mark, _ in persons.parts():
        pairs = np.unique(np.column_stack([person, mark]), axis=0)
        people.append(pairs[:, 0] + begin)
        marks.append(pairs[:, 1:])
        begin += int(person[-1]) + 1
    if not people:
        return np.zeros(0, np.int64)
    numbered = np.unique(np.concatenate(marks), axis=0, return_inverse=True)[1].reshape(-1)
    return households(np.concatenate(people), numbered)


def _fewest(homes: Runs, layout: Layout) -> int:
    """Return how many households are in the class that has the fewest."""
    fewest = [
        int(np.diff(np.flatnonzero(fresh(layout.without_last(keys, 1))), append=keys.shape[1]).min())
        for keys, _ in homes.merged(layout, 1)
    ]
    return min(fewest)


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
