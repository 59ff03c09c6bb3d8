"""Identity: which mentions of a conversation are one person or one value.

Values other than persons are one when their canonical values are. A person's name is one with a longer
name of the conversation when it is part of exactly that one («Tanaka» of «Tanaka Hiroshi», «美咲» of
«田中美咲», «Mika» of «ミカ」 by its romanization, «Jess» of «Jessica Moore»); when it fits two people it
stays an identity of its own. What a profile declares joins what no spelling shows: «田中美咲», «たなか
みさき», «みーちゃん» and a handle of one subject are one person. One name with a man's and a woman's
title is two people, and a third where it stands without. Order of first mention gives the numbers. Linear
in the mentions, but for one sort of distinct names.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.detect.names.kana import is_kana, to_romaji
from deid.detect.names.short_forms import SHORT_FORMS
from deid.transform.canonical import canonical
from deid.transform.names import Gender, join_key, parse_person
from deid.transform.script import fold_romaji, has_kanji, is_japanese
from deid.types import KnownValue, Span, Turn

PERSON, USERNAME = "PERSON", "USERNAME"
# Longer names than these have their first and last parts looked up only, so that work stays linear.
_MAX_JAPANESE, _MAX_PARTS = 12, 6
_KANA_TAIL = re.compile(r"[\u3041-\u3096ー]{2,}$")
_KANJI_THEN_KANA = re.compile(r"([^\u3041-\u3096ー]{1,4})([\u3041-\u3096ー]{2,})")

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """One identity of one conversation.

    number    : 1-based, per label, in order of first mention.
    canonical : canonical value; a person's is their longest name, or the first that their profile declares.
    parts     : folded parts of a person's name in order, one when its division is unknown; else empty.
    gender    : what a title in the text says of a person; empty when none does.
    aliases   : parts of the other names that a person's profile declares.
    """

    label: str
    number: int
    canonical: str = field(repr=False)
    parts: Keys = field(default=(), repr=False)
    gender: Gender = ""
    aliases: tuple[Keys, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Person:
    """Who a surface stands for; fields as in ``Entity``."""

    canonical: str = field(repr=False)
    parts: Keys = field(default=(), repr=False)
    gender: Gender = ""
    aliases: tuple[Keys, ...] = field(default=(), repr=False)


def link(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], known: Sequence[KnownValue] = ()
) -> list[list[Entity]]:
    """Return the entity of each span, parallel to ``spans``, which lie inside their turns.

    known : values of the subjects; names and handles of one subject are one person.
    """
    mentions = [
        [(span.label, turn.text[span.start : span.end]) for span in found]
        for turn, found in zip(turns, spans, strict=True)
    ]
    labels = {label for found in mentions for label, _ in found}
    surfaces = dict.fromkeys(s for found in mentions for label, s in found if label == PERSON)
    people, handles = _people(surfaces, known) if labels & {PERSON, USERNAME} else ({}, {})
    entities: dict[tuple[str, str], Entity] = {}
    values: dict[tuple[str, str, Gender], Entity] = {}
    counts: dict[str, int] = defaultdict(int)

    def entity(mention: tuple[str, str]) -> Entity:
        linked = entities.get(mention)
        if linked is not None:
            return linked
        label, surface = mention
        who = people[surface] if label == PERSON else _value(label, surface, handles)
        same = (label, who.canonical, who.gender)
        if same not in values:
            counts[label] += 1
            values[same] = Entity(label, counts[label], who.canonical, who.parts, who.gender, who.aliases)
        entities[mention] = values[same]
        return entities[mention]

    return [[entity(mention) for mention in found] for found in mentions]


def _value(label: str, surface: str, handles: Mapping[str, str]) -> _Person:
    """Return a value that is no person's name; the declared handles of one person are one."""
    value = canonical(label, surface)
    return _Person(handles.get(value, value) if label == USERNAME else value)


def _people(
    surfaces: Iterable[str], known: Sequence[KnownValue]
) -> tuple[Mapping[str, _Person], Mapping[str, str]]:
    """Return the person each surface stands for, and the canonical name behind each declared handle."""
    declared = _declared(known)
    written = {s: parse_person(s) for s in dict.fromkeys((*surfaces, *(name for name, _ in declared)))}
    keys = _in_full(_aliased({surface: mention.keys for surface, mention in written.items()}))
    divided: dict[str, Keys] = {}
    for parts in keys.values():
        name = join_key(parts)
        if len(parts) >= len(divided.get(name, ())):
            divided[name] = parts
    same = _reordered(divided)
    roots, evidence = _roots(divided, same, *_settled(declared, keys))
    root = {surface: roots[same.get(join_key(parts), join_key(parts))] for surface, parts in keys.items()}
    merged = _merged(root, declared)
    whole = {name: merged.get(found, found) for name, found in root.items()}
    aliases: dict[str, dict[Keys, None]] = defaultdict(dict)
    for name, _ in declared:
        if keys[name] != divided[whole[name]]:
            aliases[whole[name]][keys[name]] = None
    titles = {surface: mention.gender for surface, mention in written.items()}
    genders = _genders(whole, titles)
    people = {
        surface: _Person(
            name,
            _division(name, divided[name], evidence),
            titles[surface] if genders[name] is None else genders[name] or "",
            tuple(aliases[name]),
        )
        for surface, name in whole.items()
    }
    handles = {canonical(USERNAME, name): whole[name] for name, label in declared if label == USERNAME}
    return people, handles


