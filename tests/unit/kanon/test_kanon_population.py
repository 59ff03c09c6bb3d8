"""Who else looks like a person: in the population, in the household, and by estimate."""

import math

import numpy as np
import pyarrow as pa
import pytest

from deid.errors import InputError
from deid.kanon import Hierarchy, check
from deid.kanon.measures import (
    distribute,
    k_map,
    people_alike,
    pitman,
    smallest_support,
    supports,
    t_equal,
    t_hierarchical,
    zayatz,
)
from deid.kanon.measures.k_map import journalist_max, journalist_mean

TABLE = pa.table({"age": [30, 30, 40], "town": ["Ueno", "Ueno", "Naha"]})
PEOPLE = pa.table({"age": [30] * 3 + [40] * 4 + [50], "town": ["Ueno"] * 3 + ["Naha"] * 4 + ["Kobe"]})


def test_k_map_counts_people_of_the_population() -> None:
    found = check(TABLE, quasi_identifiers=["age", "town"], population=PEOPLE)
    assert (found.k, found.k_map, found.journalist_max) == (1, 3, 1 / 3)
    assert found.journalist_mean == found.marketer == pytest.approx((2 / 3 + 1 / 4) / 3)


def test_people_of_the_table_are_people_of_the_population() -> None:
    assert people_alike(np.array([2, 1]), np.array([0, 5])).tolist() == [2, 5]
    found = check(TABLE, quasi_identifiers=["age"], population=pa.table({"age": [90]}))
    assert (found.k_map, found.journalist_max) == (1, 1.0)


def test_k_map_and_the_journalist_by_hand() -> None:
    sizes, alike = np.array([2, 1, 1]), np.array([4, 5, 10])
    assert (k_map(alike), journalist_max(alike)) == (4, 0.25)
    assert journalist_mean(sizes, alike) == pytest.approx((0.5 + 0.2 + 0.1) / 4)


def test_a_population_is_matched_by_text_by_person_and_with_missing_values() -> None:
    mine = pa.table({"who": [1, 1, 2], "a": ["5", "6", None]})
    theirs = pa.table({"who": [7, 7, 8, 9, 9], "a": [6.0, 5.0, None, 5.0, 6.0]})
    found = check(mine, quasi_identifiers=["a"], subject="who", population=theirs)
    assert (found.k, found.k_map) == (1, 1)  # only one of the population has a missing value
    assert found.journalist_mean == pytest.approx((1 / 2 + 1) / 2)


def test_a_class_of_one_household_hides_nobody_from_those_who_know_it() -> None:
    table = pa.table({"age": [30, 30, 30, 40, 40], "ip": ["x", "x", "x", "x", "y"]})
    found = check(table, quasi_identifiers=["age"], household="ip")
    assert (found.k, found.household_k) == (2, 1)


def test_households_join_through_people_with_several_marks() -> None:
    table = pa.table({"who": [1, 2, 2, 3, 3, 4], "ip": ["a", "a", "b", "b", "c", "d"], "age": [5] * 6})
    assert check(table, quasi_identifiers=["age"], subject="who", household="ip").household_k == 2


def test_a_row_without_a_household_is_refused() -> None:
    with pytest.raises(InputError, match="1 rows name no household"):
        check(pa.table({"age": [1, 1], "ip": ["a", None]}), quasi_identifiers=["age"], household="ip")


def test_zayatz_by_hand() -> None:
    """Ten people, four drawn: one is alone, one pair, one of one. Uniques 2, so 2 classes of 1, 1 of 2."""
    seen_alone = 4 / 10
    seen_once = 2 * math.comb(8, 3) / math.comb(10, 4)
    share = 2 * seen_alone / (2 * seen_alone + seen_once)
    assert zayatz({1: 2, 2: 1}, 10) == pytest.approx(2 * share * 10 / 4)


@pytest.mark.parametrize("estimate", [zayatz, pitman])
def test_where_nobody_of_the_sample_is_unique_none_is_estimated(estimate: type) -> None:
    assert estimate({2: 5, 3: 1}, 1000) == 0.0


@pytest.mark.parametrize("estimate", [zayatz, pitman])
def test_a_whole_population_is_no_estimate(estimate: type) -> None:
    assert estimate({1: 30, 2: 20, 5: 6}, 100) == pytest.approx(30, rel=0.2)


def test_everybody_alone_gives_the_whole_population() -> None:
    assert pitman({1: 50}, 1000) == 1000


