"""The table and the page of the leaderboard, on invented rows."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from deid.errors import InputError
from reid import adult
from reid.inferred import sought
from reid.padding import padded
from reid.page import page
from reid_tables import measured, part_of
from resultfile import beside

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
    told = "0.250 (0.100 to 0.500)"
    both = {"top1": rate, "tail10": rate}
    linked = {"name": "raw", "what": "linkage", "scope": "person", "pool": 40, **both}
    guessed = dict.fromkeys(("released", "control", "excess", "raw"), rate)
    rows: list[dict[str, object]] = [
        {**linked, "split": "random"},
        {**linked, "split": "threads apart"},
        {**linked, "what": "linkage, varied", "split": "random", "pool": 99, "generated": 59, "asked": 99},
        {**linked, "what": "linkage, varied", "split": "random", "known": 3},
        {"name": "raw", "what": "utility", "topic": 0.5, "documents": 1.0, "words_changed": 0.0},
        {"name": "raw", "what": "inference", "attack": "location", "pool": 6, **guessed},
        {"name": "b", "what": "real-persona-chat", "control": rate, "documents": 0.9, **both},
        {
            "name": "d",
            "what": "real-persona-chat",
            "control": rate,
            "documents": 0.9,
            **both,
            "alone": rate,
            "joined": rate,
            "mates": 0.07,
            "pieces": 9.5,
        },
        {"name": "c", "what": "adult", "attack": "L1 prosecutor", "attacker": "journalist", "released": rate},
        {"name": "peer", "skipped": "not installed"},
    ]
    shown = page(rows)
    assert f"| raw | {told} | {told} | {told} | {told} | 1.000 | 0.000 | 1.00 | – | – |" in shown
    assert f"| raw | person | 99 (59 generated) | {told} | {told} |" in shown
    assert f"| raw | person | random | 3 | {told} | {told} |" in shown
    assert f"| raw | location | 6 | {told} | {told} | {told} | {told} |" in shown
    assert f"| b | {told} | {told} | {told} | 0.900 |" in shown
    assert f"| d | 9.50 | {told} | {told} | 0.070 |" in shown
    assert f"| c | L1 prosecutor | journalist | {told} |" in shown
    assert "- peer: not installed" in shown


def test_what_was_kept_is_not_measured_again(tmp_path: Path) -> None:
    keep = tmp_path / "rows.jsonl"
    calls: list[str] = []

    def part() -> list[dict[str, object]]:
        calls.append("measured")
        return [{"name": "a"}]

    for parts in ({"one": part}, {"one": part, "two": part}):
        assert measured(parts, keep, {"seed": 1}) == [{"name": "a"}] * len(parts)
    assert len(calls) == 2
    with pytest.raises(InputError, match="other settings"):
        measured({"one": part}, keep, {"seed": 2})


def test_rows_of_other_parts_stay_with_the_commit_they_were_measured_at() -> None:
    rows: list[dict[str, object]] = [
        {"name": "raw", "what": "real-persona-chat"},
        {"name": "raw", "what": "linkage"},
        {"name": "k", "what": "adult", "commit": "older"},
    ]
    earlier = {"name": "reid", "commit": "old", "settings": {"seed": 1}, "results": rows}
    new: list[dict[str, object]] = [{"name": "raw", "what": "real-persona-chat", "top1": 0.5}]
    parts = {"real-persona-chat: raw"}
    found = beside(earlier, {"seed": 1}, new, is_measured=lambda row: part_of(row) in parts)
    assert found == [{"commit": "old", **rows[1]}, rows[2], *new]
    with pytest.raises(InputError, match="other settings"):
        beside(earlier, {"seed": 2}, new, is_measured=lambda _: False)


def test_generated_people_say_words_of_others_and_are_of_the_number_asked_for() -> None:
    texts, people = ["red moss grows", "grey fern"], ["ann", "bob"]
    made, owner = padded(texts, people, 3, 4, np.random.default_rng(1))
    assert len(made) == len(owner) == 12
    assert len(set(owner)) == 3
    assert {word for text in made for word in text.split()} <= {"red", "moss", "grows", "grey", "fern"}


def test_places_and_work_are_sought_in_groups() -> None:
    profile = {"city": "Zurich", "country": "Switzerland", "relationship_status": "in relationship"}
    found = {"location": "Western Europe", "relationship": "in a relationship"}
    assert sought({**profile, "occupation": "High school teacher"}) == {**found, "occupation": "teaching"}
    assert sought({**profile, "occupation": "juggler"}) == found
