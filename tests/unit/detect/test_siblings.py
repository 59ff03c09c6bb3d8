"""A second value beside a found one; the first is given, as a detector would find it."""

import pytest

from deid.detect.siblings import siblings
from deid.types import Span


def beside(text: str, value: str, label: str) -> list[str]:
    """Return the surfaces that are found beside a value."""
    start = text.index(value)
    span = Span(start, start + len(value), label, 0.9, "test")
    return [text[found.start : found.end] for found in siblings(text, [span])]


@pytest.mark.parametrize(
    ("text", "value", "label", "other"),
    [
        ("mine is BD61 QXK, wife's LR19 ZPD, both", "LR19 ZPD", "LICENSE_PLATE", "BD61 QXK"),
        ("german passport C01X00T47 , kid has C01X00T52", "C01X00T47", "PASSPORT", "C01X00T52"),
        ("pin 4482, no sorry 4428", "4482", "PASSWORD", "4428"),
        ("zip 60614 or 60657", "60614", "POSTAL_CODE", "60657"),
        ("ref AB-448201\nref AB-448377", "AB-448201", "ACCOUNT_ID", "AB-448377"),
        ("gamertag moss77, his ferr12", "moss77", "USERNAME", "ferr12"),
    ],
)
def test_what_is_written_alike_is_of_one_kind(text: str, value: str, label: str, other: str) -> None:
    assert beside(text, value, label) == [other]


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("pin 4482 since 2019", "4482", "PASSWORD"),
        ("zip 60614, population 71000", "60614", "POSTAL_CODE"),
        ("pin 4482, or $4428", "4482", "PASSWORD"),
        ("pin 4482, or 4428.50", "4482", "PASSWORD"),
        ("ref AB-448201 xAB-448377", "AB-448201", "ACCOUNT_ID"),
        ("me@a.example and 12", "me@a.example", "EMAIL_ADDRESS"),
        ("AB-448201" + " and so on" * 8 + " AB-448377", "AB-448201", "ACCOUNT_ID"),
    ],
)
def test_what_only_looks_alike_stays(text: str, value: str, label: str) -> None:
    assert beside(text, value, label) == []
