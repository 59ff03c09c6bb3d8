"""Our own taggers of names, places and organizations, one decision a word or morpheme."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from deid.detect.models import model_folder
from deid.detect.tagger.decode import Named, probabilities, spans_of
from deid.detect.tagger.features import MORPHEMES, WORDS
from deid.detect.tagger.units import Units
from deid.detect.tagger.vectors import UnitVectors
from deid.detect.tagger.weights import Weights, session
from deid.types import Span

# Units a batch, padding included: the activations stay in the cache of the processor.
_BATCH = 1_024
# A long text is read in windows; a unit is decided by what stands up to REACH units from it.
_WINDOW = 160
_REACH = 10
# From here on, what stands beside a person's name is easily a part of it.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a text's units: which text, the rows of their vectors, and which of them it decides."""

    text: int
    first: int
    rows: Sequence[int] = field(repr=False)
    decided: tuple[int, int]


class Pass(NamedTuple):
    """Windows read at once: the rows of their vectors, padded, and the probabilities (lines, units, tags)."""

    windows: Sequence[Window]
    rows: NDArray[np.int64]
    shares: NDArray[np.float32]


class Judged(NamedTuple):
    """Probabilities (units, tags) of a text's units, and what that of being a name must exceed in each."""

    shares: NDArray[np.float32]
    least: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NameTagger:
    """PERSON, LOCATION and ORGANIZATION by a small network; the score is a calibrated probability."""

    weights: Weights = field(repr=False)
    _vectors: UnitVectors = field(repr=False)
    _session: Any = field(repr=False)
    name: str = "names"

    @classmethod
    def load(cls, language: str) -> "NameTagger":
        """Load the tagger of a language, ``en`` (any text in Latin script) or ``ja``, to run on one thread.

        Raises DetectorError when its files are missing or not the ones that its manifest names.
        """
        weights = Weights.load(model_folder(f"names-{language}"))
        vectors = UnitVectors(weights, MORPHEMES if language == "ja" else WORDS)
        return cls(weights, vectors, session(weights.network))

    @property
    def labels(self) -> frozenset[str]:
        """Labels of its tags."""
        return frozenset(self.weights.floors)

    @property
    def vectors(self) -> UnitVectors:
        """What it knows of each unit by itself."""
        return self._vectors

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        """Return the spans of texts that are cut into units, sorted and disjoint."""
        return self._spans(units, self._passes(units))

    def read(self, units: Sequence[Units]) -> tuple[list[list[Span]], list[float]]:
        """Return the spans of each text, and its doubt: how many units it expects to have wrong.

        Where a unit is a name with probability p, min(p, 1 - p) of it are expected to be wrong.
        """
        passes = list(self._passes(units))
        doubts = [0.0] * len(units)
        for batch, _, shares in passes:
            unsure = np.minimum(shares[..., 0], 1 - shares[..., 0])
            for window, wrong in zip(batch, unsure, strict=True):
                doubts[window.text] += float(wrong[slice(*window.decided)].sum())
        return self._spans(units, passes), doubts

    def _passes(self, units: Sequence[Units]) -> Iterator[Pass]:
        numbers = self._vectors.numbers([found.keys for found in units])
        windows = [window for text, rows in enumerate(numbers) for window in _windows(text, rows)]
        windows.sort(key=lambda window: len(window.rows))
        for batch in _batches(windows):
            rows = _padded([window.rows for window in batch])
            yield Pass(batch, rows, self._shares(rows))

    def judged(self, units: Sequence[Units]) -> list[Judged]:
        """Return what it makes of each unit of some texts."""
        every = [
            Judged(
                np.zeros((len(own.keys), 1 + 2 * len(self.labels)), np.float32),
                np.ones(len(own.keys), np.float32),
            )
            for own in units
        ]
        for (batch, _, shares), thresholds in self._asked(units, self._passes(units)):
            for window, own, least in zip(batch, shares, thresholds, strict=True):
                first, end = window.decided
                at = slice(window.first + first, window.first + end)
                every[window.text].shares[at] = own[first:end]
                every[window.text].least[at] = least[first:end]
        return every

    def _asked(
        self, units: Sequence[Units], passes: Iterable[Pass]
    ) -> Iterator[tuple[Pass, NDArray[np.float32]]]:
        """Yield what is read at once, and what the probability of a name must exceed in each unit."""
        framed: list[list[int]] = [[] for _ in units]
        for batch, rows, shares in passes:
            thresholds = self._vectors.thresholds[rows]
            self._lower_in_frames(
                thresholds, rows, shares, [(w, units[w.text], framed[w.text]) for w in batch]
            )
            self._lower_beside_names(thresholds, rows, shares)
            yield Pass(batch, rows, shares), thresholds

    def _spans(self, units: Sequence[Units], passes: Iterable[Pass]) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in units]
        for (batch, _, shares), thresholds in self._asked(units, passes):
            for window, named in _named(batch, shares, thresholds):
                own = units[window.text]
                places = own.starts, own.ends
                found[window.text] += spans_of(named, self.weights.floors, places, self.name)
        return [sorted(spans) for spans in found]

    def _lower_in_frames(
        self,
        thresholds: NDArray[np.float32],
        rows: NDArray[np.int64],
        shares: NDArray[np.float32],
        found: Sequence[tuple[Window, Units, list[int]]],
    ) -> None:
        """Ask less of a unit that stands as names do; frames are looked for only where that would tell, once a text."""
        named, lower = 1 - shares[..., 0], self._vectors.framed[rows]
        open_to = (named > lower) & (named <= thresholds)
        for line in np.flatnonzero(open_to.any(-1)).tolist():
            window, units, framed = found[line]
            if units.frames is None:
                continue
            if not framed:
                framed += [-1, *sorted(units.frames(units.text))]
            for at in _numbers_of(framed, units.starts, window):
                thresholds[line, at] = lower[line, at]

    def _lower_beside_names(
        self, thresholds: NDArray[np.float32], rows: NDArray[np.int64], shares: NDArray[np.float32]
    ) -> None:
        """Ask less of a unit right beside a sure name of a person, where its own form is a name's: «Ani Harutyunyan»."""
        sure = shares[..., 1] + shares[..., 2] > _SURE
        if not sure.any():
            return
        beside = np.zeros_like(sure)
        beside[:, 1:] = sure[:, :-1]
        beside[:, :-1] |= sure[:, 1:]
        beside &= thresholds < self.weights.doubtful_name_threshold
        thresholds[beside] = np.minimum(thresholds[beside], self._vectors.framed[rows[beside]])

    def _shares(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return (lines, units, tags) probabilities of rows of vectors, 0 where a line has ended."""
        mask = (rows > 0).astype(np.float32)[..., None]
        vectors = self._vectors.matrix.take(rows, axis=0)
        (logits,) = self._session.run(None, {"x": vectors, "mask": mask})
        return probabilities(logits, self.weights.temperature)


def _numbers_of(framed: Sequence[int], starts: Sequence[int], window: Window) -> Iterator[int]:
    """Yield the numbers within a window of the units that begin at some of the places."""
    last = window.first + len(window.rows) - 1
    for start in framed[bisect_left(framed, starts[window.first]) : bisect_right(framed, starts[last])]:
        at = bisect_left(starts, start)
        if starts[at] == start:
            yield at - window.first


def _named(
    batch: Sequence[Window], shares: NDArray[np.float32], thresholds: NDArray[np.float32]
) -> Iterator[tuple[Window, Named]]:
    """Yield the windows that decide names, each with them, numbered as in their text."""
    lines, at = np.nonzero(shares[..., 0] < 1 - thresholds)
    first = np.array([window.first for window in batch])[lines]
    every = Named.of((first + at).tolist(), shares[lines, at])
    ends = np.searchsorted(lines, np.arange(len(batch)), side="right").tolist()
    low = 0
    for window, high in zip(batch, ends, strict=True):
        if low < high:
            start, end = (window.first + place for place in window.decided)
            yield (
                window,
                every.part(
                    bisect_left(every.units, start, low, high), bisect_left(every.units, end, low, high)
                ),
            )
        low = high


def _padded(lines: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    lengths = np.array(list(map(len, lines)))
    rows = np.zeros((len(lines), len(lines[-1])), np.int64)
    rows[np.arange(rows.shape[1]) < lengths[:, None]] = list(chain.from_iterable(lines))
    return rows


def _windows(text: int, rows: Sequence[int]) -> Iterator[Window]:
    if len(rows) <= _WINDOW:
        if rows:
            yield Window(text, 0, rows, (0, len(rows)))
        return
    step = _WINDOW - 2 * _REACH
    for start in range(0, len(rows), step):
        first = max(0, start - _REACH)
        end = min(len(rows), start + step)
        yield Window(text, first, rows[first : end + _REACH], (start - first, end - first))


def _batches(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    """Yield runs of windows, sorted by length, of at most ``_BATCH`` units with padding."""
    start = 0
    for number, window in enumerate(windows):
        if number > start and (number + 1 - start) * len(window.rows) > _BATCH:
            yield windows[start:number]
            start = number
    if windows:
        yield windows[start:]
