"""What is compiled is kept between runs, and made anew wherever what is kept may not be right."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from deid.detect.matching import automata, compiled
from deid.detect.matching.automata import HAS_HYPERSCAN, Automaton, Numbers

EXPRESSIONS = ["ab+c", *(f"never{number}" for number in range(200))]
ABOUT = "what an entry follows from, " * 50


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that is used, which is not there yet."""
    monkeypatch.setattr(compiled, "_BESIDE", tmp_path / "__pycache__")
    monkeypatch.setattr(compiled, "_HERE", tmp_path)
    monkeypatch.setattr(compiled, "_CODE", "c0de")
    monkeypatch.setattr(compiled, "code", lambda: "c0de")
    return tmp_path / "__pycache__" / "expressions-c0de"


def made(calls: list[int], content: bytes = b"content") -> Callable[[], bytes]:
    def make() -> bytes:
        calls.append(1)
        return content

    return make


def test_what_is_kept_is_made_once(folder: Path) -> None:
    calls: list[int] = []
    assert [compiled.kept("kind", [ABOUT], made(calls)) for _ in range(3)] == [b"content"] * 3
    (entry,) = folder.iterdir()
    assert len(calls) == 1
    assert entry.read_bytes() == hashlib.sha256(b"content").digest() + b"content"
    assert (folder.stat().st_mode & 0o777, entry.stat().st_mode & 0o777) == (0o755, 0o644)


def test_another_kind_or_source_is_another_entry(folder: Path) -> None:
    calls: list[int] = []
    for kind, about in (("a", ABOUT), ("b", ABOUT), ("a", "y" + ABOUT), ("a", [ABOUT])):
        compiled.kept(kind, about, made(calls))
    assert len(calls) == len([*folder.iterdir()]) == 4


def test_other_code_reads_nothing_of_it_and_removes_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    compiled.kept("kind", ABOUT, made(calls))
    monkeypatch.setattr(compiled, "_CODE", "0ther")
    monkeypatch.setattr(compiled, "code", lambda: "0ther")
    compiled.kept("kind", ABOUT, made(calls))
    assert len(calls) == 2
    assert [path.name for path in folder.parent.iterdir()] == ["expressions-0ther"]


def test_what_is_compiled_at_once_is_not_kept(folder: Path) -> None:
    calls: list[int] = []
    assert [compiled.kept("kind", "ab+c", made(calls)) for _ in range(2)] == [b"content"] * 2
    assert len(calls) == 2
    assert not folder.exists()


@pytest.mark.parametrize("data", [b"", b"short", b"\0" * 39, hashlib.sha256(b"other").digest() + b"content"])
def test_an_entry_that_is_not_whole_is_made_anew(folder: Path, data: bytes) -> None:
    calls: list[int] = []
    compiled.kept("kind", ABOUT, made(calls))
    (entry,) = folder.iterdir()
    entry.write_bytes(data)
    assert compiled.kept("kind", ABOUT, made(calls)) == b"content"
    assert len(calls) == 2
    assert entry.read_bytes().endswith(b"content")


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_may_write_to_is_not_read(folder: Path, mode: int) -> None:
    calls: list[int] = []
    compiled.kept("kind", ABOUT, made(calls))
    folder.chmod(mode)
    compiled.kept("kind", ABOUT, made(calls))
    assert len(calls) == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_another_user_s_folder_is_not_read(folder: Path) -> None:
    calls: list[int] = []
    compiled.kept("kind", ABOUT, made(calls))
    os.chown(folder, 12345, 12345)
    compiled.kept("kind", ABOUT, made(calls))
    assert len(calls) == 2


@pytest.mark.parametrize("beside", ["/dev/null", "/proc/nothing", "/dev/null/x"])
def test_without_a_folder_all_is_made(beside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_BESIDE", Path(beside))
    calls: list[int] = []
    assert [compiled.kept("kind", ABOUT, made(calls)) for _ in range(2)] == [b"content"] * 2
    assert len(calls) == 2


def test_a_full_disk_keeps_nothing_and_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert compiled.kept("kind", ABOUT, made([])) == b"content"
    assert not [*folder.iterdir()]


def test_a_table_comes_back_as_it_was(folder: Path) -> None:
    table = [["名\ud800", 1, True, None], {"a": [1 << 80]}]
    assert [compiled.kept_table("kind", ABOUT, lambda: table) for _ in range(2)] == [table] * 2
    assert len([*folder.iterdir()]) == 1


@pytest.mark.skipif(not HAS_HYPERSCAN, reason="hyperscan is not installed")
def test_an_automaton_of_another_machine_is_compiled_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(automaton: Automaton) -> list[int]:
        found: list[int] = []

        def settle(_: Numbers, where: Numbers) -> None:
            found.extend(where.tolist())

        automaton.scan(b"xxabbbc", settle)
        return found

    assert ends(Automaton(EXPRESSIONS)) == [7]
    (entry,) = folder.iterdir()
    foreign = b"an automaton that this processor does not take"
    entry.write_bytes(hashlib.sha256(foreign).digest() + foreign)
    assert ends(Automaton(EXPRESSIONS)) == [7]
    assert foreign not in entry.read_bytes()
    calls: list[int] = []
    monkeypatch.setattr(automata, "_compiled", lambda *_, **__: calls.append(1))
    assert ends(Automaton(EXPRESSIONS)) == [7]
    assert not calls


def test_code_that_was_changed_since_it_was_read_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "code", lambda: "newer")
    assert compiled.kept("kind", ABOUT, made([])) == b"content"
    assert not [*folder.iterdir()]


def test_without_sources_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_CODE", "")
    assert compiled.kept("kind", ABOUT, made([])) == b"content"
    assert not folder.exists()


def test_a_lock_of_an_editor_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_HERE", tmp_path)
    assert compiled.code() == ""
    (tmp_path / "a.py").write_bytes(b"a = 1")
    digest = compiled.code()
    (tmp_path / ".#b.py").symlink_to("nowhere")
    assert compiled.code() == digest != ""
    (tmp_path / "c.py").symlink_to("nowhere")
    assert compiled.code() == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_only_the_owner_of_the_code_writes(folder: Path, tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12345)
    assert compiled.kept("kind", ABOUT, made([])) == b"content"
    assert not folder.exists()
