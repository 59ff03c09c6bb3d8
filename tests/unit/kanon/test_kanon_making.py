"""Hierarchies made from values, and operators that change values."""

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.errors import InputError
from deid.kanon import enforce
from deid.kanon.making import dates, digits, learn_hierarchies, learned, municipalities
from deid.kanon.perturbation import add_noise, clamp, microaggregate, suppress_rare, swap


def chain(hierarchy: object, value: str) -> list[str]:
    return [hierarchy.generalize(value, level) for level in range(hierarchy.height + 1)]  # type: ignore[attr-defined]


def test_digits_are_hidden_from_the_end() -> None:
    postal = digits(["1500042", "1500043", "9000006"], (5, 3))
    assert chain(postal, "1500042") == ["1500042", "15000**", "150****", "*"]
    assert postal.weight("15000**") == 0.5


@pytest.mark.parametrize(
    ("codes", "kept"), [(["1", "12"], (1,)), (["12"], (2,)), (["12"], (0,)), (["123"], (1, 2))]
)
def test_digits_that_do_not_fit_are_refused(codes: list[str], kept: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="digits"):
        digits(codes, kept)


def test_dates_by_month_year_and_decade() -> None:
    assert chain(dates(["2026-11-22", "0999-01-02"]), "2026-11-22") == [
        "2026-11-22", "2026-11", "2026", "2020s", "*",
    ]  # fmt: skip
    with pytest.raises(InputError, match="no dates") as caught:
        dates(["22.11.2026"])
    assert "22.11" not in f"{caught.value}{caught.value.hint}"


@pytest.mark.parametrize(
    ("code", "prefecture", "region"),
    [
        ("131041", "Tokyo", "Kanto"),
        ("01100", "Hokkaido", "Hokkaido"),
        ("47201", "Okinawa", None),
        ("26100", "Kyoto", None),
    ],
)
def test_municipalities_lie_in_their_prefecture(code: str, prefecture: str, region: str | None) -> None:
    found = chain(municipalities([code]), code)
    assert found[1] == prefecture
    assert region is None or found[2] == region
    assert found[-2:] == ["Japan", "*"]


@pytest.mark.parametrize("code", ["48101", "00100", "1310", "131041x", "shinjuku"])
def test_what_is_no_municipality_is_refused_unnamed(code: str) -> None:
    with pytest.raises(InputError, match="no municipality codes") as caught:
        municipalities([code])
    assert code not in f"{caught.value}{caught.value.hint}"


def test_numbers_are_learned_as_bands_of_equally_many_people() -> None:
    hierarchy = learned([str(n) for n in range(32)], 5)
    assert chain(hierarchy, "9") == ["9", "8-9", "8-11", "8-15", "0-15", "*"]
    crowd = learned(["1"] * 90 + ["2"] * 5 + ["300"] * 5, 5)
    assert chain(crowd, "300") == ["300", "300", "2-300", "2-300", "2-300", "*"]  # one has 90 people alone


def test_words_are_learned_by_how_many_have_them() -> None:
    hierarchy = learned(["tea"] * 5 + ["kvass", "mate"], 5)
    assert chain(hierarchy, "tea") == ["tea", "tea", "*"]
    assert chain(hierarchy, "mate") == ["mate", "(rare)", "*"]
    with pytest.raises(InputError, match="no values"):
        learned([], 5)


def test_people_are_counted_not_rows_when_a_column_is_learned() -> None:
    table = pa.table({"who": [1, 1, 1, 2, 3], "drink": ["tea", "tea", "tea", "mate", "mate"]})
    assert chain(learn_hierarchies(table, ["drink"], k=2)["drink"], "tea")[1] == "tea"
    found = learn_hierarchies(table, ["drink"], k=2, subject="who")["drink"]
    assert (chain(found, "tea")[1], chain(found, "mate")[1]) == ("(rare)", "mate")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 60), min_size=6, max_size=60))
def test_a_learned_hierarchy_makes_any_column_anonymous(ages: list[int]) -> None:
    table = pa.table({"age": [str(age) for age in ages]})
    hierarchy = learned(table["age"].to_pylist(), 3)
    for method in ("lattice", "local", "mondrian"):
        _, plan = enforce(
            table, k=3, quasi_identifiers=["age"], hierarchies={"age": hierarchy}, method=method
        )
        assert plan.k >= 3


def test_bounds_hold() -> None:
    assert clamp([1, 50, 116], 18, 90).tolist() == [18, 50, 90]
    with pytest.raises(InputError, match="clamp"):
        clamp([1], 2, 1)


def test_groups_are_those_of_least_squares() -> None:
    assert microaggregate([1, 2, 3, 10, 11, 12], 3).tolist() == [2, 2, 2, 11, 11, 11]
    assert microaggregate([11, 1, 10, 2, 12], 2).tolist() == [11, 1.5, 11, 1.5, 11]
    with pytest.raises(InputError, match="microaggregate: k is 3, with 2 values"):
        microaggregate([1, 2], 3)


@settings(deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=1, max_size=9), st.integers(1, 4))
def test_no_other_grouping_loses_less(values: list[int], k: int) -> None:
    if len(values) < k:
        return
    got = microaggregate(values, k)
    assert min(np.unique(np.round(got, 9), return_counts=True)[1]) >= k
    assert got.sum() == pytest.approx(sum(values))
    ordered = sorted(values)
    losses = []
    for cuts in itertools.product([0, 1], repeat=len(values) - 1):
        ends = [0, *(n + 1 for n, cut in enumerate(cuts) if cut), len(values)]
        groups = [np.array(ordered[low:high]) for low, high in itertools.pairwise(ends)]
        if all(len(group) >= k for group in groups):
            losses.append(sum(((group - group.mean()) ** 2).sum() for group in groups))
    assert ((got - np.array(values)) ** 2).sum() == pytest.approx(min(losses), abs=1e-6)


@pytest.mark.parametrize("far", [0.0, 1e9, -1e9, 1e12])
def test_groups_do_not_depend_on_where_zero_is(far: float) -> None:
    values = [1.0, 2.0, 3.0, 11.0, 12.0, 21.0, 22.0, 23.0]
    means = microaggregate([far + value for value in values], 2)
    assert (means - far).tolist() == pytest.approx([2, 2, 2, 11.5, 11.5, 22, 22, 22], abs=1e-3)


def test_exchange_keeps_every_count_and_moves_the_share() -> None:
    values = [str(n) for n in range(100)]
    swapped = swap(values, 0.3, np.random.default_rng(1))
    assert sorted(swapped, key=str) == sorted(values)
    assert sum(old != new for old, new in zip(values, swapped, strict=True)) == 30
    assert swap(values, 0, np.random.default_rng(1)) == values
    with pytest.raises(InputError, match="share"):
        swap(values, 2, np.random.default_rng(1))


def test_noise_has_the_size_asked_for() -> None:
    noise = add_noise([100.0] * 20_000, 3.0, np.random.default_rng(2)) - 100
    assert abs(noise.mean()) < 0.15
    assert np.abs(noise).mean() == pytest.approx(3.0, rel=0.05)
    with pytest.raises(InputError, match="scale"):
        add_noise([1.0], 0, np.random.default_rng(2))


def test_rare_values_are_left_out() -> None:
    assert suppress_rare(["a", "a", "b", None, None], 2) == ["a", "a", None, None, None]
