"""From the logits of units to spans."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

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
    scaled = np.moveaxis(logits, -1, 0) / np.float32(temperature)  # tags first: a sum of whole rows is fast
    scaled -= scaled.max(0)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(0)
    return np.moveaxis(scaled, 0, -1)


class Named(NamedTuple):
    """Units that are names, in order: their numbers, what each label has of each, and what being none has.

    begins : whether a unit is clearly the beginning of a name.
    """

    units: Sequence[int]
    labels: Sequence[Sequence[float]]
    none: Sequence[float]
    begins: Sequence[bool]

    @classmethod
    def of(cls, units: Sequence[int], shares: NDArray[np.float32]) -> "Named":
        """Return units from their (units, tags) probabilities; tag 0 is no name, then ``B`` and ``I`` of each label."""
        first, more = shares[:, 1::2], shares[:, 2::2]
        begins = first.sum(-1) > _BEGINS * more.sum(-1)
        return cls(units, (first + more).tolist(), shares[:, 0].tolist(), begins.tolist())

    def part(self, low: int, high: int) -> "Named":
        """Return some of them."""
        return Named(self.units[low:high], self.labels[low:high], self.none[low:high], self.begins[low:high])


def named_over(shares: NDArray[np.float32], threshold: float) -> Named:
    """Return the units of one line, (units, tags), whose probability of being a name exceeds a threshold."""
    at = np.flatnonzero(shares[:, 0] < 1 - np.float32(threshold))
    return Named.of(at.tolist(), shares[at])


def spans_of(
    named: Named, floors: Mapping[str, float], places: tuple[Sequence[int], Sequence[int]], source: str
) -> Iterator[Span]:
    """Yield the spans of one line.

    floors : the labels in order of their tags; the surest unit of a name must exceed its label's floor.
    places : where the line's units begin and end.

    A run of named units is one name, whatever the label of each: its own is the one with most of the
    probability over all units. Only a unit that is clearly a beginning breaks it.
    """
    starts, ends = places
    for low, high in _runs(named.units, named.begins):
        shares = list(map(sum, zip(*named.labels[low:high], strict=True)))
        most = max(shares)
        label, least = tuple(floors.items())[shares.index(most)]
        if 1 - min(named.none[low:high]) > least:
            first, last = named.units[low], named.units[high - 1]
            yield Span(starts[first], ends[last], label, most / (high - low), source)


def _runs(units: Sequence[int], begins: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of neighbours among some units, none but the first of which begins."""
    low = 0
    for number in range(1, len(units)):
        if units[number] != units[number - 1] + 1 or begins[number]:
            yield low, number
            low = number
    if units:
        yield low, len(units)
