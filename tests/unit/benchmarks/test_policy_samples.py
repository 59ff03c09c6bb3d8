"""The bundled samples of the policies are what their generator makes."""

import re
from pathlib import Path

import pytest

import policysamples
from deid.policies import load_policy
from deid.transform.pools import english, japanese
from deid.yamlfile import config_folder

TEMPLATES = Path(policysamples.__file__).parent / "templates" / "policies.txt"
SAMPLES = dict(policysamples.files(config_folder("samples")))


@pytest.mark.parametrize("policy", policysamples.POLICIES)
def test_the_bundled_file_is_what_is_made(policy: str, tmp_path: Path) -> None:
    made = tmp_path / SAMPLES[policy].name
    policysamples.write(policysamples.generate(policy, 1), made)
    assert made.read_bytes() == SAMPLES[policy].read_bytes()


@pytest.mark.parametrize("policy", policysamples.POLICIES)
def test_every_planted_value_stands_for_an_item(policy: str) -> None:
    assert {plant.item for plant in policysamples.generate(policy, 1).plants} <= load_policy(
        policy
    ).items.keys()


def test_no_surrogate_has_a_planted_family_name() -> None:
    drawn = {form for pool in (english(), japanese()) for name in pool.family for form in name.forms}
    lists = dict(re.findall(r"^% ((?:en|ja)_family) = (.+)$", TEMPLATES.read_text("utf-8"), re.MULTILINE))
    planted = {form for names in lists.values() for form in re.split(r"[,:]\s*", names.lower())}
    assert lists.keys() == {"en_family", "ja_family"}
    assert planted.isdisjoint(drawn)
