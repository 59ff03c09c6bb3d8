"""What a scorer found in one turn is found in the others, and nothing else is."""

import pytest

from deid.detect.odd.again import told_again
from deid.types import Span
from processor_time import least_seconds

VALUE = "kq-77f2"


def again(value: str, *lines: str) -> list[list[str]]:
    """Return what is found in further turns, once a value is found in the first."""
    texts = [f"the vault: {value}", *lines]
    first = Span(11, 11 + len(value), "SECRET_KEY", 0.35, "odd")
    none: list[list[Span]] = [[] for _ in texts]
    found = told_again(texts, none, [[first], *none[1:]])
    assert found[0] == [first]
    return [
        [text[span.start : span.end] for span in some]
        for text, some in zip(texts[1:], found[1:], strict=True)
    ]


def test_a_value_is_found_in_every_turn_as_often_as_it_is_told() -> None:
    assert again(VALUE, "what?", "kq-77f2, KQ-77F2.", "「kq-77f2」") == [[], [VALUE, "KQ-77F2"], [VALUE]]


@pytest.mark.parametrize("line", ["kq-77f29", "akq-77f2", "kq77f2", "kq-77f", "kq-77f2-3", "4.kq-77f2"])
def test_a_part_of_another_value_is_not(line: str) -> None:
    assert again(VALUE, line) == [[]]


@pytest.mark.parametrize("value", ["sunshine", "a1b2", "2024", "10000", "日曜日です"])
def test_words_years_and_sums_stay_where_they_were_found(value: str) -> None:
    assert again(value, f"and {value} again") == [[]]


@pytest.mark.parametrize(
    "line", ["it got 48213 views", "and cost $48213", "1,48213.99", "48213.5", "48213円です", "at -48213.4"]
)
def test_what_is_counted_is_not_the_value(line: str) -> None:
    assert again("48213", line) == [[]]


def test_a_value_beside_kana_is_found() -> None:
    assert again(VALUE, "kq-77f2でいいですか") == [[VALUE]]


def test_a_value_told_twice_in_one_text_is_found_twice() -> None:
    texts = [f"the vault: {VALUE}\nso {VALUE}"]
    first = Span(11, 18, "SECRET_KEY", 0.35, "odd")
    ((_, second),) = told_again(texts, [[]], [[first]])
    assert (second.start, second.end) == (22, 29)


def test_what_is_covered_stays_as_it_is() -> None:
    texts = [f"the vault: {VALUE}", f"mail {VALUE}@example.org"]
    first, mail = Span(11, 18, "SECRET_KEY", 0.35, "odd"), Span(5, 24, "EMAIL_ADDRESS", 0.9, "scan")
    assert told_again(texts, [[], [mail]], [[first], [mail]]) == [[first], [mail]]


def test_what_others_found_is_theirs_to_carry() -> None:
    texts = [f"the vault: {VALUE}", VALUE]
    first = Span(11, 18, "SECRET_KEY", 0.9, "scan")
    assert told_again(texts, [[first], []], [[first], []]) == [[first], []]


def test_time_is_linear_in_the_turns() -> None:
    lines = [f"{VALUE} or kq-{n:05}x" for n in range(20_000)]
    assert len(again(VALUE, *lines)) == 20_000
    assert least_seconds(lambda: again(VALUE, *lines)) < 3.0
