"""Surrogates of persons: one invented name an identity, written in the script and shape of each mention.

田中美咲 → 佐藤葵 makes 田中さん → 佐藤さん, みさき → あおい and Misaki → Aoi.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from deid.detect.names.kana import is_kana, to_romaji
from deid.transform.names import parse_person
from deid.transform.pools import Name, Pool, english, japanese
from deid.transform.script import fold_romaji, has_hiragana, has_kanji, has_katakana, is_japanese

Persona = tuple[tuple[Name, ...], ...]
"""One tuple of names for each part of the entity; two names for a part that is a whole undivided name."""

Free = Callable[[Sequence[str]], bool]
"""Whether a value may be written, given every folded form of it."""

Role = Literal["family", "given", "full"]

_WORD_BYTES = 4
# Last characters of many given names and few family names; it decides realism only, never safety.
_GIVEN_LIKE = re.compile(r"[子美奈香菜恵織咲郎朗太介斗翔也哉樹]$")
_WHOLE_NAME = 4


def draw_person(parts: Sequence[str], digest: bytes, free: Free) -> Persona | None:
    """Return an invented name for a person, or None when every name of the pool is taken.

    parts  : folded parts of the real name.
    digest : 32 bytes that decide; each name starts at its own word and goes on to the next free one.
    free   : whether a name may be written.
    """
    pool = _pool_of(parts)
    chosen: list[Name] = []
    persona = []
    for role in _roles(parts, pool):
        names = []
        for lane in (pool.family, pool.given) if role == "full" else (getattr(pool, role),):
            word = _WORD_BYTES * (len(chosen) % 8)
            name = _next_free(lane, int.from_bytes(digest[word : word + _WORD_BYTES]), chosen, free)
            if name is None:
                return None
            chosen.append(name)
            names.append(name)
        persona.append(tuple(names))
    return tuple(persona)


def folded_forms(persona: Persona) -> frozenset[str]:
    """Return every folded form in which a part of a persona may be written."""
    return frozenset(form for names in persona for name in names for form in name.forms)


def write_person(persona: Persona, parts: Sequence[str], surface: str) -> str:
    """Write a persona as a mention of the person was written: parts, script, case, honorifics, spacing."""
    mention = parse_person(surface)
    written = [
        _written(_names_for(key, position, parts, persona), atom)
        for position, (key, atom) in enumerate(zip(mention.keys, mention.atoms, strict=True))
    ]
    joined = "".join(a + b for a, b in zip(written, (*mention.separators, ""), strict=True))
    return mention.prefix + joined + mention.suffix


def _pool_of(parts: Sequence[str]) -> Pool:
    if any(map(is_japanese, parts)):
        return japanese()
    if any(map(english().knows, parts)) or not any(map(japanese().knows, parts)):
        return english()
    return japanese()


def _roles(parts: Sequence[str], pool: Pool) -> list[Role]:
    if len(parts) == 1:
        return [_single_role(parts[0], pool)]
    given: list[Role] = ["given"] * (len(parts) - 1)
    family_first = any(map(is_japanese, parts)) or (
        parts[0] in pool.known_family and parts[-1] not in pool.known_family
    )
    return ["family", *given] if family_first else [*given, "family"]


def _single_role(part: str, pool: Pool) -> Role:
    if part in pool.known_given:
        return "given"
    if part in pool.known_family:
        return "family"
    if not is_japanese(part) or not has_kanji(part):
        return "given"
    if len(part) >= _WHOLE_NAME or part[:2] in pool.known_family:
        return "full"
    return "given" if _GIVEN_LIKE.search(part) else "family"


def _next_free(lane: Sequence[Name], start: int, chosen: Sequence[Name], free: Free) -> Name | None:
    for step in range(len(lane)):
        name = lane[(start + step) % len(lane)]
        if name not in chosen and free(name.forms) and free(_joined(chosen, name)):
            return name
    return None


def _joined(chosen: Sequence[Name], name: Name) -> list[str]:
    """Return the whole names that a new part would make with the parts before it."""
    if not chosen:
        return []
    forms = zip(*(n.forms for n in (*chosen, name)), strict=True)
    return [("" if is_japanese(form[0]) else " ").join(form) for form in forms]


def _names_for(key: str, position: int, parts: Sequence[str], persona: Persona) -> tuple[Name, ...]:
    """Return the names a written part of the name stands for."""
    if key in parts:
        return persona[parts.index(key)]
    if key == "".join(parts):
        return tuple(name for names in persona for name in names)
    if not is_japanese(key):
        spoken = fold_romaji(key)
        for index, part in enumerate(parts):
            if _spoken(part) == spoken:
                return persona[index]
    elif key and "".join(parts).startswith(key):
        return persona[0][:1]
    elif key and "".join(parts).endswith(key):
        return persona[-1][-1:]
    return persona[min(position, len(persona) - 1)]


def _spoken(part: str) -> str:
    return fold_romaji(to_romaji(part) if is_kana(part) else part)


def _written(names: Sequence[Name], atom: str) -> str:
    if not is_japanese(atom) or not names[0].kanji:
        latin = " ".join(name.latin for name in names)
        if atom.islower():
            return latin.lower()
        return latin.upper() if atom.isupper() and len(atom) > 1 else latin
    if has_kanji(atom):
        return "".join(name.kanji for name in names)
    kana = "katakana" if has_katakana(atom) or not has_hiragana(atom) else "hiragana"
    return "".join(getattr(name, kana) for name in names)
