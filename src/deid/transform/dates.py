"""Dates made coarser: 1990-05-03 → 1990, 1990年5月3日 → 1990年, 平成2年5月3日 → 1990年, May 3, 1990 → 1990.

Or moved: every date of a person by the same number of days, so that order and intervals stay.

Read: ISO 8601 and its usual separators, Japanese dates with Western or era years and kanji numerals,
English dates with the month's name, and dates of three numbers where the year is last. Which of the first
two is the month there is not always known; then only the year can be kept.
Era years begin 1868, 1912, 1926, 1989, 2019 (政令, dates of 改元); an era's year 1 may be written 元.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

Level = Literal["year", "month", "day", "hour"]
LEVELS: tuple[Level, ...] = ("year", "month", "day", "hour")
Style = Literal["iso", "ja", "en"]

_ISO_TIME = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?)?")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_OF = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?(?=[年月日時])")

_TIME = (
    r"(?:[T\s,、]*(?:at\s+)?(?P<noon>午前|午後)?(?P<hour>[01]?[0-9]|2[0-4])"
    r"(?:(?::[0-9]{2}){1,2}|時|(?=\s*[ap]\.?m))\s*(?:(?P<half>[ap])\.?m)?)?"
)
_MONTH_NAME = rf"(?P<name>{'|'.join(_MONTH_OF)})[a-z]*\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[0-9]{3}|2[0-9]{3})"
_ANOTHER_YEAR = re.compile(r"(?<![0-9.+:])[12][0-9]{3}(?![0-9])")
_ERA = r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR](?=[0-9]))\s*(?P<year>元|[0-9]{1,2})(?:年|[./-](?=[0-9]))\s*"
_ERA_REST = r"(?:(?P<month>[0-9]{1,2})(?:月|[./-](?=[0-9]))\s*(?:(?P<day>[0-9]{1,2})日?\s*"
_KANJI_REST = r"年\s*(?:(?P<month>[0-9]{1,2})月\s*(?:(?P<day>[0-9]{1,2})日\s*"
_ISO_REST = r"(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<day>[0-9]{1,2})(?![0-9])"
_BASIC_REST = r"(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])(?:T(?P<hour>[0-2][0-9])[0-9]{2,4})?"
_SOURCES: tuple[tuple[Style, str], ...] = (
    ("ja", f"{_ERA}{_ERA_REST}{_TIME})?)?"),
    ("ja", f"{_YEAR}{_KANJI_REST}{_TIME})?)?"),
    ("iso", f"{_YEAR}{_ISO_REST}{_TIME})?"),
    ("iso", f"{_YEAR}{_BASIC_REST}(?![0-9])"),
    ("iso", rf"(?P<first>[0-9]{{1,2}})[-/.](?P<second>[0-9]{{1,2}})[-/.]{_YEAR}(?![0-9]){_TIME}"),
    ("en", rf"{_MONTH_NAME}\s+{_DAY}(?:,\s*|\s+){_YEAR}(?![0-9]){_TIME}"),
    ("en", rf"{_DAY}\s+(?:of\s+)?{_MONTH_NAME},?\s+{_YEAR}(?![0-9]){_TIME}"),
    ("en", rf"{_MONTH_NAME}\s+{_YEAR}(?![0-9])"),
    ("en", f"{_YEAR}(?![0-9])"),
)
_FORMS = tuple((style, re.compile(pattern, re.IGNORECASE)) for style, pattern in _SOURCES)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated: year 1000 to 2999, month 1 to 12, day 1 to 31, hour 0 to 23."""

    year: int
    month: int | None
    day: int | None
    hour: int | None
    style: Style


def parse_date(surface: str) -> Moment | None:
    """Return the date a surface is, words around it allowed; None when it states no year or two dates."""
    text = _plain(surface)
    for style, pattern in _FORMS:
        match = _search(pattern, text)
        if match is not None:
            rest = text[: match.start()] + " " + text[match.end() :]
            return None if _ANOTHER_YEAR.search(rest) else _moment(match.groupdict(), style)
    return None


def coarsen(moment: Moment, level: Level) -> str:
    """Write a date down to ``level``, less if less is stated."""
    depth = LEVELS.index(level)
    month = moment.month if depth > 0 else None
    day = moment.day if depth > 1 and month is not None else None
    hour = moment.hour if depth > 2 and day is not None else None
    return _WRITERS[moment.style](moment.year, month, day, hour)


