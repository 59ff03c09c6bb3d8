"""N-grams counted by rolling hashes over arrays, without a table of strings."""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.errors import ConfigError, extra_hint

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so multiplying loses nothing modulo 2⁶⁴
_BITS = 22
_CHUNK = 1_000_000

Sparse = Any
"""A scipy.sparse CSR matrix of float32, one row a document."""


def scipy_module(name: str) -> ModuleType:
    """Import a module of scipy, which an extra brings. Raises ConfigError where it is missing."""
    try:
        return importlib.import_module(f"scipy.{name}")
    except ImportError:
        raise ConfigError("the attacks on a release need scipy", hint=extra_hint("risk")) from None


def code_points(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the characters of all texts in a row, and where each text starts; a last entry is the end."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, np.uint32).astype(np.uint64), starts


def hashes(codes: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    """Return a 64-bit hash of every run of ``length`` codes; equal runs, equal hashes."""
    n = max(len(codes) - length + 1, 0)
    found = np.full(n, length, np.uint64)
    for offset in range(length):
        found = (found ^ codes[offset : offset + n]) * _BASE
        found ^= found >> np.uint64(29)
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """The n-grams of some documents, 8 bytes each.

    column, counts : of every cell, by document.
    ends           : where the cells of each document end.
    """

    column: NDArray[np.int32]
    counts: NDArray[np.float32]
    ends: NDArray[np.int64]

    def kept(self, number: NDArray[np.int32]) -> "_Part":
        """Return the columns that have a number from 0 under that number; -1 is left out."""
        column = number[self.column]
        inside = column >= 0
        return _Part(column[inside], self.counts[inside], np.r_[0, np.cumsum(inside)][self.ends])


def count(
    codes: NDArray[np.uint64],
    starts: NDArray[np.int64],
    lengths: range,
    *,
    min_documents: int = 1,
    max_documents: int | None = None,
) -> Sparse:
    """Count the n-grams of every document into a CSR matrix of float32.

    starts        : first code of each document, and the end of the last.
    min_documents : columns of fewer documents are left out; ``max_documents`` the same of more.

    Two n-grams in 2²² columns may collide; an attack loses next to nothing (Weinberger et al., ICML 2009).
    """
    parts: list[_Part] = []
    holders = np.zeros(1 << _BITS, np.int64)
    for first, last in _chunks(starts):
        part = _counted(_packed(codes, starts, lengths, first, last), first, last)
        holders += np.bincount(part.column, minlength=len(holders))
        parts.append(part)
    kept = holders >= min_documents
    if max_documents is not None:
        kept &= holders <= max_documents
    number = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    for place, part in enumerate(parts):  # one by one, so that all are never there twice
        parts[place] = part.kept(number)
    return _matrix(parts, max(int(kept.sum()), 1))


def _chunks(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield [first, last) documents of about a million codes together."""
    first = 0
    while first < len(starts) - 1:
        last = max(int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1, first + 1)
        yield first, last
        first = last


def _counted(packed: NDArray[np.uint64], first: int, last: int) -> _Part:
    """Count equal cells of documents [first, last)."""
    cells, counts = np.unique(packed, return_counts=True)
    ends = np.searchsorted(cells, np.arange(first + 1, last + 1, dtype=np.uint64) << np.uint64(_BITS))
    column = (cells & np.uint64((1 << _BITS) - 1)).astype(np.int32)
    return _Part(column, counts.astype(np.float32), ends)


def _matrix(parts: list[_Part], columns: int) -> Sparse:
    """Put the parts below one another, and forget them."""
    sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.ends, prepend=0) for part in parts)])
    column = np.concatenate([np.zeros(0, np.int32), *(part.column for part in parts)])
    counts = np.concatenate([np.zeros(0, np.float32), *(part.counts for part in parts)])
    parts.clear()
    cells = (counts, column, np.cumsum(sizes))
    return scipy_module("sparse").csr_matrix(cells, shape=(len(sizes) - 1, columns))


def _packed(
    codes: NDArray[np.uint64], starts: NDArray[np.int64], lengths: range, first: int, last: int
) -> NDArray[np.uint64]:
    inside = codes[starts[first] : starts[last]]
    sizes = np.diff(starts[first : last + 1])
    owner = np.repeat(np.arange(first, last, dtype=np.uint64), sizes)
    parts = [np.zeros(0, np.uint64)]
    for length in lengths:
        found = hashes(inside, length)
        whole = owner[: len(found)] == owner[length - 1 : length - 1 + len(found)]
        parts.append(
            (owner[: len(found)][whole] << np.uint64(_BITS)) | (found[whole] >> np.uint64(64 - _BITS))
        )
    return np.concatenate(parts)
