"""A-44: a release has a class under the APPI and one under the GDPR, and they are not the same question."""

from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, run

from deid.papers.assessment import render_assessment
from deid.papers.evidence import evidence
from deid.papers.source import read_source
from paper_samples import GATES, source

INFERENCE = {
    "name": "I1 attribute inference: excess over control",
    "threshold": 0.05,
    "value": 0.2,
    "source": "WP 216",
}
CLASSES = {
    "anonymize": ("anonymously processed (declared)", "personal data: not shown anonymous"),
    "pseudonymize": ("pseudonymously processed", "personal data: pseudonymised"),
}


@pytest.mark.parametrize("mode", MODES)
def test_both_are_in_manifest_card_and_papers(tmp_path: Path, mode: str) -> None:
    run(tmp_path, crowd(), mode)
    found = read_source(tmp_path / "out")
    appi, gdpr = CLASSES[mode]
    assert found.manifest["class"] == {"appi": appi, "gdpr": gdpr}
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert f"| class under APPI | {appi} |" in card
    assert f"| class under GDPR | {gdpr} |" in card
    assert f"- Class under GDPR: {gdpr}" in render_assessment(found)["risk.en.md"]


def test_k_holds_and_inference_fails(tmp_path: Path) -> None:
    found = source(tmp_path, gates=[*GATES, {**INFERENCE, "passed": False}])
    status = {item.rule: item.status for item in evidence(found)}
    assert {status[rule] for rule in ("r34.1", "r34.2", "r34.3", "r34.4", "r34.5")} == {"holds"}
    assert status["inference"] == "fails"
    assert found.manifest["class"]["appi"].startswith("anonymously processed")
    assert found.manifest["class"]["gdpr"] == "personal data: not shown anonymous"
