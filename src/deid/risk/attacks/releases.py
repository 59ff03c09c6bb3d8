"""L4, cross-release linkage: the same people in two releases, joined by whoever gets both.

Ids are compared as in pseudonym reversal (equal, one made from the other, in the same order), texts by
the rare runs they share. Ids of two releases must not tell; texts that stand in both always do, which is
reported.
"""

from dataclasses import replace

import numpy as np

from deid.risk.attack import AttackResult, judged, luck, one_each
from deid.risk.attacks.pseudonyms import by_count, by_dictionary, by_order
from deid.risk.attacks.verbatim import guess
from deid.risk.case import Case
from deid.risk.documents import joined_by
from deid.risk.rates import Ints, exactly

IDS = "L4 cross-release ids"
TEXTS = "L4 cross-release texts"
COUNTS = "L4 cross-release activity counts"


def measure(case: Case, earlier: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Link the ids of ``case`` to those of ``earlier``; empty when fewer than two people are in both."""
    both = sorted(set(_ids(case)) & set(_ids(earlier)))
    if len(both) < 2:
        return []
    ids, before = ([_ids(side)[person] for person in both] for side in (case, earlier))
    sizes, sizes_before = ([_sizes(side)[person] for person in both] for side in (case, earlier))
    named_by_text, _ = guess(_texts(case, both), _texts(earlier, both))
    guesses = (
        (IDS, "dictionary", by_dictionary(ids, before)),
        (IDS, "order", by_order(ids, before)),
        (COUNTS, "counts", by_count(sizes, sizes_before)),
        (TEXTS, "rare runs", named_by_text),
    )
    same = by_dictionary(before, before)
    raw = _judged(IDS, "dictionary", same, rng).released
    return [
        replace(_judged(attack, attacker, named, rng), raw=raw if attack == IDS else None)
        for attack, attacker, named in guesses
    ]


def _judged(attack: str, attacker: str, named: Ints, rng: np.random.Generator) -> AttackResult:
    pool = len(named)
    truth = np.arange(pool)
    bare = AttackResult(attack, attacker, "linkability", pool, exactly(0), exactly(0), exactly(1 / pool))
    chance = luck(named, truth) if attacker == "dictionary" else None
    return replace(judged(bare, one_each(named, truth), named, truth, rng), tails={}, luck=chance)


def _ids(case: Case) -> dict[str, str]:
    """Return the released id of each source subject, the first one where a release gives several."""
    found: dict[str, str] = {}
    for talk, source in case.aligned.pairs:
        found.setdefault(source.subject, talk.subject)
    return found


def _sizes(case: Case) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, source in case.aligned.pairs:
        found[source.subject] = found.get(source.subject, 0) + 1
    return found


def _texts(case: Case, people: list[str]) -> list[str]:
    wanted = {person: number for number, person in enumerate(people)}
    rows = [
        (text, wanted[source.subject])
        for talk, source in case.aligned.pairs
        if source.subject in wanted
        for text in talk.texts
    ]
    return joined_by([text for text, _ in rows], np.array([number for _, number in rows], np.int64))
