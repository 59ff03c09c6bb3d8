"""How many people of a population are unique, by the slide negative binomial model.

A class of the population has 1 + Y people, Y of a negative binomial with parameters alpha and beta:
P(Y = y) = C(alpha + y - 1, y) beta^alpha (1 - beta)^y. With K classes, K beta^alpha people are expected to be
unique.
Source: Chen, Keller-McNulty, Journal of Official Statistics 14(1) (1998) 79-95.
"""

import math
from collections.abc import Callable

from deid.kanon.measures.k_anonymity import Histogram, n_people

_END = 25.0
"""beta is looked for between 1 / (1 + e**25) and its complement."""

_GRID = 800
_STEPS = 60


def negative_binomial(histogram: Histogram, n_population: int) -> float | None:
    """Return the estimated number of unique people, in [0, N]; None where the model does not fit.

    K, alpha and beta are those with which N people are expected in the population, and as many classes of one
    and of two people in the sample as it has; where several are, those with the fewest classes. Others
    estimate K by itself, though N tells it: from a tenth of the people that errs by a factor of two.
    """
    fraction = n_people(histogram) / n_population
    once, twice = histogram.get(1, 0), histogram.get(2, 0)
    if not once or fraction == 1:
        return float(once)
    if len(histogram) == 1:  # everybody is alone, and nothing says that anybody would not be
        return float(n_population)
    found = min(_solved(once, twice / once, fraction, n_population), default=None)
    if found is None:
        return None
    classes, alpha, beta = found
    return min(float(n_population), classes * math.pow(beta, alpha))


def expected(alpha: float, beta: float, fraction: float) -> tuple[float, float]:
    """Return the expected classes of one and of two people in the sample, for each of the population."""
    unseen = (1 - fraction) * (1 - beta)
    power = alpha * math.log(beta / (1 - unseen))
    once = fraction * math.exp(power) * (1 + alpha * unseen / (1 - unseen))
    twice = alpha * fraction**2 * (1 - beta) * math.exp(power) * (2 - (1 - alpha) * unseen)
    return once, twice / (2 * (1 - unseen) ** 2)


def _solved(once: int, ratio: float, fraction: float, n_population: int) -> list[tuple[float, float, float]]:
    """Return each K, alpha and beta that expect just these classes, by bisection between grid points.

    ratio : classes of two people in the sample for each of one.
    """

    def model(place: float) -> tuple[float, float, float]:
        beta = 1 / (1 + math.exp(-place))
        alpha = _alpha(beta, ratio, fraction)
        return n_population / (1 + alpha * (1 - beta) / beta), alpha, beta

    def is_above(place: float) -> bool:
        classes, alpha, beta = model(place)
        return classes * expected(alpha, beta, fraction)[0] > once

    places = [_END * (2 * n / _GRID - 1) for n in range(_GRID + 1)]
    above = [is_above(place) for place in places]
    return [
        model(_crossing(is_above, places[n], places[n + 1])) for n in range(_GRID) if above[n] != above[n + 1]
    ]


def _crossing(is_above: Callable[[float], bool], low: float, high: float) -> float:
    start = is_above(low)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_above(middle) == start else (low, middle)
    return low


def _alpha(beta: float, ratio: float, fraction: float) -> float:
    """Return the alpha that expects ``ratio`` classes of two people for each of one.

    The ratio of the two expectations rises with alpha, and setting it makes a quadratic equation with one
    positive root.
    """
    unseen = (1 - fraction) * (1 - beta)
    wanted = 2 * (1 - unseen) * ratio / (fraction * (1 - beta))
    linear = 2 - unseen - wanted * unseen
    under = math.sqrt(linear**2 + 4 * unseen * wanted * (1 - unseen))
    if linear >= 0:  # the same root, without the difference of near numbers
        return 2 * wanted * (1 - unseen) / (linear + under)
    return (under - linear) / (2 * unseen)
