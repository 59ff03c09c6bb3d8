"""Papers beyond their words: evidence for each rule, bands, and what a mode or a release cannot have."""

from pathlib import Path
from typing import Any

import pytest

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.papers.assessment import ADVERSARIES, render_assessment
from deid.papers.destroyed import render_destroyed
from deid.papers.domain import render_domain
from deid.papers.evidence import evidence, gates_named
from deid.papers.notices import Bilingual
from deid.papers.provided import is_abroad, persons_band
from deid.papers.publication import render_publication
from deid.papers.source import read_source
from paper_samples import GATES, STATEMENT, make_release, manifest, source

METHOD = Bilingual("サーバー", "server")


def status(folder: Path, rule: str, **changes: Any) -> tuple[str, str]:
    found = {item.rule: item for item in evidence(source(folder, **changes))}
    return found[rule].status, found[rule].by


def test_a_rule_holds_by_its_gates(tmp_path: Path) -> None:
    assert status(tmp_path, "r34.2") == ("holds", "residual code")
    assert status(tmp_path / "b", "singling-out") == ("holds", "k, L2 author linkage: success")


def test_a_gate_that_failed_fails_its_rule(tmp_path: Path) -> None:
    gates = [{**gate, "passed": gate["name"] != "residual code"} for gate in GATES]
    assert status(tmp_path, "r34.2", gates=gates) == ("fails", "residual code")
    assert status(tmp_path / "b", "r34.1", gates=gates) == ("holds", "residual direct")


def test_what_was_not_measured_is_not_shown(tmp_path: Path) -> None:
    assert status(tmp_path, "inference") == ("not shown", "not in this release: I1 attribute inference")
    gates = [gate for gate in GATES if gate["name"] != "residual code"]
    assert status(tmp_path / "b", "r34.2", gates=gates)[0] == "not shown"


def test_a_rule_that_nothing_can_show_says_why(tmp_path: Path) -> None:
    assert status(tmp_path, "r38") == ("not shown", "what a recipient does is bound by the recipient terms")


def test_rules_are_those_of_the_regimes_and_the_mode(tmp_path: Path) -> None:
    policy = {"name": "gmo-air", "version": "undated", "regimes": ["APPI"]}
    found = evidence(source(tmp_path, "pseudonymize", policy=policy))
    assert {item.regime for item in found} == {"APPI"}
    assert "r31.1" in {item.rule for item in found}
    assert not any(item.rule.startswith("r34") for item in found)


def test_limits_of_one_attack_have_one_name() -> None:
    gates = [
        {"name": "L2 author linkage: success"},
        {"name": "L2 author linkage: surest tenth"},
        {"name": "kin"},
    ]
    assert len(gates_named(gates, ["L2 author linkage", "k"])) == 2


def test_the_risk_report_has_every_part(tmp_path: Path) -> None:
    text = render_assessment(source(tmp_path))["risk.en.md"]
    for title in ("Processing", "Necessity", "Items of information", "Adversaries", "Three tests (WP216)",
                  "Attacks", "Rules", "Incidents", "Residual risk", "Decision"):  # fmt: skip
        assert f"\n## {title}\n" in text
    for name, knows, _ in ADVERSARIES:
        assert f"| {name} | {knows} |" in text
    assert "impossible" not in text
    assert "100 %" not in text


def test_a_failed_gate_is_the_decision(tmp_path: Path) -> None:
    gates = [{**gate, "passed": gate["name"] != "k"} for gate in GATES]
    assert "These gates do not hold: k." in render_assessment(source(tmp_path, gates=gates))["risk.en.md"]


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (None, "not counted"),
        (0, "1 to 99"),
        (99, "1 to 99"),
        (100, "100 to 999"),
        (2_000_000, "1000000 or more"),
    ],
)
def test_persons_are_told_as_a_band(count: int | None, band: str) -> None:
    assert persons_band(count) == band


@pytest.mark.parametrize(("country", "abroad"), [("JP", False), ("jp", False), ("FR", True)])
def test_abroad(country: str, abroad: bool) -> None:  # noqa: FBT001
    assert is_abroad(country) is abroad


def test_papers_that_a_mode_cannot_have(tmp_path: Path) -> None:
    anonymous, pseudonymous = source(tmp_path / "a"), source(tmp_path / "b", "pseudonymize")
    with pytest.raises(ConfigError, match="only a pseudonymized release has a domain"):
        render_domain(anonymous)
    with pytest.raises(ConfigError, match="no certificate of destruction"):
        render_destroyed(pseudonymous)
    with pytest.raises(ConfigError, match="not provided to third parties"):
        render_publication(pseudonymous, method=METHOD)


def test_an_altered_release_has_no_papers(tmp_path: Path) -> None:
    folder = make_release(tmp_path / "r")
    (folder / "notices" / "recipient.ja.md").unlink()
    with pytest.raises(ReleaseRefused, match=r"notices/recipient\.ja\.md: missing"):
        read_source(folder)


def test_a_release_without_a_statement(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="states nothing for papers"):
        source(tmp_path, statement=None)


def test_a_release_without_a_policy_answers_to_all_three(tmp_path: Path) -> None:
    found = source(tmp_path, policy=None, statement={**STATEMENT, "controller": None})
    assert found.regimes == ("APPI", "GDPR", "CCPA")
    assert found.controller == "the publisher of this data set"
    assert manifest("anonymize").statement == STATEMENT
