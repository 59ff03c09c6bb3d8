"""A scorer's folder on disk, and what it makes of a unit.

``manifest.json`` tells the labels in order, after ``none`` and ``other``, ``threshold`` or
``thresholds``, where it has them those of units of letters alone, ``worded``, the words one of which must be near, and the SHA-256 of every other file:

* ``table.npy``  int8 (``ROWS``, labels and two), one row a hashed feature.
* ``scale.npy``  float32 (labels and two): what a column's numbers count in.
* ``fields.txt``, ``known.npy``  words by meaning, and common ones (``lexicon.py``), where it knows words.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from deid.detect.odd.lexicon import NO_WORDS, Lexicon
from deid.detect.tagger.weights import checked

FILES = ("table.npy", "scale.npy")
WORDS = ("fields.txt", "known.npy")
"""Files that a scorer has which knows words."""
NOTHING = 2
"""Columns that are no label: no value, and a value of other means."""
LENGTH = 5.0
"""Length of the vector of a unit's features, whatever their number."""


class Told(Protocol):
    """A unit as the rows of its features, and whether it is letters alone."""

    @property
    def rows(self) -> Sequence[int]: ...
    @property
    def worded(self) -> bool: ...


class Sure(NamedTuple):
    """A label, how sure it is that a unit has some label, and how sure it must be."""

    label: str
    sure: float
    least: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """A multinomial logistic regression over hashed features.

    threshold  : of all labels, where they have none of their own.
    thresholds : one a label, or none.
    worded     : the same, of units of letters alone.
    """

    labels: Sequence[str]
    threshold: float
    gate: Sequence[str]
    table: NDArray[np.int8] = field(repr=False)
    scale: NDArray[np.float32] = field(repr=False)
    thresholds: Sequence[float] = ()
    worded: Sequence[float] = ()
    lexicon: Lexicon = NO_WORDS

    @classmethod
    def load(cls, folder: Path) -> "Scorer":
        """Read a folder.

        Raises DetectorError when a file is missing or is not the one that the manifest names.
        """
        manifest = checked(folder, FILES)
        thresholds = tuple(map(float, manifest.get("thresholds", ())))
        return cls(
            tuple(manifest["labels"]),
            max(thresholds) if thresholds else float(manifest["threshold"]),
            tuple(manifest["gate"]),
            np.load(folder / "table.npy", allow_pickle=False),
            np.load(folder / "scale.npy", allow_pickle=False),
            thresholds,
            tuple(map(float, manifest.get("worded", thresholds))),
            _lexicon(folder) if WORDS[0] in manifest["files"] else NO_WORDS,
        )

    def label(self, rows: Sequence[int], *, barred: Collection[str] = ()) -> tuple[str, float] | None:
        """Return the label of a unit and how sure some label is, None below that label's threshold.

        barred : labels that it cannot have; one that is likest to them has the likest of the others.
        """
        (shares,) = self._shares([rows])
        told, sure = shares[NOTHING:], float(shares[NOTHING:].sum())
        if barred:
            told = np.where([label in barred for label in self.labels], -1.0, told)
        best = int(told.argmax())
        least = self._bounds(worded=False)[best]
        return (self.labels[best], sure) if sure >= least else None

    def tell(self, units: Sequence[Told]) -> Iterator[Sure]:
        """Yield of each unit its likest label, how sure some label is, and what that label asks for."""
        bounds = self._bounds(worded=False), self._bounds(worded=True)
        if not units:
            return
        shares = self._shares([unit.rows for unit in units])[:, NOTHING:]
        told = zip(units, shares.argmax(1).tolist(), shares.sum(1).tolist(), strict=True)
        yield from (Sure(self.labels[best], sure, bounds[unit.worded][best]) for unit, best, sure in told)

    def _bounds(self, *, worded: bool) -> Sequence[float]:
        return (self.worded if worded else self.thresholds) or (self.threshold,) * len(self.labels)

    def _shares(self, units: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Return how likely each column is of units with some rows.

        The sum of whole numbers is the same on every machine, in any order.
        """
        sizes = [len(rows) for rows in units]
        starts = list(accumulate(sizes, initial=0))
        rows = np.fromiter(chain.from_iterable(units), np.intp, starts.pop())
        total = np.add.reduceat(self.table[rows], starts, 0, dtype=np.int32)
        found = total * self.scale * np.array([LENGTH / size**0.5 for size in sizes])[:, None]
        shares: NDArray[np.float64] = np.exp(found - found.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        return shares


def _lexicon(folder: Path) -> Lexicon:
    """Read the words of a folder; DetectorError where they are not those that its manifest names."""
    checked(folder, WORDS)
    known = np.load(folder / "known.npy", allow_pickle=False)
    return Lexicon.read((folder / "fields.txt").read_text(encoding="utf-8"), known)
