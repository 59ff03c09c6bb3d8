"""Mode anonymize, watched from inside: no escrow is opened, and no file ever held the key of the run."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from pipeline_inputs import CONFIG, write_config, write_inputs

from deid.transform.tokens import ReplacementKey

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Watched:
    """A run with two workers, in a room beside an escrow that its configuration names."""

    room: Path
    witness: Path

    def events(self, name: str) -> list[str]:
        logs = [path.read_text(encoding="utf-8") for path in self.witness.glob("*.log")]
        lines = [line for log in logs for line in log.splitlines()]
        return [line.partition("\t")[2] for line in lines if line.startswith(f"{name}\t")]

    def drawn(self) -> set[bytes]:
        """Every 32 bytes that a process drew from the operating system."""
        whole = b"".join(path.read_bytes() for path in self.witness.glob("*.keys"))
        return {whole[n : n + 32] for n in range(0, len(whole), 32)}

    def files(self) -> dict[str, bytes]:
        """Every file that is there, and every one that was while the run went on."""
        places = [*self.room.rglob("*"), *self.witness.glob("gone-*")]
        return {str(path): path.read_bytes() for path in places if path.is_file()}


def command(room: Path, *options: str) -> list[str]:
    inputs = [str(path) for path in sorted(room.glob("chats-*.jsonl"))]
    return [
        sys.executable, "-m", "deid", "run", str(room / "small.yaml"), "-i", *inputs, "-o", str(room / "out"),
        "--operator-key", str(room / "operator" / "key"), "--workers", "2", *options,
    ]  # fmt: skip


def watch(folder: Path, *options: str) -> Watched:
    room, witness, site = folder / "room", folder / "witness", folder / "site"
    for made in (room, witness, site, room / "escrow", room / "tmp"):
        made.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("witness.py"), site / "sitecustomize.py")
    if not (room / "small.yaml").exists():
        write_inputs(room, files=4)
        (room / "escrow" / "e.db").write_bytes(b"nobody opens this")
        place = room / "escrow"
        escrow = {
            "url": f"sqlite:///{place / 'e.db'}",
            "keys": f"local:{place / 'e.pub'}",
            "tokens": str(place / "tokens.key"),
        }
        write_config(room, escrow=escrow)
    path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH", ""))))
    environment = os.environ | {"PYTHONPATH": path, "WITNESS": str(witness), "TMPDIR": str(room / "tmp")}
    done = subprocess.run(
        command(room, *options), env=environment, cwd=room, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Watched(room, witness)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return watch(tmp_path_factory.mktemp("anonymize"))


def forms(key: bytes) -> set[bytes]:
    """The ways in which a program might write bytes down."""
    return {
        key, key[::-1], key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key).rstrip(b"="),
        base64.urlsafe_b64encode(key).rstrip(b"="), base64.b32encode(key).rstrip(b"="),
        base64.b32encode(key).rstrip(b"=").lower(), str(list(key)).encode(), repr(key).encode()[2:-1],
    }  # fmt: skip


def holders(files: dict[str, bytes], *values: bytes) -> list[str]:
    """Name the files that hold one of some values in any form."""
    wanted = {form for value in values for form in forms(value)}
    return [name for name, content in files.items() if any(form in content for form in wanted)]


def run_key(watched: Watched) -> bytes:
    """Find the key of the run among all that was drawn, by the commitment of the certificate."""
    certificate = json.loads((watched.room / "out" / "report" / "destruction.json").read_bytes())
    commitment = certificate["destroyed"][0]["commitment"]
    (found,) = [k for k in watched.drawn() if ReplacementKey(k).digest("commitment").hex() == commitment]
    return found


def test_the_witness_saw_every_process(watched: Watched) -> None:
    assert len(list(watched.witness.glob("*.log"))) >= 3
    opened = watched.events("open")
    assert any("chats-3.jsonl" in path for path in opened)
    assert any(".out.work" in path for path in opened)
    assert len(list(watched.witness.glob("gone-*"))) > 10


def test_no_process_opened_or_loaded_an_escrow(watched: Watched) -> None:
    touched = [*watched.events("open"), *watched.events("sqlite3.connect"), *watched.events("os.rename")]
    assert [path for path in touched if str(watched.room / "escrow") in path] == []
    assert watched.events("sqlite3.connect") == []
    imported = watched.events("import")
    assert any(name.startswith("deid.pipeline") for name in imported)
    assert [name for name in imported if name.startswith("deid.escrow")] == []
    assert watched.events("socket.connect") == []
    assert (watched.room / "escrow" / "e.db").read_bytes() == b"nobody opens this"
    assert [path.name for path in (watched.room / "escrow").iterdir()] == ["e.db"]


def test_no_file_ever_held_the_key(watched: Watched) -> None:
    key = run_key(watched)
    derived = [ReplacementKey(key).digest(purpose) for purpose in ("sidecar", "signing", "split")]
    files = watched.files()
    assert holders(files, key, hashlib.sha256(key).digest(), *derived) == []
    # The control: what is there is found, whatever way it is written.
    planted = {f"{n}": b"x" + form + b"y" for n, form in enumerate(forms(key))}
    assert holders({**files, **planted}, key) == list(planted)
    # The key that seals it is the operator's and stays; what it sealed was there, and is gone.
    operator = (watched.room / "operator" / "key").read_bytes()
    assert operator in watched.drawn()
    assert not (watched.room / ".out.work").exists()


def test_the_sealed_copy_was_overwritten_before_it_went(watched: Watched) -> None:
    states = [content for name, content in watched.files().items() if b'"sealed":' in content]
    blanks = [content for content in watched.files().values() if content and not content.strip(b"\0")]
    # The temporary file of the atomic write held it; the file itself was zeros when it was deleted.
    assert len(states) <= 1
    assert len(blanks) >= 1


def test_no_process_may_leave_a_core(watched: Watched) -> None:
    limits = watched.events("core")
    # The command sets the limit after it has started; its workers start with it.
    assert limits.count("0") >= 2


def test_another_run_shares_nothing_with_it(watched: Watched, tmp_path: Path) -> None:
    again = watch(tmp_path)
    assert run_key(watched) != run_key(again)
    texts = []
    for run in (watched, again):
        import pyarrow.parquet as pq

        rows = [
            r
            for path in sorted((run.room / "out" / "data").iterdir())
            for r in pq.read_table(path).to_pylist()
        ]
        texts.append({row["conversation_id"] for row in rows} | {row["user_id"] for row in rows})
    assert not texts[0] & texts[1]


def test_the_certificate_says_what_it_cannot(watched: Watched) -> None:
    certificate = json.loads((watched.room / "out" / "report" / "destruction.json").read_bytes())
    assert [item["what"] for item in certificate["destroyed"]] == [
        "replacement key of this run", "table from originals to replacements", "working files",
    ]  # fmt: skip
    assert "sealed to the operator" in certificate["destroyed"][0]["how"]
    assert any("memory" in item for item in certificate["not_covered"])
    assert CONFIG["mode"] == "anonymize"


@pytest.mark.skipif(shutil.which("gcore") is None, reason="needs gcore, of the package gdb")
def test_the_witness_finds_a_key_that_is_in_a_core(tmp_path: Path) -> None:
    """The control: while a process has its key, a core of it has it too, so cores are turned off."""
    code = (
        "import sys, subprocess, os\n"
        "from deid.transform.tokens import ReplacementKey\n"
        "key = ReplacementKey(bytes(range(100, 132)))\n"
        "print('ready', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    subprocess.run(
        ["gcore", "-o", str(tmp_path / "core"), str(process.pid)], capture_output=True, check=False
    )
    process.stdin.close()
    process.stdout.close()
    process.wait()
    cores = list(tmp_path.glob("core*"))
    if not cores:
        pytest.skip("not allowed to trace a process")
    assert any(bytes(range(100, 132)) in path.read_bytes() for path in cores)
