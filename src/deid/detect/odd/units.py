"""A message as units between blanks, without the marks round them, and which of them look like no word."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from deid.detect.odd.strung import strung

_UNIT = re.compile(r"\S+(?:(?<=[0-9A-Za-z]-)\n[0-9A-Za-z]\S*)*")  # a line may end within a value
_FOLLOWS = re.compile(r"\S*")
_OPENING = "\"'`([{<«“‘*_~#→>|,.;:!?=-「『（【"
_CLOSING = "\"'`)]}>»”’*~|,.;:!?…」』）】、。"
_KEY = re.compile(r"[A-Za-z][A-Za-z ._/-]{0,24}?(?:=>|->|[:=|])(?=\S)")
_SHORTEST, _LONGEST = 3, 40
_PART, _SMALL_PART = 4, 3  # letters in capitals beside a number, «AB 12», and small ones
_DIGIT = re.compile(r"\d")
_ODD = re.compile(
    r"\d|_|[a-z][A-Z]|[A-Za-z][!@#$%^&*?~]+[A-Za-z]|[a-z]\.[a-z]{2}|^[A-Z].*[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{5}"
    r"|^[A-Z]{3,5}(?:-[A-Z]{3,5})+$|^[A-Z]{3,}\.[A-Z]{3,}$"
)
_HYPHENED = re.compile("[a-z]+(?:-[a-z]+){2,}")
_ADDRESS = re.compile(r"://|.@.*\.")


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
    for match in _UNIT.finditer(text, first, last):
        start, end = match.span()
        keyed = not match.group().isalnum() and "://" not in match.group()
        while keyed and (key := _KEY.match(text, start, end)) is not None:
            yield _trimmed(text, start, key.end(), key=True)
            start = key.end()
        yield _trimmed(text, start, end, key=False)


def _trimmed(text: str, start: int, end: int, *, key: bool) -> Unit:
    whole = text[start:end]
    if whole.isalnum():  # most are
        return Unit(start, end, whole, "", key)
    bare = whole.lstrip(_OPENING)
    first = end - len(bare)
    bare = bare.rstrip(_CLOSING)
    last = first + len(bare)
    if not any(map(str.isalnum, bare)):
        return Unit(first, first, "", text[first:end], key)
    return Unit(first, last, bare.replace("\n", ""), text[last:end], key)


def odd_ones(units: list[Unit]) -> list[int]:
    """Return which units look like no word, and the short groups of digits or capitals beside them."""
    odd = {number for number, unit in enumerate(units) if is_odd(unit.text) or _is_strung(unit)}
    digits = odd | {number for number, unit in enumerate(units) if _has_digit(unit.text)}
    if not digits:
        return []
    solid = [number for number, unit in enumerate(units) if unit.start < unit.end]
    beside = {
        part
        for pair in pairwise(solid)
        for part, other in (pair, pair[::-1])
        if other in digits and _is_part(units[part].text)
    }
    return sorted(odd | beside)


def is_odd(text: str) -> bool:
    """Whether a unit holds a digit, an underscore, mixed case or signs inside, or letters nobody can say."""
    if not _SHORTEST <= len(text) <= _LONGEST or (text.isalpha() and text.islower() and text.isascii()):
        return False
    if _ADDRESS.search(text) is not None:
        return False
    return _ODD.search(text) is not None or _HYPHENED.fullmatch(text) is not None


def _is_strung(unit: Unit) -> bool:
    """Whether its characters stand apart, as an end of line within a value does not make them."""
    return unit.end - unit.start > len(unit.text) + 1 > 1


def _has_digit(text: str) -> bool:
    return not text.isalpha() and _DIGIT.search(text) is not None


def _is_part(text: str) -> bool:
    if _has_digit(text):
        return True
    most = _PART if text.isupper() else _SMALL_PART if text.islower() else 0
    return 0 < len(text) <= most and text.isascii() and text.isalpha()
