"""A-40: the service ends: no key is usable, what is anonymous stays with its certificates."""

import json
from pathlib import Path

import pytest
from acceptance_run import crowd, custodian, entries, person, place, released, run

from deid.cli import main

CANARY = "jess.kept@mail.example"


def test_nothing_opens_after_a_wipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [*crowd(), person("u1", f"mail {CANARY}")]
    anonymous = tmp_path / "anonymous"
    anonymous.mkdir()
    run(anonymous, people, "anonymize")
    run(tmp_path, people, "pseudonymize")
    (tmp_path / "kept.key").write_bytes((tmp_path / "keys" / "escrow.key").read_bytes())
    (tmp_path / "kept.key").chmod(0o600)
    escrow_id = json.loads((tmp_path / "keys" / "escrow.pub").read_bytes())["escrow_id"]
    certificate = tmp_path / "wiped.json"
    wipe = ["shred", "--all", *place(tmp_path), "--why", "cessation", "-o", str(certificate)]
    assert main([*wipe, "--confirm", "0" * 32]) != 0
    assert main([*wipe, "--confirm", escrow_id]) == 0
    assert not (tmp_path / "keys" / "escrow.key").exists()
    assert not (tmp_path / "keys" / "writer.key").exists()
    for row in released(tmp_path)[:3]:
        options = (
            "--private-key", str(tmp_path / "kept.key"), "--release", str(tmp_path / "out"),
            "--record", row["id"], "--purpose", "test", "--requester", "test", "--to-terminal",
        )  # fmt: skip
        assert main(custodian(tmp_path, "reveal run", *options)) == 4
    assert CANARY not in capsys.readouterr().out
    assert [kind for kind, _ in entries(tmp_path)].count("wipe") == 1
    assert json.loads(certificate.read_bytes())["kind"] == "wipe"
    assert main(["escrow", "verify", *place(tmp_path)]) == 0
    assert main(["release", "verify", str(anonymous / "out")]) == 0
    assert (anonymous / "out" / "report" / "destruction.json").exists()
