"""Claims to be the only one, and notes about the user."""

import pytest

from deid.detect.facts import read_facts
from deid.detect.stated.cards import in_first_person, is_note
from deid.detect.stated.singular import claims_of
from deid.types import Span, Turn

PLACES = {"tokyo": "Tokyo", "東京": "Tokyo"}


@pytest.mark.parametrize(
    "text",
    [
        "I'm the only dentist on the island", "i am the first ever female pilot here",
        "being the oldest person in town is odd",
        "島で唯一の歯科医です", "村に一人しかいない医者です", "日本初の女性棋士です",
    ],
)  # fmt: skip
def test_a_claim(text: str) -> None:
    assert claims_of(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "I'm an only child", "I'm the only child", "only you know", "the first time I cried",
        "I'm the only one who cooks", "一人で暮らしています",
    ],
)  # fmt: skip
def test_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_a_claim_is_its_sentence() -> None:
    text = "Hi there. I'm the only vet in Tokyo! And you?"
    assert [text[low:high].strip() for low, high in claims_of(text)] == ["I'm the only vet in Tokyo"]


def test_facts_of_a_claim_are_marked_and_its_place_is_the_speakers() -> None:
    text = "I'm the only dentist in Tokyo. My mom is a nurse."
    span = Span(text.index("Tokyo"), text.index("Tokyo") + 5, "LOCATION")
    facts = read_facts([Turn("t", text)], [[span]], PLACES)
    assert [(f.kind, f.value, f.whose, f.aspect) for f in facts] == [
        ("OCCUPATION", "dentist", "speaker", "only"),
        ("LOCATION", "Tokyo", "speaker", "only"),
        ("OCCUPATION", "nurse", "mother", ""),
    ]


@pytest.mark.parametrize(
    ("note", "read"),
    [
        ("User lives in Tokyo", "     I live in Tokyo"[1:]),
        ("The user is a nurse and lives here", "       I am a nurse  & I live here"),
        ("User has two sons", "  I have two sons"),
    ],
)
def test_a_note_is_read_as_said_and_keeps_its_length(note: str, read: str) -> None:
    assert is_note(note)
    assert in_first_person(note) == read
    assert len(read) == len(note)


def test_other_texts_are_no_notes() -> None:
    assert not is_note("I am a user of this")


def test_facts_of_a_note_stand_where_they_are_written() -> None:
    text = "The user is a nurse"
    (fact,) = read_facts([Turn("t", text)], [[]], PLACES)
    assert (fact.kind, text[fact.start : fact.end], fact.whose) == ("OCCUPATION", "nurse", "speaker")
