"""What holds for every table: k is kept, chains are kept, names and order do not matter, figures agree."""

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import get_args

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deid.kanon import Hierarchy, Plan, check, enforce, plan_levels
from deid.kanon.levels import Method

AGES = {str(n): [f"{n // 2 * 2}+", f"{n // 4 * 4}+"] for n in range(8)}
TOWNS = {"u": ["T"], "s": ["T"], "n": ["O"], "k": ["K"], "h": ["K"]}
HIERARCHIES = {"age": Hierarchy.from_chains(AGES), "town": Hierarchy.from_chains(TOWNS)}
QUASI = ["age", "town"]

Row = tuple[int, str | None, str | None, str]
rows_of_people = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from([*AGES, None]),
        st.sampled_from([*TOWNS, None]),
        st.sampled_from(["flu", "cold"]),
    ),
    min_size=3,
    max_size=40,
).filter(lambda rows: all(any(row[i] is not None for row in rows) for i in (1, 2)))
methods = st.sampled_from(get_args(Method))
shares = st.sampled_from([0.0, 0.1, 0.4])


def table_of(rows: Sequence[Row]) -> pa.Table:
    columns = zip(*rows, strict=True)
    kinds = [pa.int64(), pa.string(), pa.string(), pa.string()]
    names = ["who", *QUASI, "ill"]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return pa.table([*arrays, pa.array(range(len(rows)))], names=[*names, "row"])


def columns_of(rows: Sequence[Row]) -> dict[str, list[str | None]]:
    return {"age": [row[1] for row in rows], "town": [row[2] for row in rows]}


def vectors(rows: Sequence[Row], subject: str | None) -> Counter[tuple[frozenset[str | None], ...]]:
    """Count people by the sets of their values, the plain way."""
    whose = [row[0] if subject else number for number, row in enumerate(rows)]
    people = set(whose)
    mine = {who: [row for owner, row in zip(whose, rows, strict=True) if owner == who] for who in people}
    return Counter(
        (frozenset(row[1] for row in mine[who]), frozenset(row[2] for row in mine[who])) for who in people
    )


def run(rows: Sequence[Row], subject: str | None, method: Method, share: float) -> tuple[pa.Table, Plan]:
    k = min(3, sum(vectors(rows, subject).values()))
    return enforce(
        table_of(rows), k=k, quasi_identifiers=QUASI, hierarchies=HIERARCHIES,
        subject=subject, method=method, suppression=share,
    )  # fmt: skip


@settings(deadline=None)
@given(rows_of_people, st.sampled_from([None, "who"]))
def test_classes_are_those_counted_the_plain_way(rows: list[Row], subject: str | None) -> None:
    measures = check(table_of(rows), quasi_identifiers=QUASI, subject=subject)
    sizes = vectors(rows, subject).values()
    assert measures.histogram == dict(Counter(sizes))
    assert (measures.k, measures.subjects) == (min(sizes), sum(sizes))


@settings(deadline=None, max_examples=40)
@given(rows_of_people, st.sampled_from([None, "who"]), methods, shares)
def test_k_after_is_at_least_k_asked(
    rows: list[Row], subject: str | None, method: Method, share: float
) -> None:
    table, plan = run(rows, subject, method, share)
    n_people = sum(vectors(rows, subject).values())
    assert plan.k >= min(3, n_people)
    assert plan.suppressed <= share * n_people + 1e-9
    assert plan.dropped in (0, plan.suppressed)
    published = vectors(
        list(zip(*(table[name].to_pylist() for name in table.column_names), strict=True)), subject
    )
    assert min(published.values()) == plan.k


@settings(deadline=None, max_examples=40)
@given(rows_of_people, st.sampled_from([None, "who"]), methods, shares)
def test_a_cell_never_leaves_the_chain_of_its_value(
    rows: list[Row], subject: str | None, method: Method, share: float
) -> None:
    table, _ = run(rows, subject, method, share)
    source = table_of(rows).take(table["row"])
    assert table.drop_columns(QUASI).equals(source.drop_columns(QUASI))
    for name in QUASI:
        for before, after in zip(source[name].to_pylist(), table[name].to_pylist(), strict=True):
            assert may_stand_for(after, before, HIERARCHIES[name])


def may_stand_for(label: str | None, value: str | None, hierarchy: Hierarchy) -> bool:
    if label in [hierarchy.generalize(value, level) for level in range(hierarchy.height + 1)]:
        return True
    if label is None or value is None:
        return False
    if label.startswith("{"):
        return value in label[1:-1].split(", ")
    low, _, high = label.partition("-")
    return value.isdigit() and int(low) <= int(value) <= int(high)


@settings(deadline=None, max_examples=40)
@given(rows_of_people, st.sampled_from([None, "who"]), methods, shares)
def test_the_certificate_equals_the_measures(
    rows: list[Row], subject: str | None, method: Method, share: float
) -> None:
    table, plan = run(rows, subject, method, share)
    assume(
        all(table[name].null_count < len(table) for name in QUASI)
    )  # what is missing throughout is refused
    measures = check(table, quasi_identifiers=QUASI, subject=subject)
    figures = ("rows", "subjects", "k", "classes", "uniques")
    assert [plan.certificate[name] for name in figures] == [getattr(measures, name) for name in figures]
    assert plan.certificate["ncp"] == pytest.approx(plan.ncp, abs=1e-8)


