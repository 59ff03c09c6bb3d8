"""The bundled sample run through the real command in both modes, once for all leak tests."""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "configs" / "samples"
PASSPHRASE = b"correct horse battery staple"


@dataclass(frozen=True)
class Finished:
    """A finished run: where it could have written, and what it said."""

    mode: str
    room: Path
    output: str = field(repr=False)

    @property
    def release(self) -> Path:
        return self.room / "release"

    @property
    def escrow(self) -> str:
        return f"sqlite:///{self.room / 'escrow' / 'escrow.db'}"

    @property
    def keys(self) -> str:
        return f"local:{self.room / 'keys' / 'escrow.pub'}"


def deid(room: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command with every place it may write inside ``room``."""
    temporary = room / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"TMPDIR": str(temporary), "HOME": str(room / "home")}
    return subprocess.run(
        [sys.executable, "-m", "deid", *arguments],
        env=environment, cwd=room, capture_output=True, text=True, check=False,
    )  # fmt: skip


def finish(mode: str, room: Path) -> Finished:
    """Run the sample in one mode."""
    options = ["--mode", mode]
    if mode == "pseudonymize":
        secret = room / "passphrase"
        secret.write_bytes(PASSPHRASE)
        made = deid(
            room, "escrow", "init", "--escrow", f"sqlite:///{room / 'escrow' / 'escrow.db'}",
            "--keys-dir", str(room / "keys"), "--passphrase-file", str(secret),
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        options += ["--escrow", f"sqlite:///{room / 'escrow' / 'escrow.db'}"]
        options += ["--keys", f"local:{room / 'keys' / 'escrow.pub'}"]
    done = deid(
        room, "run", "demo", "-i", str(SAMPLES / "chat.jsonl.gz"), "-o", "release", "--json", *options
    )
    assert done.returncode == 0, done.stderr
    return Finished(mode, room, done.stdout + done.stderr)


@pytest.fixture(scope="session", params=["anonymize", "pseudonymize"])
def finished(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return finish(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def source() -> dict[str, dict[str, Any]]:
    """Source records by id."""
    with gzip.open(SAMPLES / "chat.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["conversation_id"]: record for record in map(json.loads, lines)}


@pytest.fixture(scope="session")
def planted(source: dict[str, dict[str, Any]]) -> list[tuple[str, str, str]]:
    """(record id, label, surface) of every planted value."""
    found = []
    with gzip.open(SAMPLES / "planted.jsonl.gz", "rt", encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            if not gold["path"].startswith("messages["):
                continue  # memory is dropped whole
            index = int(gold["path"].split("[")[1].split("]")[0])
            text = source[gold["record"]]["messages"][index]["content"]
            found.append((gold["record"], gold["label"], text[gold["start"] : gold["end"]]))
    return found
