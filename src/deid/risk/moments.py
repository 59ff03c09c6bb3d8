"""Habits of time: at which hours and on which days somebody is active, and how long they pause."""

import datetime
import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from deid.risk.features import Matrix, unit_rows

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::?(\d{2}))?)?)?")
_MILLISECONDS = 10**11
_HOURS, _WEEKDAYS, _PAUSES, _MONTHS = 24, 7, 16, 24
SIZES = (_HOURS, _WEEKDAYS, _HOURS * _WEEKDAYS, _PAUSES, _MONTHS)


def habits(talks: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Return counts: by hour, weekday, hour of the week, length of pause (powers of two minutes), and month.

    talks : the times of each talk, in ISO 8601 or seconds or milliseconds of the epoch; hours as written.
            Parts a time does not state are not counted.
    """
    parts = [np.zeros(size) for size in SIZES]
    for times in talks:
        minutes = []
        for time in times:
            hour, weekday, month, minute = _read(time)
            parts[4][month % _MONTHS] += 1
            if weekday is not None:
                parts[1][weekday] += 1
            if hour is not None and weekday is not None:
                parts[0][hour] += 1
                parts[2][weekday * _HOURS + hour] += 1
            if minute is not None:
                minutes.append(minute)
        for earlier, later in zip(sorted(minutes), sorted(minutes)[1:], strict=False):
            parts[3][min(int(math.log2(later - earlier + 1)), _PAUSES - 1)] += 1
    return np.concatenate(parts)


def likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> Matrix:
    """Return the mean of cosines of the roots of the counts, part by part (Hellinger, 1909)."""
    total = np.zeros((len(one), len(other)), np.float32)
    start = 0
    for size in SIZES:
        sides = (side[:, start : start + size] for side in (one, other))
        first, second = (unit_rows(np.sqrt(side).astype(np.float32)) for side in sides)
        total += first @ second.T / len(SIZES)
        start += size
    return total


def of_activity(values: Mapping[int, Sequence[Sequence[str]]]) -> bool:
    """Whether a field's times tell when people are active: most people's talks differ; a birthday does not.

    values : person → the field's values in each of their talks.
    """
    several = [talks for talks in values.values() if sum(map(len, talks)) > 1]
    vary = sum(len({time for talk in talks for time in talk}) > 1 for talks in several)
    return vary * 2 > len(several)


def _read(time: str) -> tuple[int | None, int | None, int, int | None]:
    """Return hour, weekday, month since year 0, and minute since year 1; None for what is not stated."""
    match = _ISO.match(time)
    if match is None:
        return _of_epoch(float(time))
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    months = (year or 0) * 12 + (month or 1) - 1
    try:
        date = datetime.date(year or 1, month or 1, day or 1)
    except ValueError:
        return None, None, months, None
    if day is None:
        return None, None, months, None
    if hour is None or hour >= _HOURS:
        return None, date.weekday(), months, None
    told = None if minute is None else (date.toordinal() * _HOURS + hour) * 60 + minute
    return hour, date.weekday(), months, told


def _of_epoch(seconds: float) -> tuple[int, int, int, int]:
    seconds = seconds / 1000 if seconds >= _MILLISECONDS else seconds
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    minute = int(seconds // 60)
    return moment.hour, moment.weekday(), moment.year * 12 + moment.month - 1, minute
