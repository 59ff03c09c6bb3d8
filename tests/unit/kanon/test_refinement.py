"""Facts that make classes finer: worked by hand, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import InputError
from deid.kanon.domains import Secret
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.refinement import Refined, refine
from deid.kanon.requirement import Requirement

JOBS = Hierarchy.from_chains(
    {
        "nurse": ["health", "professional"],
        "dentist": ["health", "professional"],
        "judge": ["law", "professional"],
        "cook": ["service", "worker"],
    }
)
NONE = JOBS.height


def refined(
    *jobs: str | None,
    k: int = 2,
    classes: list[int] | None = None,
    secrets: tuple[Secret, ...] = (),
    l: int | None = None,  # noqa: E741
) -> list[int]:
    of = np.array(classes or [0] * len(jobs))
    made = refine(of, {"job": jobs}, {"job": JOBS}, Requirement(k, l), secrets)
    return [int(level) for level in made.levels[:, 0]]


def test_a_fact_that_k_share_is_published_as_it_is() -> None:
    assert refined("nurse", "nurse", None, None) == [0, 0, NONE, NONE]


def test_a_fact_climbs_until_k_share_it() -> None:
    assert refined("nurse", "dentist", None, None) == [1, 1, NONE, NONE]
    assert refined("nurse", "judge", None, None) == [2, 2, NONE, NONE]


def test_a_fact_that_nothing_is_like_is_left_out_when_others_are_silent() -> None:
    assert refined("nurse", "cook", None, None) == [NONE] * 4


def test_those_who_are_silent_must_not_be_alone() -> None:
    assert refined("nurse", "nurse", None) == [NONE] * 3


def test_everybody_may_tell() -> None:
    assert refined("nurse", "nurse", "cook", "cook") == [0, 0, 0, 0]


def test_one_is_silenced_where_generalizing_the_rest_costs_more() -> None:
    assert refined(*["nurse"] * 6, "judge", None, None) == [0] * 6 + [NONE] * 3


def test_the_rest_is_generalized_where_silence_costs_more() -> None:
    assert refined("nurse", "nurse", "dentist", None, None) == [1, 1, 1, NONE, NONE]


def test_classes_do_not_meet_and_nothing_of_people_in_none_is_published() -> None:
    assert refined("nurse", "nurse", "nurse", "nurse", classes=[0, 1, 0, 1]) == [0] * 4
    assert refined("nurse", "cook", None, "nurse", classes=[0, 0, 0, 1]) == [NONE] * 4
    assert refined("nurse", "nurse", classes=[-1, -1]) == [NONE, NONE]


def test_the_loss_is_of_those_who_tell() -> None:
    jobs = ["nurse", "dentist", None, None, "judge"]
    made = refine(np.zeros(5, np.int64), {"job": jobs}, {"job": JOBS}, Requirement(2))
    # Two work in health, (2 - 1) / (4 - 1) each; the judge's job is left out.
    assert made.loss[0] == pytest.approx(2 / 3 + 1)


def test_a_sensitive_value_is_not_given_away() -> None:
    values = np.array([0, 0, 0, 1])
    secret = Secret("s", np.arange(4), values, np.ones(4, np.int64), 2)
    assert refined("nurse", "nurse", None, None, secrets=(secret,), l=2) == [NONE] * 4
    mixed = Secret("s", np.arange(4), np.array([0, 1, 0, 1]), np.ones(4, np.int64), 2)
    assert refined("nurse", "nurse", None, None, secrets=(mixed,), l=2) == [0, 0, NONE, NONE]


def test_without_columns_there_are_no_levels() -> None:
    made = refine(np.zeros(3, np.int64), {}, {}, Requirement(2))
    assert (made.levels.shape, made.loss) == ((3, 0), ())


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(InputError, match="2 values for 3 people"):
        refine(np.zeros(3, np.int64), {"job": ["nurse", None]}, {"job": JOBS}, Requirement(2))


def test_a_value_the_hierarchy_lacks_is_refused_unnamed() -> None:
    with pytest.raises(InputError, match="1 distinct values are not in its hierarchy") as caught:
        refined("zookeeper", None)
    assert "zookeeper" not in str(caught.value)


PLACES = Hierarchy.from_chains({"Tokyo": ["East"], "Sendai": ["East"], "Osaka": ["West"]})
Person = tuple[int, str | None, str | None]
PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([None, None, "nurse", "dentist", "judge", "cook"]),
        st.sampled_from([None, "Tokyo", "Sendai", "Osaka"]),
    ),
    min_size=1,
    max_size=60,
)


def levels_of(people: list[Person], k: int) -> tuple[list[tuple[int | str | None, ...]], Refined]:
    """Return what a reader sees of everybody whose base class is large enough."""
    base = np.array([person[0] for person in people])
    base = np.where(np.bincount(base)[base] >= k, base, -1)
    columns = {"job": [person[1] for person in people], "place": [person[2] for person in people]}
    trees = {"job": JOBS, "place": PLACES}
    made = refine(base, columns, trees, Requirement(k))
    seen = []
    for n, person in enumerate(people):
        if base[n] < 0:
            continue
        shown = [
            trees[name].generalize(columns[name][n], int(made.levels[n, c])) for c, name in enumerate(trees)
        ]
        seen.append((person[0], *(None if label == "*" else label for label in shown)))
    return seen, made


@given(PEOPLE, st.integers(2, 5))
def test_every_class_a_reader_sees_has_k(people: list[Person], k: int) -> None:
    seen, _ = levels_of(people, k)
    assert all(seen.count(vector) >= k for vector in seen)


@given(PEOPLE, st.integers(2, 5))
def test_the_order_of_people_changes_nothing(people: list[Person], k: int) -> None:
    forward, made = levels_of(people, k)
    backward, again = levels_of(people[::-1], k)
    assert sorted(map(str, forward)) == sorted(map(str, backward))
    assert made.loss == pytest.approx(again.loss)
