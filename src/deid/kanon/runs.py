"""Sorted runs of keys on disk: count more people than memory holds, in time that grows as their number.

A run is what one piece of a table holds: its distinct keys, sorted, each with its people. The merge goes
through the keys in ranges, so that all of a key is in memory at once and little else is. The file has no name
in any folder and holds numbers alone: what they stand for stays in memory.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Self

import numpy as np

from deid.kanon.classes import Counts
from deid.kanon.layout import Keys, Layout, fresh, order

RANGE = 1 << 20
"""Keys of a merged range, about."""

_SAMPLED = 1 << 8
"""One key of so many is remembered, to cut ranges of equal size."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Where a run lies: ``n`` keys and then their counts, from a byte of the file."""

    at: int
    n: int
    layout: Layout


class Runs:
    """Runs of one table. Use as a context: the file goes with it."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by the context
        self._runs: list[_Run] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, keys: Keys, layout: Layout) -> None:
        """Sort keys, one a person, and write them with how often each occurs."""
        keys = np.sort(keys) if len(keys) == 1 else keys[:, order(keys)]
        starts = np.flatnonzero(fresh(keys))
        self._runs.append(self._write(keys[:, starts], np.diff(starts, append=keys.shape[1]), layout))

    def merged(self, layout: Layout, last: int) -> Iterator[tuple[Keys, Counts]]:
        """Yield sorted distinct keys with their people, range by range.

        layout : the widest of those of the runs. Keys that agree but for the ``last`` columns come in one
                 range.
        """
        self._runs = [run if run.layout == layout else self._widened(run, layout) for run in self._runs]
        cuts = self._cuts(layout, last)
        places = [
            np.concatenate([[0], np.searchsorted(self._first(run), cuts), [run.n]]) for run in self._runs
        ]
        for begin in range(len(cuts) + 1):
            parts = [
                self._read(run, int(place[begin]), int(place[begin + 1]))
                for run, place in zip(self._runs, places, strict=True)
            ]
            keys = np.concatenate([part for part, _ in parts], axis=1)
            if keys.shape[1]:
                yield _reduced(keys, np.concatenate([counts for _, counts in parts]))

    def _write(self, keys: Keys, counts: Counts, layout: Layout) -> _Run:
        at = self._file.seek(0, 2)
        keys.tofile(self._file)
        counts.astype(np.int64).tofile(self._file)
        return _Run(at, keys.shape[1], layout)

    def _read(self, run: _Run, low: int, high: int) -> tuple[Keys, Counts]:
        rows = [self._numbers(run, row, low, high) for row in range(run.layout.n_words + 1)]
        return np.stack(rows[:-1]), rows[-1]

    def _numbers(self, run: _Run, row: int, low: int, high: int) -> Counts:
        self._file.seek(run.at + 8 * (row * run.n + low))
        return np.fromfile(self._file, np.int64, high - low)

    def _first(self, run: _Run) -> Counts:
        return self._numbers(run, 0, 0, run.n)

    def _widened(self, run: _Run, layout: Layout) -> _Run:
        keys, counts = self._read(run, 0, run.n)
        return self._write(layout.pack(run.layout.unpack(keys)), counts, layout)

    def _cuts(self, layout: Layout, last: int) -> Counts:
        """Return first words at which to cut; no class lies on both sides of one."""
        sampled = np.sort(np.concatenate([self._first(run)[::_SAMPLED].copy() for run in self._runs]))
        n_ranges = -(-sum(run.n for run in self._runs) // RANGE)
        words = np.zeros((layout.n_words, n_ranges - 1), np.int64)
        words[0] = sampled[np.arange(1, n_ranges) * len(sampled) // n_ranges]
        return np.unique(layout.without_last(words, last)[0])


def _reduced(keys: Keys, counts: Counts) -> tuple[Keys, Counts]:
    place = order(keys)
    keys = keys[:, place]
    starts = np.flatnonzero(fresh(keys))
    return keys[:, starts], np.add.reduceat(counts[place], starts)
