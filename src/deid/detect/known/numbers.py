"""Known telephone numbers and dates in text: fixed expressions propose, equality with the value disposes.

A telephone number is equal in any grouping, with or without its country code (ITU-T E.164) or trunk 0,
in kanji digits too. A date is equal in the usual orders, with month names, and in Japanese eras.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.detect.known.fold import fold
from deid.ingest.normalize import normalize

Range = tuple[int, int]

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_PHONE_GAP = r"[\s\-‐‑‒–—−ー.()/・、,の~]"
_RUN = re.compile(rf"[+(]{{0,2}}[0-9](?:{_PHONE_GAP}{{0,3}}[0-9]){{6,}}")
_WORD_DIGITS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "oh": "0", "o": "0",
}  # fmt: skip
_WORD = re.compile("|".join(_WORD_DIGITS))
_SPOKEN = re.compile(rf"(?<![a-z])(?:(?:{_WORD.pattern})[\s,.-]{{1,3}}){{5,}}(?:{_WORD.pattern})(?![a-z])")
# Asked first, since ``re`` looks for it much faster.
_NUMBER_WORDS = re.compile(
    rf"(?:{_WORD.pattern})[\s,.-]{{1,3}}(?:(?:{_WORD.pattern})[\s,.-]{{1,3}}){{4}}(?:{_WORD.pattern})"
)
_MIN_NATIONAL = 6
# E.164 country codes of one and two digits; all others have three.
_SHORT_CODES = frozenset(
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)
_DIALLED = "(?:(?:00|010|011)?(?:{code}))?0?"
_NUMERAL = re.compile("[0-9〇零一二三四五六七八九十]")
_PHONE_DIGIT = re.compile("[0-9〇零一二三四五六七八九]")

_LONGEST_DIALLED = 7

_ERAS = {
    name: offset
    for names, offset in (("令和 令 r", 2018), ("平成 平 h", 1988), ("昭和 昭 s", 1925), ("大正 大 t", 1911))
    for name in names.split()
}
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name}|{name[:3]}|{name[:4]}" for name in _MONTHS)
_N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_SEP = r"\s?[-/.・]\s?"
_NAME = rf"(?P<name>{_MONTH})"
_DATES = tuple(
    re.compile(rf"(?<![0-9]){pattern}(?![0-9])")
    for pattern in (
        rf"(?P<y>[0-9]{{4}})(?:{_SEP}|\s)(?P<m>[0-9]{{1,2}})(?:{_SEP}|\s)(?P<d>[0-9]{{1,2}})",
        rf"(?:(?:(?P<era>令和|平成|昭和|大正|(?<![a-z])[rhst](?=[0-9元]))\s?(?P<ey>{_N}|元)|(?P<y>[0-9]{{2,4}}|[〇一二三四五六七八九]{{4}}))\s?年\s?)?(?P<m>{_N})\s?月\s?(?P<d>{_N})\s?日?",
        rf"(?P<era>(?<![a-z])[rhst]|令和?|平成?|昭和?|大正?)\s?\.?\s?(?P<ey>[0-9]{{1,2}}|元){_SEP}(?P<m>[0-9]{{1,2}}){_SEP}(?P<d>[0-9]{{1,2}})",
        rf"(?P<a>[0-9]{{1,2}}){_SEP}(?P<b>[0-9]{{1,2}}){_SEP}'?(?P<y>[0-9]{{4}}|[0-9]{{1,2}})",
        rf"(?:(?P<early>[0-9]{{4}}),?\s)?(?<![a-z]){_NAME}[.-]?\s?(?:the\s)?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:(?:,?\s|-)'?(?P<y>[0-9]{{4}}|[0-9]{{2}}))?",
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]?(?:of\s)?{_NAME}(?![a-z])\.?(?:(?:,?\s|-)'?(?P<y>[0-9]{{4}}|[0-9]{{2}}))?",
        r"(?P<y>[0-9]{4}|[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    )
)
# A number up to 31 as digits, and how it ends in kanji: of which every way of writing it has one.
_SPELLED = tuple((str(n), "十" if n % 10 == 0 else str(n % 10).translate(_KANJI)) for n in range(32))
# One of these is in every date, however it is written.
_LIKE_A_DATE = re.compile(
    rf"[0-9元](?:{_SEP}|\s)'?[0-9]|[0-9]{{4}}|月|{'|'.join(name[:3] for name in _MONTHS)}"
)
# 3/8, 03-08 and 0308 are fractions, scores and times as well, but not beside one of these words.
_BARE = re.compile(
    r"(?<![0-9/.-])(?:(?P<a>[0-9]{1,2})\s?[-/.]\s?(?P<b>[0-9]{1,2})|(?P<m>[0-9]{2})(?P<d>[0-9]{2}))(?![0-9/]|[.-][0-9])"
)
_BORN = re.compile(
    r"birth|\bb-?day|\bborn\b|\bdob\b|誕生日|たんじょうび|誕生|生年月日|生まれ|うまれ|バースデ|ばーすで|バースデー|誕プレ"
)
_NEAR = 24


@dataclass(frozen=True, slots=True)
class KnownPhones:
    """Telephone numbers, looked up together so that many cost no more than one.

    numbers : national digits, without country code and trunk 0 → what may stand before them: nothing, the
              trunk 0, a country code.
    """

    numbers: Mapping[str, re.Pattern[str]] = field(repr=False)

    def find(self, text: str) -> Iterator[Range]:
        """Yield where a folded text has one of the numbers."""
        sizes = sorted({len(national) for national in self.numbers}, reverse=True)
        if _NUMERAL.search(text):
            for run in _RUN.finditer(text.translate(_DIGITS)):
                found = [(at, at + 1) for at in range(*run.span()) if run.string[at].isdigit()]
                digits = "".join(run.string[start] for start, _ in found)
                found[0] = (run.start(), found[0][1])  # its plus or bracket belongs to it
                yield from self._in_run(digits, found, sizes)
        if _NUMBER_WORDS.search(text) is None:
            return
        for spoken in _SPOKEN.finditer(text):
            words = [*_WORD.finditer(text, *spoken.span())]
            digits = "".join(_WORD_DIGITS[word[0]] for word in words)
            yield from self._in_run(digits, [word.span() for word in words], sizes)

    def may_be_in(self, text: str) -> bool:
        """Whether a folded text holds all digits of a number one after another, or number words."""
        digits = "".join(_PHONE_DIGIT.findall(text)).translate(_DIGITS)
        if any(national in digits for national in self.numbers):
            return True
        said = any(all(word in text for word in _words_of(national)) for national in self.numbers)
        return said and _NUMBER_WORDS.search(text) is not None

    def _in_run(self, digits: str, places: Sequence[Range], sizes: Sequence[int]) -> Iterator[Range]:
        """Yield where a run of digits has a number; places are those of the digits."""
        for at in range(len(digits)):
            for size in sizes:
                # Near the end a slice is shorter than its size, and might be another number.
                if at + size > len(digits):
                    continue
                dialled = self.numbers.get(digits[at : at + size])
                if dialled is None:
                    continue
                start = _start(digits, places, at, dialled)
                end = places[at + size - 1][1]
                if start is not None and (at + size == len(digits) or places[at + size][0] != end):
                    yield start, end


def _words_of(digits: str) -> list[str]:
    """Return the words of a number's digits but 0, which has several."""
    return [word for word, digit in _WORD_DIGITS.items() if digit != "0" and digit in digits]


