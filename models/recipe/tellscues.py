"""Which turns the network of told words reads: a regression over words, the weights of which are written as cues.

It tells turns with a handle, secret or code in the open lists, three in four behind lines of chat, from lines of
``irc-ubuntu``; of those a share is read.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from deid.detect.tells.cues import Cues, Weight, size_of, words_of
from deid.detect.tells.reading import WITHIN
from tellslines import Said, talks

SHARE = 0.035
"""Of lines of chat that are read."""
_LABELS = frozenset({"USERNAME", "PASSWORD", "SECRET_KEY", "SHARE_CODE", "ONE_TIME_CODE"})
_MET, _PENALTY, _GRAIN, _BEHIND = 5, 2.0, 100, 0.75
Texts = list[str]


def learned(lists: Sequence[str], irc: Sequence[str], seed: int) -> Cues:
    """Return the weights that tell answers from chat, and the bound that a share of its lines reach."""
    rng = Random(seed)
    told = [texts for name in lists for texts in _answers(name, irc, rng, seed)]
    quiet = [_features(irc[at - WITHIN : at + 1]) for at in range(WITHIN, len(irc))]
    lines = [*(_features(texts) for texts, _ in told), *quiet]
    met = Counter(one for _, own in told for one in set(_features(own)))
    number = {one: at for at, one in enumerate(sorted(one for one, count in met.items() if count >= _MET))}
    weights = _fitted(_matrix(lines, number), len(told))
    whole = {one: round(_GRAIN * float(weights[at])) for one, at in number.items()}
    words = sorted({one[1:] for one, weight in whole.items() if weight})
    sums = [sum(whole.get(one, 0) for one in line) for line in quiet]
    every = {word: Weight(*(whole.get(f"{place}{word}", 0) for place in range(3))) for word in words}
    return Cues(every, round(float(np.quantile(sums, 1 - SHARE))))


def _answers(name: str, irc: Sequence[str], rng: Random, seed: int) -> Iterator[tuple[Texts, Texts]]:
    """Yield the turns of a list that hold a value, without it, behind what was said before them; and without chat before that."""
    for talk in talks(name, seed):
        bare = [_bare(said) for said in talk]
        for at in range(1, len(talk)):
            if any(one.label in _LABELS and not one.optional for one in talk[at].values):
                own = bare[max(0, at - WITHIN) : at + 1]
                pad = WITHIN + 1 - len(own) if rng.random() < _BEHIND else 0
                start = rng.randrange(len(irc) - WITHIN)
                yield [*irc[start : start + pad], *own], own


def _bare(said: Said) -> str:
    text = [*said.text]
    for one in said.values:
        text[one.start : one.end] = " " * (one.end - one.start)
    return "".join(text)


def _features(texts: Texts) -> list[str]:
    """Return the words of some turns by where they stand, each turn's size among them."""
    *earlier, last, own = [[*words_of(text), size_of(words_of(text))] for text in texts]
    return [f"0{w}" for w in own] + [f"1{w}" for w in last] + [f"2{w}" for some in earlier for w in some]


def _fitted(x: csr_matrix, told: int) -> NDArray[np.float64]:
    count = x.shape[0]
    y = np.arange(count) < told
    each = np.where(y, count / told, count / (count - told)) / 2

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = x @ point[:-1] + point[-1]
        wrong = each * (1 / (1 + np.exp(-sums)) - y)
        total = float((each * (np.logaddexp(0, sums) - y * sums)).sum())
        slope = np.append(x.T @ wrong + _PENALTY * point[:-1], wrong.sum())
        return total + _PENALTY * float(point[:-1] @ point[:-1]) / 2, slope

    start = np.zeros(x.shape[1] + 1)
    found: NDArray[np.float64] = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}
    ).x
    return found


def _matrix(lines: Sequence[Sequence[str]], number: dict[str, int]) -> csr_matrix:
    rows, columns = [], []
    for row, line in enumerate(lines):
        known = [number[one] for one in line if one in number]
        rows += [row] * len(known)
        columns += known
    return csr_matrix((np.ones(len(rows)), (rows, columns)), (len(lines), len(number)))
