"""k^m-anonymity of sets: an adversary who knows up to m things of a person finds at least k people.

For sets of installed apps, dishes eaten, goods bought. Source: Terrovitis, Mamoulis, Kalnis, PVLDB 1(1)
(2008) 115-125, definition 1.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import combinations
from math import comb

from deid.errors import InputError

MAX_COMBINATIONS = 20_000_000
"""More combinations of m items than this are not counted."""

Combination = tuple[int, ...]


def supports(sets: Mapping[frozenset[int], int], m: int) -> dict[Combination, int]:
    """Return how many people have each combination of up to m items that somebody has.

    sets : set of items -> people who have exactly it.

    Combinations of m items tell all, but for people with fewer: a smaller combination has at least the
    support of any larger one that holds it. Raises InputError where m is below 1 or there are too many.
    """
    if m < 1:
        raise InputError(f"m is {m}; it must be at least 1")
    if sum(comb(len(items), min(m, len(items))) for items in sets) > MAX_COMBINATIONS:
        raise InputError(
            f"m is {m}: more than {MAX_COMBINATIONS} combinations of items", hint="ask for a smaller m"
        )
    found: Counter[Combination] = Counter()
    for items, people in sets.items():
        for combination in combinations(sorted(items), min(m, len(items))):
            found[combination] += people
    found.pop((), None)
    short = {combination for combination in found if len(combination) < m}
    return {**found, **_counted(short, sets)}


def smallest_support(found: Mapping[Combination, int]) -> int | None:
    """Return the largest k for which the sets are k^m-anonymous; None when nobody has an item."""
    return min(found.values(), default=None)


def _counted(wanted: Collection[Combination], sets: Mapping[frozenset[int], int]) -> Counter[Combination]:
    """Count the people who have each of some combinations, among other items or alone."""
    found: Counter[Combination] = Counter()
    for size in {len(combination) for combination in wanted}:
        for items, people in sets.items():
            for combination in combinations(sorted(items), size):
                if combination in wanted:
                    found[combination] += people
    return found
