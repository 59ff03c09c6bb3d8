"""L1, prosecutor and journalist: whoever knows somebody's profile looks for their row.

The attacker ranks the pseudonyms of the release by how many of their values contradict what he knows, and
names one of the best at random. He knows every column, a random half of them, every column with one value
wrong, or every column of somebody who may not be in the release at all (the journalist: half of the targets
are not).
Source: El Emam, Guide to the De-Identification of Personal Health Information (2013), chapters on
prosecutor and journalist risk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from deid.risk import attributes
from deid.risk.attack import AttackResult, Trials, counted, merged
from deid.risk.attributes import Attributes
from deid.risk.case import Case
from deid.risk.documents import Mask
from deid.risk.ngrams import Sparse
from deid.risk.rates import Ints, Rate, exactly

NAME = "L1 prosecutor"
_MOST_TARGETS = 2_000
_DEALS = 8  # halves of the columns that targets are dealt over


@dataclass(frozen=True, slots=True)
class Found:
    """How the search for each target went.

    right : the chance that the row he names is the target's.
    chance : the same of another person in the target's place, drawn at random.
    sure  : the attacker's confidence: the fewer rows are as good, the surer.
    """

    right: NDArray[np.float64] = field(repr=False)
    chance: NDArray[np.float64] = field(repr=False)
    sure: NDArray[np.float64] = field(repr=False)


def search(rows: Attributes, target: Ints, fits: Sparse) -> Found:
    """Look for targets among the rows.

    target : the person looked for in each search.
    fits   : search × told value: what the attacker takes to be true of them.
    """
    best = np.full(len(target), np.iinfo(np.int64).max)
    for _, wrong in attributes.unfit(rows, fits):
        best = np.minimum(best, wrong.min(0))
    equal, own = np.zeros(len(target)), np.zeros(len(target))
    for part, wrong in attributes.unfit(rows, fits):
        candidates = wrong == best
        equal += candidates.sum(0)
        own += (candidates & (rows.owner[part, None] == target)).sum(0)
    right = own / np.maximum(equal, 1)
    others = max(len(np.unique(rows.owner)) - 1, 1)
    return Found(right, (1 - right) / others, -equal)


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Look for people with the kind of knowledge that finds most."""
    return [merged(tried(case, rng))]


def tried(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Look for people with four kinds of knowledge; one result each."""
    rows, before = attributes.released(case), attributes.original(case)
    people = int(case.person.max()) + 1
    target = np.sort(rng.choice(people, min(people, _MOST_TARGETS), replace=False)).astype(np.int64)
    ceilings = _rates(before, target, rng) if before.told.nnz else {}
    found = []
    for name, (searched, there) in _searches(rows, target, rng).items():
        bare = AttackResult(
            NAME, name, "linkability", people, exactly(0), exactly(0), exactly(1 / people),
            notes={"columns": len(np.unique(rows.column))},
        )  # fmt: skip
        trials = Trials(searched.right * there, target, searched.sure, np.zeros(len(target), np.int64))
        result = counted(bare, trials, searched.chance, rng)
        found.append(replace(result, raw=ceilings.get(name)))
    return found


def _rates(rows: Attributes, target: Ints, rng: np.random.Generator) -> Mapping[str, Rate]:
    blank = AttackResult(NAME, "", "linkability", 0, exactly(0), exactly(0), exactly(0))
    block = np.zeros(len(target), np.int64)
    return {
        name: counted(
            blank, Trials(found.right * there, target, found.sure, block), found.chance, rng
        ).released
        for name, (found, there) in _searches(rows, target, rng).items()
    }


def _searches(
    rows: Attributes, target: Ints, rng: np.random.Generator
) -> Mapping[str, tuple[Found, NDArray[np.float64]]]:
    """Return by kind of knowledge how each search went, and whether its target was there to be found."""
    known = rows.fits[target].tocsr()
    there = np.ones(len(target))
    hidden = rng.random(len(target)) < 0.5
    absent = np.isin(rows.owner, target[hidden])
    return {
        "every column": (search(rows, target, known), there),
        "half of the columns": (_by_halves(rows, target, rng), there),
        "one column wrong": (search(rows, target, _with_errors(rows, known, rng)), there),
        "journalist": (_without(rows, ~absent, target, known), np.where(hidden, 0.0, 1.0)),
    }


def _by_halves(rows: Attributes, target: Ints, rng: np.random.Generator) -> Found:
    """Search with half of the columns, at least one; targets are dealt over several halves."""
    columns = np.unique(rows.column)
    deal = rng.integers(_DEALS, size=len(target))
    right, chance, sure = (np.zeros(len(target)) for _ in range(3))
    for number in range(_DEALS):
        searched = np.flatnonzero(deal == number)
        half = rng.permutation(columns)[: max(1, len(columns) // 2)]
        known = rows.only(np.isin(rows.column, half))
        found = search(known, target[searched], known.fits[target[searched]].tocsr())
        right[searched], chance[searched], sure[searched] = found.right, found.chance, found.sure
    return Found(right, chance, sure)


def _with_errors(rows: Attributes, known: Sparse, rng: np.random.Generator) -> Sparse:
    """Return what is known, one column of each target taken from another target."""
    columns = np.unique(rows.column)
    if not len(columns):
        return known
    wrong = columns[rng.integers(len(columns), size=known.shape[0])]
    other = known[rng.permutation(known.shape[0])]
    mistaken: Mask = rows.column == wrong[:, None]
    return known - known.multiply(mistaken) + other.multiply(mistaken)


def _without(rows: Attributes, kept: Mask, target: Ints, known: Sparse) -> Found:
    left = rows.rows(np.flatnonzero(kept))
    return search(left, target, known)
