"""What a tagger sees of a unit: numbered features, hashed into the rows of one table.

The rows of a unit's features are summed (Weinberger et al. 2009, "Feature hashing for large scale multitask
learning"; Joulin et al. 2017 for the sub-words), so their order does not matter. CRC-32 is the hash: fast,
in the standard library, and no secret hangs on it.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple
from zlib import crc32

from deid.detect.tagger.units import CLOSE

ROWS = 1 << 16
_NO_NOUNS = frozenset("ABCIJRVXpr")  # letters of ``deid.detect.kinds``
_GRAMS = 24

_RUN = re.compile(r"(.)\1+")
# Of every script the trained tables know but one letter.
_LETTERS = re.compile("[一-鿿々〆ヶぁ-ゖゝゞァ-ヴー・･ｦ-ﾟA-Za-zＡ-Ｚａ-ｚÀ-ÿ]")
_DIGITS = re.compile("[0-9０-９]")


def word_rows(key: str) -> list[int]:
    """Return the rows of a unit of ``units.words``."""
    close, word = key.startswith(CLOSE), key.removeprefix(CLOSE)
    lower = word.lower()
    shape = _shape(word)
    names = [f"c{_case(word)}{close}", f"w{word}", f"l{lower}", f"s{shape}"]
    for size in (2, 3, 4):
        if len(lower) >= size:
            names += [f"{size}^{lower[:size]}", f"{size}${lower[-size:]}"]
    framed = f"^{lower}$"
    names += [f"g{framed[at : at + 3]}" for at in range(min(len(framed) - 2, _GRAMS))]
    return _rows(names)


def word_of(key: str) -> str:
    """Return the word a key of ``units.words`` stands for, in lower case, as the table of words has it."""
    return key.removeprefix(CLOSE).lower()


def morpheme_rows(key: str) -> list[int]:
    """Return the rows of a unit of ``units.joined``."""
    surface, _, kind = key.rpartition("\t")
    shape = _DIGITS.sub("0", _LETTERS.sub("a", surface))
    collapsed = _RUN.sub(r"\1", shape)
    names = [
        f"k{kind}",
        f"w{surface}",
        f"b{kind}{surface}",
        f"s{kind}{collapsed}",
        f"n{collapsed}{min(len(surface), 6)}",
        f"^{surface[0]}",
        f"${surface[-1]}",
        f"2${surface[-2:]}",
        f"2^{surface[:2]}",
    ]
    names += [f"1{character}" for character in surface[:8]]
    framed = f"^{surface}$"
    names += [f"g{framed[at : at + 2]}" for at in range(min(len(framed) - 1, 12))]
    names += [f"h{framed[at : at + 3]}" for at in range(min(len(framed) - 2, 12))]
    return _rows(names)


def surface_of(key: str) -> str:
    """Return the surface of a key of ``units.joined``, as the table of words has it."""
    return key.rpartition("\t")[0]


def is_lower(key: str) -> bool:
    """Whether a unit of ``units.words`` begins in lower case, as few names do."""
    return key.removeprefix(CLOSE)[0].islower()


def is_no_noun(key: str) -> bool:
    """Whether the dictionary reads a unit of ``units.joined`` as a verb, an adverb, a particle or a cry."""
    return key[-1] in _NO_NOUNS


class Features(NamedTuple):
    """What is computed from a unit's key.

    rows     : of the table.
    word     : the word it stands for, as the table of words has it.
    doubtful : whether its form is rarely a name's.
    """

    rows: Callable[[str], list[int]]
    word: Callable[[str], str]
    doubtful: Callable[[str], bool]


WORDS = Features(word_rows, word_of, is_lower)
MORPHEMES = Features(morpheme_rows, surface_of, is_no_noun)


def _case(word: str) -> str:
    if not word[0].isalpha():
        return "0" if word[0].isdigit() else "."
    if word.islower():
        return "a"
    if word.isupper():
        return "A" if len(word) == 1 else "AA"
    return "Aa" if word[1:].islower() else "aA"


def _shape(word: str) -> str:
    return _RUN.sub(r"\1", "".join(map(_letter, word)))


def _letter(character: str) -> str:
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return "0" if character.isdigit() else character


def _rows(names: Sequence[str]) -> list[int]:
    return [crc32(name.encode("utf-8", "replace")) % (ROWS - 1) + 1 for name in names]
