"""Strict multidimensional partition: halve classes, widest column first, as long as both halves are sound.

A class publishes, in each column, the range of leaves that its people span, in the order of the hierarchy.
All classes are halved at once, one round after another.
Source: LeFevre, DeWitt, Ramakrishnan, ICDE 2006 (Mondrian), with the median of people and relative width.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from deid.kanon.classes import Codes, Counts, Mask, in_key_order
from deid.kanon.domains import SCALE, Domain, Population
from deid.kanon.requirement import Requirement

Widths = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Partition:
    """Classes of tuples, each with a range of leaves in every column.

    of        : (n_tuples,) class of each tuple.
    low, high : (n_classes, n_columns) first and last leaf, inclusive; the number of leaves stands for the
                missing value.
    """

    of: Counts = field(repr=False)
    low: Codes = field(repr=False)
    high: Codes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Round:
    """Tuples still in play, those of a class standing together.

    rows   : (n,) tuple of the population; ``counts`` its people; ``columns`` its codes, (n_columns, n).
    starts : (n_classes,) where each class begins.
    tried  : (n_classes, n_columns) columns in which a class cannot be halved.
    """

    rows: Counts
    counts: Counts
    columns: Codes | npt.NDArray[np.int16]
    starts: Counts
    tried: Mask

    @property
    def lengths(self) -> Counts:
        return np.diff(self.starts, append=len(self.rows))

    @property
    def owner(self) -> Counts:
        return np.repeat(np.arange(len(self.starts)), self.lengths)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where each class would be halved: before row ``at``; 0 where it cannot be."""

    at: Counts
    possible: Mask


def partition(population: Population, requirement: Requirement) -> Partition:
    """Return classes that each satisfy the requirement, which everybody in one class must."""
    codes = population.tuples.codes
    small = max(len(domain.low) for domain in population.domains) <= np.iinfo(np.int16).max
    now = _Round(
        np.arange(population.n_tuples),
        population.tuples.counts,
        codes.astype(np.int16) if small else codes,
        np.zeros(1, np.int64),
        np.zeros((1, len(codes)), np.bool_),
    )
    of = np.empty(population.n_tuples, np.int64)
    done: list[tuple[Codes, Codes]] = []
    n_done = 0
    while len(now.starts):
        low, high = _ranges(now, population.domains)
        wanted = np.where(now.tried, 0.0, _widths(low, high, population.domains))
        halving = (wanted.max(axis=1) > 0) & (np.add.reduceat(now.counts, now.starts) >= 2 * requirement.k)
        finished = np.flatnonzero(~halving)
        kept = halving[now.owner]
        of[now.rows[~kept]] = (np.cumsum(~halving) - 1 + n_done)[now.owner[~kept]]
        done.append((low[finished], high[finished]))
        n_done += len(finished)
        if not halving.any():
            break
        now = _halve(_only(now, halving, kept), wanted[halving].argmax(axis=1), population, requirement)
    return Partition(of, np.concatenate([low for low, _ in done]), np.concatenate([high for _, high in done]))


def range_loss(population: Population, found: Partition) -> int:
    """Return the loss of everybody, in units of 1 / SCALE cells."""
    people = np.bincount(found.of, population.tuples.counts, len(found.low)).astype(np.int64)
    widths = _widths(found.low, found.high, population.domains)
    return int(np.round(SCALE * widths).astype(np.int64).sum(axis=1) @ people)


def _ranges(now: _Round, domains: Sequence[Domain]) -> tuple[Codes, Codes]:
    """Return the first and last leaf of each class in each column, (n_classes, n_columns)."""
    low, high = [], []
    for column, domain in zip(now.columns, domains, strict=True):
        first = np.minimum.reduceat(column, now.starts)  # codes are in order of their first leaf
        low.append(domain.low[first])
        if domain.single:
            high.append(domain.high[np.maximum.reduceat(column, now.starts)])
        else:
            high.append(np.maximum.reduceat(domain.high[column], now.starts))
    return np.stack(low, axis=1), np.stack(high, axis=1)


