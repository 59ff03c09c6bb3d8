"""Many texts are read at once as each is read alone, and every range leads back to its own text."""

import pytest

from deid.detect.scanning.plain import plain_text
from deid.detect.scanning.readings import Readings
from deid.ingest.normalize import normalize

TEXTS = [
    "",
    "plain",
    "two  blanks",
    "ends in a blank ",
    " begins with one",
    "本当！？はい",
    "全角ＡＢＣ",
    "é and e\u0301",
    "a\u200bb  c",
    "12–34–56",
    "\ud800 alone",
    "line\n\nbreaks",
    "",
]


def test_read_together_as_alone() -> None:
    readings = Readings(TEXTS)
    assert readings.texts[: len(TEXTS)] == [normalize(text).text for text in TEXTS]
    others = [(number, plain_text(normalize(text).text)) for number, text in enumerate(TEXTS)]
    expected = [(number, form) for number, form in others if form is not None]
    found = zip(readings.owners[len(TEXTS) :], readings.texts[len(TEXTS) :], strict=True)
    assert list(found) == expected


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("two  blanks", "o b", "o  b"),
        ("本当！？はい", "!?", "！？"),
        ("a\u200bb  c", "b c", "b  c"),
        ("12–34–56", "2-3", "2–3"),
    ],
)
def test_range_leads_back(text: str, part: str, original: str) -> None:
    readings = Readings(["before", text, "behind"])
    number = next(n for n, form in enumerate(readings.texts) if part in form)
    start = readings.texts[number].index(part)
    first, after = readings.original(number, start, start + len(part))
    assert readings.owners[number] == 1
    assert text[first:after] == original


def test_no_text() -> None:
    assert Readings([]).texts == []


def test_more_than_is_read_at_once() -> None:
    texts = ["Ａ  b" * 400_000, "！", "plain"]
    readings = Readings(texts)
    assert readings.texts[1:3] == ["!", "plain"]
    assert readings.texts[0].startswith("A  bA")
    assert readings.owners == [0, 1, 2, 0]
