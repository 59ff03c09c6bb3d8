"""A-26: allergies are not on OMAKASE's list, so they are not released; listed, they are as it says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import deid
from deid.config import Config
from deid.errors import ReleaseRefused
from deid.policies import policy_file
from deid.yamlfile import read_mapping

ID = {"class": "linking", "treatment": "reissue", "item": "member-id"}


def pipeline(fields: dict[str, Any], policy: str = "omakase") -> deid.Pipeline:
    return deid.Pipeline(Config.model_validate({
        "version": 1, "mode": "anonymize", "policy": policy, "purpose": "statistics",
        "input": {"format": "table", "record_id": "row", "subject_id": "user"},
        "fields": {"row": ID, "user": ID, **fields},
    }))  # fmt: skip


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"class": "text", "item": "other-inputs"}, r"item `other inputs` is not in the published list"),
        (
            {"class": "sensitive", "treatment": "keep", "item": "allergy"},
            r"item `whether there is an allergy`",
        ),
        ({"class": "text"}, "names no item, and only listed ones are published"),
    ],
)
def test_the_form_is_not_released(field: dict[str, Any], message: str) -> None:
    with pytest.raises(ReleaseRefused, match=message) as caught:
        pipeline({"wishes": field})
    assert "8.1(3)" in str(caught.value)


def test_left_out_the_rest_is() -> None:
    pipeline(
        {"wishes": {"class": "drop", "item": "other-inputs"}, "area": {"class": "quasi", "item": "area"}}
    )


def test_with_an_updated_list_as_the_list_says(tmp_path: Path) -> None:
    raw = read_mapping(policy_file("omakase"))
    for language, heading in (("ja", "アレルギーの有無"), ("en", "whether there is an allergy")):
        raw["published"][language]["allergy"] = heading
    raw["items"]["allergy"] |= {"listed": "allergy", "anonymize": ["keep"]}
    path = tmp_path / "updated.yaml"
    path.write_text(yaml.safe_dump(raw), "utf-8")
    pipeline({"allergy": {"class": "sensitive", "treatment": "keep", "item": "allergy"}}, str(path))
