"""Units made of letters alone that may be a handle or a password: unknown words, and words where a value stands."""

from collections.abc import Callable, Iterable, Sequence

from deid.detect.odd.facts import JOINED, LEADS, PLAIN, RARE, UNKNOWN, WORD, Facts
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.units import Unit

_SIGNS = frozenset(":=>")
_SIGNS_BEFORE = frozenset(':=>,("“')
_ANSWER, _ALONE = 5, 2  # units of an answer that may be one as a whole, and of one that is little else
_MAY = UNKNOWN | JOINED | RARE
_NO_UNIT = Unit(0, 0, "", "", key=False)
_NAMING = frozenset(
    "secret unlock network login account handle social follow game share onetime pin key".split()
)


def speaks_of_names(words: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether some words, in lower case, speak of handles or of secrets."""
    return any(not _NAMING.isdisjoint(some) for some in filter(None, map(lexicon.fields.get, words)))


def worded_ones(
    units: Sequence[Unit], facts: Sequence[Facts], *, asked: bool, naming: Callable[[], bool]
) -> list[int]:
    """Return the units of letters alone that no dictionary has, or that stand where a value does.

    asked  : whether something was said before them.
    naming : tells whether something speaks of handles or of secrets; else words are looked at only where they stand so, or answer.
    """
    count = sum(1 for unit in units if unit.text) if asked else _ANSWER + 1
    short, alone = count <= _ANSWER, count <= _ALONE
    sure, named = [], []
    last = _NO_UNIT
    for at, (unit, (_, bits)) in enumerate(zip(units, facts, strict=True)):
        # Most are words in common use with nothing before them.
        if bits & _MAY or (bits & PLAIN and (short or last.key or last.follows)):
            placed = bits & PLAIN and (
                short or _leads(last) or (bits & RARE and _is_behind(units, facts, at))
            )
            led = bits & UNKNOWN and (not unit.text.isalpha() or _is_led_to(facts, at))
            if bits & JOINED or (placed and alone) or led:
                sure.append(at)
            elif placed or bits & UNKNOWN:
                named.append(at)
        last = unit
    return sorted(sure + named) if named and naming() else sure


def _is_behind(units: Sequence[Unit], facts: Sequence[Facts], at: int) -> bool:
    """Whether a unit stands first among few, behind a sign or behind a word that leads to a value."""
    if at == 0:
        return len(units) <= _ANSWER
    return units[at - 1].follows[:1] in _SIGNS_BEFORE or _is_led_to(facts, at)


def _is_led_to(facts: Sequence[Facts], at: int) -> bool:
    return at > 0 and bool(facts[at - 1].bits & LEADS)


def _leads(unit: Unit) -> bool:
    return unit.key or unit.follows[:1] in _SIGNS


def lettered(units: Sequence[Unit], odd: Sequence[int], facts: Sequence[Facts]) -> list[int]:
    """Return odd units without the words among them, and the short numbers beside letters: «12» of «AB 12».

    «IS» and «PIN» beside a number are none of its groups.
    """
    left = {at for at in odd if not facts[at].bits & WORD}
    letters = {at for at in left if units[at].text.isalpha()}
    return sorted(left | {at for at in _beside(letters, len(units)) if _has_digit(units[at].text)})


def _beside(some: set[int], count: int) -> set[int]:
    return {one for at in some for one in (at - 1, at + 1) if 0 <= one < count}


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