def test_both_estimates_are_near_the_truth_of_a_known_population() -> None:
    """A population of Pitman's own process, its uniques counted, a tenth of it drawn."""
    random = np.random.default_rng(3)
    alpha, theta, n = 0.4, 200.0, 20_000
    sizes: list[int] = []
    member: list[int] = []
    for i in range(n):
        if random.random() < (theta + alpha * len(sizes)) / (theta + i):
            member.append(len(sizes))
            sizes.append(1)
        else:
            drawn = member[int(random.integers(i))]
            while random.random() < alpha / sizes[drawn]:  # a class of s draws with weight s - alpha
                drawn = member[int(random.integers(i))]
            member.append(drawn)
            sizes[drawn] += 1
    truth = sum(size == 1 for size in sizes)
    drawn_sizes = np.bincount(random.permutation(member)[: n // 10])
    found, classes = np.unique(drawn_sizes[drawn_sizes > 0], return_counts=True)
    histogram = dict(zip(found.tolist(), classes.tolist(), strict=True))
    assert pitman(histogram, n) == pytest.approx(truth, rel=0.25)
    assert zayatz(histogram, n) > truth  # known to overestimate for small fractions


def test_a_population_smaller_than_the_table_is_refused() -> None:
    with pytest.raises(InputError, match="the population has 2 people, the table 3"):
        check(TABLE, quasi_identifiers=["age"], population_size=2)


def test_estimates_stand_in_the_result_only_when_asked() -> None:
    found = check(TABLE, quasi_identifiers=["age"], population_size=100).to_json()
    assert 0 <= found["uniques_zayatz"] <= 100
    assert 0 <= found["uniques_pitman"] <= 100
    assert "uniques_pitman" not in check(TABLE, quasi_identifiers=["age"]).to_json()


def test_sets_are_counted_by_combination() -> None:
    """Terrovitis et al.: known items, not whole sets, are what an adversary has."""
    sets = {frozenset({1, 2, 3}): 2, frozenset({1, 2}): 1, frozenset({3}): 4}
    assert supports(sets, 1) == {(1,): 3, (2,): 3, (3,): 6}
    assert supports(sets, 2) == {(1, 2): 3, (1, 3): 2, (2, 3): 2, (3,): 6}
    assert smallest_support(supports(sets, 2)) == 2


def test_items_of_people_with_few_are_counted_among_everybody() -> None:
    found = supports({frozenset({1}): 1, frozenset({1, 2}): 3, frozenset({1, 2, 3}): 1}, 2)
    assert found[(1,)] == 5
    assert smallest_support(found) == 1


def test_nobody_with_an_item_has_no_support() -> None:
    assert smallest_support(supports({frozenset(): 9}, 2)) is None


def test_too_many_combinations_and_no_items_known_are_refused() -> None:
    with pytest.raises(InputError, match="m is 0"):
        supports({frozenset({1}): 1}, 0)
    with pytest.raises(InputError, match="combinations"):
        supports({frozenset(range(300)): 1}, 5)


def test_hierarchical_distance_on_the_tree_of_the_paper() -> None:
    """Li et al., section 4.2: in the disease tree (height 3), flu and bronchitis are 1/3 apart, flu and
    pulmonary embolism 2/3, flu and stomach ailments 3/3.

    A class of flu alone against flu and X, half each: half of the mass moves that far.
    """
    tree = {"bronchitis": 1 / 3, "embolism": 2 / 3, "gastritis": 1.0}
    levels = {
        "flu": (0, 0, 0), "bronchitis": (1, 0, 0), "embolism": (1, 1, 0), "gastritis": (1, 1, 1),
    }  # fmt: skip
    for other, distance in tree.items():
        people = distribute(np.array([0, 1]), np.array([0, 1], np.int32))
        nodes = [np.array([0, step], np.int32) for step in levels[other]]
        assert t_hierarchical(people, nodes) == pytest.approx(distance / 2)
        assert t_hierarchical(people, nodes) <= t_equal(people) + 1e-12


def test_hierarchical_distance_moves_a_class_as_one() -> None:
    """Class {u, u, w}, class {v}; u and v share a node. Everybody: u 2/4, v 1/4, w 1/4. Height 2.

    {v}: leaves move 3/4, nodes 1/4, so (3/4 + 1/4) / 2 = 1/2. {u, u, w}: 1/6 + 1/12, nodes 1/12: 1/6.
    """
    people = distribute(np.array([0, 0, 0, 1]), np.array([0, 0, 2, 1], np.int32))
    nodes = [np.array([0, 1, 2], np.int32), np.array([0, 0, 1], np.int32)]
    assert t_hierarchical(people, nodes) == pytest.approx(1 / 2)


def test_a_hierarchy_of_a_sensitive_column_gives_its_distance() -> None:
    table = pa.table({"a": [1, 1, 1, 2], "ill": ["u", "u", "w", "v"]})
    tree = Hierarchy.from_chains({"u": ["x"], "v": ["x"], "w": ["y"]})
    found = check(table, quasi_identifiers=["a"], sensitive=["ill"], hierarchies={"ill": tree})
    assert found.sensitive["ill"].t_hierarchical == pytest.approx(1 / 2)
    assert found.to_json()["t_hierarchical"] == pytest.approx(1 / 2)


def test_a_sensitive_value_that_is_not_in_its_hierarchy_is_refused_unnamed() -> None:
    table = pa.table({"a": [1, 1], "ill": ["u", "hush"]})
    with pytest.raises(InputError, match="column `ill`: 1 distinct values") as caught:
        check(
            table,
            quasi_identifiers=["a"],
            sensitive=["ill"],
            hierarchies={"ill": Hierarchy.suppression(["u"])},
        )
    assert "hush" not in f"{caught.value}{caught.value.hint}"
