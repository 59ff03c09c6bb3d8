"""Runs of steps and sets of items: who else has them, and cutting until enough people do."""

import itertools
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.errors import InputError
from deid.kanon import Hierarchy, check_sequences, check_sets, enforce_sequences

GAMES = Hierarchy.from_chains({"go": ["board"], "chess": ["board"], "golf": ["sport"], "judo": ["sport"]})
ROLES: Any = {"subject": "who", "order": "day", "item": "game"}


def bought(*people: str, names: dict[str, str] | None = None) -> pa.Table:
    """One text a person, one letter a step."""
    full = names or {"g": "go", "c": "chess", "f": "golf", "j": "judo"}
    steps = [(n, day, full[letter]) for n, line in enumerate(people) for day, letter in enumerate(line)]
    columns = zip(*steps, strict=True)
    return pa.table(dict(zip(("who", "day", "game"), map(list, columns), strict=True)))


def test_a_run_that_one_person_has_is_found() -> None:
    found = check_sequences(bought("gcf", "gcf", "gcj"), known=3, **ROLES)
    assert (found.people, found.k, found.uniques) == (3, 1, 1)
    assert check_sequences(bought("gcf", "gcf", "gcj"), known=2, **ROLES).uniques == 1  # c then j
    assert check_sequences(bought("gcf", "gcf"), known=3, **ROLES).k == 2


def test_the_order_counts_in_a_run_and_not_in_a_set() -> None:
    table = bought("gc", "cg")
    assert check_sequences(table, known=2, **ROLES).k == 1
    found = check_sets(table, subject="who", item="game", known=2)
    assert (found.k, found.uniques) == (2, 0)


def test_someone_with_fewer_steps_has_a_run_of_all_of_them() -> None:
    assert check_sequences(bought("gcf", "gcf", "gc"), known=3, **ROLES).uniques == 1
    assert check_sequences(bought("g", "g", "gcf", "gcf"), known=3, **ROLES).k == 2


def test_the_same_run_twice_is_one_person() -> None:
    assert check_sequences(bought("gcgc", "gg"), known=2, **ROLES).k == 1


def test_steps_are_ordered_by_their_column_not_by_row() -> None:
    table = bought("gcf", "gcf").take([5, 0, 3, 2, 4, 1])
    assert check_sequences(table, known=3, **ROLES).k == 2


def test_few_points_of_a_trajectory_single_out() -> None:
    places = {"a": "Ueno 8h", "b": "Naha 9h", "c": "Kobe 9h"}
    table = bought("ab", "ac", "bc", names=places)
    assert check_sets(table, subject="who", item="game", known=1).k == 2
    found = check_sets(table, subject="who", item="game", known=2)
    assert (found.k, found.uniques) == (1, 3)


def test_steps_are_cut_until_enough_people_share_every_run() -> None:
    table, plan = enforce_sequences(
        bought("gc", "gc", "gc", "gjc"), k=2, known=2, hierarchy=GAMES, suppression=0.2, **ROLES
    )
    assert table.to_pydict()["game"] == ["go", "chess"] * 4
    assert (plan.level, plan.k) == (0, 4)
    assert plan.cut == pytest.approx(1 / 9)


def test_items_are_generalized_where_cutting_costs_too_much() -> None:
    table, plan = enforce_sequences(
        bought("gf", "cj", "cf"), k=3, known=2, hierarchy=GAMES, suppression=0.0, **ROLES
    )
    assert table["game"].to_pylist() == ["board", "sport"] * 3
    assert (plan.level, plan.cut, plan.k) == (1, 0, 3)


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(InputError, match="no rows"):
        enforce_sequences(bought("gc").slice(0, 0), k=2, known=2, hierarchy=GAMES, **ROLES)


def test_where_nothing_helps_it_is_refused() -> None:
    with pytest.raises(InputError, match=r"more than 0\.0% of the rows"):
        enforce_sequences(bought("g", "gc"), k=2, known=2, hierarchy=GAMES, suppression=0.0, **ROLES)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text("gcfj", min_size=1, max_size=5), min_size=2, max_size=8),
    st.integers(1, 3),
    st.integers(2, 3),
)
def test_what_is_left_is_shared_by_k(people: list[str], known: int, k: int) -> None:
    table, plan = enforce_sequences(
        bought(*people), k=k, known=known, hierarchy=GAMES, suppression=1.0, **ROLES
    )
    lines: dict[int, list[str]] = {}
    for who, game in zip(table["who"].to_pylist(), table["game"].to_pylist(), strict=True):
        lines.setdefault(who, []).append(game)
    runs = {
        who: {tuple(line[n : n + known]) for n in range(max(1, len(line) - known + 1))}
        for who, line in lines.items()
    }
    counts = [sum(run in found for found in runs.values()) for run in set(itertools.chain(*runs.values()))]
    assert all(count >= k for count in counts)
    assert plan.k == min(counts, default=None)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"known": 0}, "known is 0"), ({"order": "when"}, "column `when`"), ({"subject": "x"}, "column `x`")],
)
def test_bad_input_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_sequences(bought("gc"), **{**ROLES, **change})


def test_a_step_without_a_time_is_refused() -> None:
    table = bought("gc").set_column(1, "day", pa.array([1, None]))
    with pytest.raises(InputError, match="column `day`: absent, or missing"):
        check_sequences(table, subject="who", order="day", item="game")
