"""Dates of birth, in ISO 8601 with what is unknown left out: ``1988-05-12``, ``1992-03``, ``1988``, ``--05-12``.

Years of Japanese eras: Meiji 1868, Taisho 1912, Showa 1926, Heisei 1989, Reiwa 2019 are each the year 1 (Era
Name Act and the proclamations before it). Two digits are taken for 1930 to 2029.
"""

import re
from collections.abc import Iterable
from datetime import date

from deid.detect.stated.claims import fragment_en, speaker_en, speaker_ja
from deid.detect.stated.numerals import KANJI_DIGITS
from deid.detect.stated.rules import Reading, Rule

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "T": 1911,
    "S": 1925,
    "H": 1988,
    "R": 2018,
}
_FIRST_YEAR = 1900
_PIVOT = 30

_MONTH = rf"(?P<{{0}}>{'|'.join(_MONTHS)})(?:[a-z]{{{{0,6}}}})\.?"
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE_EN = (
    r"(?P<v>"
    rf"{_MONTH.format('m1')} (?:the )?(?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y1>{_YEAR}))?"
    rf"|(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH.format('m2')}(?:,? (?P<y2>{_YEAR}))?"
    rf"|(?P<y3>{_YEAR})[-/.](?P<n3>[0-9]{{1,2}})[-/.](?P<d3>[0-9]{{1,2}})"
    rf"|(?P<n4>[0-9]{{1,2}})[-/.](?P<d4>[0-9]{{1,2}})[-/.](?P<y4>(?:19|20)?[0-9]{{2}})"
    rf"|{_MONTH.format('m5')} (?P<y5>{_YEAR})"
    rf"|(?P<y6>{_YEAR})|['’](?P<y7>[0-9]{{2}})"
    r"|(?P<n8>[0-9]{1,2})/(?P<d8>[0-9]{1,2})"
    r")(?![0-9/]|s\b|th\b)"
)
_BIRTHDAY = r"(?:birth ?day|b-?day|birth ?date|date of birth|d\.?o\.?b\.?|year of birth|birth year)"
_EN = (
    rf"\b(?:i was|i am|i['’]m|im|we were|being|me,?|as someone|as somebody) born (?:and raised )?(?:(?:on|in|back in|around|way back in) )?(?:the )?(?:(?:spring|summer|fall|autumn|winter|early|late|year|night|end)(?: of)? )?{_DATE_EN}",
    rf"\bmy {_BIRTHDAY}(?:['’]s| is|:| was| falls)?,? ?(?:on |in )?(?:the )?{_DATE_EN}",
    rf"\b(?:it['’]?s|its) my {_BIRTHDAY} (?:on |in )?(?:the )?{_DATE_EN}",
    rf"\b{_DATE_EN},? is my {_BIRTHDAY}",
    rf"\bi['’]?m an? {_DATE_EN} (?:baby|kid)\b",
)
_FRAGMENTS_EN = (
    rf"\b(?:{_BIRTHDAY}(?:['’]s| is|:)? ?(?:on |in )?(?:the )?|born (?:and raised )?(?:(?:on|in|back in|around) )?(?:the )?(?:(?:spring|summer|fall|autumn|winter|early|late|year)(?: of)? )?){_DATE_EN}",
)

_NUMBER = r"(?:[0-9]{{1,2}}|元|[一二三四五六七八九十]{{1,3}})"
_DAY_JA = r"(?P<{0}m>[0-9]{{1,2}})(?:月|[/／.])(?:(?P<{0}d>[0-9]{{1,2}})日?)?"
_YEAR_JA = rf"(?:(?P<{{0}}y>{_YEAR.replace('{', '{{').replace('}', '}}')})|['’](?P<{{0}}yy>[0-9]{{{{2}}}})|(?P<{{0}}era>明治|大正|昭和|平成|令和|(?<![A-Za-z])[SHTR])(?P<{{0}}ey>{_NUMBER}))"


def _japanese(prefix: str) -> str:
    """Return an expression for a year, a day or both."""
    year, day = _YEAR_JA.format(prefix), _DAY_JA.format(prefix)
    return rf"{year}(?:年|[/／.-])?(?:の)?(?:{day})?"


