"""Odd values of which a tagger of names takes a part."""

import pytest

from deid.detect.detector import DefaultDetector
from deid.detect.odd.taken import without_doubtful_names
from deid.types import Span


def test_doubtful_names_take_nothing() -> None:
    doubtful, sure = Span(0, 4, "PERSON", 0.4, "names"), Span(5, 9, "LOCATION", 0.95, "names")
    number = Span(10, 14, "ACCOUNT_ID", 0.4, "scan")
    assert without_doubtful_names([doubtful, sure, number]) == [sure, number]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("add me on steam im BADGER-LANTERN-60 there", "BADGER-LANTERN-60"),
        ("Postleitzahl? 50999. House number 17.", "50999"),
    ],
)
def test_what_is_found_without_a_tagger_is_found_with_one(text: str, value: str) -> None:
    start = text.index(value)
    for use in ("fast", "default"):
        (spans,) = DefaultDetector.default(("en",), use=use).detect([text])
        covered = {at for span in spans for at in range(span.start, span.end)}
        assert covered.issuperset(at for at in range(start, start + len(value)) if text[at].isalnum()), use
