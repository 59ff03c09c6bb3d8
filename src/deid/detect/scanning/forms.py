"""Patterns ready to run: each made when a text first may hold it, as most chat holds few."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from deid.detect.context import Context
from deid.detect.matching.compiled import kept_table
from deid.detect.matching.searching import WHOLE, quick
from deid.detect.matching.sieves import Sieve, necessary
from deid.detect.patterns import ALL
from deid.detect.patterns.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern ready to run: its context and expression, the group that holds a match, and the one its span covers."""

    pattern: Pattern
    context: Context | None
    regex: re.Pattern[str] = field(repr=False)
    whole: str | int
    group: str | int

    def find(self, text: str, found: re.Match[str]) -> Iterator[tuple[int, int, float]]:
        """Yield (start, end, score) of every accepted match in the normalised text, from its first match on."""
        match: re.Match[str] | None = found
        accept, context, score = self.pattern.accept, self.context, self.pattern.score
        last = len(text) - max(self.pattern.digits, 1)  # behind it no match has room
        while match is not None:
            start, end = match.span(self.group)
            if start < end and (accept is None or accept(text[start:end])):
                weight = score if context is None else context.score(text, start, end, score)
                if weight > 0.0:
                    yield start, end, weight
            first, after = match.span(self.whole)
            if after > last:
                return
            match = self.regex.search(text, after if after > first else after + 1)


@cache
def sieve_of(index: int) -> Sieve:
    """Return what refuses texts before a pattern reads them."""
    return Sieve(_written()[index][1])


@cache
def form_of(index: int) -> Form:
    """Return a pattern, by its number in ``ALL``."""
    pattern = ALL[index]
    regex = re.compile(_written()[index][0], re.ASCII)
    whole = WHOLE if WHOLE in regex.groupindex else 0
    context = pattern.context and replace(
        pattern.context, cue=_quick_cue(pattern.context.cue), veto=_quick_cue(pattern.context.veto)
    )
    return Form(pattern, context, regex, whole, "v" if "v" in regex.groupindex else whole)


@cache
def _written() -> list[tuple[str, str]]:
    """Return each pattern as ``re`` finds it sooner, and what its matches hold; all are read at the first start."""
    regexes = [pattern.regex for pattern in ALL]
    written: list[tuple[str, str]] = kept_table(
        "patterns", regexes, lambda: [(quick(regex), necessary(regex)) for regex in regexes]
    )
    return written


@cache
def _quick_cue(cue: re.Pattern[str] | None) -> re.Pattern[str] | None:
    """Return a cue as ``re`` finds it sooner: patterns share many."""
    if cue is None or not cue.flags & re.ASCII:
        return cue
    return re.compile(quick(cue.pattern, fold=bool(cue.flags & re.IGNORECASE)), cue.flags)
