"""Author linkage beyond the leaderboard: candidates ten to a thousand, one post known to half of them."""

from collections.abc import Iterator, Mapping

import numpy as np

from deid.risk import authorship
from deid.risk.attack import AttackResult, Trials, judged, strongest
from deid.risk.documents import Documents, numbered
from deid.risk.rates import Ints, exactly
from reid.padding import padded
from reid.synthpai import Corpus

POOLS = (10, 30, 100)
AMOUNTS = (1, 3)
PADDED = 1_000
_SCOPES: tuple[authorship.Scope, ...] = ("person", "conversation")
_SPLITS: tuple[authorship.Split, ...] = ("random", "threads apart")
_EACH = 12  # comments of a generated person: half of them known


def varied(documents: Documents, splits: int, seed: int) -> Iterator[Mapping[str, object]]:
    """Yield a row a scope and pool size, or number of known posts and split; unsaid is all, or half."""
    texts = authorship.read(documents.released)
    plans = [({"asked": people}, authorship.Plan(splits=splits, people=people)) for people in POOLS]
    for amount in AMOUNTS:
        plans += [
            ({"known": amount}, authorship.Plan(split=split, splits=splits, amount=amount))
            for split in _SPLITS
        ]
    for varies, plan in plans:
        for scope in _SCOPES:
            unit = authorship.units_of(documents, scope)
            found = authorship.results_of(texts, documents, unit, plan, np.random.default_rng(seed))
            yield {**varies, "split": plan.split, "scope": scope, **told(strongest(found))}


def hidden(corpus: Corpus, documents: Documents, seed: int) -> Iterator[Mapping[str, object]]:
    """Yield a row a scope: half of the people sought among all, and people generated of the others."""
    rng = np.random.default_rng(seed)
    every = int(documents.person.max()) + 1
    sought = np.isin(np.arange(every), rng.permutation(every)[: every // 2])
    lent = np.flatnonzero(~sought[documents.person]).tolist()
    made, owner = padded(
        [documents.released[n] for n in lent], [corpus.people[n] for n in lent], PADDED - every, _EACH, rng
    )
    person = numbered([*corpus.people, *owner])
    thread = numbered([*(record for record, _ in corpus.place), *range(len(made))])
    texts = [*documents.released, *made]
    larger = Documents(texts, texts, person, person, thread)
    read, plan = authorship.read(texts), authorship.Plan(splits=1, pool=len(larger))
    for scope in _SCOPES:
        tried = authorship.trials_of(read, larger, authorship.units_of(larger, scope), plan, rng)
        varies = {"asked": PADDED, "generated": PADDED - every, "split": plan.split, "scope": scope}
        yield {**varies, **told(strongest(_about(np.flatnonzero(sought), tried, rng)))}


def _about(
    people: Ints, tried: Mapping[str, tuple[Trials, Ints]], rng: np.random.Generator
) -> list[AttackResult]:
    """Return the results over some people; the others are candidates only."""
    results = []
    for name, (trials, named) in tried.items():
        kept = np.isin(trials.person, people)
        part = Trials(trials.hit[kept], trials.person[kept], trials.confidence[kept], trials.block[kept])
        bare = AttackResult(
            authorship.NAME, name, "linkability", PADDED, exactly(0), exactly(0), exactly(1 / PADDED)
        )
        results.append(judged(bare, part, named[kept], part.person, rng))
    return results


def told(result: AttackResult) -> Mapping[str, object]:
    """Return the cells of a row."""
    rates = {"top1": result.released, "tail10": result.tails[0.1]}
    shown = {name: dict(rate.to_json()) for name, rate in rates.items()}
    return {**shown, "attacker": result.attacker, "pool": result.pool}
