"""Words of a text, and those between findings."""

import pytest

from deid.detect.words import Words, folded
from deid.types import Span

PLAIN, JAPANESE = Words.load(["en"]), Words.load(["en", "ja"])


def surfaces(words: Words, text: str) -> list[str]:
    return [text[start:end] for start, end in words.of(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("don’t panic, it's 42!", ["don’t", "panic", "it's", "42"]),
        ("naïve_Zürich — ok", ["naïve", "Zürich", "ok"]),
        ("", []),
        ("...?!", []),
        ("привет мир", ["привет", "мир"]),
    ],
)
def test_words_by_spaces(text: str, found: list[str]) -> None:
    assert surfaces(PLAIN, text) == surfaces(JAPANESE, text) == found


def test_japanese_is_cut_into_morphemes_without_its_particles() -> None:
    found = surfaces(JAPANESE, "昨日は土鍋でricotta入りの雑炊を作った")
    assert {"昨日", "土鍋", "ricotta", "雑炊"} <= set(found)
    assert not {"は", "で", "を", "の"} & set(found)


def test_japanese_that_is_not_read_is_one_word_a_run() -> None:
    assert surfaces(PLAIN, "土鍋で雑炊 hot") == ["土鍋で雑炊", "hot"]


def test_a_long_run_is_read_in_pieces() -> None:
    text = "土鍋" * 9_000
    found = list(JAPANESE.of(text))
    assert found[-1][1] == len(text)
    assert all(end <= start for (_, end), (start, _) in zip(found, found[1:], strict=False))


def test_a_word_that_a_span_touches_is_left() -> None:
    text = "ring Zanter Quillby-son today"
    spans = [Span(5, 11, "PERSON"), Span(14, 19, "PERSON")]
    assert [text[s:e] for s, e in PLAIN.outside(text, spans)] == ["ring", "son", "today"]


def test_case_and_width_make_no_other_word() -> None:
    assert folded("Ｗｏｍｂａｔ") == folded("WOMBAT") == "wombat"
