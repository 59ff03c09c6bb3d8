"""R1, residual identifiers: values the source knows about a person, in their released text.

Every value is searched as written and in disguise: compatibility forms, letter case, kana of either
kind, romaji, without separators, spread over a message's punctuation, in base 64 and in URL encoding.
The control looks for other people's values in the same text: a town or a given name may stand there by
chance, or as a surrogate.
"""

import base64
import binascii
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from deid.detect.names.kana import is_kana, romanizations, to_hiragana
from deid.risk.attack import AttackResult, Trials, counted
from deid.risk.case import Case
from deid.risk.documents import joined_by
from deid.risk.rates import Ints, by_person, exactly
from deid.treatments import FieldSpec

NAME = "R1 residual identifiers"
_SEARCHED = ("direct", "code", "property", "secret", "linking")
_LEAST_LATIN, _LEAST_OTHER = 4, 2  # shorter values stand in any text
_WRAPPED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_OTHERS = 5


def finds(value: str, view: Sequence[str]) -> bool:
    """Whether a value stands in a text, given as its views."""
    return any(needle in hay for needle in _needles(value) for hay in view)


def views(text: str) -> list[str]:
    """Return a text as an attacker looks at it: folded, without separators, and unwrapped."""
    unwrapped = [text, urllib.parse.unquote_plus(text), *_decoded(text)]
    folded = [_folded(part) for part in dict.fromkeys(unwrapped)]
    return list(dict.fromkeys([*folded, *(_squeezed(part) for part in folded)]))


def _folded(text: str) -> str:
    return to_hiragana(unicodedata.normalize("NFKC", text).casefold())


def _squeezed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _decoded(text: str) -> Iterator[str]:
    for match in _WRAPPED.finditer(text):
        run = match.group().rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            yield base64.b64decode(run + "=" * (-len(run) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue


def _needles(value: str) -> Iterator[str]:
    folded = _folded(value)
    yield folded
    if len(squeezed := _squeezed(folded)) >= 2 * _LEAST_LATIN or not squeezed.isascii():
        yield squeezed
    if is_kana(squeezed) and len(squeezed) > _LEAST_OTHER:
        yield from romanizations(squeezed)


def _worth(value: str) -> bool:
    plain = _squeezed(_folded(value))
    return len(plain) >= (_LEAST_LATIN if plain.isascii() else _LEAST_OTHER)


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Search the text of everybody who has a value to search for; empty when nobody has."""
    people = int(case.person.max(initial=-1)) + 1
    values = _values(case, people)
    if sum(map(bool, values)) < 2:
        return []
    documents = case.documents
    searched = np.array([n for n in range(people) if values[n]], np.int64)
    released = [views(text) for text in joined_by(documents.released, documents.person)]
    originals = [views(text) for text in joined_by(documents.raw, documents.person)]
    hits, raw = (_search(side, values, searched, searched) for side in (released, originals))
    shift = [np.roll(searched, 1 + int(rng.integers(len(searched) - 1))) for _ in range(_OTHERS)]
    control = np.mean([_search(released, values, searched, other) for other in shift], axis=0)
    bare = AttackResult(
        NAME, "known values", "singling out", len(searched), exactly(0), exactly(0), exactly(0)
    )
    trials = Trials(hits, searched, np.zeros(len(searched)), np.zeros(len(searched), np.int64))
    return [replace(counted(bare, trials, control, rng), raw=by_person(raw, searched, rng), tails={})]


def _values(case: Case, people: int) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in range(people)]
    for (_, source), person in zip(case.aligned.pairs, case.person.tolist(), strict=True):
        found[person] |= {
            value
            for path, value in source.values.items()
            if _is_searched(case.fields, path) and _worth(value)
        }
    return found


def _is_searched(fields: Mapping[str, FieldSpec], path: str) -> bool:
    spec = fields.get(path)
    return spec is not None and (spec.cls in _SEARCHED or spec.known_value is not None)


def _search(views_of: Sequence[list[str]], values: Sequence[set[str]], people: Ints, other: Ints) -> Ints:
    return np.array(
        [any(finds(value, views_of[n]) for value in values[m]) for n, m in zip(people, other, strict=True)],
        np.int64,
    )
