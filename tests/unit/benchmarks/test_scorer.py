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


def test_false_findings_by_label_by_hand() -> None:
    assert scorer.false_by_label(GOLD, PREDICTED) == {"EMAIL_ADDRESS": 1, "URL": 1}


MAY = gold(0, 4, "DATE_TIME", slots.OPTIONAL)


def test_optional_gold_is_not_wanted() -> None:
    assert scorer.recall([[MAY, gold(5, 9)]], [[Span(5, 9, "URL")]]).coverage == scorer.Rate(1, 1)


def test_what_overlaps_optional_gold_alone_is_neither_right_nor_wrong() -> None:
    spans = [[Span(0, 3, "DATE_TIME")]]
    assert scorer.precision([[MAY]], spans) == scorer.Rate(0, 0)
    assert scorer.alarm_rate([[MAY]], spans) == scorer.Rate(0, 1)
    assert scorer.false_by_label([[MAY]], spans) == {}


def test_beside_optional_gold_the_rules_hold() -> None:
    assert scorer.precision([[MAY]], [[Span(4, 6, "URL")]]) == scorer.Rate(0, 1)
    assert scorer.alarm_rate([[MAY]], [[Span(4, 6, "URL")]]) == scorer.Rate(1, 1)
    assert scorer.precision([[MAY, gold(5, 9)]], [[Span(0, 9, "URL")]]) == scorer.Rate(1, 1)


def mention(start: int, end: int, entity: str, label: str = "PERSON", form: str = "plain") -> Any:
    return slots.Gold(start, end, label, form, entity)


# Two conversations. First: Ann in turns 0 and 2, Bo in turn 0, a phone split over 1 and 2. Second: Ann once.
CONVERSATIONS = [
    [
        [mention(0, 3, "again/ann"), mention(8, 10, "again/bo")],
        [mention(0, 3, "split/tel", "PHONE_NUMBER")],
        [mention(0, 4, "split/tel", "PHONE_NUMBER"), mention(9, 12, "again/ann")],
    ],
    [[mention(0, 3, "again/ann")]],
]
FOUND = [
    [
        [Span(0, 3, "PERSON"), Span(8, 10, "USERNAME")],
        [Span(0, 3, "PHONE_NUMBER")],
        [Span(0, 4, "PHONE_NUMBER")],
    ],
    [[Span(0, 3, "PERSON")]],
]


def test_an_entity_is_found_when_every_mention_is_by_hand() -> None:
    found = scorer.entity_recall(CONVERSATIONS, FOUND)
    assert found.coverage == scorer.Rate(3, 4)  # the first Ann is named in turn 2
    assert found.typed == scorer.Rate(2, 4)  # and Bo is no user name


def test_entity_recall_by_label_and_scene_by_hand() -> None:
    by_label = scorer.entity_recall_by_label(CONVERSATIONS, FOUND)
    assert {label: found.coverage for label, found in by_label.items()} == {
        "PERSON": scorer.Rate(2, 3),
        "PHONE_NUMBER": scorer.Rate(1, 1),
    }
    by_scene = scorer.entity_recall_by_scene(CONVERSATIONS, FOUND)
    assert {scene: found.typed for scene, found in by_scene.items()} == {
        "again": scorer.Rate(1, 3),
        "split": scorer.Rate(1, 1),
    }


def test_the_same_id_in_two_conversations_is_two_entities_and_optional_mentions_are_none() -> None:
    gold_ = [*CONVERSATIONS, [[mention(0, 3, "again/ann", form=slots.OPTIONAL)]]]
    assert scorer.entity_recall(gold_, [*FOUND, [[]]]).coverage.total == 4
    assert scorer.entity_recall([[[]]], [[[]]]).coverage == scorer.Rate(0, 0)


def test_conversations_with_turns_missing_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        scorer.entity_recall(CONVERSATIONS, FOUND[:1])
    with pytest.raises(ValueError, match="zip"):
        scorer.entity_recall(CONVERSATIONS, [FOUND[0][:2], FOUND[1]])


@pytest.mark.parametrize("score", ["recall", "recall_by_label", "precision", "alarm_rate"])
def test_lists_of_unequal_length_are_refused(score: str) -> None:
    with pytest.raises(ValueError, match="zip"):
        getattr(scorer, score)([[], []], [[]])
