"""A-41: an attack on a real release needs a reason; with it, aggregates alone and an entry in the log."""

import json
import shutil
from pathlib import Path

import pytest
from acceptance_run import NOW, crowd, make_ledger, person, run

from deid.cli import main
from deid.subjects.entries import Draft
from deid.subjects.ledger import Ledger


def words(tmp_path: Path) -> list[str]:
    source = str(tmp_path / "chats.jsonl")
    return ["risk", str(tmp_path / "out"), "--source", source, "--attacks", "identifiers", "--json"]


def test_refused_without_and_logged_with_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, crowd(), "anonymize")
    log = tmp_path / "out.assessments.jsonl"
    for flag in ([], ["--authorised-assessment", "  "]):
        assert main([*words(tmp_path), *flag]) == 2
        assert "--authorised-assessment" in capsys.readouterr().err
        assert not log.exists()
    assert main([*words(tmp_path), "--authorised-assessment", "yearly test, case 7"]) == 0
    (line,) = [json.loads(text) for text in log.read_text().splitlines()]
    assert (line["reason"], line["attacks"]) == ("yearly test, case 7", ["identifiers"])
    printed = capsys.readouterr().out
    assert not [one["user"] for one in crowd() if one["user"] in printed]
    assert not [one["id"] for one in crowd() if one["id"] in printed]


@pytest.mark.parametrize("wrong", [["--attacks", "no-such"], ["--gate", "public", "--attacks", "linkage"]])
def test_a_result_of_before_does_not_stand_for_one_that_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    """Six people are too few for any gate: the earlier result must not pass for this one's."""
    run(tmp_path, crowd()[:6], "anonymize")
    old = tmp_path / "risk.json"
    old.write_text("{}", encoding="utf-8")
    reason = ["--authorised-assessment", "yearly test"]
    assert main([*words(tmp_path), *wrong, *reason, "-o", str(old)]) in (2, 3)
    assert not old.exists()
    assert capsys.readouterr().err


@pytest.mark.parametrize("place", ["chats.jsonl", "out/manifest.json"])
def test_a_result_never_takes_the_place_of_what_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    run(tmp_path, crowd(), "anonymize")
    before = (tmp_path / place).read_bytes()
    reason = ["--authorised-assessment", "yearly test"]
    assert main([*words(tmp_path), *reason, "-o", str(tmp_path / place)]) == 2
    assert (tmp_path / place).read_bytes() == before
    assert "belongs to what is read" in capsys.readouterr().err


def test_planted_canaries_are_looked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [person(f"p{n}", f"I cooked dish number {n} today") for n in range(12)]
    people[0]["messages"][0]["content"] = "my blue parrot says Qwoz all day"
    run(tmp_path, people, "anonymize")
    planted = tmp_path / "canaries.txt"
    planted.write_text("my blue parrot says {Qwoz} all day\n", encoding="utf-8")
    flags = ["--authorised-assessment", "yearly test", "--canaries", str(planted)]
    assert main([*words(tmp_path), *flags]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    (found,) = [item for item in results if item["attack"] == "M1 canary exposure"]
    assert (found["canaries"], found["pool"], found["raw"]["value"]) == (1, 4096, 1)
    assert main([*words(tmp_path), *flags[:3], str(tmp_path / "none.txt")]) == 2
    assert "no list of canaries" in capsys.readouterr().err


def test_the_input_of_whom_the_ledger_keeps_out_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One asked to go before the run, one after it: the text of neither is read, the second is unmatched."""
    path, who = make_ledger(tmp_path), [one["user"] for one in crowd()]
    with Ledger.open(path) as ledger:
        ledger.add([Draft(kind="deletion", subject=who[0], received=NOW.date())], now=NOW)
    run(tmp_path, crowd(14), "anonymize", ledger=str(path))
    asked = [*words(tmp_path), "--authorised-assessment", "yearly test"]
    assert main(asked) == 2
    assert "was made with a ledger" in capsys.readouterr().err
    assert not (tmp_path / "out.assessments.jsonl").exists()
    lock = (tmp_path / "out" / "policy.lock.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    beside = tmp_path / "beside.yaml"
    beside.write_text("".join(line for line in lock if not line.startswith("ledger:")), encoding="utf-8")
    assert main([*asked, "-c", str(beside)]) == 2
    assert "was made with a ledger" in capsys.readouterr().err
    assert main([*asked, "--ledger", str(tmp_path / "absent.db")]) == 4
    # Nor is it undone by a release without one, attacked beside it.
    shutil.copytree(tmp_path / "out", tmp_path / "without")
    (tmp_path / "without" / "policy.lock.yaml").write_text(beside.read_text())
    capsys.readouterr()
    joined = [str(tmp_path / "without") if word == str(tmp_path / "out") else word for word in asked]
    assert main([*joined, "--earlier", str(tmp_path / "out")]) == 2
    assert f"{tmp_path / 'out'}: was made with a ledger" in capsys.readouterr().err
    capsys.readouterr()
    with Ledger.open(path) as ledger:
        ledger.add([Draft(kind="withdrawal", subject=who[1], received=NOW.date())], now=NOW)
    assert main([*asked, "--ledger", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["people"] == 12
    assert found["matched"] == pytest.approx(12 / 13, abs=1e-4)
