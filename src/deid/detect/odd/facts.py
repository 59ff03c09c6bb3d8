"""What a scorer is told of a word, and what may make it a value: worked out once a word while texts are read.

A lexicon holds the facts for as long as the texts are with their reader, which then lets them go
(``Lexicon.reading``): they are people's own words.
"""

import re
from typing import NamedTuple

from deid.detect.odd.compounds import is_compound
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.shapes import masked

ODD, DIGIT, PART, UNKNOWN, JOINED, PLAIN, RARE, LEADS, WORD = (1 << bit for bit in range(9))
"""What is so of a unit: bits.

It looks like no word; it holds a digit; it is short enough for a group of a value; nobody knows it; two words
make it; it is letters alone; those of a rare word without a field; a value may stand behind it; it is a word
whatever stands beside it.
"""
SHORTEST = 4
"""Letters of a word that may be a value."""
LITTLE = frozenset(
    "a am an and as at be but by can did do does for from had has have he her him how i if in is it me my no not of "
    "off ok on or our out pls plz she so that the them they this to too up us was we what when where which who why "
    "will with yes you your".split()
)
_LEADING = frozenset(
    "is its it's it’s was as under be called call calls put puts type typed types use used uses try tried say said says "
    "with to word by me name named user handle nick login password pass tag tagged add find who whos who's from like "
    "am im i'm i’m ur now then become became wrote gave whispered herself himself answer so just old new".split()
)
"""Words behind which a handle or a secret stands that is a word itself."""
_LONGEST, _UNKNOWN = 20, 6  # letters of a word, and of an unknown one that is not all in capitals
_INITIALS = 2  # small letters beside a number that may be of it, whatever word they are
_FEWEST, _MOST = 3, 40  # characters of what looks like no word
_GROUP, _SMALL_GROUP = 4, 3  # letters in capitals beside a number, «AB 12», and small ones
_STEM = 6  # letters of a word that are looked at
_HELD = 50_000  # words of a lexicon whose facts are held; a full store is emptied
_LONGEST_HELD = 40  # characters of a word that is held
_EDGES = "\"'`()[]{}<>«»“”‘’*_~#|,.;:!?=…/\\"
_INNER = re.compile("[a-z0-9]+")
_GROUPS = re.compile("[A-Za-z]{2,6}(?:[-‐‑‒–—.][A-Za-z]{2,6}){1,4}")
_PARTS = re.compile("[a-z]+")
_DIGIT, _TELLING = re.compile(r"\d"), re.compile(r"[\d_]")
_ODD = re.compile(
    r"[a-z][A-Z]|[A-Za-z][!@#$%^&*?~]+[A-Za-z]|[a-z]\.[a-z]{2}|^[A-Z].*[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{5}"
    r"|^[A-Z]{3,5}(?:-[A-Z]{3,5})+$|^[A-Z]{3,}\.[A-Z]{3,}$"
)
_HYPHENED = re.compile("[a-z]+(?:-[a-z]+){2,}")
_ADDRESS = re.compile(r"://|.@.*\.")


class Word(NamedTuple):
    """A word as it is told, and its fields of meaning, both as they are hashed."""

    text: bytes
    fields: tuple[bytes, ...]
    is_common: bool = False
    is_joined: bool = False

    def __repr__(self) -> str:
        return "Word()"


class Facts(NamedTuple):
    """A word as it is told, and the bits of what is so of it."""

    word: Word
    bits: int


def facts_of(text: str, lexicon: Lexicon) -> Facts:
    """Return the facts of a unit's text."""
    held = lexicon.held.get(text)
    if held is not None:
        return held
    low = text.lower()
    known = lexicon.is_known(low)
    latin = text.isalpha() and text.isascii()  # most are
    bits = _latin(text, low, lexicon, known=known) if latin else _bits(text, low, lexicon)
    facts = Facts(_word_of(text, low, lexicon), bits)
    if len(text) <= _LONGEST_HELD:
        if len(lexicon.held) >= _HELD:
            lexicon.held.clear()
        lexicon.held[text] = facts
    return facts


