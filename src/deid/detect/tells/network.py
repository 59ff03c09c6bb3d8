"""The network and what enters it: vectors of units as the tagger of English names has them, and words of its own.

``models/tells-en`` holds, beside ``manifest.json`` with the labels after ``none`` and before ``other``, what each must
exceed, the bound of its cues and the SHA-256 of every file:

* ``model.onnx``  ``x`` (batch, length, width), ``words`` and ``roles`` (batch, length) to (batch, length, classes)
  probabilities; a role of 0 is padding.
* ``words.txt``   its own words, one a line, the first in row ``FIRST``.
* ``cues.txt``    words that open turns (``cues.py``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from deid.detect.tagger.features import word_of
from deid.detect.tagger.vectors import UnitVectors
from deid.detect.tells.reading import Read, is_mark

NETWORK, WORDS, CUES = "model.onnx", "words.txt", "cues.txt"
FIRST = 4
"""The row of the first word; before it unknown words, and the marks of turns."""
_STEP = 8  # lengths are multiples of it
_BATCH = 640  # units a batch, padding included
_PADDING = 0  # the row of no unit: zeros
Floats: TypeAlias = NDArray[np.float32]


def row_of(key: str, words: Mapping[str, int]) -> int:
    """Return the row of a unit's word, 0 for one without."""
    return int(key[1:]) if is_mark(key) else words.get(word_of(key), 0)


def length_of(read: Read) -> int:
    """Return the length that a turn is padded to: a matter of the turn alone."""
    return -(-len(read.keys) // _STEP) * _STEP


@dataclass(frozen=True, slots=True)
class Entering:
    """What is known of units: vectors, and the rows of words."""

    vectors: UnitVectors = field(repr=False)
    words: Mapping[str, int] = field(repr=False)

    def inputs(self, reads: Sequence[Read], length: int) -> dict[str, NDArray[Any]]:
        """Return what enters the network for some turns, padded to a length."""
        units, words, roles = (np.zeros((len(reads), length), np.int64) for _ in range(3))
        numbers = self.vectors.numbers([[key for key in read.keys if not is_mark(key)] for read in reads])
        for line, (read, known) in enumerate(zip(reads, numbers, strict=True)):
            left, size = iter(known), len(read.keys)
            units[line, :size] = [_PADDING if is_mark(key) else next(left) for key in read.keys]
            words[line, :size] = [row_of(key, self.words) for key in read.keys]
            roles[line, :size] = read.roles
        return {"x": self.vectors.matrix.take(units, axis=0), "words": words, "roles": roles}


@dataclass(frozen=True, slots=True)
class Network:
    """Reads turns of one length at once, each padded as it would be alone: what is found in one does not depend on the others."""

    entering: Entering = field(repr=False)
    session: Any = field(repr=False)

    def shares(self, reads: Sequence[Read]) -> list[Floats]:
        """Return the (units, classes) probabilities of each turn's own units."""
        result: list[Floats] = [np.zeros((0, 0), np.float32)] * len(reads)
        for length, some in _batches(reads):
            inputs = self.entering.inputs([reads[at] for at in some], length)
            (every,) = self.session.run(None, inputs)
            for at, shares in zip(some, every, strict=True):
                result[at] = shares[reads[at].first : len(reads[at].keys)]
        return result


def _batches(reads: Sequence[Read]) -> Iterator[tuple[int, list[int]]]:
    """Yield lengths, and the numbers of turns of each that are read at once."""
    lengths = [*map(length_of, reads)]
    order = sorted(range(len(reads)), key=lengths.__getitem__)
    for length, group in groupby(order, lengths.__getitem__):
        same, most = [*group], max(1, _BATCH // length)
        for first in range(0, len(same), most):
            yield length, same[first : first + most]
