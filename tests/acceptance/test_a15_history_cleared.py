"""A-15: after somebody cleared their history nothing from before is released, nor memory made from it.

Cleared at a moment, what was said later stays. Without a moment, or where nothing says when a message was
written, every record of theirs stays out until the input no longer holds what was cleared; `done` says so.
"""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, MODES, NOW, crowd, make_ledger, person, run, said

from deid.cli import main
from deid.errors import InputError
from deid.subjects.entries import Draft
from deid.subjects.ledger import Ledger

CLEARED = datetime.datetime(2026, 10, 5, 12, 0, tzinfo=datetime.UTC)
FIELDS = {
    **CONFIG["fields"],
    "messages[].time": {"class": "quasi", "treatment": {"coarsen": "year"}},
    "memory[]": {"class": "text"},
}
TIMED: dict[str, Any] = {"fields": FIELDS, "input": {**CONFIG["input"], "time": "messages[].time"}}


def timed(name: str, *said: tuple[str, str], memory: str = "likes curry") -> dict[str, Any]:
    turns = [{"role": "user", "content": text, "time": time} for time, text in said]
    return {**person(name), "messages": turns, "memory": [memory]}


def plain() -> list[dict[str, Any]]:
    return [timed(f"plain-{n}", ("2026-10-01T09:00:00+09:00", f"I cooked dish {n}")) for n in range(12)]


def clear(folder: Path, who: str, before: datetime.datetime | None) -> Path:
    path = make_ledger(folder)
    with Ledger.open(path) as ledger:
        ledger.add([Draft(kind="history-cleared", subject=who, received=NOW.date(), before=before)], now=NOW)
    return path


HISTORY = (
    ("2026-10-05T20:59:59+09:00", "I grow tamarillos"),  # a second before, in another offset
    ("2026-10-05T21:00:00+09:00", "I polish sextants"),
    ("2026-10-06T01:00:00", "I collect astrolabes"),  # no offset: it may have been before
    ("2026-10-06T03:00:00", "I tune dulcimers"),  # no offset, and later everywhere
    ("yesterday", "I carve theremins"),
)


@pytest.mark.parametrize("mode", MODES)
def test_what_came_before_the_moment_stays_out_and_what_came_after_stays(tmp_path: Path, mode: str) -> None:
    ledger = clear(tmp_path, "u1", CLEARED)
    people = [*plain(), timed("u1", *HISTORY, memory="grows tamarillos since May")]
    result = run(tmp_path, people, mode, ledger=str(ledger), **TIMED)
    told = said(tmp_path)
    assert result.barred == {}
    for gone in ("tamarillos", "astrolabes", "theremins"):
        assert gone not in told
    for kept in ("sextants", "dulcimers"):
        assert kept in told
    whole = "".join(path.read_bytes().decode("latin-1") for path in (tmp_path / "out").rglob("*.json"))
    assert "tamarillos" not in whole


def test_others_keep_theirs_and_their_memory(tmp_path: Path) -> None:
    ledger = clear(tmp_path, "u1", CLEARED)
    people = [*plain(), timed("u2", *HISTORY), timed("u1", HISTORY[0])]
    result = run(tmp_path, people, "anonymize", ledger=str(ledger), **TIMED)
    assert result.barred == {"history-cleared": 1}  # nothing of theirs is later
    assert "tamarillos" in said(tmp_path)


def test_where_nothing_says_when_it_was_all_stays_out(tmp_path: Path) -> None:
    ledger = clear(tmp_path, "u1", CLEARED)
    result = run(tmp_path, [*crowd(), person("u1", "I grow tamarillos")], "anonymize", ledger=str(ledger))
    assert result.barred == {"history-cleared": 1}


def test_the_latest_moment_holds(tmp_path: Path) -> None:
    path = clear(tmp_path, "u1", CLEARED)
    with Ledger.open(path) as ledger:
        later = CLEARED - datetime.timedelta(days=30)
        ledger.add([Draft(kind="history-cleared", subject="u1", received=NOW.date(), before=later)], now=NOW)
    run(tmp_path, [*plain(), timed("u1", *HISTORY)], "anonymize", ledger=str(path), **TIMED)
    assert "tamarillos" not in said(tmp_path)


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = str(make_ledger(tmp_path))
    add = ["ledger", "add", "history-cleared", "--ledger", ledger, "--subject", "u1", "--before"]
    assert main([*add, CLEARED.isoformat()]) == 0
    assert main([*add, "2026-10-05T12:00:00"]) == 2
    assert "offset" in capsys.readouterr().err
    assert main([*add, "yesterday"]) == 2
    run(tmp_path, [*plain(), timed("u1", *HISTORY)], "anonymize", ledger=ledger, **TIMED)
    assert "tamarillos" not in said(tmp_path)
    assert "sextants" in said(tmp_path)


def test_only_a_cleared_history_has_a_moment() -> None:
    with pytest.raises(InputError, match="only a cleared history has a moment"):
        Draft(kind="opt-out", subject="u1", received=NOW.date(), before=CLEARED)


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


def test_attacks_compare_with_what_was_left(tmp_path: Path) -> None:
    """Everybody cleared their first message: the talks that went out are found again."""
    pytest.importorskip("scipy")
    path = make_ledger(tmp_path)
    told = [(f"u{n}", f"I polish sextant number {n} by the harbour") for n in range(12)]
    drafts = [
        Draft(kind="history-cleared", subject=who, received=NOW.date(), before=CLEARED) for who, _ in told
    ]
    with Ledger.open(path) as ledger:
        ledger.add(drafts, now=NOW)
    people = [timed(who, HISTORY[0], ("2026-10-06T09:00:00+09:00", text)) for who, text in told]
    risk = {"gate": "internal", "attacks": ["pseudonyms"]}
    run(tmp_path, people, "anonymize", ledger=str(path), risk=risk, **TIMED)
    found = json.loads((tmp_path / "out" / "report" / "risk.json").read_text())
    assert (found["assessment"]["people"], found["assessment"]["matched"]) == (12, 1)
