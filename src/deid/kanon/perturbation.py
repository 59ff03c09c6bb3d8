"""Changing values instead of widening them: bounds, small groups, exchange, noise, rare values.

These lower what a value says and prove nothing: check k afterwards. Whatever draws chance is given its
generator; who knows its seed can undo the change, so that in anonymized data the seed must be forgotten.
Source of the list: Personal Information Protection Commission, report on anonymously processed information
(2017), table of methods.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from deid.errors import InputError

Numbers = npt.NDArray[np.float64]


def clamp(values: Sequence[float], low: float, high: float) -> Numbers:
    """Return values with those beyond ``low`` and ``high`` moved to the bound (bottom and top coding)."""
    if low > high:
        raise InputError(f"clamp: low is {low}, high {high}")
    return np.clip(np.asarray(values, np.float64), low, high)


def microaggregate(values: Sequence[float], k: int) -> Numbers:
    """Return each value's mean over a group of k to 2 k - 1 neighbours in order, one value a person.

    The groups are those that lose the least squares of all. Raises InputError for fewer than k values.
    Source: Hansen, Mukherjee, IEEE TKDE 15(4) (2003) 1043-1044.
    """
    numbers = np.asarray(values, np.float64)
    if not 1 <= k <= len(numbers):
        raise InputError(f"microaggregate: k is {k}, with {len(numbers)} values")
    order = np.argsort(numbers, kind="stable")
    ends = _group_ends(numbers[order], k)
    sizes = np.diff(ends)
    means = np.add.reduceat(numbers[order], ends[:-1]) / sizes
    result = np.empty(len(numbers))
    result[order] = np.repeat(means, sizes)
    return result


def _group_ends(ordered: Numbers, k: int) -> npt.NDArray[np.int64]:
    """Return where groups begin and end, by the shortest path over where the last group begins."""
    centred = ordered - ordered.mean()  # squares of large values would cancel to nothing
    sums = np.concatenate([[0.0], np.cumsum(centred)])
    squares = np.concatenate([[0.0], np.cumsum(centred**2)])
    cost = np.full(len(sums), np.inf)
    cost[0] = 0.0
    came = np.zeros(len(sums), np.int64)
    for end in range(k, len(sums)):
        begin = np.arange(max(0, end - 2 * k + 1), end - k + 1)
        spread = squares[end] - squares[begin] - (sums[end] - sums[begin]) ** 2 / (end - begin)
        total = cost[begin] + spread
        best = int(total.argmin())
        cost[end], came[end] = total[best], begin[best]
    ends = [len(ordered)]
    while ends[-1]:
        ends.append(int(came[ends[-1]]))
    return np.array(ends[::-1])


def swap(values: Sequence[str | None], share: float, random: np.random.Generator) -> list[str | None]:
    """Return values of which a share of people, in [0, 1], have exchanged theirs: every count stays.

    Those drawn pass their values round a ring in random order, so that nobody among two or more keeps their
    own place, though the value that comes may be equal.
    """
    if not 0 <= share <= 1:
        raise InputError(f"swap: share is {share}; it must be in [0, 1]")
    drawn = random.permutation(len(values))[: round(share * len(values))]
    result = list(values)
    for giver, taker in zip(drawn, np.roll(drawn, 1), strict=True):
        result[taker] = values[giver]
    return result


def add_noise(values: Sequence[float], scale: float, random: np.random.Generator) -> Numbers:
    """Return values plus Laplace noise of mean 0 and mean absolute size ``scale``."""
    if not scale > 0:
        raise InputError(f"add_noise: scale is {scale}; it must be above 0")
    return np.asarray(values, np.float64) + random.laplace(0.0, scale, len(values))


def suppress_rare(values: Sequence[str | None], k: int) -> list[str | None]:
    """Return values with those that fewer than k people have left out; one value a person."""
    counts = Counter(values)
    return [value if counts[value] >= k else None for value in values]
