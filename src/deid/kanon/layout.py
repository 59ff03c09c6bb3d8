"""Keys whose order outlasts the discovery of new values: codes side by side in words, wide enough for now.

A key of ``pack`` is a number in a mixed radix, which changes with every new value. Here each code has bits of
its own, the first column the highest, so that keys sort as the tuples of their codes do whatever the widths:
what was sorted under a narrow layout stays sorted when it is packed again under a wider one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from deid.kanon.classes import Codes, Counts, Mask

WORD = 62
"""Bits of a word that are used; a signed word of 64 bits never overflows."""

Keys = npt.NDArray[np.int64]
"""(n_words, n)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Bits of each column's codes."""

    bits: tuple[int, ...]

    @classmethod
    def of(cls, sizes: Sequence[int]) -> "Layout":
        """Return the narrowest layout; ``sizes`` are the codes' exclusive upper bounds."""
        return cls(tuple(max(1, (size - 1).bit_length()) for size in sizes))

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Word and shift of each column, in order."""
        filled: list[list[int]] = [[]]
        for bits in self.bits:
            if sum(filled[-1]) + bits > WORD:
                filled.append([])
            filled[-1].append(bits)
        return tuple(
            (word, sum(widths[n + 1 :])) for word, widths in enumerate(filled) for n in range(len(widths))
        )

    @property
    def n_words(self) -> int:
        """Words of a key."""
        return self.places[-1][0] + 1

    def pack(self, columns: Sequence[Codes]) -> Keys:
        """Return one key a row."""
        keys = np.zeros((self.n_words, len(columns[0])), np.int64)
        for column, (word, shift) in zip(columns, self.places, strict=True):
            keys[word] |= column.astype(np.int64) << shift
        return keys

    def unpack(self, keys: Keys) -> list[Codes]:
        """Return the codes of keys, column by column."""
        return [
            ((keys[word] >> shift) & ((1 << bits) - 1)).astype(np.int32)
            for bits, (word, shift) in zip(self.bits, self.places, strict=True)
        ]

    def without_last(self, keys: Keys, n: int) -> Keys:
        """Return keys in which the last ``n`` columns are 0."""
        kept = keys.copy()
        begin = len(self.bits) - n
        for bits, (word, shift) in zip(self.bits[begin:], self.places[begin:], strict=True):
            kept[word] &= ~(((1 << bits) - 1) << shift)
        return kept


def order(keys: Keys) -> Counts:
    """Return the order of keys; the first word weighs most."""
    return np.argsort(keys[0]) if len(keys) == 1 else np.lexsort(keys[::-1])


def fresh(keys: Keys) -> Mask:
    """Return which of sorted keys differ from the one before."""
    differs = np.ones(keys.shape[1], np.bool_)
    np.any(keys[:, 1:] != keys[:, :-1], axis=0, out=differs[1:])
    return differs
