"""From the logits of units to spans."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from deid.types import Span


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
    labels: Sequence[str],
    places: tuple[Sequence[int], Sequence[int]],
    source: str,
) -> Iterator[Span]:
    """Yield the spans of one line.

    shares     : (units, tags) probabilities; tag 0 is no name, then ``B`` and ``I`` of each label.
    thresholds : (units,) what the probability of being a name must exceed.

    The label of a named unit is the likeliest one, and
    it begins a name where the unit before has another label or ``B`` is likelier than ``I``.
    """
    named = np.flatnonzero(shares[:, 0] < 1 - thresholds)
    if not len(named):
        return
    starts, ends = places
    both = shares[named, 1::2] + shares[named, 2::2]
    best = both.argmax(-1)
    open_at, last, label = -1, -2, -1
    scores: list[float] = []
    for unit, chosen, row in zip(named.tolist(), best.tolist(), both, strict=True):
        begins = shares[unit, 1 + 2 * chosen] > shares[unit, 2 + 2 * chosen]
        if open_at >= 0 and (unit != last + 1 or chosen != label or begins):
            yield Span(starts[open_at], ends[last], labels[label], float(np.mean(scores)), source)
            open_at = -1
        if open_at < 0:
            open_at, label, scores = unit, chosen, []
        scores.append(float(row.sum()))
        last = unit
    yield Span(starts[open_at], ends[last], labels[label], float(np.mean(scores)), source)
