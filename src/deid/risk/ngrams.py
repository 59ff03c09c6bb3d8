"""N-grams counted by rolling hashes over arrays, without a table of strings."""

import importlib
from collections.abc import Sequence
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


def count(
    codes: NDArray[np.uint64], starts: NDArray[np.int64], lengths: range, *, min_documents: int = 1
) -> Sparse:
    """Count the n-grams of every document into a CSR matrix of float32.

    starts        : first code of each document, and the end of the last.
    min_documents : columns of fewer documents are left out.

    Two n-grams in 2²² columns may collide; an attack loses next to nothing (Weinberger et al., ICML 2009).
    """
    sparse = scipy_module("sparse")
    cells, counts = _cells(codes, starts, lengths)
    column = (cells & np.uint64((1 << _BITS) - 1)).astype(np.int32)
    ends = np.searchsorted(cells, np.arange(1, len(starts), dtype=np.uint64) << np.uint64(_BITS))
    del cells  # as large as everything else together
    kept = np.bincount(column, minlength=1 << _BITS) >= min_documents
    inside = kept[column]
    indptr = np.zeros(len(starts), np.int64)
    indptr[1:] = np.r_[0, np.cumsum(inside)][ends]
    renumbered = (np.cumsum(kept) - 1).astype(np.int32)
    columns = renumbered[column[inside]]
    return sparse.csr_matrix(
        (counts[inside], columns, indptr), shape=(len(starts) - 1, max(int(kept.sum()), 1))
    )


def _cells(
    codes: NDArray[np.uint64], starts: NDArray[np.int64], lengths: range
) -> tuple[NDArray[np.uint64], NDArray[np.float32]]:
    """Return (document, column) cells packed into one number, in order, and the count in each."""
    parts: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []
    first = 0
    while first < len(starts) - 1:
        last = max(int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1, first + 1)
        parts.append(np.unique(_packed(codes, starts, lengths, first, last), return_counts=True))
        first = last
    if not parts:
        return np.zeros(0, np.uint64), np.zeros(0, np.float32)
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]).astype(np.float32)


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