@settings(deadline=None, max_examples=40)
@given(rows_of_people, methods, shares, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    rows: list[Row], method: Method, share: float, random: np.random.Generator
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    table, plan = run(rows, "who", method, share)
    shuffled, again = run([rows[i] for i in order], "who", method, share)
    assert plan == again
    cells = dict(
        zip(table["row"].to_pylist(), zip(*(table[q].to_pylist() for q in QUASI), strict=True), strict=True)
    )
    moved = zip(
        shuffled["row"].to_pylist(), zip(*(shuffled[q].to_pylist() for q in QUASI), strict=True), strict=True
    )
    assert {order[number]: cell for number, cell in moved} == cells


@settings(deadline=None, max_examples=40)
@given(rows_of_people, methods, shares, st.permutations([*AGES, *TOWNS]))
def test_what_values_are_called_changes_nothing(
    rows: list[Row], method: Method, share: float, names: list[str]
) -> None:
    new: dict[str, str] = dict(zip([*AGES, *TOWNS], names, strict=True))
    columns = columns_of(rows)
    renamed = {name: [None if v is None else new[v] for v in values] for name, values in columns.items()}
    chains = {
        name: Hierarchy.from_chains({new[value]: steps for value, steps in mapping.items()})
        for name, mapping in zip(QUASI, (AGES, TOWNS), strict=True)
    }
    plan = plan_levels(columns, HIERARCHIES, k=3, method=method, suppression=share)
    again = plan_levels(renamed, chains, k=3, method=method, suppression=share)
    assert (plan.levels == again.levels).all()
    assert (plan.dropped == again.dropped).all()
    assert (plan.k, plan.ncp) == (again.k, again.ncp)


@settings(deadline=None, max_examples=40)
@given(rows_of_people, shares)
def test_no_node_of_the_lattice_loses_less_than_the_optimum(rows: list[Row], share: float) -> None:
    columns = columns_of(rows)
    plan = plan_levels(columns, HIERARCHIES, k=3, method="lattice", suppression=share)
    for node in itertools.product(range(4), range(3)):
        cells = [
            tuple(
                HIERARCHIES[q].generalize(v, level) for q, v, level in zip(QUASI, row[1:3], node, strict=True)
            )
            for row in rows
        ]
        sizes = Counter(cells)
        small = sum(size for size in sizes.values() if size < 3)
        loss = sum(
            2.0
            if sizes[cell] < 3
            else sum(HIERARCHIES[q].weight(v) for q, v in zip(QUASI, cell, strict=True))
            for cell in cells
        )
        assert small > share * len(rows) + 1e-9 or loss / (2 * len(rows)) >= plan.ncp - 1e-8


@settings(deadline=None)
@given(rows_of_people)
def test_a_missing_value_counts_like_any_other(rows: list[Row]) -> None:
    columns = columns_of(rows)
    named = {
        name: ["named" if value is None else value for value in column] for name, column in columns.items()
    }
    missing = check(pa.table(columns), quasi_identifiers=QUASI)
    assert missing == check(pa.table(named), quasi_identifiers=QUASI)


@settings(deadline=None, max_examples=60)
@given(rows_of_people, st.sampled_from([None, "who"]), methods, shares, st.sampled_from([0.1, 0.3, 1.0]))
def test_every_class_has_the_diversity_and_closeness_asked_for(
    rows: list[Row], subject: str | None, method: Method, share: float, t: float
) -> None:
    table = table_of(rows)
    n_values = check(table, quasi_identifiers=["age"], subject=subject, sensitive=["ill"]).sensitive["ill"]
    result, plan = enforce(
        table, k=1, l=min(2, n_values.l_distinct), t=t, quasi_identifiers=QUASI, hierarchies=HIERARCHIES,
        subject=subject, sensitive=["ill"], method=method, suppression=share,
    )  # fmt: skip
    assume(all(result[name].null_count < len(result) for name in QUASI))
    found = check(result, quasi_identifiers=QUASI, subject=subject, sensitive=["ill"]).sensitive["ill"]
    assert found.t_equal <= t + 1e-9
    assert found.l_distinct >= min(2, n_values.l_distinct)
    assert plan.certificate["t_equal"]["ill"] == pytest.approx(found.t_equal, abs=1e-8)
    assert plan.suppressed == 0


@settings(deadline=None, max_examples=40)
@given(rows_of_people, st.sampled_from([0.0, 0.1, 0.3]))
def test_no_node_that_is_close_loses_less_than_the_optimum(rows: list[Row], t: float) -> None:
    columns, ill = columns_of(rows), [row[3] for row in rows]
    plan = plan_levels(columns, HIERARCHIES, k=2, sensitive={"ill": ill}, t=t, method="lattice")
    flu = ill.count("flu") / len(ill)
    for node in itertools.product(range(4), range(3)):
        classes: dict[tuple[str | None, ...], list[str]] = {}
        loss = 0.0
        for row in rows:
            pairs = zip(QUASI, row[1:3], node, strict=True)
            cell = tuple(HIERARCHIES[q].generalize(v, level) for q, v, level in pairs)
            classes.setdefault(cell, []).append(row[3])
            loss += sum(HIERARCHIES[q].weight(v) for q, v in zip(QUASI, cell, strict=True))
        sound = [len(c) >= 2 and abs(c.count("flu") / len(c) - flu) <= t for c in classes.values()]
        assert not all(sound) or loss / (2 * len(rows)) >= plan.ncp - 1e-8
