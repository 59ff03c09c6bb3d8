"""Author linkage carried out: splits, pools, opponents, and the strongest attacker's rates.

Half of what each person wrote is released; the attacker knows the other half. He is adaptive: what he knows
he has treated with the same tool, as everybody who reads a release can.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from deid.errors import InputError
from deid.risk.attack import AttackResult, Trials, joined, judged, strongest
from deid.risk.attacks import ridge
from deid.risk.attacks.linkage import Task, link
from deid.risk.documents import Documents, split_random, split_threads
from deid.risk.features import Features, Matrix, extract
from deid.risk.ngrams import Sparse
from deid.risk.rates import Ints, Rate, exactly

Scope = Literal["person", "conversation", "message"]
Split = Literal["random", "threads apart"]
Sides = NDArray[np.int8]
NAME = "L2 author linkage"

MIN_PEOPLE = 2
_POOL_DOCUMENTS = 6_000  # known documents in one exact kernel: 144 MB, some seconds
_KEPT_KERNEL = 9_000  # documents whose kernel is kept for further splits: 324 MB
_SPLITTERS = {"random": split_random, "threads apart": split_threads}


@dataclass(frozen=True, slots=True)
class Read:
    """Texts as the attacker reads them: features once, for every split."""

    features: Features = field(repr=False)
    space: Sparse = field(repr=False)
    kernel: Matrix | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an assessment is carried out.

    split   : ``threads apart`` keeps each conversation on one side, so that topics are not given away.
    splits  : how often documents are split anew.
    amount  : documents of each person that the attacker knows; None for half of them.
    pool    : known documents that fit into one pool of candidates.
    """

    split: Split = "random"
    splits: int = 2
    amount: int | None = None
    pool: int = _POOL_DOCUMENTS


def read(texts: Sequence[str]) -> Read:
    """Count the features of all texts; the kernel is kept where it is small."""
    features = extract(texts)
    space = ridge.space(features)
    return Read(features, space, ridge.gram(space, space) if len(texts) <= _KEPT_KERNEL else None)


def units_of(documents: Documents, scope: Scope) -> Ints:
    """Return the pseudonym of each document if the release had this scope."""
    if scope == "person":
        return documents.person
    if scope == "message":
        return np.arange(len(documents))
    pairs = np.stack([documents.person, documents.thread])
    return np.unique(pairs, axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)


def trials_of(
    texts: Read, documents: Documents, unit: Ints, plan: Plan, rng: np.random.Generator
) -> dict[str, tuple[Trials, Ints]]:
    """Return per attacker the trials of all splits and pools, and whom each guess named."""
    found: dict[str, list[tuple[Trials, Ints]]] = {}
    for side in _splits(documents, plan, rng):
        for people in _pools(documents, side, plan.pool, rng):
            for name, part in _attempt(texts, documents, unit, side, people).items():
                found.setdefault(name, []).append(part)
    if not found:
        raise InputError(
            "author linkage: too few people with two documents or more",
            hint="the attacker knows some documents of a person and looks for the others",
        )
    return {
        name: (joined([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
        for name, parts in found.items()
    }


def _splits(documents: Documents, plan: Plan, rng: np.random.Generator) -> Iterator[Sides]:
    """Yield for each split 1 for a document the attacker knows, 0 for a released one, -1 for neither."""
    for _ in range(plan.splits):
        known = _SPLITTERS[plan.split](documents, rng)
        side = known.astype(np.int8)
        if plan.amount is not None:
            side[known & ~_first(documents, known, plan.amount, rng)] = -1
        yield side


def _first(
    documents: Documents, known: NDArray[np.bool_], amount: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Mark ``amount`` known documents of each person, at random."""
    order = np.lexsort((rng.random(len(known)), ~known, documents.person))
    _, first, counts = np.unique(documents.person[order], return_index=True, return_counts=True)
    place = np.arange(len(order)) - np.repeat(first, counts)
    chosen = np.zeros(len(known), bool)
    chosen[order] = place < amount
    return chosen & known


def _pools(documents: Documents, side: Sides, limit: int, rng: np.random.Generator) -> list[Ints]:
    """Deal the people who can be attacked into pools of about ``limit`` known documents."""
    size = int(documents.person.max(initial=-1)) + 1
    owned = np.bincount(documents.person[side == 1], minlength=size)
    shown = np.bincount(documents.person[side == 0], minlength=size)
    people = rng.permutation(np.flatnonzero((owned > 0) & (shown > 0)))
    if len(people) < MIN_PEOPLE:
        return []
    number = min(-(-int(owned[people].sum()) // limit), len(people) // MIN_PEOPLE)
    return [np.sort(part) for part in np.array_split(people, number)]


def _attempt(
    texts: Read, documents: Documents, unit: Ints, side: Sides, people: Ints
) -> dict[str, tuple[Trials, Ints]]:
    task, of_unit = _task(texts, documents, unit, side, people)
    made = {}
    for name, guesses in link(task).items():
        named = people[guesses.ranked[:, 0]]
        block = np.zeros(len(named), np.int64)
        made[name] = (Trials(named == of_unit, of_unit, guesses.confidence, block), named)
    return made


def _task(texts: Read, documents: Documents, unit: Ints, side: Sides, people: Ints) -> tuple[Task, Ints]:
    """Return what the attacker holds about these people, and whose each unit is."""
    inside = np.isin(documents.person, people)
    rows, shown = np.flatnonzero(inside & (side == 1)), np.flatnonzero(inside & (side == 0))
    _, first, units = np.unique(unit[shown], return_index=True, return_inverse=True)
    author = np.searchsorted(people, documents.person[rows])
    task = Task(
        texts.features, texts.space, rows, author, shown, units, len(people), len(first), texts.kernel
    )
    return task, documents.person[shown][first]


def results_of(
    texts: Read, documents: Documents, unit: Ints, plan: Plan, rng: np.random.Generator
) -> list[AttackResult]:
    """Return one result an attacker, against chance only."""
    results = []
    for name, (trials, named) in trials_of(texts, documents, unit, plan, rng).items():
        people = len(np.unique(trials.person))
        pool = max(len(np.unique(trials.person[trials.block == block])) for block in np.unique(trials.block))
        bare = AttackResult(
            NAME, name, "linkability", pool, exactly(0), exactly(0), exactly(1 / pool),
            notes={"split": plan.split, "splits": plan.splits, "units": len(trials), "people": people},
        )  # fmt: skip
        results.append(judged(bare, trials, named, trials.person, rng))
    return results


def raw_ceiling(documents: Documents, plan: Plan, rng: np.random.Generator) -> Rate:
    """Return the strongest rate on the documents as they were, one pseudonym a person."""
    return strongest(results_of(read(documents.raw), documents, documents.person, plan, rng)).released


def blank_floor(documents: Documents, unit: Ints, plan: Plan, rng: np.random.Generator) -> Rate:
    """Return the strongest rate on the release with every text blanked."""
    blank = read([""] * len(documents))
    return strongest(results_of(blank, documents, unit, replace(plan, splits=1), rng)).released


def link_authors(documents: Documents, plan: Plan, rng: np.random.Generator) -> AttackResult:
    """Attack a release and return the strongest attacker's result beside its controls.

    Raises InputError when fewer than two people have documents on both sides.
    """
    results = results_of(read(documents.released), documents, documents.unit, plan, rng)
    best = strongest(results)
    return replace(
        best,
        raw=raw_ceiling(documents, plan, rng),
        floor=blank_floor(documents, documents.unit, plan, rng),
        notes={**best.notes, "attackers": {r.attacker: round(r.released.value, 5) for r in results}},
    )
