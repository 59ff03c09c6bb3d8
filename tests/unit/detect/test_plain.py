"""Doubled blanks and typeset dashes hide nothing, and offsets lead back to the text as given."""

import pytest

from deid.detect.scan import Scanner
from deid.detect.scanning.plain import plain
from deid.ingest.normalize import normalize

SCANNER = Scanner()


def found(text: str) -> list[tuple[str, str]]:
    return [(span.label, text[span.start : span.end]) for span in SCANNER.detect([text])[0]]


@pytest.mark.parametrize(
    ("text", "label", "surface"),
    [
        ("your  code  is  482913", "ONE_TIME_CODE", "482913"),
        ("unlock  code  2468", "PASSWORD", "2468"),
        ("my  loan  number  LN-0012345", "ACCOUNT_ID", "LN-0012345"),
        ("London  NW1  6XE", "POSTAL_CODE", "NW1  6XE"),
        ("42  Maple  Street", "STREET_ADDRESS", "42  Maple  Street"),
        ("sort code 12–34–56 account 12345678", "BANK_ACCOUNT", "12–34–56"),
        ("backup code 8f3a\u20119c2d", "ONE_TIME_CODE", "8f3a\u20119c2d"),
        ("CEP 01310−100", "POSTAL_CODE", "01310−100"),
        ("🙂ﾅﾝﾊﾞ\u3000\u3000code:\u3000\u3000５５８２０１", "ONE_TIME_CODE", "５５８２０１"),
    ],
)
def test_value_as_a_word_processor_writes_it(text: str, label: str, surface: str) -> None:
    assert (label, surface) in found(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a  b", "a b"),
        ("  a", "  a"),
        ("1  2", "1 2"),
        ("1   2", "1   2"),
        ("1   a  ", "1 a "),
        ("a–b — c–1", "a-b — c-1"),
        ("1—2", "1-2"),
        ("ｶﾞ  １\u200b  x", "ガ 1 x"),
    ],
)
def test_reading_and_the_way_back(text: str, read: str) -> None:
    reading = plain(normalize(text))
    assert (reading.text if reading else normalize(text).text) == read
    if reading is not None:
        places = [reading.original(at, at + 1) for at in range(len(read))]
        assert places[0][0] == 0
        assert places[-1][1] == len(text)
        assert all(a[1] <= b[0] for a, b in zip(places, places[1:], strict=False))


@pytest.mark.parametrize("text", ["", "plain text", "ラーメン－1", "一 二", "a - b"])
def test_plain_already(text: str) -> None:
    assert plain(normalize(text)) is None


def test_both_engines_read_alike() -> None:
    text = "my  PIN  is  4829,  acc–no  12345678"
    assert Scanner("re").detect([text]) == SCANNER.detect([text])
