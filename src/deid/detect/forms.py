"""Patterns ready to run: each made when a text first may hold it, as most chat holds few.

What ``re`` and the sieves make of them is kept between runs where that may be (``deid.detect.compiled``): all of them at
once, since an entry costs more than a pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from deid.detect.compiled import kept_if_it_stays
from deid.detect.context import Context
from deid.detect.opcodes import VERSION, Opcodes, works, written
from deid.detect.patterns import ALL
from deid.detect.patterns.pattern import Pattern
from deid.detect.searching import WHOLE, quick
from deid.detect.sieves import Sieve, necessary

_Cue = tuple[str, int]
"""An expression as it is written, and its flags."""


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
    kept = _kept()
    return Sieve(ALL[index].regex if kept is None else kept[index][1], read=kept is not None)


@cache
def form_of(index: int) -> Form:
    """Return a pattern, by its number in ``ALL``."""
    pattern, kept = ALL[index], _kept()
    regex = _compiled(pattern.regex) if kept is None else kept[index][0]
    whole = WHOLE if WHOLE in regex.groupindex else 0
    context = pattern.context and replace(
        pattern.context, cue=_quick_cue(pattern.context.cue), veto=_quick_cue(pattern.context.veto)
    )
    return Form(pattern, context, regex, whole, "v" if "v" in regex.groupindex else whole)


def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(quick(regex), re.ASCII)


@cache
def _quick_cue(cue: re.Pattern[str] | None) -> re.Pattern[str] | None:
    """Return a cue as ``re`` finds it sooner: patterns share many."""
    if cue is None or not cue.flags & re.ASCII:
        return cue
    kept = _kept()
    if kept is not None:
        return kept[len(ALL) + _cues().index((cue.pattern, cue.flags))][0]
    return re.compile(_written_cue(cue.pattern, cue.flags), cue.flags)


def _written_cue(cue: str, flags: int) -> str:
    return quick(cue, fold=bool(flags & re.IGNORECASE))


@cache
def _cues() -> list[_Cue]:
    """Return the cues of all patterns, each once."""
    contexts = [pattern.context for pattern in ALL if pattern.context is not None]
    cues = (cue for context in contexts for cue in (context.cue, context.veto) if cue is not None)
    return list(dict.fromkeys((cue.pattern, cue.flags) for cue in cues if cue.flags & re.ASCII))


@cache
def _kept() -> Opcodes | None:
    """Return what is kept: all patterns, each with what is necessary for it, and behind them the cues."""
    if not works():
        return None
    about = [VERSION, [pattern.regex for pattern in ALL], _cues()]
    content = kept_if_it_stays("opcodes", about, _written)
    return None if content is None else Opcodes(content)


def _written() -> bytes:
    """Return what is to be kept."""
    patterns = [(quick(pattern.regex), int(re.ASCII), necessary(pattern.regex)) for pattern in ALL]
    return written([*patterns, *((_written_cue(*cue), cue[1], "") for cue in _cues())])
