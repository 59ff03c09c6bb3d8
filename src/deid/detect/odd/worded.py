"""Units made of letters alone that may be a handle or a password: unknown words, and words where a value stands."""

import re
from collections.abc import Iterable, Sequence

from deid.detect.odd.compounds import is_compound
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.units import Unit

_PLAIN = re.compile("[A-Za-z]{2,20}")
_GROUPS = re.compile("[A-Za-z]{2,6}(?:[-‐‑‒–—.][A-Za-z]{2,6}){1,4}")
_PARTS = re.compile("[a-z]+")
_SIGNS = frozenset(":=>")
_SIGNS_BEFORE = frozenset(':=>,("“')
_SHORTEST, _UNKNOWN = 4, 6  # letters of a word, and of an unknown one that is not all in capitals
_INITIALS = 2  # small letters beside a number that may be of it, whatever word they are
_ANSWER, _ALONE = 5, 2  # units of an answer that may be one as a whole, and of one that is little else
_NAMING = frozenset(
    "secret unlock network login account handle social follow game share onetime pin key".split()
)
_LEADING = frozenset(
    "is its it's it’s was as under be called call calls put puts type typed types use used uses try tried say said says "
    "with to word by me name named user handle nick login password pass tag tagged add find who whos who's from like "
    "am im i'm i’m ur now then become became wrote gave whispered herself himself answer so just old new".split()
)
"""Words behind which a handle or a secret stands that is a word itself."""
_LITTLE = frozenset(
    "a am an and as at be but by can did do does for from had has have he her him how i if in is it me my no not of "
    "off ok on or our out pls plz she so that the them they this to too up us was we what when where which who why "
    "will with yes you your".split()
)


def speaks_of_names(words: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether some words, in lower case, speak of handles or of secrets."""
    return any(not _NAMING.isdisjoint(lexicon.of(word)) for word in words)


def worded_ones(units: Sequence[Unit], lexicon: Lexicon, *, asked: bool, naming: bool = True) -> list[int]:
    """Return the units of letters alone that no dictionary has, or that stand where a value does.

    asked  : whether something was said before them.
    naming : whether something speaks of handles or of secrets; else words are looked at only where they stand so, or answer.
    """
    count = sum(1 for unit in units if unit.text) if asked else _ANSWER + 1
    known = naming or count <= _ALONE
    return [
        at
        for at, unit in enumerate(units)
        if len(unit.text) >= _SHORTEST
        and (
            ((naming or not unit.text.isalpha() or _is_led_to(units, at)) and _may_be(unit.text, lexicon))
            or is_compound(unit.text.lower(), lexicon)
            or (known and _is_placed(units, at, lexicon, short=count <= _ANSWER))
        )
    ]


def _may_be(text: str, lexicon: Lexicon) -> bool:
    """Whether a unit is an unknown word, or groups of letters that are no words."""
    if _PLAIN.fullmatch(text) is None:
        return _GROUPS.fullmatch(text) is not None and not all(
            map(lexicon.is_known, _PARTS.findall(text.lower()))
        )
    return len(text) >= (_SHORTEST if text.isupper() else _UNKNOWN) and not lexicon.is_known(text.lower())


def _is_placed(units: Sequence[Unit], at: int, lexicon: Lexicon, *, short: bool) -> bool:
    """Whether a word stands where a value does: behind a sign, in a short answer, or, if it is rare, behind «is»."""
    text = units[at].text
    if len(text) < _SHORTEST or _PLAIN.fullmatch(text) is None:
        return False
    if short or _led(units, at):
        return True
    word = text.lower()
    return _is_behind(units, at) and not lexicon.is_common(word) and not lexicon.of(word)


def _is_behind(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit stands first among few, behind a sign or behind a word that leads to a value."""
    if at == 0:
        return len(units) <= _ANSWER
    return units[at - 1].follows[:1] in _SIGNS_BEFORE or _is_led_to(units, at)


def _is_led_to(units: Sequence[Unit], at: int) -> bool:
    return at > 0 and units[at - 1].text.lower() in _LEADING


def _led(units: Sequence[Unit], at: int) -> bool:
    return at > 0 and _leads(units[at - 1])


def _leads(unit: Unit) -> bool:
    return unit.key or unit.follows[:1] in _SIGNS


def lettered(units: Sequence[Unit], odd: Sequence[int], lexicon: Lexicon) -> list[int]:
    """Return odd units without the words among them, and the short numbers beside letters: «12» of «AB 12».

    «IS» and «PIN» beside a number are none of its groups.
    """
    left = {at for at in odd if not _is_word(units[at].text, lexicon)}
    letters = {at for at in left if units[at].text.isalpha()}
    return sorted(left | {at for at in _beside(letters, len(units)) if _has_digit(units[at].text)})


def _beside(some: set[int], count: int) -> set[int]:
    return {one for at in some for one in (at - 1, at + 1) if 0 <= one < count}


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_word(text: str, lexicon: Lexicon) -> bool:
    word = text.lower()
    if not text.isalpha() or word in _LITTLE:
        return word in _LITTLE
    small = len(text) > _INITIALS and text.islower() and len(text) < _SHORTEST
    return bool(lexicon.of(word)) or (small and lexicon.is_known(word))
