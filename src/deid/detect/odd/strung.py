"""Values strung out over a line: one character at a time, «K 4 9 2», or said, «four nine oh dash two»."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = {
    word: str(number)
    for number, word in enumerate("zero one two three four five six seven eight nine".split())
}
_DIGITS["oh"] = "0"
_SAID = "|".join(_DIGITS)
_BETWEEN = r"(?:,? dash |, ?| ?- ?|[ ]{1,3})"
_ONE = rf"(?:(?i:{_SAID})|[A-Z0-9])(?![0-9A-Za-z_'’])"
_STRUNG = re.compile(
    rf"(?<![0-9A-Za-z_'’])(?:(?P<said>{_ONE}(?:{_BETWEEN}{_ONE}){{2,}})"
    r"|[0-9A-Za-z](?:[ ]{1,3}[0-9A-Za-z]){3,}(?![0-9A-Za-z_'’]))"
)
# From what stands between, as a search for a blank takes least; of each length one look behind.
_BEHIND_SAID = "|".join(
    f"(?<=(?:{'|'.join(word for word in _DIGITS if len(word) == size)}).)" for size in range(2, 6)
)
_MAY = re.compile(
    rf"[ ,-](?:(?i:{_BEHIND_SAID})|(?<=[0-9A-Za-z] ) {{0,2}}[0-9A-Za-z] {{1,3}}[0-9A-Za-z](?![0-9A-Za-z]))"
)
_WORD = re.compile("[A-Za-z]+|[0-9]")
_HEAD, _TAIL = re.compile("[aAI][ ,]+"), re.compile("[ ,]+[aI]$")
_FEWEST = 2  # words for digits among what is said, or digits


class Strung(NamedTuple):
    """A range, and its value without what stands between its characters."""

    start: int
    end: int
    value: str

    def __repr__(self) -> str:
        return f"Strung({self.start}, {self.end})"


def strung(text: str) -> Iterator[Strung]:
    """Yield the strung values of a text, in order. Linear."""
    if _MAY.search(text) is None:
        return
    for match in _STRUNG.finditer(text):
        start, end = _without_words(match)
        tokens = _WORD.findall(text[start:end].replace("dash", "-"))
        value = "".join(_DIGITS.get(token.lower(), token) for token in tokens)
        if (
            match["said"] is None
            or sum(token.lower() in _DIGITS or token.isdigit() for token in tokens) >= _FEWEST
        ):
            yield Strung(start, end, value)


def _without_words(match: re.Match[str]) -> tuple[int, int]:
    """Return the range of what is strung without an «I» or «a» of the sentence at an end: «a 7 2 9 1», «4 4 1 0 I think»."""
    start, end = match.span()
    head, tail = _HEAD.match(match[0]), _TAIL.search(match[0])
    return start + (head.end() if head else 0), end - (len(tail[0]) if tail else 0)
