"""A-04: a finished anonymize run leaves no key, seed or table, and another run of it other names."""

import json
from pathlib import Path

import pytest
from acceptance_run import crowd, files, person, released, run, said

from deid.cli import main
from deid.transform.tokens import ReplacementKey

NAMES = ("Oliver Hartwell", "Jessica Moore", "Daniel Whitcombe", "Sarah Lindqvist")
TREATMENTS = {"PERSON": "surrogate"}


def people() -> list[dict[str, object]]:
    return [*crowd(), *(person(f"u{n}", f"My name is {name}.") for n, name in enumerate(NAMES))]


def test_names_and_ids_differ_when_it_is_run_again(tmp_path: Path) -> None:
    ids, texts = [], []
    for name in "ab":
        (tmp_path / name).mkdir()
        run(tmp_path / name, people(), "anonymize", transform=TREATMENTS)
        ids.append({row[field] for row in released(tmp_path / name) for field in ("id", "user")})
        texts.append(sorted(json.loads(said(tmp_path / name)), key=str))
        assert not any(known in said(tmp_path / name) for known in NAMES)
    assert not ids[0] & ids[1]
    assert texts[0] != texts[1]


def test_no_key_or_table_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = bytes(range(64, 96))
    monkeypatch.setattr(ReplacementKey, "random", classmethod(lambda cls: cls(key)))
    run(tmp_path, people(), "anonymize", transform=TREATMENTS)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "chats.jsonl") == ["out"]
    for name, content in files(tmp_path / "out").items():
        assert key not in content, name
        assert key.hex().encode() not in content, name


def test_the_release_verifies_and_certifies_the_destruction(tmp_path: Path) -> None:
    run(tmp_path, people(), "anonymize", transform=TREATMENTS)
    assert main(["release", "verify", str(tmp_path / "out")]) == 0
    certificate = json.loads((tmp_path / "out" / "report" / "destruction.json").read_bytes())
    assert "replacement key of this run" in [item["what"] for item in certificate["destroyed"]]
