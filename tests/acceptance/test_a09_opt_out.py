"""A-09: who opted out of training is absent, and the report counts why."""

import json
from pathlib import Path

import pyarrow as pa
import pytest
from acceptance_run import MODES, NOW, crowd, entry, make_ledger, person, run, said

import deid
from deid.config import Config
from deid.errors import ReleaseRefused
from deid.pipeline.publishing import publish
from deid.subjects.ledger import Ledger


@pytest.mark.parametrize("mode", MODES)
def test_absent_and_counted(tmp_path: Path, mode: str) -> None:
    ledger = make_ledger(tmp_path, ("opt-out", "u1"), ("withdrawal", "u2"))
    people = [*crowd(), person("u1", "I grow tamarillos"), person("u2", "I collect sextants")]
    result = run(tmp_path, people, mode, ledger=str(ledger))
    assert result.records == 12
    assert result.barred == {"opt-out": 1, "withdrawal": 1}
    assert not any(word in said(tmp_path) for word in ("tamarillos", "sextants"))
    detection = json.loads((tmp_path / "out" / "report" / "detection.json").read_text())
    assert detection["ledger"] == {"opt-out": 1, "withdrawal": 1}
    assert "opt-out" in (tmp_path / "out" / "report" / "index.html").read_text()


def test_nothing_of_the_person_is_sealed(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, ("opt-out", "u1"))
    people = [*crowd(), person("u1", "mail me at u1@mail.example")]
    assert run(tmp_path, people, "pseudonymize", ledger=str(ledger)).sealed == len(crowd())


def test_an_opt_out_while_the_run_works_stops_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_ledger(tmp_path, ("opt-out", "u1"))
    assemble = publish._assemble  # noqa: SLF001 - the moment just before the gates

    def late(*arguments: object) -> object:
        with Ledger.open(path) as ledger:
            ledger.add([entry("opt-out", "plain-3")], now=NOW)
        return assemble(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "_assemble", late)
    with pytest.raises(ReleaseRefused, match="ledger entries since the run began is 1"):
        run(tmp_path, crowd(), "anonymize", ledger=str(path))
    assert not (tmp_path / "out").exists()


def test_nobody_left(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, *(("opt-out", f"plain-{n}") for n in range(12)))
    with pytest.raises(ReleaseRefused, match="keeps all 12 records out"):
        run(tmp_path, crowd(), "anonymize", ledger=str(ledger))


def test_a_session_leaves_the_person_out(tmp_path: Path) -> None:
    raw = {
        "version": 1,
        "mode": "anonymize",
        "input": {"record_id": "id", "subject_id": "user"},
        "fields": {
            "id": {"class": "linking", "treatment": "reissue"},
            "user": {"class": "linking", "treatment": "reissue"},
            "text": {"class": "text"},
        },
        "detect": {"use": "fast"},
        "ledger": str(make_ledger(tmp_path, ("opt-out", "u1"))),
    }
    table = pa.table({"id": ["a", "b"], "user": ["u1", "u2"], "text": ["tamarillos", "curry"]})
    with deid.Pipeline(Config.model_validate(raw)).open() as session:
        assert session.transform_batch(table)["text"].to_pylist() == ["curry"]
