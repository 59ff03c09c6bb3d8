"""Which turns the network reads: those whose own words, and the words before them, are told to be likely of an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deid.detect.tells.reading import WITHIN

LONGEST = 40
"""Words of a turn that are looked at: its first ones."""
_LETTERS = bytes(
    ord(chr(sign).lower()) if sign < 128 and chr(sign).isalpha() else ord(" ") for sign in range(256)
)
SIZES = (0, 1, 2, 3, 4, 6, 8, 12, 20, LONGEST)
"""Words of a turn, at least: each size has a weight of its own."""
_NAMES = [f"#{max(size for size in SIZES if size <= count)}" for count in range(LONGEST + 1)]
_LOOKED = 400  # characters of a turn


class Weight(NamedTuple):
    """What a word weighs in a turn, in the turn before it, and in those before that."""

    own: int
    last: int
    earlier: int


NO_WEIGHT = Weight(0, 0, 0)


def words_of(text: str) -> list[str]:
    """Return the different words of the beginning of a text, in order."""
    letters = text[:_LOOKED].encode("ascii", "replace").translate(_LETTERS).decode("ascii")
    return [*dict.fromkeys(letters.split())][:LONGEST]


def size_of(words: Sequence[str]) -> str:
    """Return the name of the size of a turn; no word has such a name."""
    return _NAMES[len(words)]


@dataclass(frozen=True, slots=True)
class Cues:
    """Weights of words, in whole numbers, and the sum from which a turn is read."""

    weights: Mapping[str, Weight] = field(repr=False)
    bound: int

    def open(self, texts: Sequence[str]) -> list[int]:
        """Return the numbers of the turns that the network reads: none that nobody spoke before."""
        said = [self._said(text) for text in texts]
        opened = []
        for at in range(1, len(said)):
            before = sum(earlier for _, _, earlier in said[max(0, at - WITHIN) : at - 1])
            if said[at][0] + said[at - 1][1] + before >= self.bound:
                opened.append(at)
        return opened

    def _said(self, text: str) -> tuple[int, int, int]:
        """Return what the words of a turn weigh together, each place by itself."""
        words = words_of(text)
        own, last, earlier = self.weights.get(size_of(words), NO_WEIGHT)
        for weight in filter(None, map(self.weights.get, words)):
            own += weight[0]
            last += weight[1]
            earlier += weight[2]
        return own, last, earlier


def read_cues(lines: str, bound: int) -> Cues:
    """Read the content of ``cues.txt``: a word and its three weights a line."""
    rows = (line.split() for line in lines.splitlines())
    return Cues({word: Weight(*map(int, some)) for word, *some in rows}, bound)
