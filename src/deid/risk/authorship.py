"""Author linkage carried out: splits, pools, opponents, and the strongest attacker's rates.

Half of what each person wrote is released; the attacker knows the other half. He is adaptive: what he knows
he has treated with the same tool, as everybody who reads a release can.
"""

from collections.abc import Callable, Iterator, Sequence
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
from deid.risk.rates import Ints, exactly

Scope = Literal["person", "conversation", "message"]
Split = Literal["random", "threads apart"]
Sides = NDArray[np.int8]
_AMOUNTS = (None, 3, 1)
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
    pool    : documents of the known half that fit into one pool of candidates.
    people  : candidates of one pool, about; None for as many as fit.
    """

    split: Split = "random"
    splits: int = 2
    amount: int | None = None
    pool: int = _POOL_DOCUMENTS
    people: int | None = None


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
        for people in _pools(documents, side, plan, rng):
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


def _pools(documents: Documents, side: Sides, plan: Plan, rng: np.random.Generator) -> list[Ints]:
    """Deal the people who can be attacked into pools, the same ones however little of the half is known."""
    size = int(documents.person.max(initial=-1)) + 1
    owned = np.bincount(documents.person[side == 1], minlength=size)
    shown = np.bincount(documents.person[side == 0], minlength=size)
    people = rng.permutation(np.flatnonzero((owned > 0) & (shown > 0)))
    if len(people) < MIN_PEOPLE:
        return []
    half = np.bincount(documents.person[side != 0], minlength=size)
    number = -(-int(half[people].sum()) // plan.pool)
    if plan.people is not None:
        number = max(number, round(len(people) / plan.people))
    return [np.sort(part) for part in np.array_split(people, min(number, len(people) // MIN_PEOPLE))]


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


def link_authors(documents: Documents, plans: Sequence[Plan], rng: np.random.Generator) -> list[AttackResult]:
    """Attack a release once a plan and return the strongest attacker's result of each, beside its controls.

    He knows half of what each person wrote, three documents and one; a plan's own ``amount`` goes alone. Raw
    ceiling and floor are those of the half. Texts of one kind are read once for all plans, and one at a time.

    Raises InputError when fewer than two people have documents on both sides.
    """
    once = [replace(plan, splits=1) for plan in plans]
    released, raw, blank = documents.released, documents.raw, [""] * len(documents)
    found = _each(released, lambda texts, plan: _knowing(texts, documents, plan, rng), plans)
    ceilings = _each(raw, lambda texts, plan: _best(texts, documents, documents.person, plan, rng), plans)
    floors = _each(blank, lambda texts, plan: _best(texts, documents, documents.unit, plan, rng), once)
    return [
        replace(result, raw=ceiling.released, floor=floor.released)
        for result, ceiling, floor in zip(found, ceilings, floors, strict=True)
    ]


def _each(
    texts: Sequence[str], attack: Callable[[Read, Plan], AttackResult], plans: Sequence[Plan]
) -> list[AttackResult]:
    """Attack texts once a plan; what was read of them is not kept for longer."""
    known = read(texts)
    return [attack(known, plan) for plan in plans]


def _best(
    texts: Read, documents: Documents, unit: Ints, plan: Plan, rng: np.random.Generator
) -> AttackResult:
    return strongest(results_of(texts, documents, unit, plan, rng))


def _knowing(texts: Read, documents: Documents, plan: Plan, rng: np.random.Generator) -> AttackResult:
    """Return the strongest result of all attackers and amounts of knowledge, with what each achieved."""
    amounts = _AMOUNTS if plan.amount is None else (plan.amount,)
    best: dict[str, AttackResult] = {}
    attackers: dict[str, float] = {}
    for amount in amounts:
        results = results_of(texts, documents, documents.unit, replace(plan, amount=amount), rng)
        attackers = attackers or {result.attacker: round(result.released.value, 5) for result in results}
        best["half" if amount is None else str(amount)] = strongest(results)
    known = {amount: dict(result.released.to_json()) for amount, result in best.items()}
    found = strongest(list(best.values()))
    return replace(found, notes={**found.notes, "attackers": attackers, "known": known})
