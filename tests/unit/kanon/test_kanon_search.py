"""The searches on populations small enough to try every node."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from deid.errors import InputError
from deid.kanon import Hierarchy, plan_levels
from deid.kanon import local_recoding as local
from deid.kanon.domains import populate
from deid.kanon.encode import People, text_column, to_people
from deid.kanon.lattice import _at_most, _packed, lattice_size, search
from deid.kanon.requirement import Requirement

NUMBERS = Hierarchy.intervals(range(16), (2, 4, 8))
LETTERS = Hierarchy.from_chains({"a": ["vowel"], "b": ["stop"], "e": ["vowel"], "d": ["stop"], "s": ["s"]})
BOTH = {"n": NUMBERS, "c": LETTERS}


def random_people(seed: int, n: int) -> dict[str, list[str | None]]:
    random = np.random.default_rng(seed)
    numbers = [str(min(15, int(value))) for value in random.exponential(4, n)]
    letters = [("a", "b", "e", "d", "s", None)[value] for value in random.integers(0, 6, n)]
    return {"n": list(numbers), "c": letters}


def published(
    columns: Mapping[str, Sequence[str | None]], levels: Sequence[Sequence[int]]
) -> list[tuple[str | None, ...]]:
    names = list(columns)
    return [
        tuple(BOTH[name].generalize(columns[name][i], int(row[j])) for j, name in enumerate(names))
        for i, row in enumerate(levels)
    ]


def naive_loss(rows: Sequence[tuple[str | None, ...]]) -> float:
    return sum(BOTH[name].weight(row[j]) for row in rows for j, name in enumerate(BOTH)) / (2 * len(rows))


def exhaustive(columns: Mapping[str, Sequence[str | None]], k: int, limit: int) -> float:
    best = 2.0
    n = len(columns["n"])
    for node in itertools.product(range(NUMBERS.height + 1), range(LETTERS.height + 1)):
        rows = published(columns, [node] * n)
        sizes = Counter(rows)
        kept = [row if sizes[row] >= k else ("*", "*") for row in rows]
        if sum(size for size in sizes.values() if size < k) <= limit:
            best = min(best, naive_loss(kept))
    return best


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("k", "suppression"), [(2, 0.0), (3, 0.1), (6, 0.3)])
def test_the_lattice_search_finds_what_trying_every_node_finds(seed: int, k: int, suppression: float) -> None:
    columns = random_people(seed, 40)
    plan = plan_levels(columns, BOTH, k=k, method="lattice", suppression=suppression)
    assert plan.ncp == pytest.approx(exhaustive(columns, k, int(suppression * 40)), abs=1e-8)
    assert plan.suppressed.sum() <= suppression * 40


@pytest.mark.parametrize("method", ["lattice", "local"])
@pytest.mark.parametrize("seed", range(5))
def test_every_published_class_has_k_people(method: str, seed: int) -> None:
    columns = random_people(seed, 60)
    plan = plan_levels(columns, BOTH, k=4, method=method, suppression=0.1)  # type: ignore[arg-type]
    kept = [
        row
        for row, gone in zip(published(columns, plan.levels.tolist()), plan.dropped, strict=True)
        if not gone
    ]
    assert min(Counter(kept).values()) == plan.k
    assert plan.k >= 4
    assert naive_loss(published(columns, plan.levels.tolist())) == pytest.approx(plan.ncp, abs=1e-8)


def test_local_recoding_loses_less_than_the_lattice() -> None:
    columns = random_people(3, 200)
    lattice = plan_levels(columns, BOTH, k=4, method="lattice", suppression=0.0)
    assert plan_levels(columns, BOTH, k=4, method="local", suppression=0.0).ncp < lattice.ncp


def test_ties_go_to_the_first_node() -> None:
    columns = {"x": ["a", "a", "b", "b"], "y": ["a", "b", "a", "b"]}
    both = {name: Hierarchy.suppression(["a", "b"]) for name in columns}
    plan = plan_levels(columns, both, k=2, method="lattice", suppression=0.0)
    assert plan.levels.tolist() == [[0, 1]] * 4


def test_suppressed_people_form_a_class_when_they_are_enough() -> None:
    columns = {"x": ["a"] * 5 + ["b", "c"]}
    plan = plan_levels(columns, {"x": Hierarchy.suppression("abc")}, k=2, method="lattice", suppression=0.3)
    assert plan.suppressed.tolist() == [False] * 5 + [True] * 2
    assert not plan.dropped.any()
    assert plan.levels[:, 0].tolist() == [0] * 5 + [1] * 2
    assert plan.ncp == pytest.approx(2 / 7)


def test_suppressed_people_too_few_for_a_class_are_dropped() -> None:
    columns = {"x": ["a"] * 5 + ["b"]}
    plan = plan_levels(columns, {"x": Hierarchy.suppression("ab")}, k=2, method="lattice", suppression=0.2)
    assert plan.dropped.tolist() == plan.suppressed.tolist() == [False] * 5 + [True]
    assert plan.k == 5
    assert plan.ncp == pytest.approx(1 / 6)


def test_those_left_over_join_a_class_where_they_may_not_be_suppressed() -> None:
    columns = {"x": ["a"] * 3 + ["b"] * 2 + ["d"]}
    towns = {"x": Hierarchy.from_chains({"a": ["A"], "b": ["B"], "d": ["B"]})}
    plan = plan_levels(columns, towns, k=2, method="local", suppression=0.0)
    assert plan.levels[:, 0].tolist() == [0, 0, 0, 1, 1, 1]
    assert not plan.suppressed.any()


def test_those_left_over_are_dropped_where_that_is_allowed_and_cheaper() -> None:
    columns = {"x": ["a"] * 50 + ["b"]}
    plan = plan_levels(columns, {"x": Hierarchy.suppression("ab")}, k=2, method="local", suppression=0.1)
    assert plan.dropped.sum() == 1
    assert plan.k == 50


def test_a_share_of_people_is_not_lost_to_rounding() -> None:
    """0.29 x 100 is 28.999… in floating point; 29 people may be suppressed."""
    columns = {"x": ["a"] * 71 + [str(i) for i in range(29)]}
    hierarchy = Hierarchy.suppression(sorted(set(columns["x"])))
    plan = plan_levels(columns, {"x": hierarchy}, k=2, method="lattice", suppression=0.29)
    assert plan.suppressed.sum() == 29


@pytest.mark.parametrize("limit", ["MAX_WALKED", "MAX_JOINED"])
def test_too_large_a_lattice_is_split_from_the_top(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, limit, -1)
    columns = random_people(1, 100)
    plan = plan_levels(columns, BOTH, k=4, method="local", suppression=0.0)
    assert min(Counter(published(columns, plan.levels.tolist())).values()) >= 4
    assert plan.ncp < 1


def test_missing_values_are_a_class_of_their_own() -> None:
    plan = plan_levels({"c": [None] * 3 + ["a"] * 3}, BOTH, k=3, method="local", suppression=0.0)
    assert not plan.levels.any()


def test_a_column_missing_throughout_is_left_alone() -> None:
    plan = plan_levels({"c": [None] * 4, "n": ["1"] * 4}, BOTH, k=4)
    assert not plan.levels.any()


def test_the_search_checks_few_nodes() -> None:
    columns = random_people(2, 300)
    everyone = People(None, 300)
    people = populate([to_people(text_column(n, v), everyone) for n, v in columns.items()], BOTH)
    optimum = search(people, Requirement(5), 6)
    assert optimum.nodes == lattice_size(people) == 5 * 3
    assert optimum.checked < optimum.nodes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"k": 7}, "k is 7, but there are 6 people"),
        ({"k": 0}, "k is 0"),
        ({"k": 2, "method": "magic"}, "method `magic`"),
        ({"k": 2, "suppression": 1.5}, "share in"),
        ({"k": 2, "suppression": float("nan")}, "share in"),
    ],
)
def test_impossible_requests_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        plan_levels({"c": ["a", "b"] * 3}, BOTH, **change)  # type: ignore[arg-type]


def test_bad_columns_are_refused() -> None:
    with pytest.raises(InputError, match="column `n`: 1 values"):
        plan_levels({"c": ["a", "b"], "n": ["1"]}, BOTH, k=2)
    with pytest.raises(InputError, match="column `x`: no hierarchy"):
        plan_levels({"x": ["a", "b"]}, BOTH, k=2)
    with pytest.raises(InputError, match="0 quasi-identifiers"):
        plan_levels({}, BOTH, k=2)
    with pytest.raises(InputError, match="nobody"):
        plan_levels({"c": []}, BOTH, k=2)
    with pytest.raises(InputError, match="column `c`: 1 distinct values are not in its hierarchy") as caught:
        plan_levels({"c": ["a", "hush"]}, BOTH, k=2)
    assert "hush" not in f"{caught.value}{caught.value.hint}"


def test_a_lattice_too_large_to_search_is_refused_before_it_is_built() -> None:
    columns = {f"c{i}": ["a", "b"] for i in range(60)}
    hierarchies = dict.fromkeys(columns, LETTERS)
    with pytest.raises(InputError, match="the lattice has"):
        plan_levels(columns, hierarchies, k=2, method="lattice")
    assert plan_levels(columns, hierarchies, k=2, method="local").k == 2


def test_a_plan_says_nothing_about_anyone() -> None:
    assert repr(plan_levels({"c": ["a", "a"]}, BOTH, k=2)) == "LevelPlan(k=2, ncp=0.0)"


@pytest.mark.parametrize("n_columns", [1, 7, 8, 9, 17])
def test_levels_are_compared_byte_by_byte(n_columns: int) -> None:
    random = np.random.default_rng(n_columns)
    nodes = random.choice(np.array([0, 1, 2, 126, 127], np.int8), (300, n_columns))
    nodes[1:100] = np.minimum(nodes[0], nodes[1:100])
    found = _at_most(_packed(nodes), _packed(nodes[:1]))
    assert (found == (nodes <= nodes[0]).all(axis=1)).all()
    assert found[:100].all()
