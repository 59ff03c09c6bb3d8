"""Which released talk comes from which source talk: the truth that an assessment needs and a release hides.

A release carries no ids of its source, so talks are matched by what they share: rare runs of characters,
weighed by how few talks have them, between talks of equally many messages. A match is kept when each is
the other's best and neither has an equal; what is left is matched again. Whoever holds the source can do
this: it is the custodian's view, and the strongest attack there is (see ``attacks/verbatim.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.errors import InputError
from deid.risk.corpus import Talk
from deid.risk.documents import Documents, numbered
from deid.risk.ngrams import Sparse, code_points, count
from deid.risk.rates import Ints

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
    likeness = _likeness(released, source)
    pairs: list[tuple[int, int]] = []
    for _ in range(_ROUNDS):
        found = _mutual(likeness[left][:, right])
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


def _likeness(released: Sequence[Talk], source: Sequence[Talk]) -> Sparse:
    """Return the weight of rare runs that two talks share, 0 where they differ in messages."""
    texts = ["\n".join(talk.texts) for talk in (*released, *source)]
    counts = count(*code_points(texts), _LENGTHS, min_documents=2)
    counts.data[:] = 1
    talks = np.asarray(counts.sum(0)).ravel()
    counts = counts[:, talks <= _RARE]
    weight = 1 / np.maximum(talks[talks <= _RARE], 1)
    counts.data *= weight[counts.indices]
    found = (counts[: len(released)] @ counts[len(released) :].T).tocoo()
    sizes = np.array([len(talk.texts) for talk in (*released, *source)])
    same = sizes[found.row] == sizes[len(released) + found.col]
    found.data = np.where(same, found.data, 0)
    matrix = found.tocsr()
    matrix.eliminate_zeros()
    return matrix


def _mutual(likeness: Sparse) -> Ints:
    """Return (row, column) pairs that are each other's only best."""
    forward, backward = _best(likeness.tocsr()), _best(likeness.T.tocsr())
    rows = np.flatnonzero(forward >= 0)
    kept = rows[backward[forward[rows]] == rows]
    return np.stack([kept, forward[kept]], axis=1)


def _best(matrix: Sparse) -> Ints:
    """Return the column of each row's highest value; -1 for none, or for two that are equal."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((-matrix.data, row))
    row, column, value = row[order], matrix.indices[order], matrix.data[order]
    best = np.full(matrix.shape[0], -1, np.int64)
    first = np.flatnonzero(np.r_[True, row[1:] != row[:-1]]) if len(row) else np.zeros(0, np.int64)
    best[row[first]] = column[first]
    second = first + 1
    inside = second < len(row)
    tied = first[inside][
        (row[second[inside]] == row[first[inside]]) & np.isclose(value[second[inside]], value[first[inside]])
    ]
    best[row[tied]] = -1
    return best
