"""A-16: who agreed to an earlier version is treated by it, whatever the later one allows."""

from pathlib import Path

import pytest
import yaml
from acceptance_run import MODES, NOW, crowd, person, run, said

from deid.policies import policy_file
from deid.subjects.entries import Draft
from deid.subjects.ledger import Ledger
from deid.yamlfile import read_mapping

CONSENTS = {"u1": "2025-01-01", "u2": "2026-04-14", "u3": "2019-09-09", "u4": ""}
WORDS = {"u1": "tamarillos", "u2": "sextants", "u3": "gazebos", "u4": "marimbas"}


def policy(folder: Path) -> str:
    """Omigo's, whose first version named statistics alone, and whose second also names improving services."""
    raw = read_mapping(policy_file("omigo"))
    raw["purposes"]["service-improvement"] = {"modes": ["anonymize", "pseudonymize"], "clause": "invented"}
    path = folder / "second.yaml"
    path.write_text(yaml.safe_dump({**raw, "earlier": {"2025-01-01": ["statistics"]}}), "utf-8")
    return str(path)


def ledger(folder: Path) -> str:
    with Ledger.create(folder / "ledger.db") as made:
        made.add(
            [
                Draft(kind="consent", subject=who, received=NOW.date(), version=version)
                for who, version in CONSENTS.items()
            ],
            now=NOW,
        )
    return str(folder / "ledger.db")


def told(folder: Path, mode: str, purpose: str) -> set[str]:
    people = [*crowd(), *(person(who, f"I like {word}") for who, word in WORDS.items())]
    run(folder, people, mode, policy=policy(folder), purpose=purpose, ledger=ledger(folder))
    return {who for who, word in WORDS.items() if word in said(folder)}


@pytest.mark.parametrize("mode", MODES)
def test_under_a_version_that_allows_more(tmp_path: Path, mode: str) -> None:
    assert told(tmp_path, mode, "service-improvement") == {"u2", "u4"}


def test_what_both_versions_allow(tmp_path: Path) -> None:
    assert told(tmp_path, "anonymize", "statistics") == {"u1", "u2", "u4"}
