"""A rule: what a statement of one kind looks like, what it says, and whose it is."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

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