def _declared(known: Sequence[KnownValue]) -> dict[tuple[str, str], list[int]]:
    """Return the declared names and handles of the subjects: (name, label) → subjects."""
    found: dict[tuple[str, str], list[int]] = {}
    for value in known:
        if value.label in (PERSON, USERNAME) and value.value:
            name = value.value if value.label == PERSON else canonical(USERNAME, value.value)
            found.setdefault((name, value.label), []).append(value.subject)
    return found


def _settled(
    declared: Mapping[tuple[str, str], Sequence[int]], keys: Mapping[str, Keys]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the declared names, and those of subjects with more than one: parts of no other name."""
    owned: dict[int, set[str]] = defaultdict(set)
    for (name, _), owners in declared.items():
        for owner in owners:
            owned[owner].add(join_key(keys[name]))
    return (
        frozenset(name for names in owned.values() for name in names),
        frozenset(name for names in owned.values() if len(names) > 1 for name in names),
    )


def _merged(root: Mapping[str, str], declared: Mapping[tuple[str, str], Sequence[int]]) -> dict[str, str]:
    """Map the roots of one subject's declared names to the first; one that two subjects have stays apart."""
    claims: dict[str, set[int]] = defaultdict(set)
    for (name, _), owners in declared.items():
        claims[root[name]].update(owners)
    first: dict[int, str] = {}
    merged = {}
    for name, subjects in claims.items():
        if len(subjects) == 1:
            (subject,) = subjects
            merged[name] = first.setdefault(subject, name)
    return merged


def _genders(whole: Mapping[str, str], titles: Mapping[str, Gender]) -> dict[str, Gender | None]:
    """Return what the titles of each person's mentions say; None where they say both."""
    said: dict[str, set[Gender]] = defaultdict(set)
    for surface, name in whole.items():
        said[name].add(titles[surface])
    found: dict[str, Gender | None] = {}
    for name, genders in said.items():
        told = genders - {""}
        found[name] = None if len(told) > 1 else next(iter(told), "")
    return found


def _aliased(keys: Mapping[str, Keys]) -> dict[str, Keys]:
    """Write a Latin part as the kana part of the conversation that it romanizes, if there is one."""
    kana = dict.fromkeys(part for parts in keys.values() for part in parts if not part.isascii())
    tails = [tail[0] for part in kana if (tail := _KANA_TAIL.search(part))]
    spoken = {fold_romaji(to_romaji(part)): part for part in (*tails, *filter(is_kana, kana))}
    if not spoken:
        return dict(keys)
    return {
        surface: tuple(part if is_japanese(part) else spoken.get(fold_romaji(part), part) for part in parts)
        for surface, parts in keys.items()
    }


def _in_full(keys: Mapping[str, Keys]) -> dict[str, Keys]:
    """Write an English short form as the given name of the conversation it is short for («Jess», «Jessica»).

    One that fits two of them, or is somebody's last name, stays as it is.
    """
    given = {parts[0] for parts in keys.values()}
    last = {part for parts in keys.values() for part in parts[1:]}
    full = {short: names & given for short in given - last if (names := SHORT_FORMS.get(short))}
    return {
        surface: (min(full[parts[0]]), *parts[1:]) if len(full.get(parts[0], ())) == 1 else parts
        for surface, parts in keys.items()
    }


def _reordered(divided: Mapping[str, Keys]) -> dict[str, str]:
    """Map a name to the first one with the same parts in another order (Hiroshi Tanaka, Tanaka Hiroshi)."""
    first: dict[Keys, str] = {}
    return {name: first.setdefault(tuple(sorted(parts)), name) for name, parts in divided.items()}


def _roots(
    divided: Mapping[str, Keys], same: Mapping[str, str], own: frozenset[str], settled: frozenset[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return name → its person's longest name, and longest name → a part of it that someone mentioned.

    own     : declared names; one in kana is no beginning of somebody else's («ゆう» and «ゆうき»).
    settled : names that are no part of a longer one.
    """
    longer = defaultdict(list)
    for name, parts in divided.items():
        alone = len(parts) == 1 and is_kana(name)
        for part in _proper_parts(name, parts):
            if part in divided and part not in settled and not (alone and part in own):
                longer[part].append(name)
    roots: dict[str, str] = {}
    evidence: dict[str, str] = {}
    for name in sorted(divided, key=len, reverse=True):
        whole = same[name]
        owners = {roots[same[owner]] for owner in longer[name]}
        roots[name] = owners.pop() if len(owners) == 1 else whole
        if roots[name] != whole:
            evidence.setdefault(roots[name], name)
    return roots, evidence


def _proper_parts(name: str, parts: Keys) -> Iterator[str]:
    """Yield what may stand for a longer name: runs of its parts; the ends of an undivided Japanese one."""
    if len(parts) == 1 and is_japanese(name):
        least = 1 if has_kanji(name) else 2
        reach = range(least, min(len(name), _MAX_JAPANESE))
        yield from (name[:size] for size in reach)
        yield from (name[-size:] for size in reach if size >= 2 or has_kanji(name[-size:]))
    elif len(parts) > _MAX_PARTS:
        yield from (parts[0], parts[-1])
    else:
        for size in range(1, len(parts)):
            for start in range(len(parts) - size + 1):
                part = join_key(parts[start : start + size])
                if len(part) > 1 or is_japanese(part):
                    yield part


def _division(name: str, parts: Keys, evidence: Mapping[str, str]) -> Keys:
    """Divide an undivided Japanese name: at a part that was mentioned alone, or where kana begin."""
    if len(parts) > 1 or not is_japanese(name):
        return parts
    part = evidence.get(name, "")
    if part and name.startswith(part):
        return (part, name[len(part) :])
    if part and name.endswith(part):
        return (name[: -len(part)], part)
    written = _KANJI_THEN_KANA.fullmatch(name)
    return (written[1], written[2]) if written else parts
