"""A-23: a restaurant knows date, shop, party and allergy of its guests; so told, no guest may stand out."""

import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest

from deid.cli import main
from deid.kanon import Hierarchy, check_sets, enforce_sets
from deid.kanon.making import dates

KNOWN = ["date", "shop", "party", "allergy"]
K = 12  # a chance of 1 in 12 is below the threshold of 0.09; 1 in 11 is not
AREAS = {"Ginza": ("sushi-1", "sushi-2", "grill-1"), "Ueno": ("sushi-3", "noodle-1", "noodle-2")}
ALLERGIES = ("none", "shellfish", "egg", "wheat", "kiwi")


def reservations(n_guests: int = 1500) -> pa.Table:
    """A guest dines once to three times in the year; most have no allergy."""
    random = np.random.default_rng(11)
    shops = [shop for inside in AREAS.values() for shop in inside]
    rows = [
        {
            "guest": f"g{guest}",
            "date": str(datetime.date(2026, 1, 1) + datetime.timedelta(int(random.integers(0, 365)))),
            "shop": shops[random.integers(0, len(shops))],
            "party": str(random.integers(1, 9)),
            "allergy": allergy,
        }
        for guest in range(n_guests)
        for allergy in [ALLERGIES[random.choice(5, p=[0.82, 0.08, 0.06, 0.03, 0.01])]]
        for _ in range(int(random.integers(1, 4)))
    ]
    return pa.Table.from_pylist(rows)


def hierarchies(table: pa.Table) -> dict[str, Hierarchy]:
    return {
        "date": dates(table["date"].to_pylist()),
        "shop": Hierarchy.from_chains({shop: [area] for area, shops in AREAS.items() for shop in shops}),
        "party": Hierarchy.intervals(range(1, 9), (4,)),
        "allergy": Hierarchy.from_chains({a: [a if a == "none" else "some"] for a in ALLERGIES}),
    }


def told_apart(table: pa.Table, guests: pa.Table, chains: dict[str, Hierarchy]) -> float:
    """The store's attack: of each reservation it knows, the chance to pick its guest from the release."""
    released: dict[tuple[str, ...], set[str]] = {}
    for row in table.to_pylist():
        released.setdefault(tuple(row[name] for name in KNOWN), set()).add(row["guest"])
    best = 0.0
    for row in guests.to_pylist():
        ladders = [
            [chains[name].generalize(row[name], level) for level in range(chains[name].height + 1)]
            for name in KNOWN
        ]
        for point, alike in released.items():
            if all(label in ladder for label, ladder in zip(point, ladders, strict=True)):
                best = max(best, (row["guest"] in alike) / len(alike))
    return best


def test_the_store_finds_its_guest_in_the_raw_table() -> None:
    found = check_sets(reservations(), subject="guest", item=KNOWN, known=1)
    assert found.k == 1
    assert found.uniques > 0.8 * found.people


def test_the_store_finds_nobody_in_the_release() -> None:
    raw = reservations()
    chains = hierarchies(raw)
    table, plan = enforce_sets(raw, k=K, subject="guest", item=KNOWN, hierarchies=chains, suppression=0.05)
    assert plan.k is not None
    assert plan.k >= K
    assert told_apart(table, raw.slice(0, 200), chains) <= 0.09
    assert plan.loss < 0.9  # something is left to say
    assert check_sets(table, subject="guest", item=KNOWN, known=1).k == plan.k


@pytest.mark.parametrize("safe", [False, True])
def test_the_command_refuses_what_is_not_safe(tmp_path: Path, *, safe: bool) -> None:
    raw = reservations(400)
    table = raw
    if safe:
        table, _ = enforce_sets(raw, k=K, subject="guest", item=KNOWN, hierarchies=hierarchies(raw))
    pacsv.write_csv(table, tmp_path / "table.csv")
    asked = ["--subject", "guest", "--item", ",".join(KNOWN), "--known", "1", "--k", str(K)]
    assert main(["kanon", "sequences", str(tmp_path / "table.csv"), *asked]) == (0 if safe else 3)
