"""Equivalence classes: packed keys, groups, distinct tuples with the number of people who share them.

Nothing here hashes: two people share a key exactly when all their codes agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

KEY_SPACE = 1 << 62
_WORD = 63
_DENSE = 8
"""A key space up to this many times the number of keys is grouped by a table instead of a sort."""


@dataclass(frozen=True, slots=True)
class Tuples:
    """Distinct tuples of codes, in key order.

    codes  : (n_columns, n_tuples).
    counts : (n_tuples,) people who have the tuple.
    of     : (n_people,) index of each person's tuple.
    """

    codes: Codes
    counts: Counts
    of: Counts


def pack(columns: Sequence[Codes], sizes: Sequence[int]) -> tuple[Counts, int]:
    """Return one 64-bit key per person, and the exclusive upper bound of the keys.

    columns : codes, one array a column; ``sizes`` are their exclusive upper bounds.

    Keys are mixed-radix numbers. Columns too wide for 64 bits are packed in steps, each step's keys
    renumbered first, so that keys stay exact at any width.
    """
    keys = np.zeros(len(columns[0]), np.int64)
    space = 1
    for column, size in zip(columns, sizes, strict=True):
        if space * size > KEY_SPACE:
            keys, space = group(keys, space)
        keys *= size
        keys += column
        space *= size
    return keys, space


def group(keys: Counts, space: int) -> tuple[Counts, int]:
    """Return the number of each key among the distinct ones, 0, 1, … in key order, and how many there are."""
    if space <= _DENSE * max(len(keys), 1 << 12):
        seen = np.zeros(space, np.bool_)
        seen[keys] = True
        present = np.flatnonzero(seen)
        numbers = np.empty(space, np.int64)
        numbers[present] = np.arange(len(present))
        return numbers.take(keys), len(present)
    ordered, order = in_key_order(keys, space)
    fresh = _run_starts(ordered)
    ids = np.empty(len(keys), np.int64)
    ids[order] = np.cumsum(fresh) - 1
    return ids, int(np.count_nonzero(fresh))


def in_key_order(keys: Counts, space: int) -> tuple[Counts, Counts]:
    """Return keys in rising order and their places; equal keys stay in theirs.

    space : exclusive upper bound of the keys, none of which is negative.

    A key and its place sorted as one number are several times quicker than sorting places by key.
    """
    shift = max(1, (len(keys) - 1).bit_length())
    if space.bit_length() + shift >= _WORD:
        order = np.argsort(keys, kind="stable")
        return keys[order], order
    packed = keys << shift
    packed |= np.arange(len(keys))
    packed.sort()
    return packed >> shift, packed & ((1 << shift) - 1)


def class_sizes(keys: Counts) -> Counts:
    """Return the size of every class, in key order; people are counted once a key."""
    starts = np.flatnonzero(_run_starts(np.sort(keys)))
    return np.diff(np.append(starts, len(keys)))


def totals(ids: Counts, counts: Counts, n_groups: int) -> Counts:
    """Add up ``counts`` by group; exact below 2**53."""
    return np.bincount(ids, counts, n_groups).astype(np.int64)


def representatives(ids: Counts, n_groups: int) -> Counts:
    """Return one member of each group."""
    member = np.empty(n_groups, np.int64)
    member[ids[::-1]] = np.arange(len(ids) - 1, -1, -1)
    return member


def distinct(columns: Sequence[Codes], sizes: Sequence[int]) -> Tuples:
    """Collapse people to distinct tuples; the order of people changes nothing but ``of``."""
    keys, space = pack(columns, sizes)
    ids, n_tuples = group(keys, space)
    first = representatives(ids, n_tuples)
    codes = np.stack([column[first] for column in columns])
    return Tuples(codes, np.bincount(ids, minlength=n_tuples), ids)


def _run_starts(ordered: Counts) -> Mask:
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return fresh
