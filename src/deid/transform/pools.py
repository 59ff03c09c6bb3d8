"""Pools of invented names, from the word lists of Faker (MIT): en_US and ja_JP person providers.

The lists are read, never sampled, so a pool is the same in every process. Building them imports Faker
(0.3 s), so it happens at the first surrogate of a process and not before.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from deid.detect.names.kana import to_hiragana
from deid.transform.names import Gender

Script = Literal["kanji", "hiragana", "latin"]
Role = Literal["family", "given"]
Culture = Literal["en", "ja"]

_ANYBODY: frozenset[Gender] = frozenset({"female", "male"})

# Names that «I'm Cook» would make an occupation or a language of: a person's class in the release then hung
# on the name that chance gave. Rarer names of their lengths stand in their places.
_READ_AS_FACTS = {
    "Baker": "Renby", "Barber": "Wexley", "Carpenter": "Wendlesby", "Cook": "Lisk", "English": "Aldritt",
    "Farmer": "Halden", "Fisher": "Selwyck", "French": "Oakham", "Mason": "Tamby",
}  # fmt: skip

# Lengths of a name up to which it is short, or of middle length, in characters of its script.
_SHORT_TO: dict[Script, tuple[int, int]] = {"kanji": (1, 2), "hiragana": (2, 3), "latin": (4, 7)}


@dataclass(frozen=True, slots=True)
class Name:
    """One invented family or given name in the scripts it is written in.

    kanji, katakana, hiragana : empty for a name that is written in Latin letters only.
    genders                   : of whom it is the name; both for a family name.
    forms                     : every folded form it may be written in.
    """

    latin: str
    kanji: str = ""
    katakana: str = ""
    hiragana: str = ""
    genders: frozenset[Gender] = field(default=_ANYBODY, compare=False)
    forms: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        forms = (self.latin.lower(), self.kanji, self.hiragana)
        object.__setattr__(self, "forms", tuple(form for form in forms if form))

    def length_class(self, script: Script) -> int:
        """Return 0 for a short name, 1 for one of middle length, 2 for a long one."""
        return length_class(len(getattr(self, script)), script)


@dataclass(frozen=True, slots=True)
class Pool:
    """Names of one culture, and the folded forms that tell a family name from a given one."""

    culture: Culture
    family: tuple[Name, ...]
    given: tuple[Name, ...]
    known_family: frozenset[str]
    known_given: frozenset[str]

    def knows(self, part: str) -> bool:
        """Return whether a folded part is one of its names."""
        return part in self.known_family or part in self.known_given


@dataclass(frozen=True, slots=True)
class Lane:
    """Names in the order of trial: all of ``names[:n_alike]`` from any start on, then the rest.

    n_alike : names of the gender and length asked for, at least 1.
    """

    names: tuple[Name, ...]
    n_alike: int

    def after(self, start: int) -> Iterator[Name]:
        """Yield every name once, the alike from number ``start`` on first."""
        start %= self.n_alike
        yield self.names[start]
        yield from self.names[start + 1 : self.n_alike]
        yield from self.names[:start]
        yield from self.names[self.n_alike :]


def length_class(length: int, script: Script) -> int:
    """Return 0 for a short name, 1 for one of middle length, 2 for a long one."""
    short, middle = _SHORT_TO[script]
    return (length > short) + (length > middle)


@cache
def lane(culture: Culture, role: Role, gender: Gender, script: Script, size: int) -> Lane:
    """Return the names of a role: those of the gender and length class first, then those of the gender.

    gender : empty for any; then nothing of a person's gender is told by the name drawn.
    """
    pool = japanese() if culture == "ja" else english()
    names = pool.family if role == "family" else pool.given

    def far(name: Name) -> tuple[bool, bool]:
        return bool(gender) and gender not in name.genders, name.length_class(script) != size

    ordered = sorted(names, key=far)
    nearest = far(ordered[0])
    return Lane(tuple(ordered), sum(far(name) == nearest for name in ordered))


@cache
def japanese() -> Pool:
    """Return 50 family and 51 given names in kanji, kana and romaji."""
    # Imported here: only a run that writes surrogates pays for it.
    from faker.providers.person.ja_JP import Provider  # noqa: PLC0415

    women, men = set(Provider.first_name_female_pairs), set(Provider.first_name_male_pairs)
    return _pool(
        "ja",
        [_japanese_name(row) for row in Provider.last_name_pairs],
        [_japanese_name(row, _genders(row, women, men)) for row in Provider.first_name_pairs],
    )


@cache
def english() -> Pool:
    """Return 1,000 family and about 690 given names in Latin letters."""
    from faker.providers.person.en_US import Provider  # noqa: PLC0415

    women, men = set(Provider.first_names_female), set(Provider.first_names_male)
    made = _pool(
        "en",
        (Name(_READ_AS_FACTS.get(name, name)) for name in Provider.last_names),
        [
            Name(_READ_AS_FACTS.get(name, name), genders=_genders(name, women, men))
            for name in Provider.first_names
        ],
    )
    # They are still the names of people, and known as such.
    families, givens = (_forms(map(Name, names)) for names in (Provider.last_names, Provider.first_names))
    return replace(made, known_family=made.known_family | families, known_given=made.known_given | givens)


def _genders(name: object, women: Collection[object], men: Collection[object]) -> frozenset[Gender]:
    found: set[Gender] = set()
    found |= {"female"} if name in women else set()
    found |= {"male"} if name in men else set()
    return frozenset(found)


def _japanese_name(row: tuple[str, str, str], genders: frozenset[Gender] = _ANYBODY) -> Name:
    kanji, katakana, latin = row
    return Name(latin, kanji, katakana, to_hiragana(katakana), genders)


def _pool(culture: Culture, family: Iterable[Name], given: Iterable[Name]) -> Pool:
    families, givens = tuple(dict.fromkeys(family)), tuple(dict.fromkeys(given))
    return Pool(culture, families, givens, _forms(families), _forms(givens))


def _forms(names: Iterable[Name]) -> frozenset[str]:
    return frozenset(form for name in names for form in name.forms)
