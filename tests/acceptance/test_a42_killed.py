"""A-42: a run killed, out of room or beside another leaves no plaintext, no half release, no disagreement."""

import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from acceptance_run import CONFIG, MODES, crowd, files, make_escrow, person, place

from deid.cli import main
from killed_runs import go_on_after

pytestmark = pytest.mark.slow

CANARY = "zanter.quill@mail.example"
KILLS = 4


def command(folder: Path, *options: str) -> list[str]:
    return [
        sys.executable, "-m", "deid", "run", str(folder / "chat.yaml"), "-i", str(folder / "chats.jsonl"),
        "-o", str(folder / "out"), "--operator-key", str(folder / "operator" / "key"), *options,
    ]  # fmt: skip


def set_up(folder: Path, mode: str) -> None:
    people = [*crowd(400), *(person(f"u{n}", f"mail {n}.{CANARY}") for n in range(40))]
    (folder / "chats.jsonl").write_text("".join(json.dumps(one) + "\n" for one in people), encoding="utf-8")
    raw = {name: value for name, value in CONFIG.items() if name != "policy"} | {"mode": mode}
    if mode == "pseudonymize":
        raw["escrow"] = make_escrow(folder)
    (folder / "chat.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")


def nothing_readable(folder: Path) -> None:
    for name, content in files(folder).items():
        assert name == "chats.jsonl" or CANARY.encode() not in content, name


@pytest.mark.parametrize("mode", MODES)
def test_killed_at_random_it_ends_whole(tmp_path: Path, mode: str) -> None:
    set_up(tmp_path, mode)
    chance, options = random.Random(42), list[str]()
    for _ in range(KILLS):
        with subprocess.Popen(command(tmp_path, *options), stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=chance.uniform(0.8, 2.5))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        if (tmp_path / "out").exists():
            break
        nothing_readable(tmp_path)
        options = ["--resume"] if (tmp_path / ".out.work").exists() else []
    if not (tmp_path / "out").exists():
        go_on_after(command(tmp_path))
    nothing_readable(tmp_path)
    assert main(["release", "verify", str(tmp_path / "out")]) == 0
    if mode == "pseudonymize":
        signed = ["--checkpoint", str(tmp_path / "out" / "manifest.json")]
        assert main(["escrow", "verify", *place(tmp_path), *signed]) == 0
        assert main(["escrow", "gc", *place(tmp_path), "--release", str(tmp_path / "out")]) == 0


@pytest.mark.parametrize("mode", MODES)
def test_two_at_once_make_one_release(tmp_path: Path, mode: str) -> None:
    set_up(tmp_path, mode)
    runs = [subprocess.Popen(command(tmp_path), stderr=subprocess.PIPE) for _ in range(2)]
    ended = sorted((process.communicate(), process.returncode)[1] for process in runs)
    assert ended[0] == 0
    assert ended[1] != 0
    assert main(["release", "verify", str(tmp_path / "out")]) == 0


@pytest.mark.parametrize("mode", MODES)
def test_a_full_disk_leaves_no_half_release(tmp_path: Path, mode: str) -> None:
    """A file may have 4 KiB and no more, as on a disk that fills up in the middle."""
    set_up(tmp_path, mode)
    limited = ["bash", "-c", 'ulimit -f 4; trap "" XFSZ; exec "$@"', "run", *command(tmp_path)]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    nothing_readable(tmp_path)
