"""What a scorer knows of words: the fields of meaning they are of, and which are in common use.

``fields.txt`` has a field a line: its name, then its words; ``+`` before the name of one whose words ask for
the scorer. ``known.npy`` holds two Bloom filters of one hash (Bloom, CACM 13 (1970) 422-426), a bit a word, by
CRC-32: words in common use, and behind them those in most common use.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from deid.detect.odd.facts import Facts

BITS = 1 << 20
"""Bits of the table of common words."""
_ASKING, _COMMENT = "+", "#"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words, in lower case, with their fields; and common words by hash.

    held : the facts of the words of the texts that are being read, so that each is worked out once.
    """

    fields: Mapping[str, Sequence[str]] = field(repr=False)
    known: bytes = field(repr=False)
    asking: Sequence[str] = field(repr=False)
    held: dict[str, "Facts"] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, lines: str, known: NDArray[np.uint8]) -> "Lexicon":
        """Read the content of ``fields.txt`` beside the packed bits of ``known.npy``."""
        fields: dict[str, list[str]] = {}
        asking: set[str] = set()
        for line in lines.splitlines():
            if line and not line.startswith(_COMMENT):
                head, *words = line.split()
                name = head.removeprefix(_ASKING)
                asking.update(words if head.startswith(_ASKING) else ())
                for word in words:
                    fields.setdefault(word, []).append(name)
        return cls(fields, known.tobytes(), sorted(asking))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold facts of words while texts are read, and let go of them however that ends."""
        try:
            yield
        finally:
            self.held.clear()

    def of(self, word: str) -> Sequence[str]:
        """Return the fields of a word."""
        return self.fields.get(word, ())

    def is_known(self, word: str) -> bool:
        """Whether a word in lower case is in common use; of others, about one in fifteen passes too."""
        bit = _bit(word)
        return bool(self.known[bit >> 3] >> (bit & 7) & 1)

    def is_common(self, word: str) -> bool:
        """Whether a word in lower case is one of the eight thousand most common ones; of others, one in 130 passes."""
        bit = BITS + _bit(word)
        return bool(self.known[bit >> 3] >> (bit & 7) & 1)

    def heads(self, word: str, least: int, most: int) -> Iterator[int]:
        """Yield the sizes, of some, of the beginnings of an ASCII word that are in common use; each hash goes on from the last."""
        coded = word.encode()
        code = crc32(coded[: least - 1])
        for size in range(least, most + 1):
            code = crc32(coded[size - 1 : size], code)
            if self.known[code % BITS >> 3] >> (code & 7) & 1:
                yield size


NO_WORDS = Lexicon({}, bytes(BITS // 4), ())


def packed(words: Iterable[str], common: Iterable[str] = ()) -> NDArray[np.uint8]:
    """Return the bits of words, and of the most common ones."""
    bits = np.zeros(2 * BITS, np.uint8)
    bits[[_bit(word) for word in words]] = 1
    bits[[BITS + _bit(word) for word in common]] = 1
    return np.packbits(bits, bitorder="little")


def _bit(word: str) -> int:
    return crc32(word.encode("utf-8", "replace")) % BITS
