import json
import sys
from pathlib import Path
from typing import Any

import pytest

import compare
import resultfile


def speed(name: str, median: float, **more: Any) -> dict[str, Any]:
    return {"name": name, "messages_per_s": {"median": median, "p10": median, "p90": median}, **more}


def share(name: str, value: float, low: float, high: float, metric: str = "coverage") -> dict[str, Any]:
    return {"name": name, metric: {"value": value, "low": low, "high": high}}


def result(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"name": "toy", "machine": {"cores": 2}, "settings": {"n": 1}, "results": list(rows)}


def lost(old: dict[str, Any], new: dict[str, Any]) -> list[bool]:
    return [change.lost for change in compare.changes(result(old), result(new))]


@pytest.mark.parametrize(("now", "expected"), [(89.0, True), (90.0, False), (91.0, False), (200.0, False)])
def test_ten_per_cent_less_speed_is_a_loss(now: float, expected: bool) -> None:  # noqa: FBT001
    assert lost(speed("scan", 100.0), speed("scan", now)) == [expected]


@pytest.mark.parametrize(("now", "expected"), [(111.0, True), (109.0, False), (50.0, False)])
def test_ten_per_cent_more_memory_is_a_loss(now: float, expected: bool) -> None:  # noqa: FBT001
    assert lost({"name": "scan", "peak_mb": 100.0}, {"name": "scan", "peak_mb": now}) == [expected]


def test_a_change_inside_the_old_interval_is_no_loss() -> None:
    assert lost(share("x", 0.8, 0.5, 0.95), share("x", 0.6, 0.3, 0.8)) == [False]
    assert lost(share("x", 0.8, 0.7, 0.85), share("x", 0.6, 0.5, 0.7)) == [True]


def test_alarms_from_none_to_some_are_a_loss() -> None:
    old = share("x", 0.0, 0.0, 0.01, "alarms")
    assert lost(old, share("x", 0.02, 0.01, 0.03, "alarms")) == [True]
    assert lost(old, share("x", 0.005, 0.0, 0.02, "alarms")) == [False]
    assert lost(old, old) == [False]


def test_peers_are_not_judged_but_shown() -> None:
    found = list(compare.changes(result(speed("p", 100.0, peer=True)), result(speed("p", 10.0, peer=True))))
    assert [(change.gain, change.lost) for change in found] == [(-0.9, False)]


def test_facts_are_not_merits() -> None:
    assert lost({"name": "run", "records": 100, "k": 5}, {"name": "run", "records": 1, "k": 2}) == []


def test_rows_without_names_are_told_apart_by_their_settings() -> None:
    old = result({"method": "lattice", "suppression": 0.0, "ncp": 0.5}, {"method": "local", "ncp": 0.1})
    new = result({"method": "local", "ncp": 0.1}, {"method": "lattice", "suppression": 0.0, "ncp": 0.6})
    assert [(c.row, c.lost) for c in compare.changes(old, new)] == [
        ("method=lattice suppression=0.0", True),
        ("method=local", False),
    ]


def test_rows_of_one_file_only_and_failures() -> None:
    old, new = result(speed("a", 1.0), speed("b", 1.0)), result(speed("b", 1.0), {"name": "a", "failed": "x"})
    assert compare.unmatched(old, new) == (["a"], [])
    assert compare.failures(new) == ["a"]
    assert compare.failures(result({"name": "p", "failed": "x", "peer": True})) == []


def run(monkeypatch: pytest.MonkeyPatch, *files: Path) -> int:
    monkeypatch.setattr(sys, "argv", ["compare.py", *map(str, files)])
    return compare.main()


def test_exit_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, slow, other = tmp_path / "old.json", tmp_path / "slow.json", tmp_path / "other.json"
    resultfile.save(old, result(speed("scan", 100.0)))
    resultfile.save(slow, {**result(speed("scan", 50.0)), "machine": {"cores": 4}})
    other.write_text("[]")
    assert run(monkeypatch, old, old) == 0
    assert run(monkeypatch, old, slow) == 1
    told = capsys.readouterr().out
    assert "LOSS" in told
    assert "-50.0%" in told
    assert "machine: cores differs: 2 / 4" in told
    assert run(monkeypatch, old, other) == 2
    assert run(monkeypatch, old, tmp_path / "missing.json") == 2


def test_a_failed_case_is_a_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    resultfile.save(old, result(speed("scan", 100.0)))
    resultfile.save(new, result({"name": "scan", "failed": "it broke"}))
    assert run(monkeypatch, old, new) == 1


def test_a_result_file_is_json_with_a_row_a_line(tmp_path: Path) -> None:
    resultfile.save(tmp_path, result(speed("a", 1.0), share("b", 1.0, 0.5, 1.0)))
    text = (tmp_path / "toy.json").read_text(encoding="utf-8")
    assert json.loads(text) == result(speed("a", 1.0), share("b", 1.0, 0.5, 1.0))
    assert sum(line.startswith('    {"name"') for line in text.splitlines()) == 2


def test_table_is_aligned() -> None:
    assert resultfile.table(("a", "n"), [["long", "1"], ["b", "100"]]).splitlines() == [
        "a       n",
        "long    1",
        "b     100",
    ]
