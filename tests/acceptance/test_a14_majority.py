"""A-14: eighteen is under age where the age of majority is higher; the table is data."""

from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, person, run

from deid.policies import load_majority

PEOPLE = (
    ("JP", 18, False), ("KR", 18, True), ("KR", 19, False), ("US-AL", 18, True), ("US-AL", 20, False),
    ("th", 19, True), ("XX", 18, False),
)  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_local_majority(tmp_path: Path, mode: str) -> None:
    people = [
        person(f"{country}-{age}", f"I'm {age}", age=age, country=country) for country, age, _ in PEOPLE
    ]
    result = run(tmp_path, [*crowd(), *people], mode, kanon={"k": 5, "suppression": 1.0})
    assert result.minors is not None
    assert set(result.minors.read_text().split()) == {f"{c}-{age}" for c, age, flagged in PEOPLE if flagged}


def test_every_age_in_the_table_is_above_eighteen() -> None:
    assert all(age > 18 for age in load_majority().values())
