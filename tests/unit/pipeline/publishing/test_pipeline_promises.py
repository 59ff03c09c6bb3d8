"""A configuration against its policy: purposes, items and treatments, the published list."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from deid.cli import main
from deid.config import Config
from deid.errors import ConfigError, ReleaseRefused
from deid.pipeline.publishing.items import describe_items
from deid.pipeline.publishing.promises import check_policy, policy_document, treatment_word
from deid.treatments import FieldSpec

ID = {"class": "linking", "treatment": "reissue"}


def config(policy: str, mode: str = "anonymize", *, fields: dict[str, Any], **keys: Any) -> Config:
    """A configuration under a policy; the ids name their item."""
    ids = {"omakase": "member-id", "gmo-air": "customer-id", "omigo": "user-id"}[policy]
    return Config.model_validate({
        "version": 1, "mode": mode, "policy": policy, "purpose": "statistics",
        "input": {"format": "table", "record_id": "row", "subject_id": "user"},
        "fields": {"row": {**ID, "item": ids}, "user": {**ID, "item": ids}, **fields},
        **keys,
    })  # fmt: skip


def refused(made: Config) -> tuple[str, ...]:
    with pytest.raises(ReleaseRefused) as caught:
        check_policy(made)
    return caught.value.violations


@pytest.mark.parametrize(
    ("spec", "word"),
    [
        ({"class": "drop"}, "drop"), ({"class": "text"}, "text"), ({"class": "keep"}, "keep"),
        ({"class": "quasi"}, "generalize"), ({"class": "quasi", "treatment": {"bands": 5}}, "bands"),
        ({"class": "quasi", "treatment": {"coarsen": "day"}}, "coarsen"),
        ({"class": "direct"}, "delete"), ({"class": "direct", "treatment": "encrypt"}, "token"),
        ({"class": "linking", "treatment": "reissue"}, "reissue"), ({"class": "sensitive"}, "delete"),
        ({"class": "sensitive", "treatment": "keep"}, "keep"),
    ],
)  # fmt: skip
def test_a_fields_treatment_in_a_policys_words(spec: dict[str, Any], word: str) -> None:
    assert treatment_word(FieldSpec.model_validate(spec)) == word


def test_what_is_left_out_is_never_too_little() -> None:
    fields = {"mail": {"class": "direct", "item": "email"}, "allergy": {"class": "drop", "item": "allergy"}}
    check_policy(config("omakase", fields=fields))


@pytest.mark.parametrize(
    ("policy", "spec", "message"),
    [
        (
            "omigo",
            {"class": "quasi", "item": "birth-date"},
            "must have bands or top or delete, not generalize",
        ),
        (
            "omigo",
            {"class": "keep", "item": "gender"},
            "`gender` is of class quasi, not keep (clause 6.1(2))",
        ),
        (
            "omakase",
            {"class": "quasi", "item": "food"},
            "item `preferences in food` is not in the published list",
        ),
        ("omakase", {"class": "quasi"}, "names no item, and only listed ones are published (clause 8.1(3))"),
    ],
)
def test_a_field_that_breaks_a_promise(policy: str, spec: dict[str, Any], message: str) -> None:
    (found,) = refused(config(policy, fields={"x": spec}))
    assert found.startswith("fields.x: ")
    assert message in found


def test_every_violation_is_told_at_once() -> None:
    fields = {"a": {"class": "quasi"}, "b": {"class": "quasi", "item": "food"}}
    assert len(refused(config("omakase", fields=fields, kanon={"k": 3}))) == 3


def test_security_data_are_never_training_data() -> None:
    fields = {"model": {"class": "quasi", "item": "device"}}
    check_policy(config("omigo", fields=fields))
    (found,) = refused(config("omigo", fields=fields, purpose="model-training"))
    assert "security data are never training data (clause 4.2)" in found


def test_the_list_binds_anonymously_processed_information_alone() -> None:
    fields = {"food": {"class": "quasi", "item": "food"}}
    check_policy(config("omakase", "pseudonymize", fields=fields))


def test_an_item_that_the_policy_does_not_know() -> None:
    with pytest.raises(ConfigError, match="policy `omigo` knows no item `shoe-size`"):
        check_policy(config("omigo", fields={"x": {"class": "quasi", "item": "shoe-size"}}))


def test_headings_are_the_policys_own() -> None:
    fields = {
        "area": {"class": "quasi", "item": "area"},
        "seen": {"class": "quasi", "treatment": {"coarsen": "day"}, "item": "log-times"},
        "opened": {"class": "quasi", "treatment": {"bands": 5}, "item": "mail-opened"},
    }
    items, _ = describe_items(config("omakase", fields=fields))
    assert [item.en for item in items] == [
        "cookies and anonymous ids", "location information", "log information and behavioural history",
    ]  # fmt: skip
    assert [item.ja for item in items][1] == "位置情報"


def test_the_manifest_pins_the_policy() -> None:
    said = policy_document(config("omigo", fields={}))
    assert said is not None
    assert said["version"] == "2026-04-14"
    assert len(said["sha256"]) == 64
    assert policy_document(config("omigo", fields={}).model_copy(update={"policy": None})) is None


def test_check_and_explain_say_the_clause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = config("omakase", fields={"food": {"class": "quasi", "item": "food"}})
    path = tmp_path / "c.yaml"
    path.write_text(yaml.safe_dump(made.model_dump(mode="json", by_alias=True, exclude_none=True)))
    assert main(["policy", "check", str(path)]) == 3
    assert "is not in the published list (clause 8.1(3))" in capsys.readouterr().err
    text = path.read_text().replace("mode: anonymize", "mode: pseudonymize")
    path.write_text(text + "escrow: {url: 'sqlite:///v/e.db', keys: 'local:k/e.pub'}\n")
    assert main(["policy", "explain", str(path)]) == 0
    assert "food       1(1)" in capsys.readouterr().out
