"""Missing values that may be any: whom a row could be of, worked by hand."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.errors import InputError
from deid.kanon import check


def table(*rows: tuple[str | None, ...]) -> pa.Table:
    return pa.table({f"q{n}": list(column) for n, column in enumerate(zip(*rows, strict=True))})


def test_a_row_that_lacks_a_value_could_be_of_everybody_with_the_rest() -> None:
    found = check(table(("x",), ("x",), ("x",), (None,)), quasi_identifiers=["q0"], null="wildcard")
    # the missing one could be any of 4; each x is one of 3, for the missing one may be somebody else
    assert (found.k, found.uniques, found.prosecutor_mean) == (3, 0, (3 / 3 + 1 / 4) / 4)
    assert (found.prosecutor_max, found.marketer) == (1 / 3, found.prosecutor_mean)


def test_a_row_that_lacks_a_value_hides_nobody_who_has_one() -> None:
    found = check(table(("x",), ("x",), ("y",), (None,)), quasi_identifiers=["q0"], null="wildcard")
    assert (found.k, found.uniques) == (1, 1)  # y; both ways it would be 2


def test_what_is_stated_must_agree() -> None:
    rows = [("x", "1"), ("x", "2"), ("y", "2"), (None, "2"), ("x", None), (None, None)]
    found = check(table(*rows), quasi_identifiers=["q0", "q1"], null="wildcard")
    # x1: 1; x2: 1; y2: 1; -2: x2, y2, -2: 3; x-: x1, x2, x-: 3; --: all 6
    assert (found.k, found.uniques) == (1, 3)
    assert found.prosecutor_mean == pytest.approx((1 + 1 + 1 + 1 / 3 + 1 / 3 + 1 / 6) / 6)


def test_a_set_that_holds_a_missing_value_is_no_wildcard() -> None:
    people = pa.table({"who": [1, 1, 2, 3], "a": ["x", None, "x", "x"]})
    assert check(people, quasi_identifiers=["a"], subject="who", null="wildcard").k == 1


def test_classes_stay_those_of_rows_that_look_alike() -> None:
    found = check(table(("x",), ("x",), (None,)), quasi_identifiers=["q0"], null="wildcard")
    assert (found.classes, found.histogram) == (2, {1: 1, 2: 1})


cells = st.sampled_from(["x", "y", None])


@settings(deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=30))
def test_between_a_value_of_its_own_and_wildcards_both_ways(
    rows: list[tuple[str | None, ...]],
) -> None:
    rows = [*rows, ("x", "y", "x")]
    names = ["q0", "q1", "q2"]
    one_way = [
        sum(all(a is None or a == b for a, b in zip(row, other, strict=True)) for other in rows)
        for row in rows
    ]
    both = [
        sum(all(None in (a, b) or a == b for a, b in zip(row, other, strict=True)) for other in rows)
        for row in rows
    ]
    found = check(table(*rows), quasi_identifiers=names, null="wildcard")
    assert found.k == min(one_way)
    assert check(table(*rows), quasi_identifiers=names).k <= found.k <= min(both)


def test_options_that_exclude_each_other_are_refused() -> None:
    one = table(("x",), ("y",))
    with pytest.raises(InputError, match="null `both`: not known"):
        check(one, quasi_identifiers=["q0"], null="both")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no estimate"):
        check(one, quasi_identifiers=["q0"], null="wildcard", population_size=9)
    with pytest.raises(InputError, match="only one of them"):
        check(one, quasi_identifiers=["q0"], weight="w", population=one)
