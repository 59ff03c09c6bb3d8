"""How many people of a population are unique, estimated from a sample of it.

Two superpopulation models; they differ, so that both are worth reading. n people in the table are taken
for a simple random sample of the N of the population.
"""

import math
from collections.abc import Callable

from deid.kanon.measures.k_anonymity import Histogram, n_people

_GOLDEN = (math.sqrt(5) - 1) / 2
_STEPS = 60
"""Steps of a golden-section search: 0.618**60 of the range is left."""


def zayatz(histogram: Histogram, n_population: int) -> float:
    """Return the estimated number of unique people, in [0, N].

    A class of s people yields one in the sample with the hypergeometric chance; population classes are taken
    to have the sizes that the sample's have, so that P(unique | unique in the sample) follows by Bayes.
    Source: Zayatz, U.S. Bureau of the Census, Statistical Research Division Report 91/08 (1991).
    """
    n = n_people(histogram)
    once = {size: classes * _seen_once(size, n, n_population) for size, classes in histogram.items()}
    total = sum(once.values())
    if not histogram.get(1) or not total:
        return 0.0
    still_unique = once[1] / total
    return min(float(n_population), histogram[1] * still_unique * n_population / n)


def pitman(histogram: Histogram, n_population: int) -> float:
    """Return the estimated number of unique people, in [0, N].

    The two parameters of Pitman's sampling formula are fitted by maximum likelihood; the expected number of
    classes of one person among N follows from them exactly.
    Source: Hoshino, Journal of Official Statistics 17(4) (2001) 499-520.
    """
    n = n_people(histogram)
    if not histogram.get(1):
        return 0.0
    if len(histogram) == 1:  # everybody is alone: the likelihood has no maximum, and no limit is in sight
        return float(n_population)

    def fitted(alpha: float) -> tuple[float, float]:
        def of_theta(place: float) -> float:
            return _log_likelihood(math.exp(place) - alpha, alpha, histogram, n)

        place = _maximum(of_theta, math.log(1e-6), math.log(1e3 * n))
        return of_theta(place), math.exp(place) - alpha

    alpha = _maximum(lambda value: fitted(value)[0], 1e-6, 1 - 1e-6)
    return _expected_uniques(fitted(alpha)[1], alpha, n_population)


def _seen_once(size: int, n: int, n_population: int) -> float:
    """Return the chance that a class of ``size`` people has exactly one in a sample of n."""
    if n - 1 > n_population - size:
        return 0.0
    return size * math.exp(_log_choose(n_population - size, n - 1) - _log_choose(n_population, n))


def _log_choose(of: int, taken: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(taken + 1) - math.lgamma(of - taken + 1)


def _log_likelihood(theta: float, alpha: float, histogram: Histogram, n: int) -> float:
    """Return the logarithm of Pitman's formula, up to a constant, for 0 < alpha < 1 and theta > -alpha."""
    n_classes = sum(histogram.values())
    shift = theta / alpha
    new = (n_classes - 1) * math.log(alpha) + math.lgamma(shift + n_classes) - math.lgamma(shift + 1)
    seen = sum(
        classes * (math.lgamma(size - alpha) - math.lgamma(1 - alpha)) for size, classes in histogram.items()
    )
    return new + seen - (math.lgamma(theta + n) - math.lgamma(theta + 1))


def _expected_uniques(theta: float, alpha: float, n_population: int) -> float:
    """N times the chance that nobody who comes later joins the class of the first."""
    alone = (
        math.lgamma(theta + alpha + n_population - 1)
        - math.lgamma(theta + alpha)
        + math.lgamma(theta + 1)
        - math.lgamma(theta + n_population)
    )
    return n_population * min(1.0, math.exp(alone))


def _maximum(of: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one hill is greatest (golden-section search)."""
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = of(left), of(right)
    for _ in range(_STEPS):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = of(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = of(right)
    return (low + high) / 2
