"""A-24: few points of place and time tell people apart; coarsened and cut, they match at most a share.

Source of the scenario: de Montjoye et al., Scientific Reports 3 (2013) 1376: four points tell 95 % of people.
"""

import itertools
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from deid.kanon import Hierarchy, check_sets, enforce_sets

PLACES = Hierarchy.from_chains({f"cell-{n}": [f"ward-{n // 4}", f"city-{n // 16}"] for n in range(32)})
HOURS = Hierarchy.intervals(range(24), (6, 12))
ASKED: Any = {"subject": "who", "item": ["place", "hour"]}


def walks(n_people: int = 300) -> pa.Table:
    """Everybody has a home and a work place, and is elsewhere once a day."""
    random = np.random.default_rng(5)
    rows = []
    for who in range(n_people):
        home, work = random.integers(0, 32, 2)
        for place, hour in ((home, 7), (work, 12), (random.integers(0, 32), 18), (home, 22)):
            rows.append(
                {"who": who, "place": f"cell-{place}", "hour": str((hour + random.integers(0, 2)) % 24)}
            )
    return pa.Table.from_pylist(rows)


def points(table: pa.Table) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    for row in table.to_pylist():
        found.setdefault(row["who"], set()).add((row["place"], row["hour"]))
    return found


def coarse(live: pa.Table, levels: Mapping[str, int]) -> pa.Table:
    """What an adversary with the live table does to it, who sees how coarse the release is."""
    chains = {"place": PLACES, "hour": HOURS}
    columns = {
        name: [chain.generalize(value, levels[name]) for value in live[name].to_pylist()]
        for name, chain in chains.items()
    }
    return pa.table({"who": live["who"], **columns})


def matched(live: pa.Table, released: pa.Table, known: int) -> float:
    """Share of people of whom some ``known`` points are those of exactly one person of the release."""
    mine, theirs = points(live), points(released)
    having: Counter[tuple[tuple[str, str], ...]] = Counter(
        part for other in theirs.values() for part in itertools.combinations(sorted(other), known)
    )
    alone = [
        any(having[part] == 1 for part in itertools.combinations(sorted(some), known))
        for some in mine.values()
    ]
    return sum(alone) / len(mine)


def test_raw_points_match_nearly_everybody() -> None:
    live = walks()
    assert check_sets(live, known=2, **ASKED).uniques > 0.8 * 300
    assert matched(live, live, 2) > 0.8


def test_coarse_points_match_nobody() -> None:
    live = walks()
    released, plan = enforce_sets(
        live, k=5, known=2, hierarchies={"place": PLACES, "hour": HOURS}, suppression=0.2, **ASKED
    )
    assert plan.k is not None
    assert plan.k >= 5
    assert plan.loss < 1
    assert matched(coarse(live, plan.levels), released, 2) == 0
