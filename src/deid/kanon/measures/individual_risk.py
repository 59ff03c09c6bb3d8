"""Risk of each person of a sample, from survey weights: the mean of 1 / people alike in the population.

Given f people of the sample in a class of F, F - f is taken for negative binomial with parameters f and
p = f / (sum of their weights). The mean of 1 / F is greater than 1 / (sum of weights), which forgets that F
may be small.
Source: Benedetti, Franconi, SIS/Eurostat seminar on statistical confidentiality (1998); Franconi, Polettini,
PSD 2004, LNCS 3050, 262-272, section 3.
"""

import numpy as np
import numpy.typing as npt

from deid.kanon.classes import Counts

Weights = npt.NDArray[np.float64]

_NODES, _SHARES = np.polynomial.laguerre.laggauss(64)
_NEARLY_ALL = 0.5
"""From this share of the population on, the closed forms lose digits and the integral needs none of them."""


def individual_risks(sizes: Counts, weights: Weights) -> Weights:
    """Return the risk of a person of each class, in (0, 1].

    sizes, weights : (n_classes,) people of the sample, and the sum of their weights, at least as many.

    The mean is (p / f) times the integral of e**-s / (p + q e**(-s / f)) over s > 0, q = 1 - p.
    """
    pairs, place = np.unique(np.stack([sizes, weights]), axis=1, return_inverse=True)
    f, p = pairs[0], pairs[0] / pairs[1]
    q = 1 - p
    inside = 1 / (p[:, None] + q[:, None] * np.exp(-_NODES / f[:, None]))
    risks: Weights = p / f * (inside @ _SHARES)
    few = p < _NEARLY_ALL
    odds = np.divide(p, q, where=few, out=np.zeros_like(p))
    once = odds * -np.log(p)
    risks = np.where(few & (f == 1), once, risks)
    risks = np.where(few & (f == 2), odds * (1 - once), risks)
    return risks[place.reshape(-1)]
