"""From the logits of units to spans."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from deid.types import Span

# A unit begins a second name right behind another where ``B`` is that much likelier than ``I``.
_BEGINS = 2.0


def labels_of(tags: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of a model's tags: ``O``, then ``B-`` and ``I-`` of each."""
    return tuple(tag.removeprefix("B-") for tag in tags[1::2])


def probabilities(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Return softmax of the last axis at a temperature (Guo et al. 2017)."""
    scaled = logits / temperature
    scaled -= scaled.max(-1, keepdims=True)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(-1, keepdims=True)
    return scaled


def spans_of(
    shares: NDArray[np.float32],
    thresholds: NDArray[np.float32],
    floors: Mapping[str, float],
    places: tuple[Sequence[int], Sequence[int]],
    source: str,
) -> Iterator[Span]:
    """Yield the spans of one line.

    shares     : (units, tags) probabilities; tag 0 is no name, then ``B`` and ``I`` of each label.
    thresholds : (units,) what the probability of being a name must exceed.
    floors     : the labels in order of their tags; the surest unit of a name must exceed its label's floor.

    A run of named units is one name, whatever the label of each: its own is the one with most of the
    probability over all units. Only a unit that is clearly a beginning breaks it.
    """
    named = np.flatnonzero(shares[:, 0] < 1 - thresholds)
    if not len(named):
        return
    starts, ends = places
    labels, least = tuple(floors), tuple(floors.values())
    first, more = shares[named, 1::2], shares[named, 2::2]
    both, none = first + more, shares[named, 0]
    begins = (first.sum(-1) > _BEGINS * more.sum(-1)).tolist()
    for low, high in _runs(named.tolist(), begins):
        label = int(both[low:high].sum(0).argmax())
        if 1 - none[low:high].min() > least[label]:
            score = float(both[low:high, label].mean())
            yield Span(starts[named[low]], ends[named[high - 1]], labels[label], score, source)


def _runs(units: Sequence[int], begins: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of neighbours among some units, none but the first of which begins."""
    low = 0
    for number in range(1, len(units)):
        if units[number] != units[number - 1] + 1 or begins[number]:
            yield low, number
            low = number
    yield low, len(units)
