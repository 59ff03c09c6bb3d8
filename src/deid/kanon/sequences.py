"""Sequences of a person: what was bought, watched or visited, one thing after another.

A class says nothing of these: two people of one class differ in what they did. An adversary is taken to know
some steps of a person, and asks who else has them.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts, Mask, group, pack
from deid.kanon.encode import read_column, read_people, read_table
from deid.kanon.hierarchies import Hierarchy, leaf_order


@dataclass(frozen=True, slots=True)
class SequenceMeasures:
    """How well people hide in what they did; ``known`` steps of a person are what the adversary has.

    k       : people who share the steps that the fewest share; None when nobody has a step.
    uniques : people who have steps that nobody else has.
    """

    people: int
    known: int
    k: int | None
    uniques: int


@dataclass(frozen=True, slots=True)
class _Steps:
    """Steps in the order of person and time.

    rows : row of the table of each step; ``person`` and ``item`` are numbers.
    """

    rows: Counts = field(repr=False)
    person: Counts = field(repr=False)
    item: Codes = field(repr=False)
    n_items: int


def check_sequences(
    table: object, *, subject: str, order: str, item: str, known: int = 3
) -> SequenceMeasures:
    """Measure runs of ``known`` steps, one after another; people with fewer have the run of all of theirs.

    order : column of times or numbers; steps of equal order stand as in the table.

    Raises InputError for columns that are absent, missing in a row, or that cannot be sorted.
    """
    source = read_table(table)
    steps = _read(source, (subject, order, item), None)
    people, runs, _ = _runs(steps, known)
    sharing = _people_by_run(people, runs)
    alone = np.unique(people[sharing[runs] == 1])
    n_people = read_people(source, subject).n
    return SequenceMeasures(n_people, known, int(sharing.min()) if len(runs) else None, len(alone))


@dataclass(frozen=True, slots=True)
class SequencePlan:
    """What was done: the items' level for everybody, the share of rows cut, and k measured again."""

    level: int
    cut: float
    k: int | None


def enforce_sequences(  # noqa: PLR0913  (all but the table are named)
    table: object,
    *,
    k: int,
    subject: str,
    order: str,
    item: str,
    hierarchy: Hierarchy,
    known: int = 3,
    suppression: float = 0.05,
) -> tuple[pa.Table, SequencePlan]:
    """Return a table in which at least k people share every run of ``known`` steps, and what was done.

    Items are generalized level by level until cutting out steps of runs that too few share takes at most
    ``suppression`` of the rows, in [0, 1]; the order of rows stays, and a row that is cut is gone.

    Raises InputError as ``check_sequences`` does, and where even the most general items cost more.
    """
    source = read_table(table)
    for level in range(hierarchy.height + 1):
        steps = _read(source, (subject, order, item), (hierarchy, level))
        kept = _cut(steps, known, k)
        share = 1 - len(kept.rows) / source.num_rows
        if share <= suppression:
            rows = np.sort(kept.rows)
            position = source.schema.get_field_index(item)
            output = source.set_column(position, item, _generalized(source, item, hierarchy, level)).take(
                rows
            )
            return output, SequencePlan(level, share, _smallest(kept, known))
    raise InputError(
        f"sequences: more than {suppression:.1%} of the rows would be cut at every level",
        hint="ask for a smaller k, fewer known steps, or allow more suppression",
    )


def _read(source: pa.Table, names: tuple[str, str, str], at: tuple[Hierarchy, int] | None) -> _Steps:
    subject, order, item = names
    people = read_people(source, subject).of_rows
    column = read_column(source, item)
    codes, n_items = column.codes, len(column.values)
    for name in (order, item):
        if source.column_names.count(name) != 1 or source[name].null_count:
            raise InputError(f"column `{name}`: absent, or missing in a row", hint="every step needs it")
    if at is not None:
        hierarchy, level = at
        leaf_order(item, column.values, hierarchy)
        labels = [hierarchy.generalize(value, level) for value in column.values]
        number = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        codes, n_items = np.array([number[label] for label in labels], np.int32)[codes], len(number)
    try:
        keyed = pa.table({"who": people, "when": source[order]})
        rows = pc.sort_indices(keyed, [("who", "ascending"), ("when", "ascending")]).to_numpy()
    except pa.ArrowException:
        raise InputError(f"column `{order}`: cannot be sorted", hint="give times or numbers") from None
    rows = rows.astype(np.int64)
    return _Steps(rows, people[rows], codes[rows], n_items)


def _runs(steps: _Steps, known: int) -> tuple[Counts, Counts, Counts]:
    """Return person, number and first step of each run.

    A short sequence is filled up with a mark that is no item, so that it is a run of its own.
    """
    if known < 1:
        raise InputError(f"known is {known}; an adversary knows at least 1 step")
    n = len(steps.rows)
    if not n:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    filled = np.append(steps.item, np.zeros(known, np.int32))
    owner = np.append(steps.person, np.full(known, -1))
    starts = np.arange(n)
    columns = [
        np.where(owner[starts + ahead] == steps.person, filled[starts + ahead], steps.n_items).astype(
            np.int32
        )
        for ahead in range(known)
    ]
    first = np.append(True, steps.person[1:] != steps.person[:-1])
    whole = (columns[-1] < steps.n_items) | first
    keys, space = pack([column[whole] for column in columns], [steps.n_items + 1] * known)
    return steps.person[whole], group(keys, space)[0], starts[whole]


def _people_by_run(people: Counts, runs: Counts) -> Counts:
    """Return how many people have each run."""
    if not len(runs):
        return np.zeros(0, np.int64)
    pairs = np.unique(runs * (int(people.max()) + 1) + people)
    return np.bincount(pairs // (int(people.max()) + 1))


def _smallest(steps: _Steps, known: int) -> int | None:
    people, runs, _ = _runs(steps, known)
    return int(_people_by_run(people, runs).min()) if len(runs) else None


def _cut(steps: _Steps, known: int, k: int) -> _Steps:
    """Take out steps until k people share every run: of each that fewer share, the item the fewest have."""
    while True:
        people, runs, starts = _runs(steps, known)
        short = starts[_people_by_run(people, runs)[runs] < k] if len(runs) else starts
        if not len(short):
            return steps
        holders = _people_by_run(steps.person, steps.item.astype(np.int64))
        window = short[:, None] + np.arange(known)
        inside = (window < len(steps.rows)) & (
            steps.person[np.minimum(window, len(steps.rows) - 1)] == steps.person[short][:, None]
        )
        rarity = np.where(
            inside, holders[steps.item[np.minimum(window, len(steps.rows) - 1)]], len(steps.rows) + 1
        )
        keep: Mask = np.ones(len(steps.rows), np.bool_)
        keep[window[np.arange(len(short)), rarity.argmin(axis=1)]] = False
        steps = _Steps(steps.rows[keep], steps.person[keep], steps.item[keep], steps.n_items)


def _generalized(source: pa.Table, item: str, hierarchy: Hierarchy, level: int) -> pa.Array:
    column = read_column(source, item)
    labels = pa.array([hierarchy.generalize(value, level) for value in column.values], pa.string())
    return labels.take(pa.array(column.codes))