def coarsen_iso(surface: str, level: Level) -> str | None:
    """Write a date of a field down to ``level`` as ISO 8601; None when it is no date."""
    moment = parse_date(surface)
    if moment is None:
        return None
    return coarsen(Moment(moment.year, moment.month, moment.day, moment.hour, "iso"), level)


def shift(moment: Moment, days: int) -> str | None:
    """Write a date moved by days; None when no day is stated, or none such exists."""
    if moment.month is None or moment.day is None:
        return None
    moved = _moved(moment.year, moment.month, moment.day, days)
    return None if moved is None else _WRITERS[moment.style](moved.year, moved.month, moved.day, moment.hour)


def shift_iso(surface: str, days: int) -> str | None:
    """Write a date or time of a field moved by days: what is ISO 8601 keeps its form, the rest becomes it."""
    moment = parse_date(surface)
    if moment is None:
        return None
    written = shift(replace(moment, style="iso"), days)
    if written is not None and _ISO_TIME.fullmatch(surface):
        return written[:10] + surface[10:]
    return written


def shift_days(digest: bytes, most: int, *, weekday: bool) -> int:
    """Return the days that a person's dates are moved by: 1 to ``most`` in either direction, never 0.

    digest  : of the person, under the run's key.
    weekday : only whole weeks.
    """
    step = 7 if weekday else 1
    number = int.from_bytes(digest[:8])
    days = (1 + (number >> 1) % (most // step)) * step
    return days if number & 1 else -days


def _moved(year: int, month: int, day: int, days: int) -> datetime.date | None:
    try:
        moved = datetime.date(year, month, day) + datetime.timedelta(days)
    except (ValueError, OverflowError):
        return None
    return moved if 1000 <= moved.year <= 2999 else None


def _plain(surface: str) -> str:
    text = unicodedata.normalize("NFKC", surface)
    if text.isascii():
        return text
    text = _TENS.sub(lambda m: f"{m[1] or '一'}{m[2] or '〇'}", text)
    return text.translate(_DIGITS)


def _search(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Find a date that does not begin inside a number or a word."""
    for match in pattern.finditer(text):
        before = text[: match.start()][-1:]
        if not (before.isascii() and before.isalnum()):
            return match
    return None


def _moment(groups: dict[str, str | None], style: Style) -> Moment | None:
    year = _year(groups.get("era"), groups["year"] or "")
    month, day = _number(groups.get("month")), _number(groups.get("day"))
    if groups.get("name"):
        month = _MONTH_OF[(groups["name"] or "").lower()]
    if groups.get("first"):
        month, day = _ordered(_number(groups["first"]) or 0, _number(groups["second"]) or 0)
    if not (1 <= (month or 1) <= 12 and 1 <= (day or 1) <= 31):
        return None
    half = groups.get("half") or {"午前": "a", "午後": "p"}.get(groups.get("noon") or "")
    return Moment(year, month, day, _hour(groups.get("hour"), half), style)


def _year(era: str | None, written: str) -> int:
    if era is None:
        return int(written)
    return _ERAS[era.upper()] + (1 if written == "元" else int(written))


def _ordered(first: int, second: int) -> tuple[int | None, int | None]:
    """Return month and day of a date like 05/03/1990; neither when both orders are possible."""
    if first == second:
        return first, second
    if first > 12 >= second:
        return second, first
    return (first, second) if second > 12 else (None, None)


def _hour(written: str | None, half: str | None) -> int | None:
    if written is None:
        return None
    hour = int(written) % 24
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _number(written: str | None) -> int | None:
    return int(written) if written else None


def _iso(year: int, month: int | None, day: int | None, hour: int | None) -> str:
    parts = [f"{year:04d}", *(f"-{part:02d}" for part in (month, day) if part is not None)]
    return "".join(parts) + ("" if hour is None else f"T{hour:02d}")


def _japanese(year: int, month: int | None, day: int | None, hour: int | None) -> str:
    stated = ((month, "月"), (day, "日"), (hour, "時"))
    return f"{year}年" + "".join(f"{part}{unit}" for part, unit in stated if part is not None)


def _english(year: int, month: int | None, day: int | None, hour: int | None) -> str:
    if month is None:
        return str(year)
    date = _MONTHS[month - 1] + (f" {day}, " if day is not None else " ") + str(year)
    return date if hour is None else f"{date}, {hour:02d}:00"


_WRITERS = {"iso": _iso, "ja": _japanese, "en": _english}
