"""l-diversity: how many sensitive values a class leaves open.

Source: Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam, ACM TKDD 1(1) (2007), definitions 3.1 and 4.1.
"""

import math

import numpy as np

from deid.kanon.measures.distribution import Distribution


def distinct_l(people: Distribution) -> int:
    """Return the least number of different values in a class."""
    return int(np.bincount(people.owner).min())


def entropy_l(people: Distribution) -> float:
    """Return exp of the least entropy of a class: the largest l of entropy l-diversity, at least 1."""
    share = people.local
    entropy = np.bincount(people.owner, -share * np.log(share))
    return max(1.0, float(np.exp(entropy.min())))


def recursive_c(people: Distribution, l: int) -> float:  # noqa: E741
    """Return the bound c that recursive (c, l)-diversity must exceed: r1 < c (r_l + … + r_m) in every class.

    r1 >= r2 >= … are the numbers of people by value. Infinite where a class has fewer than l values.
    """
    order = np.lexsort((-people.count, people.owner))
    owner, count = people.owner[order], people.count[order]
    starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
    place = np.arange(len(owner)) - starts[owner] + 1
    tails = np.bincount(owner, np.where(place >= l, count, 0))
    return math.inf if (tails == 0).any() else float((count[starts] / tails).max())
