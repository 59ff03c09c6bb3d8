"""L2, author linkage: who wrote what is released under this pseudonym, given other text of every candidate.

The attacker is the strongest found for a processor without an accelerator. It fuses a kernel ridge
classifier of documents with similarities of whole pseudonyms over characters, words, function words,
habits of writing, and a unigram language model; it corrects for candidates that resemble everybody
(hubness: Radovanović et al., JMLR 11 (2010) 2487-2531) and may use that everybody wrote something
(balanced). Weights were chosen by hand on SynthPAI's raw text, never on a treated release. Weaker
attackers are kept beside it: on short text they sometimes win, and a gate takes the strongest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from deid.risk.attacks import ridge
from deid.risk.features import Features, Matrix, inverse_frequency, unit_rows, weighted
from deid.risk.ngrams import Sparse, scipy_module

Ints = NDArray[np.int64]

_RANKS = 5
_HUB_SHARE = 60
_WORD_PRIOR = 1500.0
_FUNCTION_PRIOR = 200.0
_VOTES_WEIGHT = 1.5
_TEMPERATURE = 1.5
_ROUNDS = 15
_WEIGHTS = {"characters": 0.35, "words": 0.35, "functions": 0.2, "shape": 0.25, "language": 0.2}


@dataclass(frozen=True, slots=True)
class Task:
    """What the attacker holds.

    features         : of every document, known or released.
    space            : the ridge's vectors of the same documents.
    known, author    : rows he knows, and the candidate each is by.
    released, unit   : rows released, and the pseudonym each stands under.
    candidates, units : how many there are.
    kernel           : of all documents with all, when it is worth keeping; None computes what is needed.
    of_units         : unit × released document: how likely it belongs to the unit; None: as in ``unit``.
    """

    features: Features
    space: Sparse = field(repr=False)
    known: Ints
    author: Ints
    released: Ints
    unit: Ints
    candidates: int
    units: int
    kernel: Matrix | None = field(default=None, repr=False)
    of_units: Sparse | None = field(default=None, repr=False)

    @property
    def sums(self) -> Sparse:
        """The matrix that adds up the released documents of each unit."""
        return _sums(self.unit, self.units) if self.of_units is None else self.of_units


@dataclass(frozen=True, slots=True)
class Guesses:
    """For each unit the likeliest candidates, best first, and how sure the attacker is of the first."""

    ranked: Ints
    confidence: NDArray[np.float64]


def link(task: Task) -> Mapping[str, Guesses]:
    """Return every attacker's guesses, by the attacker's name."""
    votes = _ridge(task)
    likeness = _similarities(task)
    fused = _fused(votes, likeness)
    return {
        "characters": _guess(likeness["characters"]),
        "characters, hubs corrected": _guess(_without_hubs(likeness["characters"])),
        "ridge": _guess(votes),
        "fusion": _with_evidence(_guess(fused), votes),
        "fusion, balanced": _balanced(fused, votes),
    }


def _ridge(task: Task) -> Matrix:
    """Return the sum of document scores over each unit, hubs corrected."""
    if task.kernel is None:
        known = ridge.gram(task.space[task.known], task.space[task.known])
        across = ridge.gram(task.space[task.released], task.space[task.known])
    else:
        known = task.kernel[np.ix_(task.known, task.known)]
        across = task.kernel[np.ix_(task.released, task.known)]
    coefficients = ridge.fit(ridge.curved(known), task.author, task.candidates)
    scores = ridge.curved(across) @ coefficients
    return _without_hubs(task.sums @ scores)


def _sums(group: Ints, groups: int) -> Sparse:
    """Return the matrix that adds up the rows of each group."""
    ones = np.ones(len(group), np.float32)
    cells = (ones, (group, np.arange(len(group))))
    return scipy_module("sparse").csr_matrix(cells, shape=(groups, len(group)))


def _similarities(task: Task) -> dict[str, Matrix]:
    of_candidates, of_units = _sums(task.author, task.candidates), task.sums

    def pair(counts: Sparse) -> tuple[Sparse, Sparse]:
        return (of_units @ counts[task.released]).tocsr(), (of_candidates @ counts[task.known]).tocsr()

    characters, words, functions = task.features.characters, task.features.words, task.features.functions
    return {
        "characters": _cosine(*pair(characters)),
        "words": _cosine(*pair(words)),
        "functions": _habitual(*pair(functions)),
        "shape": _shapes(task, of_units, of_candidates),
        "language": _likelihood(*pair(words)),
    }


def _cosine(units: Sparse, candidates: Sparse) -> Matrix:
    both = scipy_module("sparse").vstack([candidates, units], format="csr")
    weights = inverse_frequency(both)
    found: Matrix = (weighted(units, weights) @ weighted(candidates, weights).T).toarray()
    return found


def _habitual(units: Sparse, candidates: Sparse) -> Matrix:
    """Compare rates of function words, shrunk to everybody's (Burrows, LLC 17 (2002) 267-287)."""
    known, seen = candidates.toarray(), units.toarray()
    usual = known.sum(0) / max(float(known.sum()), 1.0)

    def rates(counts: Matrix) -> Matrix:
        total = counts.sum(1, keepdims=True) + _FUNCTION_PRIOR
        shrunk: Matrix = np.sqrt((counts + _FUNCTION_PRIOR * usual) / total) - np.sqrt(usual)
        return shrunk

    spread = rates(known).std(0) + 1e-9
    return unit_rows(rates(seen) / spread) @ unit_rows(rates(known) / spread).T


