import math

import numpy as np
import pytest

from deid.risk.rates import (
    by_luck,
    by_person,
    exactly,
    of_counts,
    over_trials,
    residual,
    smallest_effect,
    wilson,
)


def test_wilson_of_textbook_numbers() -> None:
    low, high = wilson(0.5, 10)
    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)


def test_no_success_still_has_an_upper_bound() -> None:
    rate = of_counts(0, 100)
    assert rate.low == 0
    assert rate.high == pytest.approx(1.96**2 / (100 + 1.96**2), abs=1e-4)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (3, 2), (-1, 5)])
def test_impossible_counts_raise(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="successes of"):
        of_counts(successes, trials)


def test_a_person_with_many_documents_counts_once() -> None:
    hit = np.array([1] * 98 + [0, 0])
    person = np.array([0] * 98 + [1, 2])
    rng = np.random.default_rng(0)
    assert by_person(hit, person, rng).value == pytest.approx(1 / 3)
    assert over_trials(hit, person, rng).value == pytest.approx(0.98)


def test_documents_of_one_person_are_no_sample_of_people() -> None:
    """Fifty people each wholly right or wrong: as uncertain as fifty trials, not as five hundred."""
    hit = np.repeat(np.arange(50) % 2, 10)
    rate = over_trials(hit, np.repeat(np.arange(50), 10), np.random.default_rng(0))
    low, high = wilson(0.5, 50)
    assert rate.high - rate.low >= 0.95 * (high - low)
    assert rate.people == 50
    assert rate.trials == 500


def test_nothing_hit_is_bounded_by_the_number_of_people() -> None:
    rate = by_person(np.zeros(1000), np.repeat(np.arange(20), 50), np.random.default_rng(0))
    assert rate.value == rate.low == 0
    assert rate.high == pytest.approx(wilson(0, 20)[1])
    surest = over_trials(np.zeros(1000), np.repeat(np.arange(20), 50), np.random.default_rng(0))
    assert surest.high == rate.high


def test_outcomes_and_people_must_pair() -> None:
    with pytest.raises(ValueError, match="0 outcomes"):
        by_person(np.zeros(0), np.zeros(0, np.int64), np.random.default_rng(0))
    with pytest.raises(ValueError, match="2 outcomes of 3"):
        over_trials(np.zeros(2), np.zeros(3, np.int64), np.random.default_rng(0))


def test_residual_is_what_the_release_adds() -> None:
    found = residual(exactly(0.6), exactly(0.2))
    assert found.value == pytest.approx(0.5)
    assert residual(exactly(0.1), exactly(0.2)).high == 0
    assert residual(exactly(1.0), exactly(1.0)).value == 0


def test_residual_pairs_the_far_ends() -> None:
    found = residual(of_counts(60, 100), of_counts(20, 100))
    assert found.low < residual(exactly(0.6), exactly(0.2)).value < found.high


def test_the_smallest_effect_of_known_samples() -> None:
    # (p - .5)·√100 = 1.96·.5 + .8416·√(p(1 - p)) at p = .6383
    assert smallest_effect(0.5, 100) == pytest.approx(0.1383, abs=2e-3)
    assert smallest_effect(0.0, 10) == pytest.approx(1 - 0.2**0.1, abs=1e-9)
    assert smallest_effect(0.01, 0) == 1.0
    assert smallest_effect(0.01, 100) > smallest_effect(0.01, 10_000)


def test_luck_is_the_binomial_tail() -> None:
    assert by_luck(1, 1, 0.1) == pytest.approx(0.1)
    assert by_luck(2, 3, 0.5) == pytest.approx(0.5)
    assert by_luck(3, 10, 0.1) == pytest.approx(
        1 - sum(math.comb(10, k) * 0.1**k * 0.9 ** (10 - k) for k in range(3))
    )
    assert by_luck(4, 4, 0.001) == pytest.approx(1e-12)
    assert by_luck(0, 5, 0.1) == by_luck(1, 10, 0.1) == by_luck(0, 0, 0.0) == 1
    assert by_luck(1, 1, 0.0) == 0


def test_a_rate_in_json_has_its_interval_and_sample() -> None:
    value = of_counts(1, 3).to_json()
    assert list(value) == ["value", "low", "high", "trials", "people"]
    assert math.isclose(value["value"], 0.33333)
