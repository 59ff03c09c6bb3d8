"""A command started with a standard stream closed: none of its files takes the stream's number."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(shell: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = shell.replace("deid", f"{sys.executable} -m deid")
    # Buffered, as Python is where nobody asked for otherwise.
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=plain, capture_output=True, text=True, check=False
    )


def test_without_standard_error_the_work_is_done(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("user_id,age\nu1,20\nu2,20\n")
    assert run("deid ledger init consent.db 2>&- <&-", tmp_path).returncode == 0
    done = run("deid kanon check people.csv --qi age --subject user_id 2>&-", tmp_path)
    assert done.returncode == 0
    assert done.stdout
    failed = run("deid ledger list --ledger none.db 2>&-", tmp_path)
    assert (failed.returncode, failed.stdout) == (4, "")


@pytest.mark.parametrize("closed", [">&-", ">&- <&-"])
def test_without_standard_output_data_are_refused_in_a_line(tmp_path: Path, closed: str) -> None:
    run("deid ledger init consent.db", tmp_path)
    done = run(f"deid ledger list --ledger consent.db {closed}", tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "deid: error: standard output: closed\ndeid: hint: open it, or name a file where the verb has -o\n"
    )


def test_without_standard_output_nothing_is_destroyed_or_opened(tmp_path: Path) -> None:
    """What tells of it could not be said any more."""
    (tmp_path / "word").write_text("a long pass phrase")
    place = "--escrow sqlite:///v/e.db --keys local:k/escrow.pub"
    made = run("deid escrow init --escrow sqlite:///v/e.db --keys-dir k --passphrase-file word", tmp_path)
    assert made.returncode == 0
    for verb in (
        f"shred --all --why moved --confirm x {place}",
        f"reveal run --to-terminal --record r --purpose p --requester q --release out {place}",
    ):
        done = run(f"deid {verb} >&-", tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith("deid: error: standard output: closed\n")


@pytest.mark.parametrize("verb", ["labels", "labels --json", "policy explain demo"])
def test_a_full_standard_output_is_said_in_a_line(tmp_path: Path, verb: str) -> None:
    done = run(f"deid {verb} >/dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "deid: error: standard output: No space left on device\n"


def test_a_reader_that_left_is_no_error_where_little_is_said(tmp_path: Path) -> None:
    """All of it waits in a buffer until the end."""
    done = run("{ sleep 1; deid --version; echo $? >code; } | true", tmp_path)
    assert (done.stderr, (tmp_path / "code").read_text()) == ("", "0\n")


def test_a_full_standard_error_does_not_end_the_work(tmp_path: Path) -> None:
    assert run("deid ledger init consent.db 2>/dev/full", tmp_path).returncode == 0
    assert (tmp_path / "consent.db").exists()
    assert run("deid ledger list --ledger none.db 2>/dev/full", tmp_path).returncode == 4


def test_a_certificate_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """What it names is destroyed by then, and the same command again names less."""
    (tmp_path / "word").write_text("a long pass phrase")
    place = "--escrow sqlite:///v/e.db --keys local:k/escrow.pub"
    run("deid escrow init --escrow sqlite:///v/e.db --keys-dir k --passphrase-file word", tmp_path)
    escrow = json.loads(run(f"deid escrow status {place} --json", tmp_path).stdout)["escrow_id"]
    done = run(f"deid shred --all --confirm {escrow} --why moved {place} >/dev/full", tmp_path)
    assert done.returncode == 2
    certificate, error, hint = done.stderr.splitlines()[-3:]
    assert json.loads(certificate.removeprefix("deid: certificate: "))["why"] == "moved"
    assert error == ("deid: error: standard output: cannot write the certificate: No space left on device")
    assert hint == "deid: hint: what it names is destroyed; keep the line above"


def test_a_library_that_memory_does_not_hold_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("user_id,age\nu1,20\nu2,20\n")
    done = run("ulimit -v 60000; deid kanon check people.csv --qi age --subject user_id", tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "deid: error: out of memory\ndeid: hint: give it more (`ulimit -v`), or fewer --workers\n"
    )


def test_without_standard_input_a_passphrase_is_asked_for_in_a_file(tmp_path: Path) -> None:
    done = run("deid escrow init --escrow sqlite:///v/e.db --keys-dir k <&-", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("deid: error: no passphrase\n")
