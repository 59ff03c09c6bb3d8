"""Expressions while they are read: kinds of runs, what is known of a stretch, where the reading has come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_OPENING = frozenset({"look", "open"})


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A kind of run; equal to itself alone.

    inside      : the characters that it is made of.
    first, last : those that it may begin with, and end with.
    fold        : character → the one that stands for its kind, as in ``str.translate``.
    """

    inside: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    fold: Mapping[int, str]


NO_RUN = Run(frozenset(), frozenset(), frozenset(), {})


@dataclass(frozen=True, slots=True)
class Piece:
    """What a run must hold.

    regex  : for ``re``; found in a folded run of every text that the pattern is found in.
    weight : fewest digits of a match.
    whole  : there is no more to the pattern than look-arounds and what may be left out.
    """

    regex: str
    weight: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a stretch of an expression.

    inside      : every match consists of characters of the run.
    first, last : a match that is not empty begins, or ends, as a run may.
    optional    : the empty text matches.
    weight      : fewest digits of a match.
    best        : the heaviest piece within; None when a match may go without.
    letters     : fewest written-out characters of a match.
    wide        : something stands for many characters and may be repeated, which makes many states.
    said        : the stretch that is not wide with the most written-out characters, and their number.
    edge        : the character that every match begins and ends with, where there is one such class.
    """

    regex: str
    inside: bool
    first: bool
    last: bool
    optional: bool = False
    weight: int = 0
    best: Piece | None = None
    letters: int = 0
    wide: bool = False
    said: tuple[int, str] = (0, "")
    edge: str = ""


@dataclass(slots=True)
class Reader:
    """Where the reading of an expression has come to."""

    tokens: Sequence[re.Match[str]]
    run: Run
    at: int = 0

    def peek(self) -> str:
        """Return the next token; empty at the end."""
        return self.tokens[self.at].group() if self.at < len(self.tokens) else ""

    def inside(self) -> str:
        """Return what stands in the group that was just opened, and go on behind it."""
        first = self.at
        self.at = self._closing() + 1
        start, end = self.tokens[first - 1].end(), self.tokens[self.at - 1].start()
        return self.tokens[first - 1].string[start:end]

    def _closing(self) -> int:
        """Return where the group that was just opened ends. Raises ValueError when it does not."""
        depth = 1
        for at in range(self.at, len(self.tokens)):
            token = self.tokens[at]
            depth += token.lastgroup in _OPENING
            depth -= token.group() == ")"
            if not depth:
                return at
        raise ValueError("an expression with unbalanced groups")

    def next(self) -> re.Match[str]:
        """Return the next token and go on. Raises ValueError at the end."""
        if self.at == len(self.tokens):
            raise ValueError("an expression with unbalanced groups")
        self.at += 1
        return self.tokens[self.at - 1]