_JA = (
    rf"(?P<v>{_japanese('a')})年?(?:の)?早?(?:生まれ|うまれ|産まれ|年生まれ)(?!変|た(?:て|ばかり))",
    rf"(?P<v>{_japanese('a')})年?(?:の[春夏秋冬])?に(?:生まれ|産まれ)(?:ました|た)(?![人曲])",
    rf"(?P<v>{_DAY_JA.format('a')})(?:の)?早?(?:生まれ|うまれ)(?!変)",
    rf"(?P<v>{_DAY_JA.format('a')})(?:が|は)(?:私の|わたしの|僕の|俺の|自分の)?(?:誕生日|バースデー)",
    rf"(?:誕生日|生年月日|バースデー|バースデイ|誕プレの日)(?:は|が|って|、|：|:)?[^。\n0-9]{{0,6}}(?P<v>{_japanese('a')}|{_DAY_JA.format('b')})(?!年前|回|歳|個|人)",
    rf"(?:生まれ年|生まれた年|生まれた?のは|生まれ)(?:は|が|、|：|:)?(?P<v>{_japanese('a')})(?:年|です|だ)",
    r"(?P<v>(?P<newyear>元旦|元日)|(?P<eve>大晦日)|(?P<xmas>クリスマス))(?:の)?(?:生まれ|が誕生日)",
)
_HOLIDAYS = {"newyear": "--01-01", "eve": "--12-31", "xmas": "--12-25"}


def rules() -> Iterable[Rule]:
    """Return the rules of births."""
    near_en = r"\b(?:born|b-?day|birth|d\.?o\.?b)|\b(?:19|20)[0-9][0-9] (?:baby|kid)"
    near_ja = "まれ|産まれ|誕生日|生年月日|バースデ"
    for regex in _EN:
        yield Rule("DATE_OF_BIRTH", near_en, re.compile(regex, re.IGNORECASE), _read_en, speaker_en)
    for regex in _FRAGMENTS_EN:
        yield Rule("DATE_OF_BIRTH", near_en, re.compile(regex, re.IGNORECASE), _read_en, fragment_en)
    for regex in _JA:
        yield Rule("DATE_OF_BIRTH", near_ja, re.compile(regex), _read_ja, speaker_ja)


def age_at(birth: str, today: date) -> str | None:
    """Return the age, or a band of two, of somebody born then; None when the year is unknown.

    birth : as in this module's first line, not after ``today``.
    """
    parts = [int(part) for part in birth.split("-") if part]
    if birth.startswith("--"):
        return None
    age = today.year - parts[0]
    passed = list((today.month, today.day)[: len(parts) - 1])
    if len(parts) == 1 or (len(parts) == 2 and passed == parts[1:]):
        return f"{age - 1}-{age}" if age else None
    return str(age if passed >= parts[1:] else age - 1)


def _read_en(match: re.Match[str]) -> Iterable[Reading]:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    form = next(name[-1] for name in found if name[-1].isdigit())
    year, month = found.get(f"y{form}"), found.get(f"n{form}")
    if f"m{form}" in found:
        month = str(1 + _MONTHS.index(found[f"m{form}"].lower()))
    return _reading(match, _four_digits(year), month, found.get(f"d{form}"))


def _read_ja(match: re.Match[str]) -> Iterable[Reading]:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    for holiday, value in _HOLIDAYS.items():
        if holiday in found:
            return ((value, *match.span("v")),)
    form = "b" if any(name in found for name in ("bm", "bd")) else "a"
    year = _four_digits(found.get(f"{form}y") or found.get(f"{form}yy"))
    if f"{form}era" in found:
        year = str(_ERAS[found[f"{form}era"]] + _small(found[f"{form}ey"]))
    return _reading(match, year, found.get(f"{form}m"), found.get(f"{form}d"))


def _reading(match: re.Match[str], year: str | None, month: str | None, day: str | None) -> Iterable[Reading]:
    """Return the date in ISO 8601; nothing when no such day exists."""
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return ()
    if year is not None and int(year) < _FIRST_YEAR:
        return ()
    if month is None:
        value = year or ""
    else:
        value = f"{year or '-'}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    # A month alone says little, and «3/4» of something is no day.
    return ((value, *match.span("v")),) if year or (month and day) else ()


def _four_digits(year: str | None) -> str | None:
    if year is None or len(year) != 2:
        return year
    return f"20{year}" if int(year) < _PIVOT else f"19{year}"


def _small(number: str) -> int:
    """Return a number below 100 in digits or in kanji; 元 is 1."""
    if number == "元":
        return 1
    if number.isdigit() and number.isascii():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return int(number.translate(KANJI_DIGITS))
    return 10 * int(tens.translate(KANJI_DIGITS) or 1) + int(ones.translate(KANJI_DIGITS) or 0)
