"""The attacks of a run's gate: what cannot be computed fails its check, a wrong configuration is told."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deid.config import Config
from deid.errors import ConfigError, InputError, Unwritable
from deid.pipeline.checking import checks

RAW: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user"},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
    },
    "risk": {"gate": "internal", "attacks": ["verbatim"]},
}


def outcome() -> Any:
    return SimpleNamespace(config=Config.model_validate(RAW), inputs=())


@pytest.mark.parametrize("error", [ConfigError("scipy is missing"), Unwritable("no room")])
def test_what_does_not_lie_in_the_data_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(checks, "assess", fail)
    with pytest.raises(type(error), match=str(error)):
        checks.attacked_by(outcome(), tmp_path)


def test_too_few_people_to_attack_fail_the_checks_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InputError("few people")

    monkeypatch.setattr(checks, "assess", fail)
    assert checks.attacked_by(outcome(), tmp_path) is None
