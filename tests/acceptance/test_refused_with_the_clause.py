"""Bad policies, dates and ledgers, each by name: refused, with the clause or article that forbids it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from acceptance_run import CONFIG, crowd, make_ledger, run

from deid.cli import main
from deid.errors import EscrowError
from deid.policies import policy_file
from deid.yamlfile import read_mapping
from paper_samples import make_release


def policy(folder: Path, change: Callable[[dict[str, Any]], object]) -> str:
    """A changed copy of the OMAKASE policy."""
    raw = read_mapping(policy_file("omakase"))
    change(raw)
    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    return str(path)


def said(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> str:
    assert main(list(arguments)) == code
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize("mode", ["anonymize", "pseudonymize"])
def test_an_item_without_a_treatment(tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: str) -> None:
    own = policy(tmp_path, lambda raw: raw["items"]["allergy"].pop(mode))
    assert f"items.allergy: no treatment in mode {mode} (clause 1(1))" in said(
        capsys, 2, "policy", "check", own
    )


def test_lists_that_differ_between_the_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = policy(tmp_path, lambda raw: raw["published"]["en"].popitem())
    told = said(capsys, 2, "policy", "check", own)
    assert "4 items in Japanese and 3 in English" in told
    assert "(clause 8.1(3))" in told


@pytest.mark.parametrize(
    ("name", "clause"),
    [("omigo", "1.8: "), ("gmo-air", "2.2 does not name it"), ("omakase", "2.2 and 2.3 do")],
)
def test_an_unknown_purpose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, clause: str
) -> None:
    path = tmp_path / "own.yaml"
    raw = {**CONFIG, "policy": name, "purpose": "advertising"}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    told = said(capsys, 2, "policy", "check", str(path))
    assert "does not allow purpose `advertising`" in told
    assert clause in told


def test_a_field_that_is_not_in_the_published_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {**CONFIG["fields"], "allergy": {"class": "sensitive", "treatment": "keep", "item": "allergy"}}
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump({**CONFIG, "policy": "omakase", "fields": fields}), "utf-8")
    told = said(capsys, 3, "policy", "check", str(path))
    assert "fields.allergy: " in told
    assert "is not in the published list (clause 8.1(3))" in told


@pytest.mark.parametrize(
    ("verb", "article"),
    [
        (["publish", "--where", "https://example.org", "-o", "out"], "APPI article 43(3)"),
        (["provide", "--recipient", "lab", "--recipients", "who.yaml", "-o", "out"], "APPI article 29"),
    ],
)
def test_a_day_that_has_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, verb: list[str],
    article: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    release = str(make_release(tmp_path / "sample"))
    agreed = {"name": "Lab", "kind": "processor", "agreement": "A-1", "country": "JP"}
    who = {"recipients": {"lab": {**agreed, "purposes": ["statistics"]}}}
    (tmp_path / "who.yaml").write_text(yaml.safe_dump(who), "utf-8")
    method = ["--method-ja", "暗号化", "--method-en", "encrypted", "--register", "r.jsonl"]
    told = said(capsys, 3, "release", verb[0], release, *verb[1:], *method, "--on", "2020-04-01")
    assert "2020-04-01 has passed" in told
    assert article in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("damage", ["gone", "no database", "no key", "open to others"])
def test_a_ledger_that_cannot_be_read(tmp_path: Path, damage: str) -> None:
    ledger = make_ledger(tmp_path, ("opt-out", "u1"))
    if damage == "gone":
        ledger.unlink()
    elif damage == "no database":
        ledger.write_bytes(b"something else" * 100)
    elif damage == "no key":
        ledger.with_name("ledger.db.key").unlink()
    else:
        ledger.chmod(0o644)
    with pytest.raises(EscrowError, match=r"so nobody may be released \(clause 6\.3, 6\.4: ") as caught:
        run(tmp_path, crowd(), "anonymize", ledger=str(ledger))
    assert caught.value.exit_code == 4
    assert not (tmp_path / "out").exists()
