"""Sets of expressions: one RE2 Set says which of many can match a text at all.

Without google-re2 all of them are asked: slower, the same findings.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from deid.errors import DetectorError

try:
    import re2
except ImportError:
    re2 = None

HAS_RE2 = re2 is not None

_MEMORY_BYTES = 64 << 20  # ceiling of one automaton, reached by adversarial input only

_PROBE = (
    "\x00probe\x00"  # is found where an automaton works at all; a text with it may hold the first expression
)

Candidates = Callable[[str], Collection[int]]
"""Given a text, returns the indexes of the expressions that may match it."""


def candidates_of(triggers: Sequence[str]) -> Candidates:
    """Return a function over RE2 expressions, matched without regard to case."""
    if not HAS_RE2:
        everything = tuple(range(len(triggers)))
        return lambda _: everything
    match = search_set(triggers, case_sensitive=False)
    return lambda text: match(text.encode(errors="replace")) or ()


def bits(numbers: Iterable[int]) -> int:
    """Return an integer with a bit for each number."""
    return sum(1 << number for number in set(numbers))


def numbers(of: int) -> list[int]:
    """Return the numbers of the bits that are set, the highest first."""
    found: list[int] = []
    while of:
        found.append(of.bit_length() - 1)
        of ^= 1 << found[-1]
    return found


def search_set(
    expressions: Iterable[str], *, case_sensitive: bool = True, memory_bytes: int = _MEMORY_BYTES
) -> Callable[[bytes], Sequence[int] | None]:
    """Return what finds the numbers of the expressions that a text in UTF-8 holds. Needs RE2.

    Raises DetectorError where they do not fit into memory: RE2 would find nothing, in any text.
    """
    options = re2.Options()
    options.max_mem = memory_bytes
    options.log_errors = False
    options.case_sensitive = case_sensitive
    union = re2.Set.SearchSet(options)
    probe = ""
    for expression in expressions:
        union.Add(expression if probe else f"(?:{expression})|{_PROBE}")
        probe = _PROBE
    match: Callable[[bytes], Sequence[int] | None] = union.Match
    try:
        union.Compile()
        works = not probe or match(probe.encode()) is not None
    except re2.error:
        works = False
    if not works:
        raise DetectorError("expressions that do not fit into the memory of RE2")
    return match
