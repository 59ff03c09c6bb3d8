import json

import numpy as np
import pytest

import namecurve
import namescore
from deid.types import Span
from namesets import OTHER, Example
from slots import Gold

# Gold: Ann Lee (person), Rome (place), Ford T (a product); words: Ann Lee saw Rome and Ford T today.
EXAMPLE = Example(
    "Ann Lee saw Rome and Ford T today",
    (Gold(0, 7, "PERSON"), Gold(12, 16, "LOCATION"), Gold(21, 27, OTHER)),
    ((0, 3), (4, 7), (8, 11), (12, 16), (17, 20), (21, 25), (26, 27), (28, 33)),
)


def scores(*spans: Span) -> tuple[float, float, float]:
    """Return coverage and exact F of PERSON, and words in vain."""
    predicted = namescore.comparable([EXAMPLE], [spans])
    person = namescore.score([EXAMPLE], predicted, "PERSON")
    return person.coverage.value, person.exact.f, namescore.vain([EXAMPLE], predicted).value


def test_name_scores_by_hand() -> None:
    assert scores() == (0.0, 0.0, 0.0)
    assert scores(Span(0, 7, "PERSON")) == (1.0, 1.0, 0.0)
    assert scores(Span(0, 7, "ORGANIZATION")) == (1.0, 0.0, 0.0)
    assert scores(Span(0, 3, "PERSON"), Span(4, 7, "PERSON")) == (1.0, 0.0, 0.0)
    assert scores(Span(0, 6, "PERSON")) == (0.0, 0.0, 0.0)
    assert scores(Span(0, 11, "PERSON")) == (1.0, 0.0, 1 / 8)
    assert scores(Span(0, 7, "PERSON"), Span(28, 33, "PERSON")) == (1.0, 2 / 3, 1 / 8)
    assert scores(Span(21, 27, "ORGANIZATION")) == (0.0, 0.0, 0.0)
    assert scores(Span(0, 7, "DATE_TIME"), Span(28, 33, "DATE_TIME")) == (1.0, 0.0, 0.0)


def test_precision_and_recall_are_of_exact_spans() -> None:
    predicted = [[Span(0, 7, "PERSON"), Span(28, 33, "PERSON"), Span(12, 16, "LOCATION")]]
    exact = namescore.score([EXAMPLE], predicted, "PERSON").exact
    assert (exact.precision.hits, exact.precision.total) == (1, 2)
    assert (exact.recall.hits, exact.recall.total) == (1, 1)


def test_the_interval_of_f_holds_f_and_narrows_with_more_sentences() -> None:
    few, many = (namescore.Exact(np.array([[1, 1, 1], [0, 1, 1]] * n)) for n in (10, 1_000))
    assert few.f == many.f == 0.5
    for exact in (few, many):
        low, high = exact.interval
        assert low < 0.5 < high
    assert many.interval[1] - many.interval[0] < 0.1 < few.interval[1] - few.interval[0]
    assert namescore.Exact(np.zeros((0, 3), dtype=np.int64)).interval == (0.0, 1.0)


def test_handles_are_no_finding_and_a_hash_is_cut_off() -> None:
    example = Example("@jo met #Rome", (), ())
    spans = [Span(0, 3, "USERNAME"), Span(0, 7, "PERSON"), Span(8, 13, "LOCATION"), Span(8, 9, "LOCATION")]
    assert namescore.comparable([example], [spans]) == [[Span(9, 13, "LOCATION")]]


def test_the_curve_trades_coverage_for_words_in_vain() -> None:
    predicted = [[Span(0, 7, "PERSON", 0.9), Span(8, 11, "PERSON", 0.4), Span(12, 16, "DATE_TIME", 0.1)]]
    points = namescore.curve([EXAMPLE], predicted)
    assert points == [namescore.Point(0.4, 1.0, 1 / 8), namescore.Point(0.9, 1.0, 0.0)]
    assert namescore.best(points) == points[1]
    assert namescore.best(points[:1]) is None
    assert namescore.best(points[:1], limit=0.5) == points[0]


def test_the_curve_has_at_most_sixty_points() -> None:
    predicted = [[Span(0, 7, "PERSON", n / 1_000) for n in range(1, 1_000)]]
    points = namescore.curve([EXAMPLE], predicted)
    assert 50 <= len(points) <= 60
    assert (points[0].threshold, points[-1].threshold) == (0.001, 0.999)


def test_reliability_by_tenths_of_the_score() -> None:
    predicted = [
        [
            Span(0, 7, "PERSON", 1.0),
            Span(0, 3, "PERSON", 0.96),
            Span(28, 33, "PERSON", 0.25),
            Span(12, 16, "LOCATION", 0.9),
        ]
    ]
    low, high = namescore.reliability([EXAMPLE], predicted)
    assert (low.low, low.score, low.touches.value) == (0.2, 0.25, 0.0)
    assert (high.low, high.touches.value, high.exact.value) == (0.9, 1.0, 0.5)
    assert high.score == pytest.approx(0.98)


def test_curves_are_drawn_a_panel_a_set() -> None:
    rows: list[dict[str, object]] = [
        {"name": "names/a/deid fast/curve", "points": [[0.1, 0.9, 0.02], [0.5, 0.5, 0.01]]},
        {"name": "names/a/x<y/curve", "points": [[1.0, 0.5, 0.01]]},
        {"name": "names/a/x<y/words", "n": 3},
        {"name": "names/b/deid fast/curve", "points": [[0.1, 0.9, 0.2]]},
    ]
    assert list(namecurve.curves(json.loads(json.dumps(rows)))) == ["a", "b"]
    drawn = namecurve.drawing(rows)
    assert drawn.count("<g ") == 2
    assert 'd="M50.0 18.0L25.0 90.0"' in drawn
    assert drawn.count("<circle") == 2
    assert "x&lt;y" in drawn
