"""The register: appended, chained, and refused when it was changed."""

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from deid.errors import EscrowError, InputError
from deid.papers.source import PaperSource
from deid.provision.register import Register
from paper_samples import NOW, source


def entered(tmp_path: Path, number: int = 3) -> Path:
    path = tmp_path / "register.jsonl"
    found = source(tmp_path)
    for n in range(number):
        Register.open(path).append("reassessment", found, {"next": f"2027-0{n + 1}-01"}, now=NOW)
    return path


def test_events_are_numbered_and_kept(tmp_path: Path) -> None:
    path = entered(tmp_path)
    events = Register.open(path).events
    assert [event.n for event in events] == [1, 2, 3]
    assert events[2].facts == {"next": "2027-03-01"}
    assert events[0].at == "2026-11-02T09:00:00+00:00"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert Register.open(tmp_path / "none").events == ()


def test_events_of_one_release_and_kind(tmp_path: Path) -> None:
    register = Register.open(entered(tmp_path))
    digest = register.events[0].manifest
    assert len(register.of(digest, "reassessment")) == 3
    assert register.of(digest, "status") == []
    assert register.of("0" * 64, "reassessment") == []


def test_two_writers_append_after_one_another(tmp_path: Path) -> None:
    found, path = source(tmp_path), tmp_path / "register.jsonl"
    first, second = Register.open(path), Register.open(path)
    assert first.append("reassessment", found, {"next": "2027-01-01"}, now=NOW).n == 1
    assert second.append("reassessment", found, {"next": "2027-02-01"}, now=NOW).n == 2


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_line_is_refused(tmp_path: Path, line: int) -> None:
    path = entered(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b"2027", b"2028")
    path.write_bytes(b"".join(lines))
    with pytest.raises(EscrowError, match=rf":{line + 2}: the register was changed here"):
        Register.open(path)


def test_a_line_taken_out_is_refused(tmp_path: Path) -> None:
    path = entered(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    with pytest.raises(EscrowError, match=":2: the register was changed here"):
        Register.open(path)


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"not json\n", b"[]\n", b'{"n": 4}\n'])
def test_half_a_line_or_none_of_ours_is_refused(tmp_path: Path, damage: bytes) -> None:
    path = entered(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + damage if damage else whole[:-1])
    with pytest.raises(EscrowError, match="the register was changed here"):
        Register.open(path)
    with pytest.raises(EscrowError, match="the register was changed here"):
        Register(path, ()).append("status", source(tmp_path / "b"), {}, now=NOW)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    path = entered(tmp_path, 1)
    value = json.loads(path.read_bytes())
    path.write_text(json.dumps({**value, "kind": "gift"}) + "\n")
    with pytest.raises(EscrowError, match=":1: the register was changed here"):
        Register.open(path)


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(EscrowError, match="cannot read the register"):
        Register.open(tmp_path)
    with pytest.raises(EscrowError, match="cannot write the register"):
        Register(tmp_path, ()).append("status", source(tmp_path), {}, now=NOW)


def test_none_is_kept_inside_the_release(tmp_path: Path) -> None:
    found = source(tmp_path)
    inside = Register.open(found.folder / "register.jsonl")
    with pytest.raises(InputError, match="inside the release"):
        inside.append("reassessment", found, {}, now=NOW)
    assert not inside.path.exists()


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, found = (
        entered(tmp_path),
        PaperSource(tmp_path / "none", {"name": "sample"}, "0" * 64, {}, None, {}),
    )
    before = path.read_bytes()

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EscrowError, match="No space left"):
        Register.open(path).append("reassessment", found, {}, now=NOW)
    assert path.read_bytes() == before
    assert len(Register.open(path).events) == 3
