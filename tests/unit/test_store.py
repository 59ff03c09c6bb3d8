"""Atomic files: the name appears with all of the content, or not at all."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from deid.errors import InputError
from deid.store import atomic_file, is_inside, new_folder, sha256_file, write_bytes


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_name_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with atomic_file(target) as handle:
        handle.write(b"half")
        handle.flush()
        assert not target.exists()
        handle.write(b" and half")
    assert target.read_bytes() == b"half and half"
    assert names(tmp_path) == ["out.txt"]


def test_a_block_that_fails_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), atomic_file(target) as handle:
        handle.write(b"%d" % (1 // 0 if handle.write(b"after") else 0))
    assert target.read_bytes() == b"before"
    assert names(tmp_path) == ["out.txt"]


def test_content_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    write_bytes(target, b"a longer content")
    write_bytes(target, b"short")
    assert target.read_bytes() == b"short"


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_the_mode_is_the_one_asked_for(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "secret"
    target.write_bytes(b"")
    target.chmod(0o666)
    write_bytes(target, b"x", mode=mode)
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_nothing_is_written_through_a_file_or_link_laid_there_before(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"untouched")
    elsewhere.chmod(0o666)
    (tmp_path / f".secret.{os.getpid()}.tmp").symlink_to(elsewhere)
    write_bytes(tmp_path / "secret", b"deleted information", mode=0o600)
    assert elsewhere.read_bytes() == b"untouched"
    assert not (tmp_path / "secret").is_symlink()
    (tmp_path / f".wide.{os.getpid()}.tmp").touch(0o666)
    write_bytes(tmp_path / "wide", b"deleted information", mode=0o600)
    assert stat.S_IMODE((tmp_path / "wide").stat().st_mode) == 0o600


@pytest.mark.parametrize("target", ["nowhere/out.txt", "file/out.txt", "folder"])
def test_what_cannot_be_written_is_named(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    with pytest.raises(InputError, match="cannot write") as caught:
        write_bytes(tmp_path / target, b"x")
    assert str(tmp_path / target) in str(caught.value)
    assert ".tmp" not in str(caught.value)
    assert caught.value.hint
    assert names(tmp_path) == ["file", "folder"]


def test_an_error_of_the_block_is_not_the_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="another"), atomic_file(tmp_path / "out"):
        raise FileNotFoundError("another")


def test_a_full_disk_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"out: cannot write: No space left on device") as caught:
        filled(tmp_path / "out")
    assert caught.value.hint == "is there room left?"
    assert names(tmp_path) == []


def filled(path: Path) -> None:
    """Write what a full disk does not take."""
    with atomic_file(path), Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")


def test_digest(tmp_path: Path) -> None:
    data = bytes(range(256)) * 8200  # more than one chunk
    (tmp_path / "x").write_bytes(data)
    assert sha256_file(tmp_path / "x") == hashlib.sha256(data).hexdigest()
    (tmp_path / "empty").touch()
    assert sha256_file(tmp_path / "empty") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_inside(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    (folder / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to(folder)
    assert is_inside(folder, folder)
    assert is_inside(folder / "b", folder)
    assert is_inside(folder / "not" / "yet", folder)
    assert is_inside(tmp_path / "link" / "b", folder)
    assert is_inside(folder / ".." / "a" / "b", folder)
    assert not is_inside(tmp_path, folder)
    assert not is_inside(tmp_path / "ab", folder)
    assert not is_inside(folder / "..", folder)


def test_a_link_to_itself_lies_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert is_inside(tmp_path / "loop", tmp_path)
    assert not is_inside(tmp_path, tmp_path / "loop")


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / ".out.partial").mkdir()
    (tmp_path / ".out.partial" / "of one that was killed").touch()
    with pytest.raises(FileNotFoundError), new_folder(tmp_path / "out") as partial:
        (partial / "of one that was killed").unlink()
    assert names(tmp_path) == []
    with new_folder(tmp_path / "out") as partial:
        (partial / "whole").touch()
        assert names(tmp_path) == [".out.partial"]
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["whole"]


def test_a_new_folder_where_none_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"), new_folder(tmp_path / "no" / "out"):
        raise AssertionError
