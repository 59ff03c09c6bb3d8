"""Triggers: one RE2 Set says which of many expressions can match a text at all.

Without google-re2 all of them are asked: slower, the same findings.
"""

from collections.abc import Callable, Sequence

try:
    import re2
except ImportError:
    re2 = None

_MEMORY_BYTES = 64 << 20  # ceiling of the automaton

Candidates = Callable[[str], Sequence[int]]
"""Returns the indices of the expressions that may match a text."""


def candidates_of(triggers: Sequence[str]) -> Candidates:
    """Return a function over RE2 expressions, matched without regard to case."""
    if re2 is None:
        everything = tuple(range(len(triggers)))
        return lambda _: everything
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    options.log_errors = False
    options.case_sensitive = False
    union = re2.Set.SearchSet(options)
    for trigger in triggers:
        union.Add(trigger)
    union.Compile()
    match: Callable[[bytes], Sequence[int]] = union.Match
    return lambda text: match(text.encode(errors="replace")) or ()
