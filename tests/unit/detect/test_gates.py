"""The gates: what is asked of a text, what is remembered, what is not."""

import re
from dataclasses import replace

import pytest

from deid.detect.context import Context
from deid.detect.matching import automata
from deid.detect.patterns import ALL, Pattern
from deid.detect.scanning import gates, openings

pytest.importorskip("re2")

NAMES = [pattern.name for pattern in ALL]
CANDIDATES = gates.by_triggers(ALL)
OPENINGS = openings.by_automata(ALL) if automata.HAS_HYPERSCAN else openings.one_by_one(CANDIDATES)


def names(text: str) -> set[str]:
    return {NAMES[index] for index in CANDIDATES(text)} | {NAMES[index] for index in OPENINGS([text])}


@pytest.mark.parametrize("text", ["", "see you there", "そうだね、また明日", "I have 3 cats", "10:30"])
def test_plain_chat_asks_next_to_nothing(text: str) -> None:
    assert len(names(text)) < 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a@b.co", "email.plain"),
        ("090-1234-5678", "phone.jp_mobile"),
        ("+44 20 7946 0958", "phone.international"),
        ("(03)1234-5678", "phone.jp_landline"),
        ("AB1234567", "jp.passport"),
        ("my ssn is 123-45-6789", "us.ssn_called"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("2024-01-15", "date.full_numeric"),
        ("15 JAN 2024", "date.full_english"),
    ],
)
def test_what_a_text_holds_lets_a_pattern_in(text: str, name: str) -> None:
    assert name in names(text)


def test_a_cue_without_its_number_lets_nothing_in() -> None:
    assert "us.ssn_cued" not in names("my ssn is 12")
    assert "jp.passport" not in names("AB12345678")


def test_a_japanese_cue_is_asked_of_no_ascii() -> None:
    cued = Context(re.compile("[ぁ-ゖ一-鿿]"), before=10)
    japanese, any_ = (
        Pattern("USERNAME", "one", "[a-z]{4}", context=cued),
        Pattern("USERNAME", "two", "[a-z]{4}"),
    )
    of = gates.Gates([japanese, any_])
    assert of.open(0b11, 0, gates.NONE, ascii_=False) == 0b11
    assert of.open(0b11, 0, gates.NONE, ascii_=True) == 0b10


@pytest.mark.parametrize("cue", [r"id\Z", r"\A(?:is|was) my id", "(?:^|[^a-z])id", "id$"])
def test_an_anchored_cue_is_refused_as_a_trigger(cue: str) -> None:
    context = Context(re.compile(cue))
    with pytest.raises(ValueError, match=r"anchored\.cue: a cue that is anchored"):
        gates.Gates([Pattern("USERNAME", "anchored.cue", "[a-z]{4}", context=context)])
    gates.Gates([Pattern("USERNAME", "anchored.cue", "[a-z]{4}", context=context, trigger="id")])
    gates.Gates([Pattern("USERNAME", "anchored.cue", "[a-z]{4}", context=replace(context, alone=0.5))])


def test_shapes_remember_kinds_of_characters_only() -> None:
    patterns = [
        Pattern("US_SSN", "one", "(?<![0-9])[0-9]{3}-[0-9]{2}"),
        Pattern("PASSPORT", "two", "[A-Z]{2}[0-9]{7}"),
    ]
    found = [gates._gate(pattern) for pattern in patterns]  # noqa: SLF001
    numbers = gates._Shapes(found, gates._NUMBER)  # noqa: SLF001
    codes = gates._Shapes(found, gates._CODE)  # noqa: SLF001
    assert numbers[b"000-00"] == (1 << 0, 0)
    assert numbers[b"00-00"] == (0, 0)
    assert codes[b"AA0000000"] == (1 << 1, 0)
    assert set(numbers) == {b"000-00", b"00-00"}
    assert numbers[b"0" * 500] == (0, 0)
    assert len(numbers) == 2  # a long one is not kept


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "_REMEMBERED", 4)
    numbers = gates._Shapes([], gates._NUMBER)  # noqa: SLF001
    for length in range(1, 20):
        assert numbers[b"0" * length] == (0, 0)
    assert len(numbers) <= 4


def test_digits_alone_decide_without_re2() -> None:
    ask = gates.by_digits([Pattern("AGE", "one", "a", digits=2), Pattern("AGE", "two", "b")])
    assert list(ask("x")) == [1]
    assert sorted(ask("12")) == [0, 1]


def test_texts_asked_together_open_what_each_opens_alone() -> None:
    texts = ["", "a@b.co", "\n", "my ssn is 123-45-6789", "x", "AB1234567\n", "0", "マイナンバー", "c" * 60]
    found = {(index, number) for index, numbers in OPENINGS(texts).items() for number in numbers}
    assert found == {(index, number) for number, text in enumerate(texts) for index in OPENINGS([text])}
    assert list(OPENINGS([])) == []


@pytest.mark.parametrize(
    "text", ["こんにちは、今日は寒いですね", "猫と犬、どっちが好きですか", "well that was fun, see you soon"]
)
def test_chat_that_holds_nothing_opens_no_pattern(text: str) -> None:
    assert OPENINGS([text]) == {}
