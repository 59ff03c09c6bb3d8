import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from deid.types import Span

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

scorer: Any = import_module("scorer")
slots: Any = import_module("slots")


def gold(start: int, end: int, label: str = "PHONE_NUMBER", form: str = "plain") -> Any:
    return slots.Gold(start, end, label, form)


# Message by message: found; 9 of 10 characters by two spans; 8 of 10; wrong label; missed; clean; alarm.
GOLD = [
    [gold(0, 10)],
    [gold(0, 10, form="fullwidth")],
    [gold(0, 10)],
    [gold(5, 9, "URL")],
    [gold(5, 9, "URL")],
    [],
    [],
]
PREDICTED = [
    [Span(0, 10, "PHONE_NUMBER")],
    [Span(0, 6, "PHONE_NUMBER"), Span(4, 9, "PHONE_NUMBER")],
    [Span(0, 8, "PHONE_NUMBER")],
    [Span(0, 20, "EMAIL_ADDRESS"), Span(30, 31, "EMAIL_ADDRESS")],
    [],
    [],
    [Span(1, 2, "URL")],
]


def test_recall_by_hand() -> None:
    found = scorer.recall(GOLD, PREDICTED)
    assert (found.coverage.hits, found.coverage.total) == (3, 5)
    assert (found.typed.hits, found.typed.total) == (2, 5)


def test_recall_by_label_and_form_by_hand() -> None:
    by_label = scorer.recall_by_label(GOLD, PREDICTED)
    assert list(by_label) == ["PHONE_NUMBER", "URL"]
    assert (by_label["URL"].coverage.value, by_label["URL"].typed.value) == (0.5, 0.0)
    assert scorer.recall_by_form(GOLD, PREDICTED)["fullwidth"].typed == scorer.Rate(1, 1)
    assert scorer.recall_by_label_and_form(GOLD, PREDICTED)["PHONE_NUMBER", "plain"].coverage == scorer.Rate(
        1, 2
    )


def test_precision_by_hand() -> None:
    assert scorer.precision(GOLD, PREDICTED) == scorer.Rate(5, 7)
    assert scorer.precision_by_label(GOLD, PREDICTED) == {
        "EMAIL_ADDRESS": scorer.Rate(1, 2),
        "PHONE_NUMBER": scorer.Rate(4, 4),
        "URL": scorer.Rate(0, 1),
    }


def test_a_span_that_only_touches_gold_is_a_false_one() -> None:
    assert scorer.precision([[gold(5, 9)]], [[Span(0, 5, "URL"), Span(9, 12, "URL")]]) == scorer.Rate(0, 2)


def test_alarm_rate_counts_clean_messages_only() -> None:
    assert scorer.alarm_rate(GOLD, PREDICTED) == scorer.Rate(1, 2)


def test_overlapping_predictions_are_counted_once() -> None:
    spans = [Span(0, 5, "URL"), Span(0, 5, "PERSON"), Span(2, 6, "URL"), Span(8, 30, "URL")]
    assert scorer.covered(gold(0, 10), spans) == 0.8
    assert scorer.covered(gold(3, 5), [Span(0, 30, "URL"), Span(4, 5, "URL")]) == 1.0


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.27753), (10, 10, 0.72247, 1.0), (81, 263, 0.25525, 0.36620), (0, 0, 0.0, 1.0)],
)
def test_wilson_against_published_values(hits: int, total: int, low: float, high: float) -> None:
    """81 of 263 is the example of Newcombe, Statistics in Medicine 17 (1998) 857-872: 0.2553, 0.3662."""
    assert scorer.wilson(hits, total) == pytest.approx((low, high), abs=1e-4)
    assert scorer.Rate(hits, total).interval == scorer.wilson(hits, total)


def test_nothing_to_find_is_no_success() -> None:
    empty = scorer.recall([[]], [[]])
    assert empty.coverage.value == 0.0
    assert empty.coverage.interval == (0.0, 1.0)


@pytest.mark.parametrize("score", ["recall", "recall_by_label", "precision", "alarm_rate"])
def test_lists_of_unequal_length_are_refused(score: str) -> None:
    with pytest.raises(ValueError, match="zip"):
        getattr(scorer, score)([[], []], [[]])
