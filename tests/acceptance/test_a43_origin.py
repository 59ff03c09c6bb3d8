"""A-43: pseudonymized, data from the EU serve statistics alone; anonymized, and so destroyed, any purpose."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from acceptance_run import CONFIG, NOW, crowd, person, run

import deid
from deid.config import Config
from deid.errors import ReleaseRefused
from deid.pipeline.result import RunResult

CHANGES: dict[str, Any] = {
    "policy": None,
    "input": {**CONFIG["input"], "origin": "origin"},
    "fields": {**CONFIG["fields"], "origin": {"class": "drop"}},
}
FIELDS = {**CONFIG["fields"], "origin": {"class": "direct", "treatment": "delete"}}


def carry_out(tmp_path: Path, mode: str, purpose: str | None, origin: str = "EU") -> RunResult:
    people = [{**one, "origin": "JP"} for one in crowd()]
    people.append({**person("u1"), "origin": origin})
    changes = {**CHANGES, "fields": FIELDS, "purpose": purpose}
    return run(tmp_path, people, mode, **changes)


@pytest.mark.parametrize("purpose", ["model-training", "service-improvement", None])
def test_pseudonymized_it_serves_nothing_but_statistics(tmp_path: Path, purpose: str | None) -> None:
    with pytest.raises(ReleaseRefused, match="records from EU may serve statistics alone") as caught:
        carry_out(tmp_path, "pseudonymize", purpose)
    assert "Supplementary Rule (4)" in caught.value.violations[0]
    assert not (tmp_path / "out").exists()


def test_however_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="records from EU"):
        carry_out(tmp_path, "pseudonymize", "model-training", "eu")


def test_pseudonymized_for_statistics(tmp_path: Path) -> None:
    assert carry_out(tmp_path, "pseudonymize", "statistics").records == 13


def test_from_elsewhere_for_training(tmp_path: Path) -> None:
    assert carry_out(tmp_path, "pseudonymize", "model-training", "US").records == 13


def test_anonymized_for_training_with_its_certificate(tmp_path: Path) -> None:
    assert carry_out(tmp_path, "anonymize", "model-training").records == 13
    certificate = json.loads((tmp_path / "out" / "report" / "destruction.json").read_bytes())
    assert certificate["verified"] == {"working folder exists": False}


def test_a_session_refuses_it(tmp_path: Path) -> None:
    raw = {**CONFIG, "mode": "pseudonymize", **CHANGES, "fields": FIELDS, "purpose": "model-training"}
    from acceptance_run import make_escrow

    config = Config.model_validate({**raw, "escrow": make_escrow(tmp_path)})
    table = pa.Table.from_pylist([{**person("u1"), "origin": "EU"}])
    with (
        deid.Pipeline(config).open(now=NOW) as session,
        pytest.raises(ReleaseRefused, match="records from EU"),
    ):
        session.transform_batch(table)
