"""delta-disclosure privacy. Source: Brickell, Shmatikov, KDD 2008, 70-78, definition 4."""

import math

import numpy as np

from deid.kanon.measures.distribution import Distribution


def delta(people: Distribution) -> float:
    """Return the greatest |ln(p / q)|; infinite where a class lacks a value that the table has."""
    if (np.bincount(people.owner) < len(people.totals)).any():
        return math.inf
    return float(np.abs(np.log(people.local / people.overall)).max())
