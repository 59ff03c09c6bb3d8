"""A rule: what a statement of one kind looks like, what it says, and whose it is."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from deid.detect.matching.expressions import TOKEN, prefilter

_KINDS = re.compile(r"\\[swd]")
_ANY_KIND = re.compile(r"\\[wsdWSD]")
_BEYOND = r"\x0b\x1c-\x1f\x{80}-\x{10ffff}"  # some of which are white space, letters or digits to re

Reading = tuple[str, int, int]
"""A value, and the characters that state it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that a text states.

    kind       : label of the fact.
    value      : canonical value.
    start, end : the characters that state it.
    whose      : ``speaker``, or what the other is to them, as in ``deid.types.Fact``.
    """

    kind: str
    value: str = field(repr=False)
    start: int
    end: int
    whose: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of fact is stated in one language.

    trigger : RE2 expression found wherever the pattern matches; cheap.
    pattern : the whole statement.
    read    : what a match says.
    claims  : whose a match is, None when it is nobody's: a question, a wish, the past, fiction.
    """

    kind: str
    trigger: str
    pattern: re.Pattern[str] = field(repr=False)
    read: Callable[[re.Match[str]], Iterable[Reading]]
    claims: Callable[[re.Match[str]], str | None]


def whole(regex: str) -> str:
    """Return an RE2 expression found wherever ``regex`` is, whatever the script: to RE2 a word is of ASCII alone.

    Raises ValueError for a class of all but some kind of characters.
    """
    kept: list[str] = []
    for token in TOKEN.finditer(prefilter(regex)):
        text = token.group()
        if text == r"\b":
            continue
        if _KINDS.fullmatch(text):
            text = f"[{text}{_BEYOND}]"
        elif token["set"] and not text.startswith("[^") and _KINDS.search(text):
            text = f"[{_BEYOND}{text[1:]}"
        elif _ANY_KIND.search(text):
            raise ValueError(f"an expression with {text}")
        kept.append(text)
    return "".join(kept)


def constant(value: str) -> Callable[[re.Match[str]], Iterable[Reading]]:
    """Return a reader of matches that all say the same."""
    return lambda match: ((value, *match.span("v" if "v" in match.re.groupindex else 0)),)


def trigger_ja(words: Collection[str]) -> str:
    """Return an RE2 expression found wherever one of the words is; those in Latin letters («SE») stand alone."""
    latin = [word for word in words if word.isascii()]
    others = alternatives(word for word in words if not word.isascii())
    return rf"{others}|(?:^|[^a-z]){alternatives(latin)}(?:$|[^a-z])" if latin else others


def alternatives(words: Iterable[str]) -> str:
    """Return one group of the words, the longer first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})".replace(r"\ ", " ")
