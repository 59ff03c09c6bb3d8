"""Phrases as people type them: what finds them in a text, and what tells at once which texts hold none.

A space in a phrase also matches a hyphen, an apostrophe also a curly one or none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from deid.detect.matching.automata import HAS_HYPERSCAN, Held, join
from deid.detect.matching.candidates import bits
from deid.detect.matching.expressions import TOKEN, branches_of, group_end, prefilter
from deid.detect.matching.searching import WHOLE, quick
from deid.detect.matching.wordsets import LOWER, word_set

_TYPED = re.compile(r"\[[^\]]*\]|[ ']")
_LOOSE = {" ": "[ -]", "'": "['’]?"}
_PLAIN = LOWER.translate(bytes.maketrans(b"-", b" "))
"""As ``LOWER``, hyphens as spaces: a phrase is then one word rather than one for each way to join its parts."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a phrase may start and end.

    left, right   : what stands around it, for ``re``.
    before, after : the same or less, for RE2, which has no look-around.
    """

    left: str
    right: str
    before: str = ""
    after: str = ""


EDGES = {
    "en": Edges("(?<![0-9A-Za-z])", "(?![0-9A-Za-z])", "(?:^|[^0-9A-Za-z])", "(?:[^0-9A-Za-z]|$)"),
    # Kana and Han run into each other: only a word of Latin letters or of katakana has an edge to see.
    "ja": Edges(
        "(?:(?![A-Za-zァ-ヴー])|(?<![A-Za-z])(?=[A-Za-z])|(?<![ァ-ヴー])(?=[ァ-ヴー]))",
        "(?:(?<![A-Za-zァ-ヴー])|(?<=[A-Za-z])(?![A-Za-z])|(?<=[ァ-ヴー])(?![ァ-ヴー]))",
    ),
}


class Phrases:
    """Phrases of one word list, compiled when first looked for: few texts need more than a few of them."""

    __slots__ = ("_edges", "_pattern", "_regex")

    def __init__(self, lines: Sequence[str], edges: Edges) -> None:
        self._regex = _loose(any_of(lines)) if lines else ""
        self._edges = edges
        self._pattern: re.Pattern[str] | None = None

    def triggers(self) -> Iterator[str]:
        """Yield RE2 expressions, one of which a text holds once ``_PLAIN`` has written it, wherever one of them is."""
        for branch in _alternatives(_hyphenless(prefilter(self._regex))):
            yield f"{self._edges.before}{branch}{self._edges.after}"

    def within(self, text: str) -> list[tuple[int, int]]:
        """Return the range of every phrase in the text."""
        if not self._regex:
            return []
        if self._pattern is None:
            regex = quick(f"{self._edges.left}{self._regex}{self._edges.right}", fold=True)
            self._pattern = re.compile(regex, re.ASCII | re.IGNORECASE)
        return _places(self._pattern, text)


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return the ranges of what an expression that ``quick`` wrote finds, none over another."""
    if WHOLE not in pattern.groupindex:
        return [match.span() for match in pattern.finditer(text)]
    found: list[tuple[int, int]] = []
    match = pattern.search(text)
    while match is not None:
        start, end = match.span(WHOLE)
        found.append((start, end))
        match = pattern.search(text, max(end, start + 1))
    return found


def held_by(triggers: Iterable[tuple[int, str]]) -> Callable[[Sequence[bytes]], list[int]]:
    """Return what says which triggers each of many texts holds, as an integer of bits: all at once, or one by one."""
    if HAS_HYPERSCAN:
        at_once = Held(triggers)
        return lambda texts: at_once(join(texts, _PLAIN))
    one_by_one = word_set(triggers)
    return lambda texts: [bits(one_by_one(text.translate(_PLAIN))) for text in texts]


def _alternatives(regex: str) -> Iterator[str]:
    """Yield the alternatives of an expression: a word of one is no part of the others' states."""
    for branch in branches_of(list(TOKEN.finditer(regex))):
        if not branch:
            yield ""
            continue
        written = regex[branch[0].start() : branch[-1].end()]
        if branch[0].group() == "(?:" and group_end(branch, 0) == len(branch):
            yield from _alternatives(written[3:-1])
        else:
            yield written


def _hyphenless(regex: str) -> str:
    """Return an expression for texts in which a hyphen is written as a space."""
    return "".join(_without_hyphen(token) for token in TOKEN.finditer(regex))


def _without_hyphen(token: re.Match[str]) -> str:
    text = token.group()
    if text in {"-", r"\-", "[ -]"}:
        return " "
    if token["set"] and text.endswith("-]"):  # as a sign, not between the ends of a range
        return text[:-2] + ("]" if text.startswith("[^") else " ]")
    return text


def any_of(lines: Sequence[str]) -> str:
    """Return one group of alternatives, the longer first, since the first that fits wins."""
    return f"(?:{'|'.join(sorted(lines, key=len, reverse=True))})"


def _loose(regex: str) -> str:
    """Let a space match a hyphen and an apostrophe every way to type it, outside of character classes."""
    return _TYPED.sub(lambda match: _LOOSE.get(match[0], match[0]), regex)
