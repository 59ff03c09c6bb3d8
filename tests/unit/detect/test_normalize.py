"""Normalisation: what becomes of each kind of character, and the way back."""

import re
import sys
import unicodedata

import pytest

from deid.ingest.normalize import _ATTACHING, STABLE, Normalized, _attaches, normalize, one_for_one
from processor_time import least_seconds


def original(text: str, wanted: str) -> str:
    """Surface in the original of the first occurrence of ``wanted`` in the normalised text."""
    normalized = normalize(text)
    start = normalized.text.index(wanted)
    first, last = normalized.original(start, start + len(wanted))
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("hello", "hello"),
        ("０９０－１２３４", "090-1234"),
        ("ａ＠ｂ．ｃｏ", "a@b.co"),
        ("ｶﾞｷﾞﾊﾟ", "ガギパ"),
        ("か\u3099", "が"),
        ("e\u0301", "é"),
        ("ﬁle", "file"),
        ("①２³", "123"),
        ("え…", "え..."),
        ("0\u200b9\u200d0\ufeff", "090"),
        ("1\ufe0f\u20e3", "1"),
        ("\u202eabc\u202c", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("가", "가"),
        ("", ""),
    ],
)
def test_form(text: str, form: str) -> None:
    assert normalize(text).text == form


@pytest.mark.parametrize(
    ("text", "wanted", "surface"),
    [
        ("電話０９０だよ", "090", "０９０"),
        ("e\u0301x", "x", "x"),
        ("e\u0301x", "é", "e\u0301"),
        ("ｶﾞ１", "ガ", "ｶﾞ"),
        ("ｶﾞ１", "1", "１"),
        ("ﬁx", "f", "ﬁ"),
        ("ﬁx", "i", "ﬁ"),
        ("ﬁx", "x", "x"),
        ("え…9", "9", "9"),
        ("a\u200bb\u200bc", "b", "b"),
        ("a\u200bb\u200bc", "bc", "b\u200bc"),
        ("👩\u200d💻9", "9", "9"),
        ("\ud8009", "9", "9"),
        ("\u200b0", "0", "0"),
        ("a\u0323\u0307b", "b", "b"),
        ("ㄱㅏ1", "1", "1"),
        ("مرحبا٩a", "a", "a"),
    ],
)
def test_way_back(text: str, wanted: str, surface: str) -> None:
    assert original(text, wanted) == surface


@pytest.mark.parametrize(
    ("text", "surface", "form"),
    [
        ("ｶﾞ１x", "１", "1"),
        ("ﬁx", "ﬁ", "fi"),
        ("ﬁx", "x", "x"),
        ("e\u0301x", "\u0301", "é"),
        ("0\u200b9", "\u200b9", "9"),
        ("plain", "lai", "lai"),
    ],
)
def test_way_to_the_form(text: str, surface: str, form: str) -> None:
    normalized = normalize(text)
    at = text.index(surface)
    first, last = normalized.normalised(at, at + len(surface))
    assert normalized.text[first:last] == form


def test_same_length_is_not_same_place() -> None:
    # A ligature grows by one while an accent shrinks by one: the lengths agree, the offsets do not.
    assert original("ﬁe\u0301x9", "9") == "9"


@pytest.mark.parametrize("text", ["", "plain ascii", "ひらがなと漢字", "０９０！？"])
def test_no_map_where_offsets_are_unchanged(text: str) -> None:
    assert normalize(text).offsets is None


def test_ascii_is_returned_itself() -> None:
    text = "the very same object"
    assert normalize(text).text is text


def test_repr_hides_text() -> None:
    assert "090" not in repr(normalize("０９０\u200b"))


def test_original_without_map() -> None:
    assert Normalized("abc").original(1, 3) == (1, 3)


@pytest.mark.parametrize("unit", ["0", "０", "ｶﾞ", "a\u0301", "…", "\u200b0", "\u0301", "ㄱㅏ"])
def test_linear(unit: str) -> None:
    text = unit * 200_000
    assert least_seconds(lambda: normalize(text), times=1) < 15.0  # 0.3 s at most; in quadratic time, minutes


@pytest.mark.slow
def test_character_classes_hold_for_all_of_unicode() -> None:
    stable = re.compile(f"[{STABLE}]")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if 0xD800 <= code < 0xE000:
            continue
        if not char.isascii() and _attaches(char):
            assert _ATTACHING.match(char), hex(code)
        if stable.match(char):
            assert unicodedata.normalize("NFKC", char) == char, hex(code)


@pytest.mark.slow
def test_ten_megabytes_of_digits() -> None:
    assert len(normalize("９" * 10_000_000).text) == 10_000_000


def test_what_is_taken_to_be_one_for_one_is() -> None:
    codes = [code for code in range(0x80, 0x110000) if not 0xD800 <= code <= 0xDFFF]
    kept = [chr(code) for code in codes if one_for_one(chr(code)) is not None]
    assert len(kept) > 20_000
    for character in kept:
        assert one_for_one(character) == unicodedata.normalize("NFKC", character)
        assert len(unicodedata.normalize("NFKC", character)) == 1
        assert normalize(f"a{character}b").offsets is None
        assert unicodedata.combining(unicodedata.normalize("NFKC", character)) == 0


@pytest.mark.parametrize("text", ["か\u3099", "ｶﾞ", "a\u200b", "\ud800", "e\u0301", "㍻", "각"])
def test_what_is_not_one_for_one(text: str) -> None:
    assert one_for_one(text) is None


def test_one_for_one_of_many_characters() -> None:
    assert one_for_one("わーい！ＡＢＣ\u3000ｏｋ？") == "わーい!ABC ok?"
    assert one_for_one("plain") == "plain"
