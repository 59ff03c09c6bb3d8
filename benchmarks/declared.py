"""Declared profiles of invented people, and every way in which others write what they declare.

The ways of writing are made here from the people's parts, never by asking the detector for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import writtennames as names
import writtenvalues as values
from deid.types import KnownValue
from exchanges import read_book
from people import katakana
from written import Written

_WORDS = read_book(Path(__file__).parent / "templates" / "known.txt", "").fillers
_FIRST_BIRTHDAY, _LAST_BIRTHDAY = date(1931, 1, 1), date(2012, 12, 31)
_HANDLES = ("moon_cat_{}", "@pixel.drifter{}", "gloamfox{}", "yuzu-mochi{}")


@dataclass(frozen=True, slots=True)
class Declared:
    """One person: what the profile says, and how it is written in chat."""

    language: str
    known: tuple[KnownValue, ...] = field(repr=False)
    written: tuple[Written, ...] = field(repr=False)


def people(language: str, count: int, seed: int) -> Iterator[Declared]:
    """Yield invented people; the same seed gives the same ones."""
    rng = Random(seed)
    for number in range(count):
        yield (_japanese if language == "ja" else _english)(rng, number)


def _english(rng: Random, number: int) -> Declared:
    family = rng.choice(_WORDS["en_family"])
    given, short = rng.choice(_WORDS["en_given"]).split(":")
    latin = (names.plain_latin(given), names.plain_latin(family))
    phone = rng.choice(("+1 (415) 555-01{}", "212-555-01{}", "07700 9004{}", "+44 20 7946 00{}"))
    address = _WORDS["en_address"][number % len(_WORDS["en_address"])].split("|")
    shared = _shared(rng, latin, phone.format(f"{rng.randrange(100):02}"))
    known = [
        ("PERSON", f"{given} {family}"),
        ("STREET_ADDRESS", values.english_address(address)),
        *((label, _WORDS[key][number % len(_WORDS[key])]) for label, key in _WORK_EN),
        *shared,
    ]
    made = [
        *names.english(given, family, short, frozenset(_WORDS["en_words"])),
        *values.english_addresses(address),
        *_common("en", dict(known)),
    ]
    return Declared("en", _known(known), tuple(made))


def _japanese(rng: Random, number: int) -> Declared:
    family, family_kana, family_latin = rng.choice(_WORDS["ja_family"]).split(":")
    given, given_kana, given_latin = rng.choice(_WORDS["ja_given"]).split(":")
    latin = (given_latin.split("/")[0].replace("'", ""), family_latin.split("/")[0])
    phone = rng.choice(("090-{}-{}", "080{}{}", "+81 70 {} {}")).format(*(rng.randrange(1000, 10_000),) * 2)
    address = _WORDS["ja_address"][number % len(_WORDS["ja_address"])].split("|")
    readings = (
        (f"{family} {given}", f"{family_kana} {given_kana}"),
        (f"{family}　{given}", f"{katakana(family_kana)} {katakana(given_kana)}"),
        (f"{family}{given}", f"{latin[1]} {latin[0]}".title()),
    )
    shape = number % len(readings)
    known = [
        *(("PERSON", name) for name in readings[shape]),
        ("STREET_ADDRESS", "".join(address[:-1]) + (f" {address[-1]}" if address[-1] else "")),
        *((label, _WORDS[key][number % len(_WORDS[key])]) for label, key in _WORK_JA),
        *_shared(rng, latin, phone),
    ]
    words = frozenset(_WORDS["ja_words"])
    made = [
        *names.kanji(family, given, words, divided=shape < 2),
        *names.kana(family_kana, given_kana, words, declared=shape < 2),
        *names.romaji(family_latin.split("/"), given_latin.split("/")),
        *values.japanese_addresses(address),
        *_common("ja", dict(known)),
    ]
    return Declared("ja", _known(known), tuple(made))


_WORK_EN = (("EDUCATION", "en_school"), ("ORGANIZATION", "en_employer"), ("POSTAL_CODE", "postal_en"))
_WORK_JA = (("EDUCATION", "ja_school"), ("ORGANIZATION", "ja_employer"), ("POSTAL_CODE", "postal_ja"))


def _shared(rng: Random, latin: tuple[str, str], phone: str) -> list[tuple[str, str]]:
    days = (_LAST_BIRTHDAY - _FIRST_BIRTHDAY).days
    number = rng.randrange(10, 100)
    local = rng.choice(("{0}.{1}", "{1}_{0}", "{0}{1}")).format(*latin) + str(number)
    return [
        ("EMAIL_ADDRESS", f"{local}@{rng.choice(('example.com', 'mail.example.co.jp'))}"),
        ("USERNAME", rng.choice(_HANDLES).format(number)),
        ("PHONE_NUMBER", phone),
        ("DATE_OF_BIRTH", str(_FIRST_BIRTHDAY + timedelta(rng.randrange(days)))),
    ]


def _common(language: str, known: dict[str, str]) -> Iterator[Written]:
    yield from values.emails(known["EMAIL_ADDRESS"])
    yield from values.usernames(known["USERNAME"])
    yield from values.phones(known["PHONE_NUMBER"])
    yield from values.dates(date.fromisoformat(known["DATE_OF_BIRTH"]))
    yield from values.schools(known["EDUCATION"], language)
    yield from values.employers(known["ORGANIZATION"], language)
    yield from values.postal_codes(known["POSTAL_CODE"])


def _known(pairs: list[tuple[str, str]]) -> tuple[KnownValue, ...]:
    return tuple(KnownValue(label, value) for label, value in pairs)
