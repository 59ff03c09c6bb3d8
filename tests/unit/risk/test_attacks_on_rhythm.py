"""L4 across pseudonyms and L5: each finds people where the release tells, and nobody where it does not."""

import datetime
from collections.abc import Callable

import numpy as np
import pytest

from deid.risk.align import Aligned
from deid.risk.attacks import crossing, rhythm
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.moments import SIZES, habits, of_activity

pytest.importorskip("scipy")

_PEOPLE, _TALKS = 24, 8


def _time(person: int, rng: np.random.Generator) -> str:
    """Everybody has an hour and a day of the week."""
    day = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC) + datetime.timedelta(
        weeks=int(rng.integers(30)), days=person % 7, hours=person, minutes=int(rng.integers(60))
    )
    return day.isoformat()


def _rhythmic(treat: Callable[[str], str], *, talks: int = _TALKS) -> Case:
    rng, pairs = np.random.default_rng(4), []
    for person in range(_PEOPLE):
        for n in range(talks):
            times = tuple(_time(person, rng) for _ in range(3))
            told = tuple(filter(None, map(treat, times)))
            before = {"messages[].time": times, "born": (f"19{40 + person}-05-01",)}
            after = {"messages[].time": told} if told else {}
            pairs.append(
                (
                    Talk(f"u{person}.{n}", f"r{person}.{n}", ("a",), {}, after),
                    Talk(f"p{person}", f"s{person}.{n}", ("a",), {}, before),
                )
            )
    return Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), {}, "user_id")


def test_hours_and_days_tell_people_apart() -> None:
    """Positive control."""
    (found,) = rhythm.measure(_rhythmic(str), np.random.default_rng(0))
    assert found.released.low > 0.8
    assert found.sound
    assert found.pool == _PEOPLE


def test_days_tell_less_than_hours() -> None:
    (found,) = rhythm.measure(_rhythmic(lambda time: time[:10]), np.random.default_rng(0))
    assert found.control.value < found.released.value < 0.6


@pytest.mark.parametrize("treat", [lambda _: "", lambda time: time[:4] + "-01"])
def test_without_times_or_with_a_month_nobody_is_told(treat: Callable[[str], str]) -> None:
    """Negative control: nothing is released, or the same for everybody."""
    (found,) = rhythm.measure(_rhythmic(treat), np.random.default_rng(0))
    assert found.released.value <= 2 / _PEOPLE
    assert found.excess.low == 0
    assert found.sound


def test_a_source_without_times_has_no_ceiling() -> None:
    pairs = [
        (Talk(t.subject, t.record, t.texts), Talk(s.subject, s.record, s.texts))
        for t, s in _rhythmic(str).aligned.pairs
    ]
    (found,) = rhythm.measure(
        Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), {}, "user_id"), np.random.default_rng(0)
    )
    assert found.raw is None
    assert found.released.value == 0


def test_one_talk_a_person_leaves_nothing_to_compare() -> None:
    assert rhythm.measure(_rhythmic(str, talks=1), np.random.default_rng(0)) == []


def test_habits_by_hand() -> None:
    """Monday 2026-03-02 09:30 and 09:33, a Sunday without an hour, and a month."""
    counts = habits([["2026-03-02T09:30:00Z", "2026-03-02 09:33"], ["2026-03-08"], ["2026-04"]])
    hours, weekdays, _, pauses, months = np.split(counts, np.cumsum(SIZES)[:-1])
    assert (hours[9], hours.sum()) == (2, 2)
    assert weekdays.tolist() == [2, 0, 0, 0, 0, 0, 1]
    assert (pauses[2], pauses.sum()) == (1, 1)  # three minutes: log2(4)
    assert months.sum() == 4
    assert np.count_nonzero(months) == 2


def test_seconds_and_milliseconds_are_times() -> None:
    seconds = habits([["1772443800"]])
    assert np.array_equal(seconds, habits([["2026-03-02T09:30:00Z"]]))
    assert np.array_equal(seconds, habits([["1772443800000"]]))


def test_a_date_that_is_none_is_passed_over() -> None:
    assert habits([["2026-02-31T10:00"]]).sum() == 1  # its month


def test_a_birthday_is_no_activity() -> None:
    assert not of_activity({0: [["1990-05-01"], ["1990-05-01"]], 1: [["1980-01-02"], ["1980-01-02"]]})
    assert of_activity({0: [["2026-03-01", "2026-03-02"]], 1: [["2026-03-05"]]})


_WORDS = np.array(["river", "stone", "garden", "window", "letter", "morning", "kitchen", "paper", "silver"])


def _talkative(*, text: str | None = None, one_id: bool = False, talks: int = 4) -> Case:
    """Everybody has a word and a smile of their own."""
    rng, pairs = np.random.default_rng(9), []
    for person in range(_PEOPLE):
        own = f"zor{chr(97 + person)}vath"
        for n in range(talks):
            said = " ".join([*rng.choice(_WORDS, 10), own, own, ":)" * (person % 3)])
            name = f"u{person}" if one_id else f"u{person}.{n}"
            pairs.append(
                (
                    Talk(name, f"r{person}.{n}", (said if text is None else text,)),
                    Talk(f"p{person}", f"s{person}.{n}", (said,)),
                )
            )
    return Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), {}, "user_id")


def test_words_of_ones_own_join_the_pseudonyms_of_a_person() -> None:
    """Positive control."""
    (found,) = crossing.measure(_talkative(), np.random.default_rng(0))
    assert found.released.low > 0.8
    assert found.sound
    assert found.guessing.value == pytest.approx(3 / (4 * _PEOPLE - 1))


def test_texts_that_are_alike_join_nobody() -> None:
    """Negative control."""
    (found,) = crossing.measure(_talkative(text="hello"), np.random.default_rng(0))
    assert found.excess.low == 0
    assert found.sound


def test_one_id_a_person_joins_everything() -> None:
    (found,) = crossing.measure(_talkative(text="hello", one_id=True), np.random.default_rng(0))
    assert found.released.value == 1


def test_one_talk_a_person_is_nothing_to_join() -> None:
    (found,) = crossing.measure(_talkative(talks=1), np.random.default_rng(0))
    assert found.released.value == 0
    assert found.raw is None
    assert found.sound


def test_people_with_many_talks_are_tried_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person with more talks than fit does not keep everybody from being attacked."""
    monkeypatch.setattr(crossing, "_MOST_TALKS", 12)
    monkeypatch.setattr(crossing, "_MOST_OF_ONE", 3)
    (found,) = crossing.measure(_talkative(talks=13), np.random.default_rng(0))
    assert (found.released.people, found.released.trials) == (4, 12)
    assert found.released.value > 0.5
    assert found.sound
