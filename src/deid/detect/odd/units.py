"""A message as units between blanks, without the marks round them, and which of them look like no word."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from deid.detect.odd.facts import DIGIT, ODD, PART, Facts
from deid.detect.odd.strung import strung

_UNIT = re.compile(r"\S+(?:(?<=[0-9A-Za-z]-)\n[0-9A-Za-z]\S*)*")  # a line may end within a value
_FOLLOWS = re.compile(r"\S*")
_OPENING = "\"'`([{<«“‘*_~#→>|,.;:!?=-「『（【"
_CLOSING = "\"'`)]}>»”’*~|,.;:!?…」』）】、。"
_SIGNS = frozenset(":=|>")
_KEY = re.compile(r"[A-Za-z][A-Za-z ._/-]{0,24}?(?:=>|->|[:=|])(?=\S)")


class Unit(NamedTuple):
    """A run of characters between blanks, or before or behind the sign of a key: «pin=4410» is two.

    start, end : its range without marks round it; empty for marks alone. A key keeps its sign.
    follows    : what stands on its right, up to the next blank.
    key        : whether a value is written to it.
    """

    start: int
    end: int
    text: str
    follows: str
    key: bool

    def __repr__(self) -> str:
        return f"Unit({self.start}, {self.end})"


def units_of(text: str) -> list[Unit]:
    """Return the units of a text, in order: what is strung out is one, without what stands between. Linear."""
    found: list[Unit] = []
    at = 0
    for one in strung(text):
        found += _units(text, at, one.start)
        follows = _FOLLOWS.match(text, one.end)
        found.append(Unit(one.start, one.end, one.value, follows[0] if follows else "", key=False))
        at = one.end
    found += _units(text, at, len(text))
    return found


def _units(text: str, first: int, last: int) -> Iterator[Unit]:
    for start, end in _between_blanks(text, first, last):
        whole = text[start:end]
        if whole.isalnum():  # most are
            yield Unit(start, end, whole, "", False)  # noqa: FBT003 - by name it takes longer
            continue
        keyed = not _SIGNS.isdisjoint(whole) and "://" not in whole
        at = start
        while keyed and (key := _KEY.match(text, at, end)) is not None:
            yield _trimmed(text, at, key.end(), key=True)
            at = key.end()
        yield _trimmed(text, at, end, key=False)


def _between_blanks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    if text.find("-\n", first, last) >= 0:
        yield from (match.span() for match in _UNIT.finditer(text, first, last))
        return
    end = first
    for whole in text[first:last].split():
        start = text.index(whole, end)
        end = start + len(whole)
        yield start, end


def _trimmed(text: str, start: int, end: int, *, key: bool) -> Unit:
    bare = text[start:end].lstrip(_OPENING)
    first = end - len(bare)
    bare = bare.rstrip(_CLOSING)
    last = first + len(bare)
    if not bare[:1].isalnum() and not any(map(str.isalnum, bare)):
        return Unit(first, first, "", text[first:end], key)
    return Unit(first, last, bare.replace("\n", ""), text[last:end], key)


def odd_ones(units: Sequence[Unit], facts: Sequence[Facts]) -> list[int]:
    """Return which units look like no word, and the short groups of digits or capitals beside them."""
    odd = {at for at, (_, bits) in enumerate(facts) if bits & ODD}
    odd.update(_strung(units))
    digits = odd | {at for at, (_, bits) in enumerate(facts) if bits & DIGIT}
    if not digits:
        return []
    solid = [at for at, unit in enumerate(units) if unit.start < unit.end]
    beside = {
        part
        for pair in pairwise(solid)
        for part, other in (pair, pair[::-1])
        if other in digits and facts[part].bits & PART
    }
    return sorted(odd | beside)


def _strung(units: Sequence[Unit]) -> Iterator[int]:
    """Yield the units whose characters stand apart, as an end of line within a value does not make them."""
    return (at for at, (start, end, text, _, _) in enumerate(units) if end - start > len(text) + 1 > 1)
