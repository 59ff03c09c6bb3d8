"""Pools of invented names, from the word lists of Faker (MIT): en_US and ja_JP person providers.

The lists are read, never sampled, so a pool is the same in every process. Building them imports Faker
(0.3 s), so it happens at the first surrogate of a process and not before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from deid.detect.names.kana import to_hiragana


@dataclass(frozen=True, slots=True)
class Name:
    """One invented family or given name in the scripts it is written in.

    kanji, katakana, hiragana : empty for a name that is written in Latin letters only.
    forms                     : every folded form it may be written in.
    """

    latin: str
    kanji: str = ""
    katakana: str = ""
    hiragana: str = ""
    forms: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        forms = (self.latin.lower(), self.kanji, self.hiragana)
        object.__setattr__(self, "forms", tuple(form for form in forms if form))


@dataclass(frozen=True, slots=True)
class Pool:
    """Names of one culture, and the folded forms that tell a family name from a given one."""

    family: tuple[Name, ...]
    given: tuple[Name, ...]
    known_family: frozenset[str]
    known_given: frozenset[str]

    def knows(self, part: str) -> bool:
        """Return whether a folded part is one of its names."""
        return part in self.known_family or part in self.known_given


@cache
def japanese() -> Pool:
    """Return 50 family and 51 given names in kanji, kana and romaji."""
    # Imported here: only a run that writes surrogates pays for it.
    from faker.providers.person.ja_JP import Provider  # noqa: PLC0415

    return _pool(
        map(_japanese_name, Provider.last_name_pairs), map(_japanese_name, Provider.first_name_pairs)
    )


@cache
def english() -> Pool:
    """Return 1,000 family and about 690 given names in Latin letters."""
    from faker.providers.person.en_US import Provider  # noqa: PLC0415

    return _pool(map(Name, Provider.last_names), map(Name, Provider.first_names))


def _japanese_name(row: tuple[str, str, str]) -> Name:
    kanji, katakana, latin = row
    return Name(latin, kanji, katakana, to_hiragana(katakana))


def _pool(family: Iterable[Name], given: Iterable[Name]) -> Pool:
    families, givens = tuple(dict.fromkeys(family)), tuple(dict.fromkeys(given))
    return Pool(families, givens, _forms(families), _forms(givens))


def _forms(names: Iterable[Name]) -> frozenset[str]:
    return frozenset(form for name in names for form in name.forms)
