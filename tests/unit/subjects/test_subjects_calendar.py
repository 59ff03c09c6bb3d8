"""Business days of Japan, against deadlines counted by hand on a printed calendar."""

import datetime

import pytest

from deid.errors import ConfigError, InputError
from deid.policies import CalendarSpec
from deid.subjects.calendar import load_calendar

JAPAN = load_calendar("japan")
D = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2026-11-20", True),  # Friday
        ("2026-11-21", False),  # Saturday
        ("2026-11-23", False),  # Labour Thanksgiving Day
        ("2026-09-22", False),  # between two holidays
        ("2026-05-06", False),  # in lieu of 3 May, a Sunday
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
    ],
)
def test_days_that_count(day: str, *, counts: bool) -> None:
    assert JAPAN.is_open(D(day)) is counts


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-06-01", "2026-06-22"),  # no holiday: three weeks
        ("2026-12-21", "2027-01-18"),  # 22-25, 28 | 4-8 | 12-15 (11 is Coming of Age Day), 18
        ("2026-04-28", "2026-05-25"),  # 30, 1 | 7, 8 | 11-15 | 18-22 | 25: Golden Week
    ],
)
def test_fifteen_business_days_over_holidays(start: str, due: str) -> None:
    assert JAPAN.after(D(start), 15) == D(due)


def test_the_first_day_is_not_counted() -> None:
    assert JAPAN.after(D("2026-06-01"), 1) == D("2026-06-02")
    assert JAPAN.after(D("2026-06-01"), 0) == D("2026-06-01")


@pytest.mark.parametrize("day", ["2023-12-31", "2028-01-01"])
def test_a_day_the_calendar_does_not_know_is_refused(day: str) -> None:
    with pytest.raises(InputError, match=r"calendar japan: .* is outside"):
        JAPAN.is_open(D(day))


def test_a_calendar_nobody_made_is_refused() -> None:
    with pytest.raises(ConfigError, match="no calendar `atlantis`"):
        load_calendar("atlantis")


def test_every_holiday_lies_between_first_and_last() -> None:
    assert all(JAPAN.first <= day <= JAPAN.last for day in JAPAN.holidays)
    assert {day.year for day in JAPAN.holidays} == set(range(JAPAN.first.year, JAPAN.last.year + 1))


def test_a_calendar_needs_its_source() -> None:
    assert "source" in CalendarSpec.model_json_schema()["required"]
