"""Units made of letters alone that may be a handle or a password: unknown words, and words where a value stands."""

import re
from collections.abc import Iterable, Sequence

from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.units import Unit

_PLAIN = re.compile("[A-Za-z]{2,20}")
_GROUPS = re.compile("[A-Za-z]{2,6}(?:[-‐‑‒–—.][A-Za-z]{2,6}){1,4}")
_PARTS = re.compile("[a-z]+")
_SIGNS = frozenset(":=>")
_SHORTEST, _UNKNOWN = 4, 6  # letters of a word, and of an unknown one
_ANSWER = 5  # units of an answer that may be one as a whole
_NAMING = frozenset(
    "secret unlock network login account handle social follow game share onetime pin key".split()
)
_LITTLE = frozenset(
    "a am an and as at be but by can did do does for from had has have he her him how i if in is it me my no not of "
    "off ok on or our out pls plz she so that the them they this to too up us was we what when where which who why "
    "will with yes you your".split()
)


def speaks_of_names(words: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether some words, in lower case, speak of handles or of secrets."""
    return any(not _NAMING.isdisjoint(lexicon.of(word)) for word in words)


def worded_ones(units: Sequence[Unit], lexicon: Lexicon, *, asked: bool) -> list[int]:
    """Return the units of letters alone that no dictionary has, or that stand where a value does.

    asked : whether something was said before them.
    """
    short = asked and sum(1 for unit in units if unit.text) <= _ANSWER
    return [
        at for at, unit in enumerate(units) if _may_be(unit.text, lexicon, stands=short or _led(units, at))
    ]


def _may_be(text: str, lexicon: Lexicon, *, stands: bool) -> bool:
    if _PLAIN.fullmatch(text) is None:
        return _GROUPS.fullmatch(text) is not None and not all(
            map(lexicon.is_known, _PARTS.findall(text.lower()))
        )
    return (stands and len(text) >= _SHORTEST) or (
        (stands or len(text) >= _UNKNOWN) and not lexicon.is_known(text.lower())
    )


def _led(units: Sequence[Unit], at: int) -> bool:
    return at > 0 and _leads(units[at - 1])


def _leads(unit: Unit) -> bool:
    return unit.key or unit.follows[:1] in _SIGNS


def lettered(units: Sequence[Unit], odd: Sequence[int], lexicon: Lexicon) -> list[int]:
    """Return odd units without the words among them, and the short numbers beside letters: «12» of «AB 12».

    «IS» and «PIN» beside a number are none of its groups.
    """
    left = {at for at in odd if not _is_word(units[at].text.lower(), lexicon)}
    letters = {at for at in left if units[at].text.isalpha()}
    return sorted(left | {at for at in _beside(letters, len(units)) if _has_digit(units[at].text)})


def _beside(some: set[int], count: int) -> set[int]:
    return {one for at in some for one in (at - 1, at + 1) if 0 <= one < count}


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_word(word: str, lexicon: Lexicon) -> bool:
    return word in _LITTLE or (word.isalpha() and bool(lexicon.of(word)))
