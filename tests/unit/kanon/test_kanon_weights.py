"""From a sample to its population: weights, and the slide negative binomial model."""

import math
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from deid.errors import InputError
from deid.kanon import check
from deid.kanon.measures import individual_risks, negative_binomial
from deid.kanon.measures.negative_binomial import expected


def test_weights_say_who_else_looks_alike() -> None:
    people = pa.table({"age": [30, 30, 40], "w": [10, 20, 4]})
    found = check(people, quasi_identifiers=["age"], weight="w")
    assert (found.k, found.k_map, found.journalist_max) == (1, 4, 1 / 4)
    assert found.journalist_mean == found.marketer == pytest.approx((2 / 30 + 1 / 4) / 3)
    alone = (1 / 3) * math.log(4)  # p = 1 / 4: p / q * ln(1 / p)
    pair = (1 / 14) * (1 - math.log(15) / 14)  # p = 1 / 15
    assert found.individual_max == pytest.approx(alone)
    assert found.individual_mean == pytest.approx((alone + 2 * pair) / 3)


def test_a_person_with_many_rows_is_weighed_once() -> None:
    people = pa.table({"who": [1, 1, 2], "age": [30, 30, 30], "w": [2.5, 2.5, 2.5]})
    assert check(people, quasi_identifiers=["age"], subject="who", weight="w").k_map == 5


@pytest.mark.parametrize("f", [1, 2, 3, 7, 60])
@pytest.mark.parametrize("p", [0.02, 0.3, 0.49, 0.51, 0.9])
def test_the_risk_is_the_mean_of_one_over_the_class(f: int, p: float) -> None:
    def log_of(size: int) -> float:
        ways = math.lgamma(size) - math.lgamma(f) - math.lgamma(size - f + 1)
        return ways + f * math.log(p) + (size - f) * math.log1p(-p) - math.log(size)

    mean = math.fsum(math.exp(log_of(size)) for size in range(f, f + 20_000))
    assert individual_risks(np.array([f]), np.array([f / p]))[0] == pytest.approx(mean, rel=1e-7)


def test_whoever_stands_for_themself_alone_is_at_the_risk_of_their_class() -> None:
    sizes = np.array([1, 2, 5])
    assert individual_risks(sizes, sizes.astype(float)) == pytest.approx([1, 1 / 2, 1 / 5])


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1.0, 0.5, 2.0], "1 weights are no numbers of at least 1"),
        ([1.0, None, 2.0], "1 weights are no numbers"),
        ([1.0, math.inf, 2.0], "1 weights are no numbers"),
        (["a", "marzipan", "b"], "weights must be numbers"),
        ([1.0, 3.0, 2.0], "1 rows differ in weight"),
    ],
)
def test_bad_weights_are_refused_unnamed(weights: list[object], message: str) -> None:
    people = pa.table({"who": [1, 1, 2], "age": [30, 30, 30], "w": weights})
    with pytest.raises(InputError, match=message) as error:
        check(people, quasi_identifiers=["age"], subject="who", weight="w")
    assert "marzipan" not in str(error.value)
    with pytest.raises(InputError, match="column `v`: the table has 0"):
        check(people, quasi_identifiers=["age"], weight="v")


@pytest.mark.parametrize(("alpha", "beta", "fraction"), [(0.5, 0.3, 0.1), (2.0, 0.5, 0.4), (0.2, 0.05, 0.7)])
def test_the_expected_classes_are_those_of_the_model(alpha: float, beta: float, fraction: float) -> None:
    """A rival multiplies by the last power of the second expectation, where it is divided by it."""
    once = twice = 0.0
    for others in range(4000):
        log_chance = math.lgamma(alpha + others) - math.lgamma(alpha) - math.lgamma(others + 1)
        chance = math.exp(log_chance + alpha * math.log(beta) + others * math.log1p(-beta))
        size = others + 1
        once += chance * size * fraction * (1 - fraction) ** (size - 1)
        twice += chance * math.comb(size, 2) * fraction**2 * (1 - fraction) ** max(size - 2, 0)
    assert expected(alpha, beta, fraction) == pytest.approx((once, twice))


@pytest.mark.parametrize(
    ("alpha", "beta", "fraction"), [(0.5, 0.1, 0.1), (2.0, 0.5, 0.3), (1.0, 0.02, 0.1), (3.0, 0.2, 0.3)]
)
def test_the_estimate_is_near_the_truth_where_the_model_holds(
    alpha: float, beta: float, fraction: float
) -> None:
    """A rival's estimate of the number of classes lacks a bracket; here it follows from the population."""
    random = np.random.default_rng(1)
    sizes = 1 + random.negative_binomial(alpha, beta, 400_000)
    sample = random.binomial(sizes, fraction)
    histogram = dict(Counter(sample[sample > 0].tolist()))
    found = negative_binomial(histogram, int(sizes.sum()))
    assert found == pytest.approx(int((sizes == 1).sum()), rel=0.1)


def test_the_ends_of_the_model() -> None:
    assert negative_binomial({2: 5}, 100) == 0
    assert negative_binomial({1: 3, 2: 4}, 11) == 3  # the whole population
    assert negative_binomial({1: 10}, 100) == 100
    assert negative_binomial({1: 10, 50: 1}, 6000) is None  # no class of two: nothing fits
    found = check(pa.table({"a": [1, 2, 2, 3, 3, 3]}), quasi_identifiers=["a"], population_size=60)
    assert found.uniques_snb == negative_binomial({1: 1, 2: 1, 3: 1}, 60)
