"""Unit vectors: what the network makes of a unit by itself, computed once a unit."""

from collections.abc import Sequence
from itertools import accumulate, chain
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.detect.tagger.features import Features
from deid.detect.tagger.slips import is_slip, stroke_forms
from deid.detect.tagger.weights import Weights, session

# Distinct units held; a full store is emptied. 512 bytes each or so.
_HELD = 60_000
# What the probability of being a name must exceed in a slip of the pen.
_SLIP = 0.6


class UnitVectors(local):
    """Row numbers for unit keys, and what they point into: vectors and thresholds, ``framed`` those of units that stand as names do; row 0 is padding.

    Each thread that uses one has a store of its own: rows are given out, and the store emptied, without a lock.
    """

    def __init__(self, weights: Weights, features: Features) -> None:
        self._weights = weights
        self._features = features
        self._frequent = stroke_forms(weights.frequent())
        self._enter: Any = session(weights.enter)
        self._seen: dict[str, int] = {}
        width = self._enter.get_outputs()[0].shape[-1]
        self.matrix = np.zeros((1024, width), np.float32)
        self.thresholds = np.ones(1024, np.float32)
        self.framed = np.ones(1024, np.float32)

    def numbers(self, lines: Sequence[Sequence[str]]) -> list[list[int]]:
        """Return the rows of each line's keys; they hold until the next call."""
        seen = self._seen
        if len(seen) > _HELD:
            seen.clear()
        new = [key for key in dict.fromkeys(chain.from_iterable(lines)) if key not in seen]
        if new:
            self._add(new)
        return [list(map(seen.__getitem__, keys)) for keys in lines]

    def _add(self, keys: Sequence[str]) -> None:
        first = len(self._seen) + 1
        rows = slice(first, first + len(keys))
        self._grow(rows.stop)
        words = [self._weights.row_of(self._features.word(key)) for key in keys]
        (vectors,) = self._enter.run(None, {"x": self._entering(keys, words)[None]})
        self.matrix[rows] = vectors[0]
        least = [self._least(key, word) for key, word in zip(keys, words, strict=True)]
        self.thresholds[rows], self.framed[rows] = zip(*least, strict=True)
        self._seen.update(zip(keys, range(first, rows.stop), strict=True))

    def _grow(self, size: int) -> None:
        """Make room for rows, doubling what there is."""
        while len(self.matrix) < size:
            self.matrix = np.concatenate([self.matrix, np.zeros_like(self.matrix)])
            self.thresholds = np.concatenate([self.thresholds, np.ones_like(self.thresholds)])
            self.framed = np.concatenate([self.framed, np.ones_like(self.framed)])

    def _entering(self, keys: Sequence[str], words: Sequence[int | None]) -> NDArray[np.float32]:
        """Return (units, numbers): the summed features of each unit, and what is known of its word."""
        weights = self._weights
        rows = [self._features.rows(key) for key in keys]
        every = np.fromiter(chain.from_iterable(rows), np.int64)
        starts = [0, *accumulate(map(len, rows[:-1]))]
        features = weights.table_scale[every, None] * weights.table[every].astype(np.float32)
        entering = np.zeros((len(keys), weights.width), np.float32)
        np.add.reduceat(features, starts, axis=0, out=entering[:, : features.shape[1]])
        known = [number for number, word in enumerate(words) if word is not None]
        listed = weights.listed[[word for word in words if word is not None]] * weights.listed_scale
        entering[known, features.shape[1] :] = listed
        return entering

    def _least(self, key: str, word: int | None) -> tuple[float, float]:
        """Return what the probability of being a name must exceed in a unit, and where it stands as names do."""
        weights = self._weights
        least = weights.threshold_of(word, doubtful=self._features.doubtful(key))
        framed = least
        if self._features.word(key).isalpha():
            framed = min(least, weights.framed_threshold_of(word))
        return max(least, _SLIP) if word is None and is_slip(key, self._frequent) else least, framed