def _start(digits: str, places: Sequence[Range], at: int, dialled: re.Pattern[str]) -> int | None:
    """Return where a national number begins with what is dialled before it; None inside a longer number."""
    for first in range(max(0, at - _LONGEST_DIALLED), at + 1):
        apart = first == 0 or places[first][0] != places[first - 1][1]
        if apart and dialled.fullmatch(digits, first, at):
            return places[first][0]
    return None


def has_number(text: str) -> bool:
    """Whether a folded text holds a numeral, or enough number words for a telephone number."""
    if _NUMERAL.search(text) is not None:
        return True
    return _NUMBER_WORDS.search(text) is not None and _SPOKEN.search(text) is not None


def may_tell(text: str, *, spoken: bool) -> bool:
    """Whether a folded text holds a numeral, or ``spoken`` in a row of number words."""
    return _NUMERAL.search(text) is not None or (spoken and _NUMBER_WORDS.search(text) is not None)


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
        if not self.may_be_in(text) or _LIKE_A_DATE.search(text) is None:
            return
        for pattern in _DATES:
            match = pattern.search(text)
            while match:
                said = match.groupdict()
                found = self._is(said)
                if found:
                    yield match.span()
                # In «at 6. 13.3.1969» the first number is of no date, but may be taken for its day.
                at = match.start() + 1 if "a" in said and not found else match.end()
                match = pattern.search(text, at)
        if _BORN.search(text):
            yield from self._bare(text)

    def may_be_in(self, text: str) -> bool:
        """Whether a folded text holds the numbers of the day and of the month, or its name."""
        days, months = _SPELLED[self.date.day], _SPELLED[self.date.month]
        if not any(day in text for day in days):
            return False
        return any(month in text for month in months) or _MONTHS[self.date.month - 1][:3] in text

    def _bare(self, text: str) -> Iterator[Range]:
        """Yield where the day stands as two numbers, beside a word of birthdays."""
        for match in _BARE.finditer(text):
            near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if _BORN.search(near) and self._is(match.groupdict()):
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
        era, year = said.get("era"), said.get("y") or said.get("early")
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
    era, year = said.get("era"), said.get("y") or said.get("early")
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
