"""L5, activity rhythm: who is awake at these hours, on these days, and answers that fast.

The attacker knows when each person wrote one half of their talks (another service's log, say) and compares
hours, weekdays, pauses and months with those of every released pseudonym; nothing of the text is used.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from deid.risk.attack import AttackResult, Trials, judged
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.documents import Mask
from deid.risk.moments import habits, likeness, of_activity
from deid.risk.rates import Floats, Ints, exactly

NAME = "L5 activity rhythm"
_LEAST_PEOPLE = 2
_MOST_PEOPLE = 3_000


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Tell people by the times of half of their talks; empty when fewer than two have two talks."""
    known, people = _dealt(case, rng)
    if len(people) < _LEAST_PEOPLE:
        return []
    sources = [source for _, source in case.aligned.pairs]
    fields = _fields(sources, case)
    place = np.searchsorted(people, case.person)
    candidates = _habits(sources, fields, np.flatnonzero(known), place, len(people))
    shown = np.flatnonzero(~known & np.isin(case.person, people))
    _, first, unit = np.unique(case.unit[shown], return_index=True, return_inverse=True)
    talks = [talk for talk, _ in case.aligned.pairs]
    units = np.zeros(len(talks), np.int64)
    units[shown] = unit
    after = _habits(talks, fields, shown, units, len(first))
    before = _habits(sources, fields, shown, place, len(people))
    found = _judged(after, candidates, place[shown][first], rng)
    ceiling = _judged(before, candidates, np.arange(len(people)), rng).released if before.any() else None
    return [replace(found, raw=ceiling)]


def _dealt(case: Case, rng: np.random.Generator) -> tuple[Mask, Ints]:
    """Return which talks the attacker knows, half of everybody's, and the people who can be attacked."""
    counts = np.bincount(case.person)
    several = np.flatnonzero(counts > 1)
    people = np.sort(rng.permutation(several)[:_MOST_PEOPLE])
    order = np.lexsort((rng.random(len(case.person)), case.person))
    _, first = np.unique(case.person[order], return_index=True)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(first, counts[counts > 0])
    known = (rank < counts[case.person] // 2) & np.isin(case.person, people)
    return known, people


def _fields(sources: Sequence[Talk], case: Case) -> list[str]:
    """Return the fields whose times are of activity."""
    values: dict[str, dict[int, list[Sequence[str]]]] = {}
    for source, person in zip(sources, case.person.tolist(), strict=True):
        for path, times in source.times.items():
            values.setdefault(path, {}).setdefault(person, []).append(times)
    return [path for path in sorted(values) if of_activity(values[path])]


def _habits(talks: Sequence[Talk], fields: Sequence[str], rows: Ints, group: Ints, groups: int) -> Floats:
    times: list[list[Sequence[str]]] = [[] for _ in range(groups)]
    for row in rows.tolist():
        times[int(group[row])] += [talks[row].times.get(path, ()) for path in fields]
    return np.array([habits(each) for each in times])


def _judged(units: Floats, candidates: Floats, truth: Ints, rng: np.random.Generator) -> AttackResult:
    scores = likeness(units, candidates)
    told = scores.max(1) > 0
    scores -= scores.mean(0)
    named = np.where(told, scores.argmax(1), -1)
    best = np.sort(scores, axis=1)[:, -2:]
    pool = len(candidates)
    bare = AttackResult(
        NAME, "habits of time", "linkability", pool, exactly(0), exactly(0), exactly(1 / pool)
    )
    trials = Trials(named == truth, truth, (best[:, 1] - best[:, 0]) * told, np.zeros(len(truth), np.int64))
    return judged(bare, trials, named, truth, rng)
