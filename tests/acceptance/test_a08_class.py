"""A-08: that the keys are gone makes nobody anonymous: the class stays, whatever is asked."""

import json
from pathlib import Path

import pytest
from acceptance_run import CONFIG, NOW, crowd, person, place, released, run

import deid
from deid.cli import main
from deid.config import Config
from deid.errors import ReleaseRefused


def wiped(folder: Path) -> Path:
    """A pseudonymized release whose escrow was wiped."""
    rare = [
        person(f"rare-{n}", age=90 - 7 * n, country=country) for n, country in enumerate(("IS", "MT", "FJ"))
    ]
    run(folder, [*crowd(), *rare], "pseudonymize")
    kept = json.loads((folder / "keys" / "escrow.pub").read_bytes())["escrow_id"]
    assert (
        main(
            [
                "shred",
                "--all",
                "--confirm",
                kept,
                *place(folder),
                "--why",
                "end",
                "-o",
                str(folder / "c.json"),
            ]
        )
        == 0
    )
    return folder / "out"


def test_the_class_of_a_release_is_signed(tmp_path: Path) -> None:
    release = wiped(tmp_path)
    assert main(["release", "verify", str(release)]) == 0
    manifest = release / "manifest.json"
    said = json.loads(manifest.read_bytes())
    assert said["class"]["appi"] == "pseudonymously processed"
    said["class"] = {"appi": "anonymously processed (declared)", "gdpr": "personal data: not shown anonymous"}
    manifest.write_text(json.dumps(said), encoding="utf-8")
    assert main(["release", "verify", str(release)]) != 0


def test_it_becomes_anonymous_through_the_gates_alone(tmp_path: Path) -> None:
    """What was released is put in again, as a source, and nobody may be left out: k does not hold."""
    release = wiped(tmp_path)
    (tmp_path / "again").mkdir()
    source = tmp_path / "again" / "chats.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in released(tmp_path)), encoding="utf-8")
    raw = {**CONFIG, "policy": None, "kanon": {"k": 500, "suppression": 0.0}}
    config = Config.model_validate({name: value for name, value in raw.items() if value is not None})
    with pytest.raises(ReleaseRefused):
        deid.Pipeline(config).run([source], out=tmp_path / "anonymous", now=NOW)
    assert not (tmp_path / "anonymous").exists()
    assert release.exists()
