"""Surrogates of persons: one invented name an identity, written in the script and shape of each mention.

田中美咲 → 佐藤葵 makes 田中さん → 佐藤さん, みさき → あおい and Misaki → Aoi.
"""

import re
import struct
from collections.abc import Callable, Iterator, Sequence

from deid.detect.names.kana import is_kana, to_romaji
from deid.transform.names import Gender, parse_person
from deid.transform.pools import Lane, Name, Pool, Role, Script, english, japanese, lane, length_class
from deid.transform.script import fold_romaji, has_hiragana, has_kanji, has_katakana, is_japanese

Persona = tuple[tuple[Name, ...], ...]
"""One tuple of names for each part of the entity; two names for a part that is a whole undivided name."""

Forms = tuple[str, ...]
"""The folded forms in which one name may be written: Latin, and of a Japanese one kanji and hiragana."""

Free = Callable[[Sequence[str]], bool]
"""Whether a value may be written, given every folded form of it."""

# The digest as eight words: each name of a person starts at one of its own.
_WORDS = struct.Struct(">8I")
# Last characters of many given names and few family names; it decides realism only, never safety.
_GIVEN_LIKE = re.compile(r"[子美奈香菜恵織咲郎朗太介斗翔也哉樹]$")
# What stands between the names in each of the forms: Latin, kanji, hiragana.
_BETWEEN = (" ", "", "")
_WHOLE_NAME = 4
_WHOLE_KANA = 5


def draw_person(parts: Sequence[str], digest: bytes, free: Free, gender: Gender = "") -> Persona | None:
    """Return an invented name for a person, or None when every name of the pool is taken.

    parts  : folded parts of the real name; script and length class of each are the invented one's.
    digest : 32 bytes that decide; each name starts at its own word and goes on to the next free one.
    free   : whether a name may be written.
    gender : what a title beside the name says, which stays in the text; empty leaves it open.
    """
    scripts = [*map(_script, parts)]
    pool, words = _pool_of(parts, scripts), _WORDS.unpack(digest)
    chosen: list[Name] = []
    persona = []
    for part, script, roles in zip(parts, scripts, _roles(parts, scripts, pool), strict=True):
        size, first = length_class((len(part) + len(roles) - 1) // len(roles), script), len(chosen)
        for role in roles:
            alike = lane(pool.culture, role, gender, script, size)
            name = _next_free(alike, words[len(chosen) % 8], chosen, free)
            if name is None:
                return None
            chosen.append(name)
        persona.append(tuple(chosen[first:]))
    return tuple(persona)


def folded_forms(persona: Persona) -> list[str]:
    """Return every folded form in which a part of a persona may be written."""
    return [form for names in persona for name in names for form in name.forms]


def write_person(
    persona: Persona, parts: Sequence[str], surface: str, aliases: Sequence[Sequence[str]] = ()
) -> str:
    """Write a persona as a mention of the person was written: parts, script, case, honorifics, spacing.

    aliases : parts of the person's other names; a nickname becomes the given name.
    """
    mention = parse_person(surface)
    written = [
        _written(_names_for(key, parts, persona) or _by_alias(key, position, persona, aliases), atom)
        for position, (key, atom) in enumerate(zip(mention.keys, mention.atoms, strict=True))
    ]
    joined = "".join(a + b for a, b in zip(written, (*mention.separators, ""), strict=True))
    return mention.prefix + joined + mention.suffix


def _script(part: str) -> Script:
    if not is_japanese(part):
        return "latin"
    return "kanji" if has_kanji(part) else "hiragana"


def _pool_of(parts: Sequence[str], scripts: Sequence[Script]) -> Pool:
    if "kanji" in scripts or "hiragana" in scripts:
        return japanese()
    if any(map(english().knows, parts)) or not any(map(japanese().knows, parts)):
        return english()
    return japanese()


def _roles(parts: Sequence[str], scripts: Sequence[Script], pool: Pool) -> list[tuple[Role, ...]]:
    """Return what each part is: both for an undivided whole name."""
    if len(parts) == 1:
        return [_single_role(parts[0], scripts[0], pool)]
    given: list[tuple[Role, ...]] = [("given",)] * (len(parts) - 1)
    family_first = scripts.count("latin") < len(scripts) or (
        parts[0] in pool.known_family
        and parts[0] not in pool.known_given
        and parts[-1] not in pool.known_family
    )
    return [("family",), *given] if family_first else [*given, ("family",)]


def _single_role(part: str, script: Script, pool: Pool) -> tuple[Role, ...]:
    if part in pool.known_given:
        return ("given",)
    if part in pool.known_family:
        return ("family",)
    if script != "kanji":
        return ("given",)
    if len(part) >= _WHOLE_NAME or part[:2] in pool.known_family:
        return ("family", "given")
    return ("given",) if _GIVEN_LIKE.search(part) else ("family",)


def _next_free(names: Lane, start: int, chosen: Sequence[Name], free: Free) -> Name | None:
    used = [each.forms for each in chosen]
    for name in names.after(start):
        forms = name.forms
        if forms not in used and free((*forms, *_joined(used, forms)) if used else forms):
            return name
    return None


def _joined(used: Sequence[Forms], forms: Forms) -> Iterator[str]:
    """Yield the whole names that a new part would make with the parts before it, Latin first."""
    return map(str.join, _BETWEEN, zip(*used, forms, strict=True))


def _names_for(key: str, parts: Sequence[str], persona: Persona) -> tuple[Name, ...]:
    """Return the names a written part of the name stands for; none when it is no part of it."""
    if key in parts:
        return persona[parts.index(key)]
    whole = "".join(parts)
    if key == whole:
        return tuple(name for names in persona for name in names)
    if not is_japanese(key):
        spoken = fold_romaji(key)
        return next(
            (names for names, part in zip(persona, parts, strict=True) if _spoken(part) == spoken), ()
        )
    if key and whole.startswith(key):
        return persona[0][:1]
    return persona[-1][-1:] if key and whole.endswith(key) else ()


def _by_alias(
    key: str, position: int, persona: Persona, aliases: Sequence[Sequence[str]]
) -> tuple[Name, ...]:
    """Return the names for a part of another name of the person, or by its place in the mention."""
    names = tuple(name for part in persona for name in part)
    lanes = tuple((name,) for name in names)
    for alias in aliases:
        if len(alias) == len(names) and (found := _names_for(key, alias, lanes)):
            return found
        if len(names) > 1 and len(alias) == 1 and (found := _within(key, alias[0], names)):
            return found
    return _given(names) if (key,) in aliases else persona[min(position, len(persona) - 1)]


def _within(key: str, whole: str, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names for a piece of an undivided whole name in kana; none when it is a nickname."""
    if not is_kana(whole) or len(whole) < _WHOLE_KANA:
        return ()
    if key == whole:
        return names
    if key and whole.startswith(key):
        return names[:1]
    return names[-1:] if key and whole.endswith(key) else ()


def _given(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the given name of a persona, which a nickname becomes; its last name where it has none."""
    given = (japanese() if names[0].kanji else english()).given
    return next(((name,) for name in names if name in given), names[-1:])


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
