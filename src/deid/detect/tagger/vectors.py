"""Unit vectors: the summed features of a unit and what is known of its word, computed once a unit."""

from collections.abc import Sequence

import numpy as np

from deid.detect.tagger.features import Features
from deid.detect.tagger.slips import is_slip, stroke_forms
from deid.detect.tagger.weights import Weights

# Distinct units held; a full store is emptied. 512 bytes each or so.
_HELD = 60_000
# What the probability of being a name must exceed in a slip of the pen.
_SLIP = 0.6


class UnitVectors:
    """Row numbers for unit keys, and what they point into: vectors and thresholds, ``framed`` those of units that stand as names do; row 0 is padding."""

    __slots__ = ("_features", "_frequent", "_seen", "_used", "_weights", "framed", "matrix", "thresholds")

    def __init__(self, weights: Weights, features: Features) -> None:
        self._weights = weights
        self._features = features
        self._frequent = stroke_forms(weights.frequent())
        self._seen: dict[str, int] = {}
        self._used = 1
        self.matrix = np.zeros((1024, weights.width), np.float32)
        self.thresholds = np.ones(1024, np.float32)
        self.framed = np.ones(1024, np.float32)

    def numbers(self, lines: Sequence[Sequence[str]]) -> list[list[int]]:
        """Return the rows of each line's keys; they hold until the next call."""
        if len(self._seen) > _HELD:
            self._seen.clear()
            self._used = 1
        seen = self._seen
        return [[seen.get(key) or self._add(key) for key in keys] for keys in lines]

    def _add(self, key: str) -> int:
        number = self._used
        if number == len(self.matrix):
            self.matrix = np.concatenate([self.matrix, np.zeros_like(self.matrix)])
            self.thresholds = np.concatenate([self.thresholds, np.ones_like(self.thresholds)])
            self.framed = np.concatenate([self.framed, np.ones_like(self.framed)])
        weights = self._weights
        rows_of, word_of, is_doubtful = self._features
        rows = rows_of(key)
        table = weights.table.shape[1]
        vector = self.matrix[number]
        vector[:table] = (weights.table_scale[rows, None] * weights.table[rows].astype(np.float32)).sum(0)
        word = weights.words.get(word_of(key))
        vector[table:] = 0 if word is None else weights.listed[word] * weights.listed_scale
        least = weights.threshold_of(word, doubtful=is_doubtful(key))
        self.thresholds[number] = (
            max(least, _SLIP) if word is None and is_slip(key, self._frequent) else least
        )
        self.framed[number] = (
            min(least, weights.framed_threshold_of(word)) if word_of(key).isalpha() else least
        )
        self._seen[key] = number
        self._used += 1
        return number
