"""Hostile text: no exception, offsets into the original, values found all the same, all engines alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.scan import Scanner, engines
from deid.types import Span
from processor_time import least_seconds

NATIVE, PURE = [Scanner(engine) for engine in engines() if engine != "re"], Scanner("re")
FASTEST = Scanner()

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\u20e3"
COMBINING = "\u0301\u0308\u0323\u3099\u309a\u0e31\u0654\u093c"
PIECES = [
    "\ud800", "\udfff", "\udc00\ud800", *INVISIBLE, *COMBINING, "👩\u200d👩\u200d👧", "🏳️\u200d🌈", "🇯🇵",
    "👍🏽", "1️⃣", "سلام", "שלום", "١٢٣", "१२३", "０９０", "①②", "ⅻ", "½", "ﷺ", "ﬁ", "㍻", "㋿", "ｶﾞ", "각",
    "ก็", "नि", "İ", "ß", "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\r", "\t", "\U0010ffff", "\ue000",
    "𠮷", "𝟎𝟗", "日本", "あ", "a", "Z", " ", "-", ".", "@", ":", "/", "5", "0", "99",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
VALUES = [
    ("ken.sato@example.co.jp", "EMAIL_ADDRESS"),
    ("4111 1111 1111 1111", "CREDIT_CARD"),
    ("090-1234-5678", "PHONE_NUMBER"),
    ("192.168.10.77", "IP_ADDRESS"),
]


def covering(text: str, label: str, start: int, end: int) -> list[Span]:
    spans = FASTEST.detect([text])[0]
    return [span for span in spans if span.label == label and span.start <= start and end <= span.end]


@settings(max_examples=300, deadline=None)
@given(st.one_of(hostile, st.text(st.characters(), max_size=40)))
def test_spans_lie_in_the_text_and_engines_agree(text: str) -> None:
    spans = PURE.detect([text])[0]
    assert spans == sorted(set(spans))
    for scanner in NATIVE:
        assert scanner.detect([text])[0] == spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(VALUES), hostile, hostile)
def test_a_value_is_found_between_hostile_texts(value: tuple[str, str], before: str, after: str) -> None:
    surface, label = value
    text = f"{before} あ {surface} あ {after}"
    start = len(before) + 3
    assert covering(text, label, start, start + len(surface))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(VALUES), st.lists(st.tuples(st.integers(0), st.sampled_from(INVISIBLE)), max_size=8))
def test_invisible_characters_hide_nothing(value: tuple[str, str], marks: list[tuple[int, str]]) -> None:
    surface, label = value
    for place, mark in marks:
        at = 1 + place % (len(surface) - 1)
        surface = f"{surface[:at]}{mark}{surface[at:]}"
    text = f"あ {surface} あ"
    assert covering(text, label, 2, 2 + len(surface))


@settings(max_examples=200, deadline=None)
@given(hostile, hostile)
def test_a_span_holds_the_same_value_wherever_it_stands(before: str, after: str) -> None:
    """What precedes and follows moves the offsets of a full-width value and nothing else."""
    surface = "ｋｅｎ＠ｅｘａｍｐｌｅ．ｃｏｍ"
    text = f"{before} {surface} {after}"
    start = len(before) + 1
    assert covering(text, "EMAIL_ADDRESS", start, start + len(surface))


@pytest.mark.parametrize(
    "unit", ["7", "\ud800", "\u200f", "e\u0301", "👩\u200d", "٣", "か\u3099", "Ａ１", "אa1あ"]
)
def test_long_runs_of_one_thing(unit: str) -> None:
    """The 50,000 characters in front of a value do not hide it, nor move it."""
    text = unit * (50_000 // len(unit))
    start = len(text) + 1
    assert covering(f"{text} ken.sato@example.co.jp", "EMAIL_ADDRESS", start, start + 22)


@pytest.mark.slow
def test_ten_megabytes_of_digits() -> None:
    text, found = "0123456789" * 1_000_000, []
    assert least_seconds(lambda: found.extend(FASTEST.detect([text])[0]), times=1) < 120.0
    assert all(span.end <= 10_000_000 for span in found)
