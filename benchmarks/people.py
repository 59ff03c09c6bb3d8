"""Invented people for the sample: common names combined at random, nobody in particular.

Eight cells of gender and five-year age band a language, each of five people or more living in one or a
few regions, so that five people share every cell; three more a language are rare on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from exchanges import read_book
from nationalids import digits, jp_landline, jp_mobile

REFERENCE_YEAR = 2025
"""Ages are those of the last quarter of this year; every birthday lies before it."""

_WORDS = read_book(Path(__file__).parent / "templates" / "people.txt", "").fillers

_CELLS = {
    "ja": (
        ("female", 20, "Tokyo"),
        ("male", 20, "Tokyo/Kanagawa"),
        ("female", 25, "Osaka"),
        ("male", 25, "Tokyo"),
        ("female", 30, "Tokyo/Kanagawa/Saitama/Chiba"),
        ("male", 30, "Osaka/Kyoto/Hyogo"),
        ("female", 35, "Fukuoka"),
        ("male", 35, "Hokkaido"),
    ),
    "en": (
        ("female", 20, "California"),
        ("male", 20, "California/Oregon/Washington"),
        ("female", 25, "New York"),
        ("male", 25, "Texas"),
        ("female", 30, "United Kingdom"),
        ("male", 30, "Texas/New York/Illinois"),
        ("female", 35, "Canada"),
        ("male", 35, "Australia"),
    ),
}
_RARE = {
    "ja": (("female", 19, "Okinawa"), ("male", 72, "Nagano"), ("nonbinary", 47, "Hokkaido")),
    "en": (("male", 93, "Hawaii"), ("nonbinary", 58, "France"), ("female", 41, "Illinois")),
}
_IN_CELL = 5
_EXTRA = (1, 6)  # cells of six


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; ``kana`` is empty in English, and nothing of them is printed.

    city : the town in chat, and what an address adds to it.
    """

    user_id: str
    language: str
    gender: str
    age: int
    region: str
    family: str = field(repr=False)
    given: str = field(repr=False)
    kana: tuple[str, str] = field(repr=False)
    nick: str = field(repr=False)
    handle: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    birthday: date = field(repr=False)
    city: tuple[str, str] = field(repr=False)
    occupation: str = field(repr=False)
    employer: str = field(repr=False)

    @property
    def name(self) -> str:
        """Full name as typed in a message."""
        return self.family + self.given if self.language == "ja" else f"{self.given} {self.family}"

    @property
    def katakana(self) -> str:
        """Reading of the full name, empty in English."""
        return " ".join(katakana(part) for part in self.kana if part)


def katakana(text: str) -> str:
    """Return hiragana as katakana."""
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in text)


def people(rng: Random) -> list[Person]:
    """Return 90 people, 45 a language, with distinct names, in a random order."""
    made = []
    for language in ("ja", "en"):
        names = {gender: _names(rng, language, gender) for gender in ("female", "male")}
        for gender, age, region in _slots(rng, language):
            pool = names[gender if gender in names else rng.choice(("female", "male"))]
            made.append(_person(rng, language, (gender, age, region), next(pool)))
    rng.shuffle(made)
    return made


def _slots(rng: Random, language: str) -> Iterator[tuple[str, int, str]]:
    for index, (gender, band, regions) in enumerate(_CELLS[language]):
        places = [regions] if regions in _WORDS else regions.split("/")
        for member in range(_IN_CELL + (index in _EXTRA)):
            yield gender, band + rng.randint(0, 4), places[member % len(places)]
    yield from _RARE[language]


def _names(rng: Random, language: str, gender: str) -> Iterator[tuple[str, str]]:
    families, givens = _WORDS[f"{language}_family"], _WORDS[f"{language}_{gender}"]
    pairs = [(family, given) for family in families for given in givens]
    rng.shuffle(pairs)
    return iter(pairs)


def third_party(rng: Random, language: str) -> tuple[str, str]:
    """Return a family and a given name for somebody the user speaks of."""
    family, given = next(_names(rng, language, rng.choice(("female", "male"))))
    return family.split(":")[0], given.split(":")[0]


def _person(rng: Random, language: str, cell: tuple[str, int, str], name: tuple[str, str]) -> Person:
    gender, age, region = cell
    family, given, kana, latin, nick = (_ja_parts if language == "ja" else _en_parts)(rng, name)
    city, _, place = rng.choice(_WORDS[region]).partition("/")
    return Person(
        user_id=f"usr_{rng.getrandbits(40):010x}",
        language=language,
        gender=gender,
        age=age,
        region=region,
        family=family,
        given=given,
        kana=kana,
        nick=nick,
        handle=f"{rng.choice(('', '@'))}{latin[1]}_{digits(rng, 3)}",
        email=_email(rng, language, latin),
        phone=phone(rng, region),
        birthday=date(REFERENCE_YEAR - age, rng.randint(1, 9), rng.randint(1, 28)),
        city=(city, place),
        occupation=rng.choice(_WORDS[f"{language}_occupation"]),
        employer=rng.choice(_WORDS[f"{language}_employer"]),
    )


_Parts = tuple[str, str, tuple[str, str], tuple[str, str], str]


def _ja_parts(rng: Random, name: tuple[str, str]) -> _Parts:
    family, family_kana, family_latin = name[0].split(":")
    given, given_kana, given_latin = name[1].split(":")
    nick = given_kana[:2] + rng.choice(("っち", "ちゃん", "ぽん", "りん"))
    return family, given, (family_kana, given_kana), (family_latin, given_latin), nick


def _en_parts(_rng: Random, name: tuple[str, str]) -> _Parts:
    given, nick = name[1].split(":")
    latin = (name[0].lower().replace("'", ""), given.lower())
    return name[0], given, ("", ""), latin, nick


def _email(rng: Random, language: str, latin: tuple[str, str]) -> str:
    domain = rng.choice(("com", "org", "net") if language == "en" else ("com", "jp", "co.jp", "ne.jp"))
    family, given = latin
    user = rng.choice(
        (f"{given}.{family}", f"{given[0]}{family}{digits(rng, 2)}", f"{family}-{given}{digits(rng, 1)}")
    )
    return f"{user}@example.{domain}"


def phone(rng: Random, region: str, *, mobile: bool = True) -> str:
    """Return a number of a range kept for fiction, or one that no carrier is given."""
    tail = digits(rng, 2)
    if region in _PHONE:
        return _PHONE[region][not mobile] + tail
    if not _WORDS[region][0].isascii():
        return jp_mobile(rng) if mobile else jp_landline(rng)
    area = rng.choice(("212", "415", "512", "206", "312"))
    return rng.choice((f"({area}) 555-01{tail}", f"{area}-555-01{tail}", f"+1 {area} 555 01{tail}"))


_PHONE = {  # Ofcom, ACMA and ARCEP keep these ranges for drama
    "United Kingdom": ("07700 9000", "020 7946 00"),
    "Australia": ("0491 570 1", "07 5550 00"),
    "France": ("06 39 98 00 ", "01 99 00 00 "),
}
