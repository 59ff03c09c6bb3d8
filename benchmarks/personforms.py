"""Names of invented people, in every form people write them; and dates of birth likewise.

A name is written from its parts; which part stands where is the form. ``full`` is the plain form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from casting import write_date
from people import katakana
from surfaces import halfwidth, in_kanji

Words = Mapping[str, tuple[str, ...]]
"""Names by pool: ``ja_family``, ``ja_female``, … as ``templates/people.txt`` has them."""


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of one name; ``kana`` is hiragana, empty in English."""

    language: str
    family: str = field(repr=False)
    given: str = field(repr=False)
    kana: tuple[str, str] = field(repr=False)
    latin: tuple[str, str] = field(repr=False)
    nick: str = field(repr=False)


def draw(rng: Random, words: Words, language: str) -> Name:
    """Return a random name of a language."""
    family = rng.choice(words[f"{language}_family"]).split(":")
    given = rng.choice(words[f"{language}_{rng.choice(('female', 'male'))}"]).split(":")
    if language == "ja":
        nick = given[1][:2] + rng.choice(("っち", "ぴょん", "たん", "りん"))
        return Name("ja", family[0], given[0], (family[1], given[1]), (family[2], given[2]), nick)
    return Name("en", family[0], given[0], ("", ""), (family[0], given[0]), given[1])


def written(name: Name, form: str) -> str:
    """Return a name in one form; KeyError for a form the language does not have."""
    return (_JA if name.language == "ja" else _EN)[form](name)


def person_forms(language: str) -> tuple[str, ...]:
    """Return every form a name of a language has, the plain one left out."""
    return tuple(form for form in (_JA if language == "ja" else _EN) if form != "plain")


_JA: dict[str, Callable[[Name], str]] = {
    "plain": lambda name: name.family + name.given,
    "gap": lambda name: f"{name.family} {name.given}",
    "family": lambda name: name.family,
    "given": lambda name: name.given,
    "hiragana": lambda name: " ".join(name.kana),
    "katakana": lambda name: "".join(map(katakana, name.kana)),
    "halfkana": lambda name: halfwidth(" ".join(map(katakana, name.kana))),
    "romaji": lambda name: f"{name.latin[1].capitalize()} {name.latin[0].capitalize()}",
    "lower": lambda name: " ".join(name.latin),
    "upper": lambda name: f"{name.latin[0].upper()} {name.latin[1].capitalize()}",
    "nick": lambda name: name.nick,
}
_EN: dict[str, Callable[[Name], str]] = {
    "plain": lambda name: f"{name.given} {name.family}",
    "lower": lambda name: f"{name.given} {name.family}".lower(),
    "upper": lambda name: f"{name.given} {name.family}".upper(),
    "given": lambda name: name.given,
    "given_lower": lambda name: name.given.lower(),
    "family": lambda name: name.family,
    "initial": lambda name: f"{name.given[0]}. {name.family}",
    "turned": lambda name: f"{name.family}, {name.given}",
    "nick": lambda name: name.nick,
    "nick_lower": lambda name: name.nick.lower(),
}


def birthday(rng: Random) -> date:
    """Return a day on which somebody of 18 to 69 was born."""
    return date(rng.randint(1956, 2006), rng.randint(1, 12), rng.randint(1, 28))


def birthday_forms(language: str) -> tuple[str, ...]:
    """Return every form a date of birth has, the plain one left out."""
    return tuple(form for form in (_DAYS_JA if language == "ja" else _DAYS_EN) if form != "plain")


def day_written(day: date, form: str, language: str) -> str:
    """Return a date of birth in one form; KeyError for a form the language does not have."""
    return (_DAYS_JA if language == "ja" else _DAYS_EN)[form](day)


_LETTER = {"令和": "R", "平成": "H", "昭和": "S"}


def _era_short(day: date) -> str:
    era = write_date(day, "era", "ja")
    year = "1" if era[2] == "元" else era[2 : era.index("年")]
    return f"{_LETTER[era[:2]]}{year}.{day.month}.{day.day}"


def _era_kanji(day: date) -> str:
    era = write_date(day, "era", "ja")
    year = "元" if era[2] == "元" else in_kanji(int(era[2 : era.index("年")]))
    return f"{era[:2]}{year}年{in_kanji(day.month)}月{in_kanji(day.day)}日"


_DAYS_JA: dict[str, Callable[[date], str]] = {
    "plain": lambda day: write_date(day, "", "ja"),
    "era": lambda day: write_date(day, "era", "ja"),
    "era_short": _era_short,
    "era_kanji": _era_kanji,
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "digits": lambda day: f"{day:%Y%m%d}",
}
_DAYS_EN: dict[str, Callable[[date], str]] = {
    "plain": lambda day: write_date(day, "", "en"),
    "slash": lambda day: write_date(day, "slash", "en"),
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "short": lambda day: f"{day.day} {write_date(day, '', 'en')[:3]} {day.year}",
    "lower": lambda day: write_date(day, "", "en").lower().replace(",", ""),
}
