"""A message as units between blanks, without the marks round them, and which of them look like no word."""

import re
from typing import NamedTuple

_UNIT = re.compile(r"\S+")
_OPENING = "\"'`([{<«“‘*_~#→>|,.;:!?=-「『（【"
_CLOSING = "\"'`)]}>»”’*~|,.;:!?…」』）】、。"
_KEY = re.compile(r"[A-Za-z][A-Za-z ._/-]{0,24}?(?:=>|->|[:=|])(?=\S)")
_SHORTEST, _LONGEST = 3, 40
_PART = 4  # letters in capitals beside a number: «AB 12»
_DIGIT = re.compile(r"\d")
_ODD = re.compile(
    r"\d|_|[a-z][A-Z]|[A-Za-z][!@#$%^&*?~]+[A-Za-z]|[a-z]\.[a-z]{2}|^[A-Z].*[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{5}"
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
    """Return the units of a text, in order. Linear."""
    found: list[Unit] = []
    for match in _UNIT.finditer(text):
        start, end = match.span()
        keyed = not match.group().isalnum() and "://" not in match.group()
        while keyed and (key := _KEY.match(text, start, end)) is not None:
            found.append(_trimmed(text, start, key.end(), key=True))
            start = key.end()
        found.append(_trimmed(text, start, end, key=False))
    return found


def _trimmed(text: str, start: int, end: int, *, key: bool) -> Unit:
    bare = text[start:end].lstrip(_OPENING)
    first = end - len(bare)
    bare = bare.rstrip(_CLOSING)
    last = first + len(bare)
    return Unit(first, last, bare, text[last:end], key)


def odd_ones(units: list[Unit]) -> list[int]:
    """Return which units look like no word, and the short groups of digits or capitals beside them."""
    odd = {number for number, unit in enumerate(units) if is_odd(unit.text)}
    digits = odd | {number for number, unit in enumerate(units) if _has_digit(unit.text)}
    if not digits:
        return []
    beside = {
        number
        for number, unit in enumerate(units)
        if (number - 1 in digits or number + 1 in digits) and _is_part(unit.text)
    }
    return sorted(odd | beside)


def is_odd(text: str) -> bool:
    """Whether a unit holds a digit, an underscore, mixed case or signs inside, or letters nobody can say."""
    if not _SHORTEST <= len(text) <= _LONGEST or (text.isalpha() and text.islower() and text.isascii()):
        return False
    if _ADDRESS.search(text) is not None:
        return False
    return _ODD.search(text) is not None or _HYPHENED.fullmatch(text) is not None


def _has_digit(text: str) -> bool:
    return not text.isalpha() and _DIGIT.search(text) is not None


def _is_part(text: str) -> bool:
    if _has_digit(text):
        return True
    return 0 < len(text) <= _PART and text.isascii() and text.isalpha() and text.isupper()
