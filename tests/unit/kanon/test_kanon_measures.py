"""Every measure on tables worked by hand.

The main table has two classes and three values: A holds 2 x u, 1 x v, 1 x w; B holds 3 x u, 1 x v.
Everybody: u 5/8, v 2/8, w 1/8.
"""

import math

import numpy as np
import pytest

from deid.kanon.measures import (
    Distribution,
    basic_beta,
    delta,
    distinct_l,
    distribute,
    enhanced_beta,
    entropy_l,
    largest_share,
    marketer,
    prosecutor_max,
    prosecutor_mean,
    recursive_c,
    size_histogram,
    smallest_class,
    t_equal,
    t_ordered,
    unique_people,
)

SIZES = np.array([1, 1, 2, 4])


def people(*classes: str, order: str = "uvwxyz") -> Distribution:
    owner = [number for number, members in enumerate(classes) for _ in members]
    values = [order.index(value) for members in classes for value in members]
    return distribute(np.array(owner), np.array(values, np.int32))


MAIN = people("uuvw", "uuuv")
SAME = people("uv", "uv", "uuvv")


def test_class_sizes() -> None:
    assert size_histogram(SIZES) == {1: 2, 2: 1, 4: 1}
    assert smallest_class(size_histogram(SIZES)) == 1
    assert unique_people(size_histogram(SIZES)) == 2


def test_reidentification_risk_is_a_mean_over_people_not_classes() -> None:
    assert prosecutor_max(size_histogram(SIZES)) == 1
    assert prosecutor_mean(size_histogram(SIZES)) == 4 / 8
    assert marketer(size_histogram(SIZES)) == 4 / 8


def test_distinct_l() -> None:
    assert distinct_l(MAIN) == 2
    assert distinct_l(people("uv", "w")) == 1


def test_entropy_l_of_equal_shares_is_their_number() -> None:
    assert entropy_l(people("uvw", "wvu")) == pytest.approx(3)
    assert entropy_l(people("uu", "v")) == 1
    assert entropy_l(MAIN) == pytest.approx(math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25))))


def test_recursive_c_is_the_most_frequent_over_the_tail() -> None:
    assert recursive_c(MAIN, 2) == 3  # A: 2 / (1 + 1); B: 3 / 1
    assert recursive_c(MAIN, 1) == 0.75
    assert recursive_c(MAIN, 3) == math.inf  # B has two values


def test_t_equal() -> None:
    assert t_equal(MAIN) == pytest.approx(1 / 8)
    assert t_equal(SAME) == 0
    assert t_equal(people("uu", "v")) == pytest.approx(2 / 3)


def test_t_ordered_on_the_salaries_of_the_paper() -> None:
    """Li et al., section 4: salaries 3k..11k; {3k, 4k, 5k} is at 0.375, {6k, 8k, 11k} at 0.167."""
    classes = [[0, 1, 2], [3, 5, 8], [4, 6, 7]]
    owner = np.repeat([0, 1, 2], 3)
    salaries = distribute(owner, np.array(classes, np.int32).ravel())
    assert t_ordered(salaries) == pytest.approx(0.375)
    narrow = distribute(
        np.array([0, 0, 0, 1, 1, 1, 1, 1, 1]), np.array([3, 5, 8, 0, 1, 2, 4, 6, 7], np.int32)
    )
    assert t_ordered(narrow) == pytest.approx(1 / 6)


def test_t_ordered_by_hand() -> None:
    # A: |4/8-5/8| + |6/8-7/8| = 2/8; B: |6/8-5/8| + |8/8-7/8| = 2/8; two steps
    assert t_ordered(MAIN) == pytest.approx(1 / 8)
    assert t_ordered(SAME) == 0
    assert t_ordered(people("uu", "u")) == 0


def test_t_ordered_equals_its_definition_on_random_tables() -> None:
    random = np.random.default_rng(5)
    for _ in range(50):
        owner = np.append(np.arange(4), random.integers(0, 4, 30))
        values = random.integers(0, 9, 34).astype(np.int32)
        _, codes = np.unique(values, return_inverse=True)
        table = np.zeros((4, codes.max() + 1))
        np.add.at(table, (owner, codes), 1)
        gaps = np.cumsum(table / table.sum(1, keepdims=True) - table.sum(0) / table.sum(), axis=1)
        expected = np.abs(gaps).sum(1).max() / (table.shape[1] - 1)
        assert t_ordered(distribute(owner, values)) == pytest.approx(expected)


def test_alpha_is_the_largest_share() -> None:
    assert largest_share(MAIN) == 0.75
    assert largest_share(people("uv", "w")) == 1


def test_basic_beta_is_the_largest_gain() -> None:
    assert basic_beta(MAIN) == pytest.approx(1)  # w: (1/4 - 1/8) / (1/8)
    assert basic_beta(SAME) == 0


def test_enhanced_beta_bounds_frequent_values() -> None:
    assert enhanced_beta(MAIN) == pytest.approx(1)  # u gains 0.2 < -ln 5/8, w gains 1 < -ln 1/8
    assert enhanced_beta(people("uuu", "uvv")) == math.inf  # u gains 0.5 > -ln 4/6 = 0.41
    assert basic_beta(people("uuu", "uvv")) == pytest.approx(1)  # v: (2/3 - 1/3) / (1/3)


def test_delta() -> None:
    assert delta(people("uuv", "uvv")) == pytest.approx(math.log(1.5))
    assert delta(SAME) == 0


def test_delta_is_infinite_where_a_value_is_absent() -> None:
    assert delta(MAIN) == math.inf
