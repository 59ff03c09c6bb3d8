"""Which released talk comes from which source talk: the truth that an assessment needs and a release hides.

A release carries no ids of its source, so talks are matched by what they share: rare runs of characters,
weighed by how few talks have them, between talks of equally many messages. A match is kept when each is
the other's best and neither has an equal; what is left is matched again. Whoever holds the source can do
this: it is the custodian's view, and the strongest attack there is (see ``attacks/verbatim.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from deid.errors import InputError
from deid.risk.corpus import Talk
from deid.risk.documents import Documents, numbered
from deid.risk.ngrams import Sparse, code_points, count
from deid.risk.rates import Floats, Ints

LEAST_OVERLAP = 0.1
_LENGTHS = range(5, 8)
_RARE = 40
_ROUNDS = 8
_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Aligned:
    """Matched talks, and how many were not.

    pairs    : (released talk, source talk), in the source's order.
    place    : where each pair's released talk stands in the release.
    released : talks of the release, matched or not.
    """

    pairs: Sequence[tuple[Talk, Talk]] = field(repr=False)
    place: Ints = field(repr=False)
    released: int

    @property
    def share(self) -> float:
        """Share of the released talks that were matched, in [0, 1]."""
        return len(self.pairs) / self.released if self.released else 0.0

    def documents(self) -> Documents:
        """Return every message of the matched talks, the source's people as the truth."""
        raw = [text for _, source in self.pairs for text in source.texts]
        released = [text for talk, _ in self.pairs for text in talk.texts]
        sizes = [len(source.texts) for _, source in self.pairs]
        person = numbered([source.subject for _, source in self.pairs])
        unit = numbered([(talk.subject, source.subject) for talk, source in self.pairs])
        thread = numbered([source.record for _, source in self.pairs])
        return Documents(raw, released, *(np.repeat(each, sizes) for each in (person, unit, thread)))


def align(released: Sequence[Talk], source: Sequence[Talk]) -> Aligned:
    """Match the talks of a release with those of its source.

    Raises InputError when they hardly overlap: then it is another source's release, or all text is gone.
    """
    left = np.arange(len(released))
    right = np.arange(len(source))
    runs = _runs(released, source)
    pairs: list[tuple[int, int]] = []
    for _ in range(_ROUNDS):
        found = _mutual(runs.of(left, right))
        if not len(found):
            break
        pairs += [(int(left[r]), int(right[s])) for r, s in found]
        left, right = np.delete(left, found[:, 0]), np.delete(right, found[:, 1])
    pairs.sort(key=lambda pair: pair[1])
    place = np.array([r for r, _ in pairs], np.int64)
    aligned = Aligned([(released[r], source[s]) for r, s in pairs], place, len(released))
    if aligned.share < LEAST_OVERLAP:
        raise InputError(
            f"{len(pairs)} of {len(released)} released talks were found in the source",
            hint="name the input this release was made from",
        )
    return aligned


@dataclass(frozen=True, slots=True)
class _Runs:
    """The rare runs of two sides, weighed, a row a talk, and how many messages each talk has."""

    released: Sparse = field(repr=False)
    source: Sparse = field(repr=False)
    released_size: Ints = field(repr=False)
    source_size: Ints = field(repr=False)

    def of(self, left: Ints, right: Ints) -> "_Runs":
        """Return some talks of either side."""
        sizes = self.released_size[left], self.source_size[right]
        return _Runs(self.released[left], self.source[right], *sizes)


def _runs(released: Sequence[Talk], source: Sequence[Talk]) -> _Runs:
    texts = ["\n".join(talk.texts) for talk in (*released, *source)]
    counts = count(*code_points(texts), _LENGTHS, min_documents=2, max_documents=_RARE)
    talks = np.maximum(np.bincount(counts.indices, minlength=counts.shape[1]), 1)
    counts.data = (1 / talks.astype(np.float32))[counts.indices]
    sizes = (np.array([len(talk.texts) for talk in side], np.int64) for side in (released, source))
    return _Runs(counts[: len(released)], counts[len(released) :], *sizes)


def _mutual(runs: _Runs) -> Ints:
    """Return (row, column) pairs that are each other's only best."""
    backward = _Best.nothing(len(runs.source_size))
    forward = [_Best.nothing(0)]
    transposed = runs.source.T.tocsr()
    for start in range(0, len(runs.released_size), _ROWS):
        sizes = runs.released_size[start : start + _ROWS]
        found = (runs.released[start : start + _ROWS] @ transposed).tocoo()
        same = sizes[found.row] == runs.source_size[found.col]
        row, column, value = found.row[same], found.col[same], found.data[same]
        forward.append(_Best.of(row, column, value, len(sizes)))
        backward = backward.joined(_Best.of(column, row + start, value, len(runs.source_size)))
    best, answered = np.concatenate([part.only() for part in forward]), backward.only()
    rows = np.flatnonzero(best >= 0)
    kept = rows[answered[best[rows]] == rows]
    return np.stack([kept, best[kept]], axis=1)


@dataclass(frozen=True, slots=True)
class _Best:
    """Of each talk the likest other, -1 for none, how like it is, and how like the next is; -∞ for none."""

    other: Ints
    first: Floats
    second: Floats

    @classmethod
    def nothing(cls, talks: int) -> "_Best":
        """Return talks that are like none."""
        return cls(np.full(talks, -1, np.int64), *(np.full(talks, -np.inf) for _ in "ab"))

    @classmethod
    def of(cls, talk: Ints, other: Ints, value: NDArray[np.float32], talks: int) -> "_Best":
        """Return the best of pairs, in any order."""
        order = np.lexsort((-value, talk))
        talk, other, value = talk[order], other[order], value[order]
        place = np.searchsorted(talk, np.arange(talks + 1))
        best = cls.nothing(talks)
        for rank, side in enumerate((best.first, best.second)):
            has = np.diff(place) > rank
            side[has] = value[place[:-1][has] + rank]
        has = np.diff(place) > 0
        best.other[has] = other[place[:-1][has]]
        return best

    def joined(self, more: "_Best") -> "_Best":
        """Return the best of both."""
        other = np.where(more.first > self.first, more.other, self.other)
        next_best = np.maximum(np.minimum(self.first, more.first), np.maximum(self.second, more.second))
        return _Best(other, np.maximum(self.first, more.first), next_best)

    def only(self) -> Ints:
        """Return the likest, -1 where another is as like."""
        return np.where((self.first > -np.inf) & np.isclose(self.second, self.first), -1, self.other)
