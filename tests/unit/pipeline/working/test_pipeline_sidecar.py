"""The sealed hand-over between the passes, and every way to damage it."""

import struct
from pathlib import Path
from typing import Any

import pytest

from deid.errors import InputError
from deid.pipeline.working.sidecar import SidecarWriter, pack, read_sidecar, unpack
from deid.types import Fact, Span

KEY = bytes(range(32))
FRAMES: list[list[Any]] = [[["r1", [1, 2]]], [], [{"text": "やあ🙂"}, None, 1.5]]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "shard-00000.spans"
    with SidecarWriter(path, KEY) as sidecar:
        for frame in FRAMES:
            sidecar.write(frame)
    return path


def frames_of(data: bytes) -> list[bytes]:
    frames = []
    while data:
        size = 4 + struct.unpack(">I", data[:4])[0]
        frames.append(data[:size])
        data = data[size:]
    return frames


def refused(path: Path, key: bytes = KEY) -> None:
    with pytest.raises(InputError, match="working file is damaged") as caught:
        list(read_sidecar(path, key))
    assert path.name in str(caught.value)


def test_frames_come_back_in_order(written: Path) -> None:
    assert list(read_sidecar(written, KEY)) == FRAMES


def test_no_frames_at_all(tmp_path: Path) -> None:
    path = tmp_path / "empty.spans"
    with SidecarWriter(path, KEY):
        pass
    assert list(read_sidecar(path, KEY)) == []
    assert path.read_bytes() == b""


def test_nothing_can_be_read_in_the_file(written: Path) -> None:
    assert b"r1" not in written.read_bytes()
    assert "やあ".encode() not in written.read_bytes()


def test_only_its_owner_may_read_it(written: Path) -> None:
    assert written.stat().st_mode & 0o077 == 0


def test_the_same_frame_is_never_sealed_alike(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "s.spans"
        with SidecarWriter(path, KEY) as sidecar:
            sidecar.write(["x"])
        files.append(path.read_bytes())
    assert files[0] != files[1]


def write_two(sidecar: SidecarWriter) -> None:
    sidecar.write(["x"])
    sidecar.write([object()])


def test_a_file_half_written_does_not_appear(tmp_path: Path) -> None:
    path = tmp_path / "s.spans"
    with pytest.raises(TypeError), SidecarWriter(path, KEY) as sidecar:
        write_two(sidecar)
    assert list(tmp_path.iterdir()) == []


def test_another_key(written: Path) -> None:
    refused(written, bytes(32))


def test_another_name(written: Path) -> None:
    moved = written.rename(written.with_name("shard-00001.spans"))
    refused(moved)


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "none.spans")


def test_frames_in_another_order(written: Path) -> None:
    first, second, third = frames_of(written.read_bytes())
    written.write_bytes(second + first + third)
    refused(written)


def test_a_frame_repeated(written: Path) -> None:
    first, *_ = frames_of(written.read_bytes())
    written.write_bytes(first + first)
    refused(written)


@pytest.mark.parametrize("position", [0, 4, 10, 20, -1])
def test_a_flipped_bit(written: Path, position: int) -> None:
    data = bytearray(written.read_bytes())
    data[position] ^= 1
    written.write_bytes(bytes(data))
    refused(written)


@pytest.mark.parametrize("missing", [1, 10])
def test_a_frame_cut_short(written: Path, missing: int) -> None:
    written.write_bytes(written.read_bytes()[:-missing])
    refused(written)


def test_a_header_cut_short(written: Path) -> None:
    written.write_bytes(written.read_bytes() + b"\0\0")
    refused(written)


def test_findings_are_packed_without_loss() -> None:
    spans = [[Span(0, 2, "PERSON", 0.75, "names")], [], [Span(1, 9, "AGE")]]
    facts = [Fact("AGE", "30-39", 2, 1, 9)]
    assert unpack(pack("token", spans, facts)) == ("token", spans, facts)


def test_packed_findings_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.spans"
    packed = pack("token", [[Span(0, 2, "PERSON", 0.75, "names")]], [Fact("AGE", "34", 0, 0, 2)])
    with SidecarWriter(path, KEY) as sidecar:
        sidecar.write([packed])
    ((read,),) = read_sidecar(path, KEY)
    assert unpack(read) == unpack(packed)


@pytest.mark.parametrize("packed", [[], ["t"], ["t", [], [], []], ["t", [[[0]]], []]])
def test_what_was_not_packed_here(packed: list[object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpack(packed)
