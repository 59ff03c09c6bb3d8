"""A-15: after somebody cleared their history nothing from before is released, nor memory made from it.

Every record of theirs stays out until the input no longer holds what was cleared; `done` says it does not.
"""

from pathlib import Path

import pytest
from acceptance_run import MODES, NOW, crowd, make_ledger, person, run, said

from deid.subjects.entries import Draft
from deid.subjects.ledger import Ledger


@pytest.mark.parametrize("mode", MODES)
def test_nothing_from_before_and_no_memory_of_it(tmp_path: Path, mode: str) -> None:
    ledger = make_ledger(tmp_path, ("history-cleared", "u1"))
    people = [*crowd(), {**person("u1", "I grow tamarillos"), "memory": ["u1 grows tamarillos"]}]
    result = run(tmp_path, people, mode, ledger=str(ledger))
    assert result.barred == {"history-cleared": 1}
    assert "tamarillos" not in said(tmp_path)
    assert result.sealed in (None, len(crowd()))


def test_once_the_input_holds_it_no_more_the_person_is_back(tmp_path: Path) -> None:
    path = make_ledger(tmp_path, ("history-cleared", "u1"))
    with Ledger.open(path) as ledger:
        ledger.add([Draft(kind="done", refers=1, received=NOW.date())], now=NOW)
    result = run(tmp_path, [*crowd(), person("u1", "I grow sextants")], "anonymize", ledger=str(path))
    assert result.barred == {}
    assert "sextants" in said(tmp_path)
