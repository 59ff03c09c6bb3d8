"""Atomic files: the name appears with all of the content, or not at all."""

import errno
import fcntl
import hashlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deid.cli import ui
from deid.errors import InputError, Unwritable
from deid.store import atomic_file, is_inside, new_folder, sha256_file, write_bytes


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("path", ["", ".", "..", "/", "a/.."])
def test_what_is_no_name_is_refused_before_anything_is_made(path: str) -> None:
    with pytest.raises(InputError, match="not a name for something new"), atomic_file(Path(path)):
        pytest.fail("nothing may be written")
    with pytest.raises(InputError, match="not a name for something new"), new_folder(Path(path)):
        pytest.fail("nothing may be made")


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
    (tmp_path / ".secret.tmp").symlink_to(elsewhere)
    write_bytes(tmp_path / "secret", b"deleted information", mode=0o600)
    assert elsewhere.read_bytes() == b"untouched"
    assert not (tmp_path / "secret").is_symlink()
    (tmp_path / ".wide.tmp").touch(0o666)
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
    (tmp_path / ".out.partial" / "new").mkdir(parents=True)
    (tmp_path / ".out.partial" / "new" / "of one that was killed").touch()
    with pytest.raises(FileNotFoundError), new_folder(tmp_path / "out") as made:
        (made / "of one that was killed").unlink()
    assert names(tmp_path) == []
    with new_folder(tmp_path / "out") as made:
        (made / "whole").touch()
        made.with_name("to work in").mkdir()
        assert names(tmp_path) == [".out.partial"]
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["whole"]


def test_a_new_folder_takes_the_place_of_an_empty_one_only(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with new_folder(tmp_path / "out") as made:
        (made / "whole").touch()
    with (
        pytest.raises(InputError, match="out: exists already"),
        new_folder(tmp_path / "out"),
    ):
        raise AssertionError
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["whole"]


def test_a_folder_that_appeared_meanwhile_is_not_mixed_with(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="out: cannot write"), new_folder(tmp_path / "out") as made:
        overtaken(made, tmp_path / "out")
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["another's"]


def overtaken(made: Path, out: Path) -> None:
    """Make a folder, and that of another where it is to go."""
    (made / "mine").touch()
    out.mkdir()
    (out / "another's").touch()


def test_a_folder_is_not_made_in_the_place_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("nowhere")
    with pytest.raises(InputError, match="out: exists already"), new_folder(tmp_path / "out"):
        raise AssertionError
    assert names(tmp_path) == ["out"]


def test_only_one_makes_a_new_folder(tmp_path: Path) -> None:
    with new_folder(tmp_path / "out") as made:
        (made / "whole").touch()
        with (
            pytest.raises(Unwritable, match=r"out: another command is writing it") as caught,
            new_folder(tmp_path / "out"),
        ):
            raise AssertionError
        assert caught.value.hint == "wait for it to end"
        assert names(made) == ["whole"]
    assert names(tmp_path / "out") == ["whole"]


def test_what_a_killed_command_left_is_gone_on_with_where_it_is_whole(tmp_path: Path) -> None:
    left = tmp_path / ".out.partial" / "new"
    left.mkdir(parents=True)
    (left / "whole").touch()
    with new_folder(tmp_path / "out", goes_on=lambda found: (found / "whole").exists()) as made:
        assert names(made) == ["whole"]
    assert names(tmp_path) == ["out"]
    (tmp_path / "out").rename(tmp_path / "before")
    left.mkdir(parents=True)
    (left / "half").touch()
    with new_folder(tmp_path / "out", goes_on=lambda found: (found / "whole").exists()) as made:
        assert names(made) == []
    assert names(tmp_path) == ["before", "out"]


def test_nobodys_folder_is_emptied_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "untouched").touch()
    (tmp_path / ".out.partial").symlink_to(tmp_path / "elsewhere")
    with new_folder(tmp_path / "out") as made:
        (made / "link").symlink_to(tmp_path / "elsewhere")
        made.with_name("link").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "elsewhere") == ["untouched"]
    assert names(tmp_path) == ["elsewhere", "out"]


def test_a_new_folder_where_none_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"), new_folder(tmp_path / "no" / "out"):
        raise AssertionError
    (tmp_path / ".out.partial").touch()
    with pytest.raises(InputError, match="cannot write"), new_folder(tmp_path / "out"):
        raise AssertionError


def test_only_one_writes_a_file(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "out") as handle:
        handle.write(b"the first ")
        with pytest.raises(Unwritable, match=r"out: another command is writing it"):
            write_bytes(tmp_path / "out", b"the second")
        handle.write(b"whole")
    assert (tmp_path / "out").read_bytes() == b"the first whole"
    assert names(tmp_path) == ["out"]


def test_what_a_killed_command_left_of_a_file_goes(tmp_path: Path) -> None:
    killed = (
        "import os, pathlib, signal, sys; from deid.store import atomic_file\n"
        "with atomic_file(pathlib.Path(sys.argv[1])) as handle:\n"
        "    handle.write(b'half'); handle.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path / "out")], check=False)
    assert names(tmp_path) == [".out.tmp"]
    write_bytes(tmp_path / "out", b"whole")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"whole"


def test_what_a_kill_left_beside_a_named_file_goes(tmp_path: Path) -> None:
    """Killed between its two names: the content would stay where nobody looks for it."""
    killed = (
        "import os, pathlib, signal, sys; from deid.store import atomic_file\n"
        "os.unlink = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with atomic_file(pathlib.Path(sys.argv[1]), new=True) as handle:\n"
        "    handle.write(b'whole')\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path / "out")], check=False)
    assert names(tmp_path) == [".out.tmp", "out"]
    with pytest.raises(InputError, match="exists already"):
        ui.check_new(str(tmp_path / "out"))
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"whole"


def test_a_working_folder_that_goes_as_it_is_looked_for_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another had it when it was to be made, and ended before it was looked for."""
    real, there = os.mkdir, [True]

    def mkdir(path: Path, mode: int = 0o777) -> None:
        if there:
            there.clear()
            raise FileExistsError(errno.EEXIST, "File exists", str(path))
        real(path, mode)

    monkeypatch.setattr(os, "mkdir", mkdir)
    with new_folder(tmp_path / "out"):
        pass
    assert names(tmp_path) == ["out"]


def test_nothing_stays_where_there_are_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", flock)
        with pytest.raises(Unwritable, match="out: cannot write: No locks available"):
            write_bytes(tmp_path / "out", b"whole")
        assert names(tmp_path) == []
        with pytest.raises(Unwritable, match="cannot write"), new_folder(tmp_path / "folder"):
            raise AssertionError
    with new_folder(tmp_path / "folder"):
        pass
    assert names(tmp_path) == ["folder"]


def test_a_pipe_in_the_way_is_told_of(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".out.tmp")
    signal.alarm(60)  # it would wait for ever
    try:
        with pytest.raises(Unwritable, match="out: cannot write"):
            write_bytes(tmp_path / "out", b"whole")
    finally:
        signal.alarm(0)
    assert names(tmp_path) == [".out.tmp"]
