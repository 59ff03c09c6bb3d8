"""A run killed at any moment and resumed ends with the release of a run never killed (A-42)."""

import datetime
import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import escrow_admin
import pytest
from pipeline_inputs import conversation, write_config, write_inputs

import deid
from deid.cli import main
from deid.escrow import init_escrow, open_private_key, reveal_record, verify
from deid.pipeline.custody.restore import restore_record
from killed_runs import dying, go_on_after, hold, kill

pytest_plugins = ("postgres_fixtures",)
pytestmark = pytest.mark.slow

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
PASSPHRASE = b"a long passphrase"
FILES = 8


def arguments(room: Path, config: Path, out: str) -> list[str]:
    inputs = [str(room / f"chats-{n}.jsonl") for n in range(FILES)]
    return [
        "run", str(config), "-i", *inputs, "-o", str(room / out),
        "--operator-key", str(room / "operator" / "key"),
    ]  # fmt: skip


def digests(release: Path) -> dict[str, str]:
    return {
        str(path.relative_to(release)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(release.rglob("*"))
        if path.is_file()
    }


def resume(room: Path, config: Path, out: str) -> int:
    command = [sys.executable, "-m", "deid", *arguments(room, config, out), "--resume"]
    return subprocess.run(command, capture_output=True, check=False).returncode


def resume_and_die(room: Path, config: Path, out: str, where: str, count: int) -> bool:
    """Go on, and be killed at a point; return whether the run got so far."""
    command = dying(where, count, room, [*arguments(room, config, out), "--resume"])
    code = subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


def test_killed_runs_end_with_the_same_release(tmp_path: Path) -> None:
    write_inputs(tmp_path, files=FILES)
    config = write_config(tmp_path)
    kill(hold(tmp_path, arguments(tmp_path, config, "out")))
    # The same run, never killed again, is what every other end is compared with.
    shutil.copytree(tmp_path / ".out.work", tmp_path / ".reference.work")
    assert resume(tmp_path, config, "reference") == 0
    expected = digests(tmp_path / "reference")
    chance = random.Random(7)
    kills = 0
    while kills < 5 and resume_and_die(tmp_path, config, "out", "before", chance.randint(25, 70)):
        kills += 1
        _nothing_readable(tmp_path / ".out.work")
    assert kills >= 3
    if not (tmp_path / "out").exists():
        assert resume(tmp_path, config, "out") == 0
    assert digests(tmp_path / "out") == expected
    assert not (tmp_path / ".out.work").exists()


@pytest.mark.parametrize(
    ("count", "why"),
    [(1, ""), (2, "destroyed its key"), (12, "destroyed its key"), (60, "is destroyed already")],
)
def test_a_run_killed_while_it_destroys_its_files_ends_whole(tmp_path: Path, count: int, why: str) -> None:
    """Once its key is gone it cannot be gone on with, and says so; the run made again is a release."""
    write_inputs(tmp_path, files=FILES)
    config = write_config(tmp_path)
    command = arguments(tmp_path, config, "out")
    done = subprocess.run(dying("destroying", count, tmp_path, command), capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    if (tmp_path / ".out.work").exists():
        _nothing_readable(tmp_path / ".out.work")
    said = go_on_after([sys.executable, "-m", "deid", *command])
    assert why in said
    assert len(said.splitlines()) == (2 if why else 0)
    assert main(["release", "verify", str(tmp_path / "out")]) == 0
    assert {path.name for path in tmp_path.glob(".out*")} == set()


def _nothing_readable(work: Path) -> None:
    """No address or name of the input lies in the working folder."""
    for path in work.iterdir():
        content = path.read_bytes()
        assert b"zanter0" not in content
        assert b"@mail.example" not in content


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an escrow may be made."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'escrow' / 'e.db'}"
        return
    url = request.getfixturevalue("server").url("killed_runs")
    escrow_admin.create(url)
    yield url
    escrow_admin.drop(url)


def test_killed_pseudonymize_runs_lose_nothing(address: str, tmp_path: Path) -> None:
    write_inputs(tmp_path, files=FILES)
    made = init_escrow(address, tmp_path / "keys", passphrase=PASSPHRASE, now=NOW)
    config = write_config(tmp_path, mode="pseudonymize", escrow={"url": made.url, "keys": made.keys})
    kill(hold(tmp_path, arguments(tmp_path, config, "out")))
    chance, kills = random.Random(11), 0
    while kills < 4 and resume_and_die(tmp_path, config, "out", "before", chance.randint(25, 90)):
        kills += 1
    assert kills >= 2
    if not (tmp_path / "out").exists():
        assert resume(tmp_path, config, "out") == 0
    verify(made.url, made.keys)
    sealed = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["escrow"]["batches"]
    key = open_private_key(tmp_path / "keys" / "escrow.key", PASSPHRASE)
    by_id = {f"c{n:04d}": conversation(n, n % 60) for n in range(120)}
    restored = 0
    for row in _rows(tmp_path / "out"):
        payloads = reveal_record(
            made.url, private_key=key, record=row["conversation_id"], purpose="test", requester="test",
            published=sealed, now=NOW,
        )  # fmt: skip
        record = restore_record(row, payloads)
        original = by_id[record["conversation_id"]]
        assert record["messages"] == original["messages"]
        assert record["profile"]["email"] == original["profile"]["email"]
        restored += 1
    assert restored == 120


def _rows(release: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()]


def test_resume_refuses_another_input(tmp_path: Path) -> None:
    write_inputs(tmp_path, files=FILES)
    config = write_config(tmp_path)
    kill(hold(tmp_path, arguments(tmp_path, config, "out")))
    with (tmp_path / "chats-0.jsonl").open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(conversation(500, 1)) + "\n")
    assert resume(tmp_path, config, "out") == 2
    assert not (tmp_path / "out").exists()


def test_two_runs_do_not_share_an_output(tmp_path: Path) -> None:
    write_inputs(tmp_path, files=FILES)
    config = write_config(tmp_path)
    process = hold(tmp_path, arguments(tmp_path, config, "out"))
    try:
        with pytest.raises(deid.InputError, match="another command"):
            deid.Pipeline.load(config).run([tmp_path / "chats-0.jsonl"], out=tmp_path / "out", now=NOW)
    finally:
        kill(process)
