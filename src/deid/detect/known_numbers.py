"""Known telephone numbers and dates in text: fixed expressions propose, equality with the value disposes.

A telephone number is equal in any grouping, with or without its country code (ITU-T E.164) or trunk 0,
in kanji digits too. A date is equal in the usual orders, with month names, and in Japanese eras.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.detect.fold import fold
from deid.ingest.normalize import normalize

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PHONE_GAP = r"[\s\-‐‑‒–—−ー.()/・、,の~]"
_RUN = re.compile(rf"[+(]{{0,2}}[0-9](?:{_PHONE_GAP}{{0,3}}[0-9]){{6,}}")
_MIN_NATIONAL = 6
# E.164 country codes of one and two digits; all others have three.
_SHORT_CODES = frozenset(
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)
_DIALLED = "(?:(?:00|010|011)?(?:{code}))?0?"
_NUMERAL = re.compile("[0-9〇零一二三四五六七八九十]")

_LONGEST_DIALLED = 7

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "r": 2018, "h": 1988, "s": 1925, "t": 1911}
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name}|{name[:3]}|{name[:4]}" for name in _MONTHS)
_N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_SEP = r"\s?[-/.]\s?"
_DATES = tuple(
    re.compile(rf"(?<![0-9]){pattern}(?![0-9])")
    for pattern in (
        rf"(?P<y>[0-9]{{4}}){_SEP}(?P<m>[0-9]{{1,2}}){_SEP}(?P<d>[0-9]{{1,2}})",
        rf"(?:(?:(?P<era>令和|平成|昭和|大正|(?<![a-z])[rhst](?=[0-9元]))\s?(?P<ey>{_N}|元)|(?P<y>[0-9]{{2,4}}|[〇一二三四五六七八九]{{4}}))年\s?)?(?P<m>{_N})月\s?(?P<d>{_N})日?",
        rf"(?<![a-z])(?P<era>[rhst])\s?\.?\s?(?P<ey>[0-9]{{1,2}}){_SEP}(?P<m>[0-9]{{1,2}}){_SEP}(?P<d>[0-9]{{1,2}})",
        rf"(?P<a>[0-9]{{1,2}}){_SEP}(?P<b>[0-9]{{1,2}}){_SEP}'?(?P<y>[0-9]{{4}}|[0-9]{{1,2}})",
        rf"(?<![a-z])(?P<name>{_MONTH})\.?\s(?:the\s)?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,?\s'?(?P<y>[0-9]{{4}}|[0-9]{{2}}))?",
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<name>{_MONTH})(?![a-z])\.?(?:,?\s'?(?P<y>[0-9]{{4}}|[0-9]{{2}}))?",
        r"(?P<y>[0-9]{4}|[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    )
)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KnownPhones:
    """Telephone numbers, looked up together so that many cost no more than one.

    numbers : national digits, without country code and trunk 0 → what may stand before them: nothing, the
              trunk 0, a country code.
    """

    numbers: Mapping[str, re.Pattern[str]] = field(repr=False)

    def find(self, text: str) -> Iterator[Range]:
        """Yield where a folded text has one of the numbers."""
        if _NUMERAL.search(text) is None:
            return
        sizes = sorted({len(national) for national in self.numbers}, reverse=True)
        for run in _RUN.finditer(text.translate(_DIGITS)):
            yield from self._in_run(run[0], run.start(), sizes)

    def _in_run(self, surface: str, offset: int, sizes: Sequence[int]) -> Iterator[Range]:
        places = [index for index, character in enumerate(surface) if character.isdigit()]
        digits = "".join(surface[index] for index in places)
        for at in range(len(digits)):
            for size in sizes:
                # Near the end a slice is shorter than its size, and might be another number.
                if at + size > len(digits):
                    continue
                dialled = self.numbers.get(digits[at : at + size])
                if dialled is None:
                    continue
                end = places[at + size - 1] + 1
                start = _start(digits, places, at, dialled)
                if start is not None and not surface[end : end + 1].isdigit():
                    yield offset + start, offset + end


def _start(digits: str, places: Sequence[int], at: int, dialled: re.Pattern[str]) -> int | None:
    """Return where a national number begins with what is dialled before it; None inside a longer number."""
    for first in range(max(0, at - _LONGEST_DIALLED), at + 1):
        apart = first == 0 or places[first] != places[first - 1] + 1
        if apart and dialled.fullmatch(digits, first, at):
            return places[first] if first else 0
    return None


def read_phones(values: Iterable[str]) -> KnownPhones | None:
    """Return numbers as profiles write them, without those of fewer than 6 national digits; None for none."""
    numbers = dict(found for found in map(_phone, values) if found is not None)
    return KnownPhones(numbers) if numbers else None


def _phone(value: str) -> tuple[str, re.Pattern[str]] | None:
    text = normalize(value).text.translate(_DIGITS).strip()
    digits = "".join(character for character in text if character in "0123456789")
    # Without a country code the number may be of any country that has a trunk 0, or of North America.
    code = "[1-9][0-9]{1,2}" if digits.startswith("0") else "1"
    if text.startswith("+"):
        code = digits[: next((n for n in (1, 2) if digits[:n] in _SHORT_CODES), 3)]
        digits = digits[len(code) :]
    national = digits.lstrip("0")
    return (national, re.compile(_DIALLED.format(code=code))) if len(national) >= _MIN_NATIONAL else None


@dataclass(frozen=True, slots=True)
class KnownDate:
    """A calendar date, found with its year or, as a birthday, without."""

    date: datetime.date = field(repr=False)

    def find(self, text: str) -> Iterator[Range]:
        """Yield where a folded text has the date."""
        if _NUMERAL.search(text) is None:
            return
        for pattern in _DATES:
            for match in pattern.finditer(text):
                if self._is(match.groupdict()):
                    yield match.span()

    def _is(self, said: dict[str, str | None]) -> bool:
        pairs = [
            (said.get("m"), said.get("d")),
            (said.get("a"), said.get("b")),
            (said.get("b"), said.get("a")),
        ]
        days = [(_number(month), _number(day)) for month, day in pairs]
        if name := said.get("name"):
            days = [(_month(name), _number(said.get("d")))]
        if self._year(said) and (self.date.month, self.date.day) in days:
            return True
        # 94/3/8: the year may stand first.
        short = (said.get("a"), said.get("b"), said.get("y"))
        return short == _short(self.date, short)

    def _year(self, said: dict[str, str | None]) -> bool:
        era, year = said.get("era"), said.get("y")
        if era:
            return _ERAS[era] + (_number(said.get("ey")) or 1) == self.date.year
        if year is None:
            return True
        number = int(year.translate(_DIGITS))
        return number == (self.date.year % 100 if len(year) <= 2 else self.date.year)


def read_date(value: str) -> KnownDate | None:
    """Return a date as a profile writes it, year first, day last or with a month name; None for anything else.

    Of two readings (03/08/1994) it is the one with the month first.
    """
    text = fold(normalize(value).text).strip()
    for pattern in _DATES[:-1]:
        match = pattern.match(text)
        if match and (found := _date(match.groupdict())):
            return found
    match = _DATES[-1].match(text)
    return _date(match.groupdict()) if match and len(match[0]) == 8 else None


def _date(said: dict[str, str | None]) -> KnownDate | None:
    era, year = said.get("era"), said.get("y")
    number = _ERAS[era] + (_number(said.get("ey")) or 1) if era else int((year or "0").translate(_DIGITS))
    if name := said.get("name"):
        days = [(_month(name), _number(said.get("d")))]
    else:
        first, second = said.get("m") or said.get("a"), said.get("d") or said.get("b")
        days = [(_number(first), _number(second)), (_number(second), _number(first))][
            : 1 if "m" in said else 2
        ]
    for month, day in days:
        try:
            return KnownDate(datetime.date(number, month, day)) if number > 99 else None
        except ValueError:
            continue
    return None


def _number(written: str | None) -> int:
    """Return a number below 100 in digits or kanji; 0 for none."""
    if not written or written == "元":
        return 0
    if "十" in written:
        tens, _, ones = written.partition("十")
        return 10 * (int(tens.translate(_DIGITS)) if tens else 1) + (
            int(ones.translate(_DIGITS)) if ones else 0
        )
    return int(written.translate(_DIGITS))


def _month(name: str) -> int:
    return next(number for number, whole in enumerate(_MONTHS, start=1) if whole.startswith(name))


def _short(date: datetime.date, said: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Return the date as yy, m, d, each padded as it was said."""
    values = (date.year % 100, date.month, date.day)
    return tuple(
        str(value).zfill(len(part)) if part else "?" for value, part in zip(values, said, strict=True)
    )
