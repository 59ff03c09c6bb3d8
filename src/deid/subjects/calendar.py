"""Business days: which days count when a deadline is given in them."""

import datetime
from dataclasses import dataclass, field
from typing import Self

from deid.errors import InputError
from deid.policies import CalendarSpec, load_calendar_spec

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Days on which offices are closed, known from ``first`` to ``last``, both counted.

    weekend    : numbers of the weekdays off, Monday 0.
    every_year : (month, day) off each year.
    """

    name: str
    first: datetime.date
    last: datetime.date
    weekend: frozenset[int]
    every_year: frozenset[tuple[int, int]]
    holidays: frozenset[datetime.date] = field(repr=False)

    @classmethod
    def of(cls, spec: CalendarSpec) -> Self:
        """Return the calendar that a file of ``configs/calendars`` describes."""
        return cls(
            name=spec.name,
            first=spec.first,
            last=spec.last,
            weekend=frozenset(_WEEK.index(day) for day in spec.weekend),
            every_year=frozenset((int(day[:2]), int(day[3:])) for day in spec.every_year),
            holidays=frozenset(day for row in spec.holidays for day in row),
        )

    def is_open(self, day: datetime.date) -> bool:
        """Return whether a day counts; InputError for one the calendar does not know."""
        if not self.first <= day <= self.last:
            raise InputError(
                f"calendar {self.name}: {day} is outside {self.first} … {self.last}",
                hint=f"add the year's holidays to configs/calendars/{self.name}.yaml",
            )
        off = day.weekday() in self.weekend or (day.month, day.day) in self.every_year
        return not off and day not in self.holidays

    def after(self, start: datetime.date, n_days: int) -> datetime.date:
        """Return the n-th business day after ``start``, which itself is not counted.

        Source: Civil Code of Japan, article 140 (the first day of a period is not counted).
        """
        day = start
        while n_days > 0:
            day += _DAY
            n_days -= self.is_open(day)
        return day


def load_calendar(name: str) -> BusinessCalendar:
    """Read a shipped calendar by name; ConfigError when there is none."""
    return BusinessCalendar.of(load_calendar_spec(name))
