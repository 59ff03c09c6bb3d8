"""A second value beside a found one; the first is given, as a detector would find it."""

import pytest

from deid.detect.talk.siblings import siblings
from deid.types import Span
from processor_time import least_seconds


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
        ("pin 4482, no sorry 1984", "4482", "PASSWORD", "1984"),
        ("pin 4482, hers is 1987", "4482", "PASSWORD", "1987"),
        ("pin is 4482 or 4428 thats all", "4482", "PASSWORD", "4428"),
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
        ("my pin is 4482 and 2024 was rough", "4482", "PASSWORD"),
        ("otp 482913, and then 100000 users signed up", "482913", "ONE_TIME_CODE"),
        ("otp 482913, and then 104417 robots came", "482913", "ONE_TIME_CODE"),
        ("部屋の暗証番号は4821 or 1998?", "4821", "PASSWORD"),
        ("pin 4482, and 4428円", "4482", "PASSWORD"),
        ("zip 60614 and 71000 too", "60614", "POSTAL_CODE"),
        ("ref AB-448201 xAB-448377", "AB-448201", "ACCOUNT_ID"),
        ("me@a.example and 12", "me@a.example", "EMAIL_ADDRESS"),
        ("AB-448201" + " and so on" * 8 + " AB-448377", "AB-448201", "ACCOUNT_ID"),
    ],
)
def test_what_only_looks_alike_stays(text: str, value: str, label: str) -> None:
    assert beside(text, value, label) == []


def test_many_values_are_read_in_linear_time() -> None:
    line = "tel 555-201-3344\n"
    spans = [
        Span(at + 4, at + len(line) - 1, "PHONE_NUMBER", 0.9, "test")
        for at in range(0, 4000 * len(line), len(line))
    ]
    assert list(siblings(line * 4000, spans)) == []
    took = least_seconds(lambda: list(siblings(line * 4000, spans)))
    assert took < 1.5  # a tenth of a second; in quadratic time, many
