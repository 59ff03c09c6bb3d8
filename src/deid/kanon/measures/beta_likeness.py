"""beta-likeness: how much likelier a value becomes for someone whose class is known.

Source: Cao, Karras, PVLDB 5(11) (2012) 1388-1399, definitions 2 and 3.
"""

import math

import numpy as np

from deid.kanon.measures.distribution import Distribution


def basic_beta(people: Distribution) -> float:
    """Return the greatest relative gain (p - q) / q of a value in a class, at least 0."""
    overall = people.overall
    return max(0.0, float(((people.local - overall) / overall).max()))


def enhanced_beta(people: Distribution) -> float:
    """Return the least beta for which every gain is at most min(beta, -ln q); infinite where none is enough.

    The second bound is q's own, so that a frequent value may not become certain.
    """
    overall = people.overall
    gain = (people.local - overall) / overall
    broken = (gain > 0) & (gain > -np.log(overall))
    return math.inf if broken.any() else max(0.0, float(gain.max()))
