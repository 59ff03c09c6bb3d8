"""t-closeness: how far the values of a class are from those of everybody, by earth mover's distance.

Source: Li, Li, Venkatasubramanian, ICDE 2007, section 4: ordered, equal and hierarchical distance. No two
values are ever further apart than 1, so that the figure of equal distance is the greatest of the three.
"""

from collections.abc import Sequence

import numpy as np

from deid.kanon.classes import Codes, Counts, Mask
from deid.kanon.measures.distribution import Distribution, Shares


def t_equal(people: Distribution) -> float:
    """Return the greatest distance of a class when all values are equally far apart, in [0, 1].

    Half the sum of |p - q|, which is the sum of p - q over the values that are more frequent in the class.
    """
    excess = np.maximum(people.local - people.overall, 0)
    return float(np.bincount(people.owner, excess).max())


def t_hierarchical(people: Distribution, nodes: Sequence[Codes]) -> float:
    """Return the greatest distance of a class by the height at which values meet in a tree, in [0, 1].

    nodes : for each level below the top, the node of each value, (n_values,).

    In a tree, what must move through the edge above a node is |p - q| of the node; every edge is half a
    level long. So the distance is the mean over levels of the equal distance between nodes.
    """
    n_classes, n_values = len(people.sizes), len(people.totals)
    moved = np.zeros(n_classes)
    for level in nodes:
        n_nodes = int(level.max()) + 1
        key, place = np.unique(people.owner * n_nodes + level[people.value], return_inverse=True)
        owner, node = np.divmod(key, n_nodes)
        local = np.bincount(place, people.count) / people.sizes[owner]
        overall = np.bincount(level, people.totals, n_nodes) / people.totals.sum()
        moved += np.bincount(owner, np.maximum(local - overall[node], 0), n_classes)
    return float(moved.max() / len(nodes)) if n_values > 1 else 0.0


def t_ordered(people: Distribution) -> float:
    """Return the greatest distance of a class when neighbouring values are one step apart, in [0, 1].

    The mean over i of |P_i - Q_i|, P and Q the cumulative shares, i running over all values but the last.
    A class's P is constant between the values it has, and Q rises, so each stretch is two sums of Q.
    """
    n_values = len(people.totals)
    if n_values == 1:
        return 0.0
    overall = np.cumsum(people.totals) / people.totals.sum()
    last = np.append(people.owner[1:] != people.owner[:-1], True)
    first = np.append(True, last[:-1])
    end = np.where(last, n_values, np.append(people.value[1:], n_values))
    inside = _stretch(overall, _running_share(people, first), people.value, end)
    nothing = np.zeros(len(people.sizes), np.int64)
    before = _stretch(overall, nothing.astype(np.float64), nothing, people.value[first])
    return float((np.bincount(people.owner, inside) + before).max() / (n_values - 1))


def _running_share(people: Distribution, first: Mask) -> Shares:
    """Cumulate shares within each class; ``first`` marks the first pair of each."""
    total = np.cumsum(people.count)
    before = (total - people.count)[first]
    share: Shares = (total - before[people.owner]) / people.sizes[people.owner]
    return share


def _stretch(overall: Shares, share: Shares, start: Counts, end: Counts) -> Shares:
    """Sum |share - Q_i| over start <= i < end, for many stretches at once."""
    prefix = np.append(0.0, np.cumsum(overall))
    cross = np.clip(np.searchsorted(overall, share), start, end)
    below = share * (cross - start) - (prefix[cross] - prefix[start])
    above = (prefix[end] - prefix[cross]) - share * (end - cross)
    result: Shares = below + above
    return result
