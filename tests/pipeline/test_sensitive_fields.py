"""Whole runs in which a class may not agree about a sensitive field."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from pipeline_inputs import CONFIG, conversation

import deid
from deid.cli.main import main
from deid.cli.releasing import count_again
from deid.config import Config
from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.pipeline.quasi.columns import sensitive_columns
from deid.types import Json

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


def people(folder: Path) -> Path:
    """Forty people; the ten youngest, all of Tokyo, share an illness."""
    records = [conversation(n, n) for n in range(40)]
    for n, record in enumerate(records):
        record["profile"]["illness"] = "flu" if n % 4 == 0 or n % 8 > 3 else "cold"
    path = folder / "chats.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def config(**kanon: Any) -> Config:
    fields: Json = {**CONFIG["fields"], "profile.illness": {"class": "keep"}}  # type: ignore[dict-item]
    asked = {"sensitive": ["profile.illness"], **kanon}
    return Config.model_validate({**CONFIG, "fields": fields, "kanon": asked})


def run(folder: Path, **kanon: Any) -> Json:
    deid.Pipeline(config(**kanon)).run([people(folder)], out=folder / "out", now=NOW)
    report = folder / "out" / "report"
    found: Json = json.loads((report / "kanon.json").read_text(encoding="utf-8"))
    found["checks"] = {
        check["name"]: check["value"] for check in json.loads((report / "risk.json").read_text())["checks"]
    }
    return found


def test_what_classes_give_away_is_reported_though_nothing_is_asked(tmp_path: Path) -> None:
    found = run(tmp_path)
    assert found["sensitive"]["profile.illness"]["l_distinct"] == 1
    assert found["ncp"] == 0
    assert "sensitive values in a class" not in found["checks"]


def test_a_class_that_agrees_is_generalized(tmp_path: Path) -> None:
    found = run(tmp_path, l=2)
    assert found["sensitive"]["profile.illness"]["l_distinct"] == 2
    assert found["checks"]["sensitive values in a class"] == 2
    assert found["ncp"] > 0
    assert main(["release", "verify", str(tmp_path / "out"), "--kanon"]) == 0
    report = tmp_path / "out" / "report" / "kanon.json"
    found["declared"]["k"] += 1
    report.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="the data files say otherwise of k"):
        count_again(tmp_path / "out")


def test_a_class_that_is_far_from_everybody_is_generalized(tmp_path: Path) -> None:
    found = run(tmp_path, t=0.2)
    assert found["sensitive"]["profile.illness"]["t_equal"] <= 0.2
    assert found["checks"]["distance of a class"] <= 0.2
    assert found["suppressed"] == 0


def test_more_loss_than_allowed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match=r"information lost is .*, not at most 0\.01"):
        run(tmp_path, l=2, max_ncp=0.01)
    assert not (tmp_path / "out").exists()


def test_more_values_than_there_are_cannot_be_had(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"column `profile\.illness` has 2 different values"):
        run(tmp_path, l=3)


def test_a_sensitive_field_that_does_not_go_out_gives_nothing_away() -> None:
    fields: Json = {**CONFIG["fields"], "profile.illness": {"class": "sensitive"}}  # type: ignore[dict-item]
    asked = {"sensitive": ["profile.illness"], "l": 2}
    assert sensitive_columns(Config.model_validate({**CONFIG, "fields": fields, "kanon": asked})) == []
    assert sensitive_columns(config()) == ["profile.illness"]


def test_a_field_of_a_message_describes_nobody() -> None:
    made = Config.model_validate({**CONFIG, "kanon": {"sensitive": ["messages[].role"]}})
    with pytest.raises(ConfigError, match=r"`messages\[\]\.role` does not describe a person"):
        sensitive_columns(made)