def word_of(text: str, lexicon: Lexicon) -> Word:
    """Return a word of what was said before, with the marks round it, as it is told."""
    held = lexicon.held.get(text)
    if held is not None:
        return held.word
    low = text.lower()
    return facts_of(text, lexicon).word if text.isalpha() else _word_of(text, low, lexicon)


def hidden(text: str, facts: Facts, lexicon: Lexicon) -> Word:
    """Return what a unit that may be a value is called: its shape, or itself if it is in common use."""
    low, letters = text.lower(), text.isalpha()
    if not letters or not lexicon.is_known(low):
        return Word(_coded(masked(text)), (), is_joined=letters and facts.bits & JOINED != 0)
    return facts.word._replace(is_common=lexicon.is_common(low))


def is_odd(text: str) -> bool:
    """Whether a unit holds a digit, an underscore, mixed case or signs inside, or letters nobody can say."""
    if not _FEWEST <= len(text) <= _MOST or (text.isalpha() and text.islower() and text.isascii()):
        return False
    if _ADDRESS.search(text) is not None:
        return False
    return (
        _TELLING.search(text) is not None
        or _ODD.search(text) is not None
        or _HYPHENED.fullmatch(text) is not None
    )


def _word_of(text: str, low: str, lexicon: Lexicon) -> Word:
    if text.isalpha() and text.isascii():  # most are
        return Word(_coded(low[:_STEM]), tuple(map(_coded, lexicon.of(low))))
    bare = low.strip(_EDGES).replace("’", "'")
    fields = dict.fromkeys(one for part in _INNER.findall(bare) for one in lexicon.of(part))
    told = masked(bare) if _DIGIT.search(bare) else bare[:_STEM] or "."
    return Word(_coded(told), tuple(map(_coded, fields)))


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _latin(text: str, low: str, lexicon: Lexicon, *, known: bool) -> int:
    """Return the bits of a unit of the letters a to z alone."""
    size, fields, small, capitals = len(text), lexicon.fields.get(low), text.islower(), text.isupper()
    bits = LEADS if low in _LEADING else 0
    if fields or low in LITTLE or (small and known and _INITIALS < size < SHORTEST):
        bits |= WORD
    if size <= (_GROUP if capitals else _SMALL_GROUP if small else 0):
        bits |= PART
    if not small and is_odd(text):
        bits |= ODD
    if size < SHORTEST:
        return bits
    if not known:
        bits |= JOINED * is_compound(low, lexicon)
    if size > _LONGEST:
        return bits
    if not known and (capitals or size >= _UNKNOWN):
        bits |= UNKNOWN
    return bits | (PLAIN if fields or lexicon.is_common(low) else PLAIN | RARE)


def _bits(text: str, low: str, lexicon: Lexicon) -> int:
    """Return the bits of any other unit."""
    letters = text.isalpha()
    word = low in LITTLE or (letters and (lexicon.of(low) or _is_short_word(text, low, lexicon)))
    bits = LEADS * (low in _LEADING) | WORD * bool(word) | ODD * is_odd(text)
    if not letters and _DIGIT.search(text) is not None:
        bits |= DIGIT | PART
    if len(text) < SHORTEST:
        return bits
    return bits | JOINED * is_compound(low, lexicon) | UNKNOWN * _is_unknown_groups(text, low, lexicon)


def _is_unknown_groups(text: str, low: str, lexicon: Lexicon) -> bool:
    """Whether a unit is groups of letters that are no words."""
    return _GROUPS.fullmatch(text) is not None and not all(map(lexicon.is_known, _PARTS.findall(low)))


def _is_short_word(text: str, low: str, lexicon: Lexicon) -> bool:
    return _INITIALS < len(text) < SHORTEST and text.islower() and lexicon.is_known(low)
