"""Visits and points of place and time: who has some of them, and generalizing and cutting until k do."""

import itertools
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.errors import InputError
from deid.kanon import Hierarchy, check_sets, enforce_sets, sets

SHOPS = Hierarchy.from_chains({"sushi-a": ["Ginza"], "sushi-b": ["Ginza"], "tempura": ["Ueno"]})
HOURS = Hierarchy.from_chains({"18": ["evening"], "19": ["evening"], "12": ["noon"], "13": ["noon"]})
BOTH = {"shop": SHOPS, "hour": HOURS}


def visits(*rows: tuple[int, str, str]) -> pa.Table:
    return pa.table({"who": [r[0] for r in rows], "shop": [r[1] for r in rows], "hour": [r[2] for r in rows]})


DINERS = visits((1, "sushi-a", "18"), (2, "sushi-b", "19"), (3, "sushi-a", "19"), (4, "tempura", "12"))


def test_an_item_of_several_columns_is_known_whole() -> None:
    """Each shop alone has a second guest but tempura; shop and hour together tell everybody apart."""
    assert check_sets(DINERS, subject="who", item="hour", known=1).uniques == 2
    found = check_sets(DINERS, subject="who", item=["shop", "hour"], known=1)
    assert (found.k, found.uniques) == (1, 4)


def test_levels_that_lose_least_are_taken_and_the_rest_is_cut() -> None:
    table, plan = enforce_sets(
        DINERS, k=3, subject="who", item=["shop", "hour"], hierarchies=BOTH, suppression=0.25
    )
    assert table.to_pydict() == {"who": [1, 2, 3], "shop": ["Ginza"] * 3, "hour": ["evening"] * 3}
    assert (dict(plan.levels), plan.cut, plan.k) == ({"shop": 1, "hour": 1}, 0.25, 3)
    lost = (3 / 4 * 1 / 2 + 1 / 3) / 2  # Ginza has 2 of 3 shops, Ueno 1; both times of day 2 of 4 hours
    assert plan.loss == pytest.approx(lost * 3 / 4 + 1 / 4)


def test_nobody_is_cut_where_none_may_be() -> None:
    table, plan = enforce_sets(
        DINERS, k=4, subject="who", item=["shop", "hour"], hierarchies=BOTH, suppression=0.0
    )
    assert (table.num_rows, plan.k, set(table["shop"].to_pylist())) == (4, 4, {"*"})


def test_a_column_without_a_hierarchy_stays() -> None:
    table, plan = enforce_sets(
        DINERS, k=2, subject="who", item=["shop", "hour"], hierarchies={"hour": HOURS}, suppression=0.5
    )
    assert table.to_pydict() == {"who": [1, 3], "shop": ["sushi-a"] * 2, "hour": ["evening"] * 2}
    assert plan.levels["shop"] == 0


def test_a_person_of_many_visits_counts_once() -> None:
    many = visits((1, "tempura", "12"), (1, "tempura", "12"), (1, "tempura", "12"), (2, "tempura", "12"))
    assert check_sets(many, subject="who", item=["shop", "hour"], known=1).k == 2


def test_where_nothing_helps_it_is_refused() -> None:
    with pytest.raises(InputError, match=r"more than 0\.0% of the rows"):
        enforce_sets(DINERS, k=2, subject="who", item=["shop"], hierarchies={}, suppression=0.0)


def test_too_many_levels_and_columns_of_two_roles_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "MAX_NODES", 5)
    with pytest.raises(InputError, match="9 combinations of levels; at most 5"):
        enforce_sets(DINERS, k=2, subject="who", item=["shop", "hour"], hierarchies=BOTH)
    with pytest.raises(InputError, match="column `who`: given twice"):
        check_sets(DINERS, subject="who", item=["shop", "who"])


def test_a_value_that_is_not_in_its_hierarchy_is_refused_unnamed() -> None:
    with pytest.raises(InputError, match="column `hour`: 1 distinct values are not") as error:
        enforce_sets(visits((1, "tempura", "marzipan")), k=1, subject="who", item="hour", hierarchies=BOTH)
    assert "marzipan" not in str(error.value)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(SHOPS.leaves), st.sampled_from(HOURS.leaves)),
        min_size=1,
        max_size=25,
    ),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.3, 1.0]),
)
def test_what_is_left_is_shared_by_k(
    rows: list[tuple[int, str, str]], known: int, k: int, suppression: float
) -> None:
    asked: Any = {"subject": "who", "item": ["shop", "hour"]}
    try:
        table, plan = enforce_sets(
            visits(*rows), k=k, hierarchies=BOTH, known=known, suppression=suppression, **asked
        )
    except InputError:
        assert len({row[0] for row in rows}) < k
        return
    mine: dict[int, set[tuple[str, str]]] = {}
    for who, shop, hour in zip(*(table[name].to_pylist() for name in ("who", "shop", "hour")), strict=True):
        mine.setdefault(who, set()).add((shop, hour))
    parts = {
        part
        for items in mine.values()
        for size in range(1, known + 1)
        for part in itertools.combinations(sorted(items), size)
    }
    counts = [sum(set(part) <= items for items in mine.values()) for part in parts]
    assert plan.k == min(counts, default=None)
    assert all(count >= k for count in counts)
    assert 1 - table.num_rows / len(rows) == pytest.approx(plan.cut)
    assert plan.cut <= suppression