def _shapes(task: Task, of_units: Sparse, of_candidates: Sparse) -> Matrix:
    def mean(sums: Sparse, rows: Ints) -> Matrix:
        found: Matrix = (sums @ task.features.shape[rows]) / np.maximum(np.asarray(sums.sum(1)), 1)
        return found

    known, seen = mean(of_candidates, task.known), mean(of_units, task.released)
    centre, spread = known.mean(0), known.std(0) + 1e-6
    scaled = [np.clip((side - centre) / spread, -4, 4) for side in (seen, known)]
    return unit_rows(scaled[0]) @ unit_rows(scaled[1]).T


def _likelihood(units: Sparse, candidates: Sparse) -> Matrix:
    """Return log-likelihoods under each candidate's words, with a Dirichlet prior.

    Source: Zhai and Lafferty, ACM TOIS 22 (2004) 179-214.
    """
    usual = np.asarray(candidates.sum(0)).ravel() + 0.5
    usual /= usual.sum()
    model = candidates.copy()
    model.data = np.log1p(model.data / (_WORD_PRIOR * usual[model.indices])).astype(np.float32)
    length: Matrix = np.asarray(units.sum(1))
    own: Matrix = np.asarray(candidates.sum(1)).ravel()
    found: Matrix = (units @ model.T).toarray() - length * np.log((own + _WORD_PRIOR) / _WORD_PRIOR)
    return found


def _without_hubs(scores: Matrix) -> Matrix:
    """Take from each candidate half the mean and half the level of the best scores it gets."""
    best = max(3, len(scores) // _HUB_SHARE)
    top = np.sort(scores, axis=0)[-best:].mean(0)
    found: Matrix = (scores - 0.5 * scores.mean(0) - 0.5 * top).astype(np.float32)
    return found


def _standard(scores: Matrix, axis: int) -> Matrix:
    spread = scores.std(axis, keepdims=True) + 1e-9
    found: Matrix = (scores - scores.mean(axis, keepdims=True)) / spread
    return found


def _fused(votes: Matrix, likeness: Mapping[str, Matrix]) -> Matrix:
    total = _VOTES_WEIGHT * _standard(votes, 1)
    for name, weight in _WEIGHTS.items():
        per_unit = _standard(likeness[name], 1)
        total = total + weight * 0.5 * (per_unit + _standard(per_unit, 0))
    return total


def _balanced(scores: Matrix, votes: Matrix) -> Guesses:
    """Give every candidate the same share of the units.

    Source: Sinkhorn and Knopp, Pacific Journal of Mathematics 21 (1967) 343-348.
    """
    mass = np.exp((scores - scores.max()) / _TEMPERATURE).astype(np.float64)
    for _ in range(_ROUNDS):
        mass /= mass.sum(0) * (mass.shape[1] / len(mass)) + 1e-300
        mass /= mass.sum(1, keepdims=True) + 1e-300
    found = _guess(mass)
    first = np.take_along_axis(mass, found.ranked[:, :1], 1)[:, 0]
    return _with_evidence(Guesses(found.ranked, first), votes)


def _with_evidence(guesses: Guesses, votes: Matrix) -> Guesses:
    """Sure is he whose winner leads by far and whom the classifier knows."""
    evidence = np.maximum(votes[np.arange(len(votes)), guesses.ranked[:, 0]], 1e-6)
    return Guesses(guesses.ranked, guesses.confidence * evidence)


def _guess(scores: Matrix) -> Guesses:
    """Rank the best candidates of each unit; confidence is the lead of the first over the second."""
    ranks = min(_RANKS, scores.shape[1])
    part = np.argpartition(-scores, ranks - 1, axis=1)[:, :ranks]
    order = np.argsort(-np.take_along_axis(scores, part, 1), axis=1, kind="stable")
    ranked = np.take_along_axis(part, order, 1)
    best = np.take_along_axis(scores, ranked, 1)
    lead = best[:, 0] - best[:, 1] if ranks > 1 else np.zeros(len(scores))
    return Guesses(ranked, lead.astype(np.float64))