def _widths(low: Codes, high: Codes, domains: Sequence[Domain]) -> Widths:
    """Return what each range loses, in [0, 1]; one that mixes missing and present values loses all."""
    n_leaves = np.array([domain.n_leaves for domain in domains])
    widths = (high - low) / np.maximum(n_leaves - 1, 1)
    mixed = (high == n_leaves) & (low < n_leaves)
    result: Widths = np.where(mixed, 1.0, widths)
    return result


def _only(now: _Round, classes: Mask, rows: Mask) -> _Round:
    if classes.all():
        return now
    lengths = now.lengths[classes]
    return _Round(
        now.rows[rows],
        now.counts[rows],
        now.columns[:, rows],
        np.cumsum(lengths) - lengths,
        now.tried[classes],
    )


def _halve(now: _Round, column: Counts, population: Population, requirement: Requirement) -> _Round:
    """Halve each class in its column, or remember that it cannot be halved there."""
    ordered, values = _sorted(now, column)
    cut = _cuts(ordered, values, requirement.k)
    sound = cut.possible
    if requirement.reads_secrets:
        sound = sound & _both_sound(ordered, cut, population, requirement)
    tried = ordered.tried.copy()
    if requirement.reads_secrets:
        tried[sound] = False  # another half may satisfy what this one did not
    tried[np.flatnonzero(~sound), column[~sound]] = True
    starts = np.concatenate([ordered.starts, cut.at[sound]])
    order = np.argsort(starts)
    return _Round(
        ordered.rows,
        ordered.counts,
        ordered.columns,
        starts[order],
        np.concatenate([tried, tried[sound]])[order],
    )


def _sorted(now: _Round, column: Counts) -> tuple[_Round, Counts]:
    """Return the rows of each class in the order of its column, and a key that rises with class and value."""
    n, owner = len(now.rows), now.owner
    value = now.columns.reshape(-1).take(column[owner] * n + np.arange(n)).astype(np.int64)
    size = int(value.max()) + 1
    key, order = in_key_order(owner * size + value, len(now.starts) * size)
    columns = np.stack([row[order] for row in now.columns])
    return _Round(now.rows[order], now.counts[order], columns, now.starts, now.tried), key


def _cuts(now: _Round, key: Counts, k: int) -> _Cut:
    """Return the cut nearest to the median of each class that leaves k people on both sides.

    Only the two ends of the run of equal values that holds the median can be it: a cut further out leaves
    even fewer on its short side.
    """
    before = np.concatenate([[0], np.cumsum(now.counts)])
    ends = np.append(now.starts[1:], len(now.rows))
    base, total = before[now.starts], before[ends] - before[now.starts]
    median = np.searchsorted(before, base + (total + 1) // 2) - 1
    fresh = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    run = np.searchsorted(fresh, median, "right") - 1
    sides = np.stack([fresh[run], np.append(fresh, len(now.rows))[run + 1]])
    left = before[sides] - base
    valid = (left >= k) & (total - left >= k)
    uneven = np.where(valid, np.abs(2 * left - total), np.iinfo(np.int64).max)
    second = uneven[1] < uneven[0]
    return _Cut(np.where(second, sides[1], sides[0]), valid.any(axis=0))


def _both_sound(now: _Round, cut: _Cut, population: Population, requirement: Requirement) -> Mask:
    """Return which classes have two halves that satisfy the requirement, beyond their size."""
    at = np.where(cut.possible, cut.at, now.starts)
    half = 2 * now.owner + (np.arange(len(now.rows)) >= at[now.owner])
    everywhere = np.full(population.n_tuples, -1)
    everywhere[now.rows] = half
    sizes = np.bincount(half, now.counts, 2 * len(now.starts)).astype(np.int64)
    met = requirement.met(everywhere, sizes, population.secrets)
    return met[::2] & met[1::2]
