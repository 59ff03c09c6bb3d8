"""Success rates with intervals: what every attack's count becomes before anybody reads it.

A person, not a document, is the unit of sampling: documents of one person succeed or fail together. Intervals
are two-sided and hold at 95 %.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_Z = NormalDist().inv_cdf(0.975)
_POWER = 0.8
_FEW = 30
_RESAMPLES = 1000
_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95 % interval, 0 <= low <= value <= high <= 1.

    trials : guesses counted.
    people : people they are about; the size of the sample.
    """

    value: float
    low: float
    high: float
    trials: int
    people: int

    def to_json(self) -> Mapping[str, float | int]:
        """Return the numbers, 5 decimals."""
        shares = {name: round(getattr(self, name), 5) for name in ("value", "low", "high")}
        return {**shares, "trials": self.trials, "people": self.people}


def exactly(value: float) -> Rate:
    """Return a rate that is known, not sampled."""
    return Rate(value, value, value, 0, 0)


def wilson(value: float, trials: float) -> tuple[float, float]:
    """Return the score interval of a share seen in ``trials`` > 0 independent trials.

    Source: Wilson, JASA 22 (1927) 209-212.
    """
    scale = 1 + _Z * _Z / trials
    middle = (value + _Z * _Z / (2 * trials)) / scale
    half = _Z / scale * math.sqrt(max(value * (1 - value), 0) / trials + _Z * _Z / (4 * trials * trials))
    return max(0.0, min(value, middle - half)), min(1.0, max(value, middle + half))


def of_counts(successes: int, trials: int) -> Rate:
    """Return the rate of independent trials, one a person. Raises ValueError without a trial."""
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"{successes} successes of {trials} trials")
    low, high = wilson(successes / trials, trials)
    return Rate(successes / trials, low, high, trials, trials)


def by_person(hit: NDArray[Any], person: Ints, rng: np.random.Generator) -> Rate:
    """Return the mean over people of each one's mean success, ``hit`` in [0, 1] per trial."""
    hits, counts = _per_person(hit, person)
    return _clustered(hits / counts, np.ones(len(hits)), len(hit), rng)


def over_trials(hit: NDArray[Any], person: Ints, rng: np.random.Generator) -> Rate:
    """Return the mean over trials, whose people are the clusters."""
    hits, counts = _per_person(hit, person)
    return _clustered(hits, counts, len(hit), rng)


def _per_person(hit: NDArray[Any], person: Ints) -> tuple[Floats, Floats]:
    if len(hit) == 0 or len(hit) != len(person):
        raise ValueError(f"{len(hit)} outcomes of {len(person)} trials")
    _, cluster = np.unique(person, return_inverse=True)
    hits = np.bincount(cluster, weights=hit.astype(float)).astype(float)
    return hits, np.bincount(cluster).astype(float)


def _clustered(hits: Floats, counts: Floats, trials: int, rng: np.random.Generator) -> Rate:
    """Return Σ hits / Σ counts with the wider of two intervals at each end.

    One resamples people (percentile bootstrap: Efron, Annals of Statistics 7 (1979) 1-26). The other is
    Wilson's at the effective sample size, which keeps a bound where nothing or everything was hit and
    resampling shows no spread (Franco et al., Journal of Survey Statistics and Methodology 7 (2019) 334-364).
    """
    value = float(min(max(hits.sum() / counts.sum(), 0.0), 1.0))
    low, high = wilson(value, _effective(hits, counts, value, trials))
    drawn = _resampled(hits, counts, rng)
    found = np.percentile(drawn, [2.5, 97.5])
    return Rate(value, min(low, float(found[0]), value), max(high, float(found[1]), value), trials, len(hits))


def _effective(hits: Floats, counts: Floats, value: float, trials: int) -> float:
    """Return how many independent trials tell as much as these clusters: at least one, at most ``trials``.

    How alike one person's trials are is read off the spread between people. Among few that says little, and
    equal shares would seem to be sure: there each person is taken to be wholly right or wrong (Kish, Survey
    Sampling (1965) 427: n / (1 + cv²) of the sizes), so that more successes never give lower bounds.
    """
    people = len(hits)
    if people < _FEW:
        return float(counts.sum() ** 2 / (counts**2).sum())
    spread = float(((hits - value * counts) ** 2).sum())
    if spread == 0:
        return float(people)
    variance = people / (people - 1) * spread / float(counts.sum()) ** 2
    return min(max(value * (1 - value) / variance, 1.0), float(trials))


def _resampled(hits: Floats, counts: Floats, rng: np.random.Generator) -> Floats:
    people = len(hits)
    rows = max(1, min(_RESAMPLES, _CELLS // people))
    parts = []
    for start in range(0, _RESAMPLES, rows):
        drawn = rng.integers(people, size=(min(rows, _RESAMPLES - start), people))
        parts.append(hits[drawn].sum(1) / counts[drawn].sum(1))
    return np.concatenate(parts)


def residual(attacked: Rate, control: Rate) -> Rate:
    """Return (attacked - control) / (1 - control), clipped to [0, 1]: what the release adds to guessing.

    The bounds pair the ends of the two intervals, so they cover at least 95 %.
    Source: Giomi et al., PoPETs 2023(2) 312-328, equation 2.
    """

    def part(rate: float, base: float) -> float:
        return max(0.0, (rate - base) / (1 - base)) if base < 1 else 0.0

    low, high = part(attacked.low, control.high), part(attacked.high, control.low)
    value = min(max(part(attacked.value, control.value), low), high)
    return Rate(value, low, high, attacked.trials, attacked.people)


def by_luck(successes: int, guesses: int, share: float) -> float:
    """Return how likely at least as many successes are when each guess succeeds with probability ``share``.

    The binomial tail; with guesses of unequal probability it bounds theirs from above, ``share`` their mean.
    Source: Hoeffding, Annals of Mathematical Statistics 27 (1956) 713-721.
    """
    if successes <= guesses * share or share >= 1:
        return 1.0
    choices = math.lgamma(guesses + 1) - math.lgamma(successes + 1) - math.lgamma(guesses - successes + 1)
    term = (
        math.exp(choices + successes * math.log(share) + (guesses - successes) * math.log1p(-share))
        if share > 0
        else 0.0
    )
    total, seen = 0.0, successes
    while term > total * 1e-12:
        total += term
        term *= (guesses - seen) / (seen + 1) * share / (1 - share)
        seen += 1
    return min(total, 1.0)


def smallest_effect(base: float, people: int) -> float:
    """Return the smallest excess over ``base`` that ``people`` would show 80 % of the time; 1 if none.

    Normal approximation of a two-sided test at 5 %, and at least one success must be likely: with few people
    and a tiny base the approximation promises too much.
    """
    if people < 1:
        return 1.0
    seen: float = 1 - (1 - _POWER) ** (1 / people)
    low, high = base, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if _shows(middle, base, people) else (middle, high)
    return min(1.0, max(high, seen) - base)


def _shows(rate: float, base: float, people: int) -> bool:
    z_power = NormalDist().inv_cdf(_POWER)
    noise = _Z * math.sqrt(base * (1 - base)) + z_power * math.sqrt(rate * (1 - rate))
    return bool((rate - base) * math.sqrt(people) >= noise)
