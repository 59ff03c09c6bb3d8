"""The whole job with the escrow in PostgreSQL, through the command line, each step in its own role."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pipeline_inputs import CONFIG, write_inputs

from deid.cli import main
from postgresserver import PostgresServer

pytest_plugins = ("postgres_fixtures",)

PASSWORD = "hunter2-marzipan"


def psql(server: PostgresServer, *statements: str) -> None:
    commands = [part for statement in statements for part in ("-c", statement)]
    command = [
        server.binaries / "psql",
        "-q",
        "-h",
        server.folder,
        "-U",
        "postgres",
        "-d",
        "postgres",
        *commands,
    ]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


@pytest.fixture
def place(server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Found an escrow in a new database; return what names its keys."""
    monkeypatch.setenv("HOME", str(tmp_path))
    psql(server, "DROP DATABASE IF EXISTS chat WITH (FORCE)", "CREATE DATABASE chat")
    (tmp_path / "passphrase").write_text("correct horse battery")
    found = ["--keys-dir", str(tmp_path / "keys"), "--passphrase-file", str(tmp_path / "passphrase")]
    assert main(["escrow", "init", "--escrow", server.url("chat"), *found]) == 0
    roles = ("writer", "sweeper", "shredder", "revealer", "auditor")
    psql(server, *(f"CREATE ROLE the_{role} LOGIN IN ROLE chat_{role}" for role in roles))
    yield ["--keys", f"local:{tmp_path / 'keys' / 'escrow.pub'}"]
    psql(server, "DROP DATABASE chat WITH (FORCE)", *(f"DROP ROLE the_{role}" for role in roles))
    psql(server, *(f"DROP ROLE chat_{role}" for role in ("owner", *roles)))


def as_role(server: PostgresServer, role: str) -> list[str]:
    return ["--escrow", server.url("chat", f"the_{role}:{PASSWORD}")]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Run a command and return the JSON it printed."""
    assert main([*arguments, "--json"]) == 0
    out = capsys.readouterr().out
    assert PASSWORD not in out
    value: dict[str, Any] = json.loads(out)
    return value


def test_a_run_of_two_workers_and_all_that_follows(
    place: list[str], server: PostgresServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = write_inputs(tmp_path, files=2)
    config = {**CONFIG, "mode": "pseudonymize"}
    config["escrow"] = {
        "url": as_role(server, "writer")[1], "keys": place[1], "domain": "support",
    }  # fmt: skip
    (tmp_path / "chat.yaml").write_text(yaml.safe_dump(config))
    out = tmp_path / "out"
    arguments = ["-i", *map(str, inputs)]
    assert main(["run", str(tmp_path / "chat.yaml"), *arguments, "-o", str(out), "--workers", "2"]) == 0
    told = capsys.readouterr()
    assert PASSWORD not in told.out + told.err
    assert not any(PASSWORD.encode() in path.read_bytes() for path in out.rglob("*") if path.is_file())

    status = said(capsys, "escrow", "status", *as_role(server, "auditor"), *place)
    assert (status["records"], status["subject_keys"] >= 60, status["epochs"]) == (120, True, 2)
    sealed = json.loads((out / "manifest.json").read_bytes())["escrow"]
    assert sealed["checkpoint"]["size"] == status["log_entries"]
    kept = ["--checkpoint", str(out / "manifest.json")]
    assert said(capsys, "escrow", "verify", *as_role(server, "auditor"), *place, *kept)["n_records"] == 120
    assert main(["escrow", "gc", *as_role(server, "sweeper"), *place, "--release", str(out)]) == 0
    assert "deleted 0 sealed records" in capsys.readouterr().err
    person = ["--subject", "user-007", "--why", "erasure request 7", "-o", str(tmp_path / "certificate")]
    assert main(["shred", *as_role(server, "shredder"), *place, *person]) == 0
    assert len(json.loads((tmp_path / "certificate").read_bytes())["key_ids"]) >= 1
    assert said(capsys, "escrow", "checkpoint", *as_role(server, "writer"), *place)["size"] > 0
    assert main(["escrow", "status", *as_role(server, "writer"), *place]) == 4
    told = capsys.readouterr()
    assert "this user may not do that" in told.err
    assert PASSWORD not in told.err


def test_a_server_that_cannot_be_reached_is_exit_4(
    tmp_path: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"postgresql://u:{PASSWORD}@/chat?host={tmp_path}"
    assert main(["escrow", "status", "--escrow", url, *place]) == 4
    told = capsys.readouterr().err
    assert "it cannot be reached" in told
    assert PASSWORD not in told
