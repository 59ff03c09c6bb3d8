"""Last digits of numbers that a conversation holds."""

import pytest

from deid.detect.talk.tails import tails
from deid.types import Span, Turn


def found(*texts: str, label: str = "PHONE_NUMBER", score: float = 0.9) -> list[tuple[int, str, str]]:
    """Return the tails in turns of which the first is a number."""
    turns = [Turn(f"[{index}]", text, index % 2) for index, text in enumerate(texts)]
    spans = [[Span(0, len(texts[0]), label, score, "scan")], *([] for _ in texts[1:])]
    told = tails(turns, spans, range(len(turns)))
    return [(index, turns[index].text[span.start : span.end], span.label) for index, span in told]


@pytest.mark.parametrize(
    "said",
    [
        "the number ending in 0155?",
        "It ends with 0155.",
        "last four digits 0155",
        "下4桁0155ですね",
        "末尾は0155",
        "the last 4 are 0155",
    ],
)
def test_the_last_digits_of_a_number_are_the_number(said: str) -> None:
    assert found("206-555-0155", said) == [(1, "0155", "PHONE_NUMBER")]


@pytest.mark.parametrize("said", ["wait no, ends in 332", "no it ends in 332", "あ、違う、末尾332です"])
def test_digits_that_are_put_right(said: str) -> None:
    assert found("206-555-0155", said) == [(1, "332", "PHONE_NUMBER")]


@pytest.mark.parametrize(
    "said",
    [
        "it ends in 332",
        "sorry, it ended 300 years ago",
        "0155 people",
        "ending in 01557",
        "weekend 0155",
        "the last of 0155",
    ],
)
def test_other_digits_stay(said: str) -> None:
    assert found("206-555-0155", said) == []


def test_only_long_and_sure_identifiers_have_tails() -> None:
    said = "the number ending in 0155?"
    assert found("550155", said) == []
    assert found("206-555-0155", said, label="DATE_TIME") == []
    assert found("206-555-0155", said, score=0.5) == []
