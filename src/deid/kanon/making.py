"""Hierarchies made from the values of a column: digits, dates, municipality codes, or learned from counts."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from deid.config import hierarchy_file
from deid.errors import InputError
from deid.kanon.encode import read_column, read_people, read_table
from deid.kanon.hierarchies import Hierarchy, load_hierarchy

RARE = "(rare)"
"""What learned hierarchies call the values that few people have."""

_BANDS = 16
_MUNICIPALITY = re.compile("[0-9]{5,6}")


def digits(values: Iterable[str], kept: Sequence[int]) -> Hierarchy:
    """Build from codes of one length, such as postal codes: 1500042 -> 150**** -> '*' with ``kept`` (3,).

    kept : leading characters left at each level, falling.

    Raises InputError where codes differ in length, or ``kept`` does not fall within it.
    """
    codes = sorted(set(values))
    lengths = {len(code) for code in codes}
    if len(lengths) > 1:
        raise InputError("digits: codes differ in length", hint="fill up with zeros in front")
    steps = [*lengths, *kept, 0]
    if any(more <= fewer for more, fewer in zip(steps, steps[1:], strict=False)):
        raise InputError("digits: `kept` must fall, within the length of the codes")
    return Hierarchy.from_chains({code: [code[:n] + "*" * (len(code) - n) for n in kept] for code in codes})


def dates(values: Iterable[str]) -> Hierarchy:
    """Build from ISO 8601 dates: 2026-11-22 -> 2026-11 -> 2026 -> 2020s -> '*'.

    Raises InputError where a value is no date.
    """
    try:
        days = {value: datetime.date.fromisoformat(value) for value in values}
    except ValueError:
        raise InputError("dates: some values are no dates", hint="write 2026-11-22") from None
    return Hierarchy.from_chains(
        {
            value: [f"{day:%Y-%m}", f"{day.year:04}", f"{day.year // 10 * 10:04}s"]
            for value, day in days.items()
        }
    )


def municipalities(codes: Iterable[str]) -> Hierarchy:
    """Build from Japanese municipality codes: 131041 -> Tokyo -> Kanto -> East Japan -> Japan -> '*'.

    The first two of five or six digits are the prefecture's number. Source: JIS X 0401 (prefectures 01 to 47,
    in the order of ``region-ja.csv``) and JIS X 0402 (municipalities, with an optional check digit).

    Raises InputError where a code is none.
    """
    prefectures = [row.split(";")[0] for row in hierarchy_file("region-ja").read_text("utf-8").splitlines()]
    regions = {chain[0]: chain for chain in load_hierarchy(hierarchy_file("region-ja")).chains}
    chains = {}
    for code in set(codes):
        number = int(code[:2]) if _MUNICIPALITY.fullmatch(code) else 0
        if not 1 <= number <= len(prefectures):
            raise InputError(
                "municipalities: some values are no municipality codes", hint="five or six digits"
            )
        chains[code] = regions[prefectures[number - 1]]
    return Hierarchy.from_chains(chains)


def learn_hierarchies(
    table: object, columns: Sequence[str], *, k: int, subject: str | None = None
) -> dict[str, Hierarchy]:
    """Learn the hierarchies of columns of a table; see ``learned``. Raises InputError as ``check`` does."""
    source = read_table(table)
    people = read_people(source, subject).of_rows
    found = {}
    for name in columns:
        column = read_column(source, name)
        pairs = np.unique(people * len(column.values) + column.codes) % len(column.values)
        values = [column.values[code] for code in pairs]
        found[name] = learned([value for value in values if value is not None], k)
    return found


def learned(values: Iterable[str], k: int) -> Hierarchy:
    """Build for a column that has no hierarchy, from the values of its people, one a person.

    Whole numbers become bands of equally many people, 16 of them, then 8, 4 and 2; of other values, those
    that fewer than k people have become "(rare)". Labels of bands name values that occur.
    """
    counts = Counter(values)
    if not counts:
        raise InputError("learned: no values", hint="leave the column out")
    if all(re.fullmatch("[0-9]+", value) for value in counts):
        return _bands(counts)
    if RARE in counts:
        raise InputError(f"learned: a value is called {RARE}")
    return Hierarchy.from_chains({value: [value if n >= k else RARE] for value, n in counts.items()})


def _bands(counts: Counter[str]) -> Hierarchy:
    ordered = sorted(counts, key=int)
    total, before, band = counts.total(), 0, {}
    for value in ordered:
        band[value] = before * _BANDS // total
        before += counts[value]
    chains: dict[str, list[str]] = {value: [] for value in ordered}
    for shift in range(_BANDS.bit_length() - 1):
        ends: dict[int, list[str]] = {}
        for value in ordered:
            ends.setdefault(band[value] >> shift, []).append(value)
        for value in ordered:
            inside = ends[band[value] >> shift]
            chains[value].append(inside[0] if len(inside) == 1 else f"{inside[0]}-{inside[-1]}")
    return Hierarchy.from_chains(chains)
