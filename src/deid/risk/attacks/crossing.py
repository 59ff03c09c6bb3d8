"""L4, cross-pseudonym linkage: which conversations of one release are the same person's.

Where a person has an id for each conversation, whoever undoes that has the person's whole text again. For
each conversation the attacker names the one that resembles it most, over characters, words and habits of
writing, corrected for those that resemble everybody (hubness: Radovanović et al., JMLR 11 (2010)
2487-2531); where another bears the same id he need not look. He is right when both are one person's. The
raw ceiling has the texts as they were and no ids.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.risk.attack import AttackResult, Trials, counted
from deid.risk.attacks import ridge
from deid.risk.case import Case
from deid.risk.features import extract
from deid.risk.rates import Ints, exactly

NAME = "L4 cross-pseudonym"
_MOST_TALKS = 4_000  # 64 MB of likenesses
_MOST_OF_ONE = 100  # more of one person would leave no room for others
_LEAST_TALKS = 3
_HUB_SHARE = 60
_SURE = 1e6


def likest(texts: list[str], unit: Ints) -> tuple[Ints, NDArray[np.float64]]:
    """Return for each text the other one it resembles most, one of its own ``unit`` first, and the lead."""
    space = ridge.space(extract(texts))
    scores = ridge.gram(space, space)
    np.fill_diagonal(scores, 0)
    best = max(3, len(scores) // _HUB_SHARE)
    scores -= scores.mean(0) / 2 + np.sort(scores, axis=0)[-best:].mean(0) / 2
    scores[unit[:, None] == unit] = _SURE
    np.fill_diagonal(scores, -_SURE)
    two = np.sort(scores, axis=1)[:, -2:]
    lead = np.where(two[:, 1] == _SURE, _SURE, two[:, 1] - two[:, 0])
    return scores.argmax(1), lead.astype(np.float64)


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Pair the conversations of people who have several; where nobody has, nothing can be linked."""
    chosen = _chosen(case.person, rng)
    owner = case.person[chosen]
    if len(chosen) < _LEAST_TALKS:
        people = np.unique(case.person)
        nobody = np.zeros(len(people))
        return [_counted(people, nobody, nobody, nobody, rng)]
    pairs = [case.aligned.pairs[n] for n in chosen.tolist()]
    found = _judged(["\n".join(talk.texts) for talk, _ in pairs], case.unit[chosen], owner, rng)
    apart = np.arange(len(chosen))
    ceiling = _judged(["\n".join(source.texts) for _, source in pairs], apart, owner, rng)
    return [replace(found, raw=ceiling.released)]


def _chosen(person: Ints, rng: np.random.Generator) -> Ints:
    """Return the first conversations of people who have several, of as many people as fit."""
    counts = np.bincount(person)
    order = np.argsort(person, kind="stable")
    rank = np.empty(len(person), np.int64)
    rank[order] = np.arange(len(person)) - np.repeat(np.cumsum(counts) - counts, counts)
    taken = np.minimum(counts, _MOST_OF_ONE)
    several = rng.permutation(np.flatnonzero(counts > 1))
    fitting = several[np.cumsum(taken[several]) <= _MOST_TALKS]
    return np.flatnonzero(np.isin(person, fitting) & (rank < _MOST_OF_ONE))


def _judged(texts: list[str], unit: Ints, owner: Ints, rng: np.random.Generator) -> AttackResult:
    named, lead = likest(texts, unit)
    chance = (np.bincount(owner)[owner] - 1) / (len(owner) - 1)
    return _counted(owner, owner[named] == owner, chance, lead, rng)


def _counted(
    owner: Ints,
    hit: NDArray[Any],
    chance: NDArray[np.float64],
    lead: NDArray[np.float64],
    rng: np.random.Generator,
) -> AttackResult:
    guessing = exactly(float(chance.mean()))
    bare = AttackResult(NAME, "likeness", "linkability", len(owner), exactly(0), exactly(0), guessing)
    return counted(bare, Trials(hit, owner, lead, np.zeros(len(owner), np.int64)), chance, rng)
