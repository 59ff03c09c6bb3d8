"""The bundled samples of the policies are what their generator makes."""

from pathlib import Path

import pytest

import policysamples
from deid.policies import load_policy
from deid.yamlfile import config_folder

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
