"""A-39: a purpose in no registry is refused, and so is training under G and M until a person mapped it."""

from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, MODES

import deid
from deid.config import Config
from deid.errors import ConfigError
from deid.pipeline.publishing.promises import policy_document
from deid.pipeline.publishing.publish import lock_document

FIELDS = {name: spec for name, spec in CONFIG["fields"].items() if name in ("id", "user")}
INPUT = {"record_id": "id", "subject_id": "user"}


def pipeline(policy: str, purpose: str, mode: str = "anonymize", **keys: Any) -> deid.Pipeline:
    ids = {"omakase": "member-id", "gmo-air": "customer-id", "omigo": "user-id"}[policy]
    fields = {name: {**spec, "item": ids} for name, spec in FIELDS.items()}
    escrow = (
        {"escrow": {"url": "sqlite:///v/e.db", "keys": "local:k/e.pub"}} if mode == "pseudonymize" else {}
    )
    raw = {"version": 1, "mode": mode, "policy": policy, "purpose": purpose, "input": INPUT, "fields": fields}
    return deid.Pipeline(Config.model_validate({**raw, **escrow, **keys}))


def mapping(folder: Path, policy: str, to: str = "service-improvement") -> str:
    path = folder / "mapping.yaml"
    path.write_text(
        f"policy: {policy}\npurpose: model-training\nto: {to}\nreason: the model answers inquiries\n"
        "decided_by: information manager\ndecided_on: 2026-10-30\n"
    )
    return str(path)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("policy", ["omigo", "gmo-air", "omakase"])
def test_a_purpose_that_no_clause_names(policy: str, mode: str) -> None:
    with pytest.raises(ConfigError, match="does not allow purpose `ads`") as caught:
        pipeline(policy, "ads", mode)
    assert caught.value.hint[0].isdigit()  # the clause


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("policy", ["gmo-air", "omakase"])
def test_training_needs_a_mapping(tmp_path: Path, policy: str, mode: str) -> None:
    with pytest.raises(ConfigError, match="does not allow purpose `model-training`") as caught:
        pipeline(policy, "model-training", mode)
    assert "a person has to map it" in caught.value.hint
    made = pipeline(policy, "model-training", mode, purpose_mapping=mapping(tmp_path, policy))
    said = policy_document(made.config)
    assert said is not None
    assert said["purpose_mapping"]["to"] == "service-improvement"
    assert len(said["purpose_mapping"]["sha256"]) == 64
    assert "mapping.yaml" not in lock_document(made.config)


def test_a_mapping_for_somebody_else_or_to_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="maps `omakase: model-training`, not `gmo-air: model-training`"):
        pipeline("gmo-air", "model-training", purpose_mapping=mapping(tmp_path, "omakase"))
    with pytest.raises(ConfigError, match="names no purpose `ads`"):
        pipeline("gmo-air", "model-training", purpose_mapping=mapping(tmp_path, "gmo-air", "ads"))


def test_a_mapping_does_not_open_another_purpose(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not allow purpose `ads`"):
        pipeline("gmo-air", "ads", purpose_mapping=mapping(tmp_path, "gmo-air"))


def test_omigo_trains_on_anonymized_data_alone() -> None:
    pipeline("omigo", "model-training")
    with pytest.raises(ConfigError, match="in mode pseudonymize") as caught:
        pipeline("omigo", "model-training", "pseudonymize")
    assert "1.2(4)" in caught.value.hint
