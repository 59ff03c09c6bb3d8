"""A-29: what the assistant remembers is a profile in free text: dropped, or cleaned and counted."""

import json
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, MODES, crowd, person, released, run

CARD = "User lives near Nakano station, works nights at the hospital, afraid of being outed"
JOB = "The user is a nurse"
OPTED_IN: dict[str, Any] = {**CONFIG["fields"], "memory[]": {"class": "text"}}


def carded() -> dict[str, Any]:
    return {**person("rare"), "memory": [CARD, JOB]}


@pytest.mark.parametrize("mode", MODES)
def test_dropped_by_default(tmp_path: Path, mode: str) -> None:
    run(tmp_path, [*crowd(), carded()], mode)
    rows = released(tmp_path)
    assert len(rows) == 13
    assert all("memory" not in row for row in rows)
    assert "outed" not in json.dumps(rows)


@pytest.mark.parametrize("mode", MODES)
def test_on_request_cleaned_and_counted(tmp_path: Path, mode: str) -> None:
    run(tmp_path, [*crowd(), carded()], mode, fields=OPTED_IN)
    cards = json.dumps([row["memory"] for row in released(tmp_path)], ensure_ascii=False)
    assert "works nights at the hospital" in cards
    for told in ("Nakano", "nurse", "outed"):
        assert told not in cards
    assert "[SEXUALITY_1]" in cards
    figures = json.loads((tmp_path / "out" / "report" / "kanon.json").read_text("utf-8"))
    assert (figures["before"]["uniques"], figures["after"]["k"]) == (1, 13)
