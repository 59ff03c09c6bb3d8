"""The table and the page of the leaderboard, on invented rows."""

import numpy as np
import pyarrow as pa
import pytest

from reid import adult
from reid_tables import page

pytest.importorskip("scipy")


def _table(people: int = 40) -> pa.Table:
    rng = np.random.default_rng(2)
    columns = {
        name: pa.array([f"{name}{value}" for value in rng.integers(6, size=people)]) for name in adult.COLUMNS
    }
    return pa.table({"row": pa.array(range(people)), **columns})


def test_a_table_as_it_is_tells_everybody_and_dealt_out_nobody() -> None:
    """Positive and negative control."""
    table = _table()
    for name, expected in {"raw": 1.0, "rows dealt at random": 0.0}.items():
        found = {r.attacker: r for r in adult.attacked(table, adult.TREATMENTS[name](table, {}), 0)}
        for attacker in ("every column", "all columns"):
            assert found[attacker].released.value == pytest.approx(expected, abs=0.1)


def test_rows_that_were_left_out_are_not_looked_for() -> None:
    table = _table()
    case = adult.case_of(table, table.slice(10))
    assert len(case.aligned.pairs) == 30


def test_the_page_names_every_treatment_with_its_interval() -> None:
    rate = {"value": 0.25, "low": 0.1, "high": 0.5, "trials": 9, "people": 9}
    linkage: list[dict[str, object]] = [
        {"name": "a", "what": "linkage", "scope": "person", "split": "random", "top1": rate, "tail10": rate},
        {"name": "a", "what": "utility", "topic": 0.5},
        {"name": "peer", "skipped": "not installed"},
    ]
    rows: list[dict[str, object]] = [
        {"name": "b", "what": "real-persona-chat", "top1": rate, "tail10": rate, "control": rate},
        {"name": "c", "what": "adult", "attack": "L1 prosecutor", "attacker": "journalist", "released": rate},
    ]
    shown = page(linkage, rows)
    assert "| a | person | random | 0.250 (0.100 to 0.500) | 0.250 (0.100 to 0.500) |" in shown
    assert "| b | 0.250 (0.100 to 0.500) | 0.250 (0.100 to 0.500) | 0.250 (0.100 to 0.500) |" in shown
    assert "| c | L1 prosecutor | journalist | 0.250 (0.100 to 0.500) |" in shown
    assert "peer" not in shown
