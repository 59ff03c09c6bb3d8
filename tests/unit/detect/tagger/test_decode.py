import numpy as np
import pytest

from deid.detect.tagger.decode import labels_of, named_over, probabilities, spans_of

LABELS = ("PERSON", "LOCATION")
NO_FLOORS = dict.fromkeys(LABELS, 0.0)
STARTS, ENDS = (0, 4, 10, 12), (3, 9, 11, 15)


def found(
    rows: list[list[float]], threshold: float = 0.5, floors: dict[str, float] | None = None
) -> list[tuple[int, int, str]]:
    named = named_over(np.array(rows, np.float32), threshold)
    spans = spans_of(named, floors or NO_FLOORS, (STARTS, ENDS), "test")
    return [(span.start, span.end, span.label) for span in spans]


def test_labels_are_those_of_the_beginnings() -> None:
    assert labels_of(("O", "B-PERSON", "I-PERSON", "B-LOCATION", "I-LOCATION")) == LABELS
    assert labels_of(("O",)) == ()


NONE = [1.0, 0, 0, 0, 0]
BEGIN = [0.1, 0.8, 0.1, 0, 0]
INSIDE = [0.1, 0.1, 0.8, 0, 0]
PLACE = [0.2, 0, 0, 0.7, 0.1]


def test_what_continues_a_name_joins_it() -> None:
    assert found([NONE, BEGIN, INSIDE, NONE]) == [(4, 11, "PERSON")]


def test_a_second_beginning_is_a_second_name() -> None:
    assert found([BEGIN, BEGIN, NONE, NONE]) == [(0, 3, "PERSON"), (4, 9, "PERSON")]


def test_another_label_is_another_name() -> None:
    assert found([INSIDE, INSIDE, PLACE, NONE]) == [(0, 9, "PERSON"), (10, 11, "LOCATION")]


def test_a_unit_that_clearly_goes_on_shares_the_label_of_its_run() -> None:
    place = [0.1, 0.05, 0.05, 0.1, 0.7]
    assert found([BEGIN, place, INSIDE, NONE]) == [(0, 11, "PERSON")]
    assert found([NONE, BEGIN, place, place]) == [(4, 15, "LOCATION")]


def test_a_unit_that_may_begin_or_go_on_goes_on() -> None:
    either = [0.1, 0.5, 0.4, 0, 0]
    assert found([BEGIN, either, NONE, NONE]) == [(0, 9, "PERSON")]


def test_the_surest_unit_must_be_above_the_floor_of_the_label() -> None:
    weak, strong = [0.6, 0, 0, 0.4, 0.0], [0.3, 0, 0, 0, 0.7]
    assert found([weak, NONE, NONE, NONE], threshold=0.3) == [(0, 3, "LOCATION")]
    floors = {"PERSON": 0.0, "LOCATION": 0.5}
    assert found([weak, NONE, NONE, NONE], threshold=0.3, floors=floors) == []
    assert found([weak, strong, NONE, NONE], threshold=0.3, floors=floors) == [(0, 9, "LOCATION")]


def test_the_threshold_is_on_being_a_name_at_all() -> None:
    unsure = [0.7, 0.2, 0.0, 0.1, 0.0]
    assert found([unsure, NONE, NONE, NONE], threshold=0.5) == []
    assert found([unsure, NONE, NONE, NONE], threshold=0.25) == [(0, 3, "PERSON")]


def test_the_score_is_the_mean_share_of_the_label() -> None:
    named = named_over(np.array([BEGIN, INSIDE], np.float32), 0.5)
    (span,) = spans_of(named, NO_FLOORS, (STARTS, ENDS), "test")
    assert span.score == pytest.approx(0.9)


def test_nothing_in_nothing() -> None:
    assert list(spans_of(named_over(np.zeros((0, 5), np.float32), 0.5), NO_FLOORS, ((), ()), "test")) == []


def test_a_higher_temperature_is_less_sure() -> None:
    logits = np.array([[2.0, 0.0]], np.float32)
    cool, warm = probabilities(logits.copy(), 1.0), probabilities(logits.copy(), 2.0)
    assert cool.sum() == pytest.approx(1)
    assert 0.5 < warm[0, 0] < cool[0, 0]
