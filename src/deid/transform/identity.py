"""Identity: which mentions of a conversation are one person or one value.

Values other than persons are one when their canonical values are. A person's name is one with a longer
name of the conversation when it is part of exactly that one («Tanaka» of «Tanaka Hiroshi», «美咲» of
«田中美咲», «Mika» of «ミカ」 by its romanization); when it fits two people it stays an identity of its
own. Order of first mention gives the numbers. Linear in the mentions, but for one sort of distinct names.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.detect.names.kana import is_kana, to_romaji
from deid.transform.canonical import canonical
from deid.transform.names import join_key, parse_person
from deid.transform.script import fold_romaji, has_kanji, is_japanese
from deid.types import Span, Turn

PERSON = "PERSON"
# Longer names than these have their first and last parts looked up only, so that work stays linear.
_MAX_JAPANESE, _MAX_PARTS = 12, 6
_KANA_TAIL = re.compile(r"[\u3041-\u3096ー]{2,}$")
_KANJI_THEN_KANA = re.compile(r"([^\u3041-\u3096ー]{1,4})([\u3041-\u3096ー]{2,})")

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """One identity of one conversation.

    number    : 1-based, per label, in order of first mention.
    canonical : canonical value; a person's is their longest name.
    parts     : folded parts of a person's name in order, one when its division is unknown; else empty.
    """

    label: str
    number: int
    canonical: str = field(repr=False)
    parts: Keys = field(default=(), repr=False)


def link(turns: Sequence[Turn], spans: Sequence[Sequence[Span]]) -> list[list[Entity]]:
    """Return the entity of each span, parallel to ``spans``, which lie inside their turns."""
    mentions = [
        [(span.label, turn.text[span.start : span.end]) for span in found]
        for turn, found in zip(turns, spans, strict=True)
    ]
    people = _people(dict.fromkeys(s for found in mentions for label, s in found if label == PERSON))
    entities: dict[tuple[str, str], Entity] = {}
    values: dict[tuple[str, str], Entity] = {}
    counts: dict[str, int] = defaultdict(int)

    def entity(mention: tuple[str, str]) -> Entity:
        known = entities.get(mention)
        if known is not None:
            return known
        label, surface = mention
        value, parts = people[surface] if label == PERSON else (canonical(label, surface), ())
        if (label, value) not in values:
            counts[label] += 1
            values[label, value] = Entity(label, counts[label], value, parts)
        entities[mention] = values[label, value]
        return entities[mention]

    return [[entity(mention) for mention in found] for found in mentions]


def _people(surfaces: Iterable[str]) -> Mapping[str, tuple[str, Keys]]:
    """Return the canonical name, and its parts, of the person each surface stands for."""
    keys = _aliased({surface: parse_person(surface).keys for surface in surfaces})
    divided: dict[str, Keys] = {}
    for parts in keys.values():
        name = join_key(parts)
        if len(parts) >= len(divided.get(name, ())):
            divided[name] = parts
    same = _reordered(divided)
    roots, evidence = _roots(divided, same)
    result = {}
    for surface, parts in keys.items():
        name = join_key(parts)
        root = roots[same.get(name, name)]
        result[surface] = (root, _division(root, divided[root], evidence))
    return result


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


def _reordered(divided: Mapping[str, Keys]) -> dict[str, str]:
    """Map a name to the first one with the same parts in another order (Hiroshi Tanaka, Tanaka Hiroshi)."""
    first: dict[Keys, str] = {}
    return {name: first.setdefault(tuple(sorted(parts)), name) for name, parts in divided.items()}


def _roots(divided: Mapping[str, Keys], same: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return name → its person's longest name, and longest name → a part of it that someone mentioned."""
    longer = defaultdict(list)
    for name, parts in divided.items():
        for part in _proper_parts(name, parts):
            if part in divided:
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
