from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from release_samples import LEAVES, record

from deid.errors import InputError
from deid.release.schema import schema_for
from deid.release.writer import DataFile, FileFormat, PieceWriter, assemble, pieces_of
from deid.store import sha256_file


def write_piece(folder: Path, lines: Sequence[bytes], shard: str = "0000") -> tuple[Path, ...]:
    with PieceWriter(folder, shard) as writer:
        for line in lines:
            writer.add("train", 0, line)
    return writer.paths


def build(folder: Path, pieces: Sequence[Path], **changes: Any) -> DataFile:
    options = {"split": "train", "index": 0, "total": 1, "file_format": "parquet"}
    options |= {"schema": schema_for(LEAVES), "sort_key": "conversation_id"}
    return assemble(pieces, folder, **{**options, **changes})


def lines_of(path: Path) -> list[bytes]:
    with pa.CompressedInputStream(pa.OSFile(str(path), "rb"), "zstd") as stream:
        return bytes(stream.read()).splitlines()


def test_pieces_hold_the_lines_in_one_frame(tmp_path: Path) -> None:
    lines = [orjson.dumps(record(i)) for i in range(500)]
    (path,) = write_piece(tmp_path, lines)
    assert path.name == "train-00000-0000.jsonl.zst"
    assert lines_of(path) == lines
    assert path.read_bytes().count(b"\x28\xb5\x2f\xfd") == 1


def test_a_line_for_each_split_and_bucket(tmp_path: Path) -> None:
    with PieceWriter(tmp_path, "7") as writer:
        for split, bucket in (("train", 0), ("train", 1), ("test", 0), ("train", 0)):
            writer.add(split, bucket, b"{}")
    names = ["test-00000-7.jsonl.zst", "train-00000-7.jsonl.zst", "train-00001-7.jsonl.zst"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert sorted(path.name for path in writer.paths) == names
    assert [path.name for path in pieces_of(tmp_path, "train", 1)] == names[2:]


def test_an_exception_leaves_no_piece(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), PieceWriter(tmp_path, "0000") as writer:  # noqa: PT012 - the block is the test
        writer.add("train", 0, b"{}")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    assert writer.paths == ()


def test_again_overwrites(tmp_path: Path) -> None:
    write_piece(tmp_path, [b'{"turns":1}', b'{"turns":2}'])
    (path,) = write_piece(tmp_path, [b'{"turns":3}'])
    assert lines_of(path) == [b'{"turns":3}']


@pytest.mark.parametrize(
    ("split", "bucket", "line"),
    [("train", 0, b"a\nb"), ("train", 0, b""), ("../x", 0, b"{}"), ("train", -1, b"{}"), ("a-b", 0, b"{}")],
)
def test_bad_additions(tmp_path: Path, split: str, bucket: int, line: bytes) -> None:
    with PieceWriter(tmp_path, "0") as writer, pytest.raises(InputError):
        writer.add(split, bucket, line)


@pytest.mark.parametrize("shard", ["", "../0", "a-b", "a.b"])
def test_bad_shard_name(tmp_path: Path, shard: str) -> None:
    with pytest.raises(InputError, match="bad shard name"):
        PieceWriter(tmp_path, shard)


def test_parquet_is_sorted_by_id_and_complete(tmp_path: Path) -> None:
    first = write_piece(tmp_path, [orjson.dumps(record(i)) for i in (3, 1)], "0000")
    second = write_piece(tmp_path, [orjson.dumps(record(i)) for i in (2, 4)], "0001")
    data_file = build(tmp_path, [*first, *second])
    rows = pq.read_table(tmp_path / data_file.path).to_pylist()
    assert rows == sorted((record(i) for i in (1, 2, 3, 4)), key=lambda row: row["conversation_id"])
    assert data_file.path == "data/train-00000-of-00001.parquet"
    assert data_file.split == "train"
    assert data_file.rows == 4
    assert data_file.bytes == (tmp_path / data_file.path).stat().st_size
    assert data_file.sha256 == sha256_file(tmp_path / data_file.path)


def test_jsonl_holds_the_same_lines_sorted(tmp_path: Path) -> None:
    lines = [orjson.dumps(record(i)) for i in (3, 1, 2)]
    data_file = build(tmp_path, write_piece(tmp_path, lines), file_format="jsonl", index=2, total=5)
    assert data_file.path == "data/train-00002-of-00005.jsonl.zst"
    key = lambda line: orjson.loads(line)["conversation_id"]  # noqa: E731
    assert lines_of(tmp_path / data_file.path) == sorted(lines, key=key)


def test_source_order_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    lines = [orjson.dumps(record(i)) for i in range(20)]
    one = build(tmp_path / "a", write_piece(tmp_path / "a", lines))
    two = build(
        tmp_path / "b",
        [*write_piece(tmp_path / "b", lines[10:][::-1], "0"), *write_piece(tmp_path / "b", lines[:10], "1")],
    )
    assert one.sha256 == two.sha256


def test_parquet_metadata_tell_nothing_of_the_source(tmp_path: Path) -> None:
    schema = schema_for(LEAVES).with_metadata({"path": str(tmp_path)})
    data_file = build(tmp_path, write_piece(tmp_path, [orjson.dumps(record(1))]), schema=schema)
    metadata = pq.read_metadata(tmp_path / data_file.path)
    assert set(metadata.metadata) == {b"ARROW:schema"}
    assert str(tmp_path).encode() not in (tmp_path / data_file.path).read_bytes()


def test_without_an_id_the_digest_of_the_line_orders(tmp_path: Path) -> None:
    lines = [orjson.dumps({"turns": i}) for i in range(30)]
    one = build(tmp_path, write_piece(tmp_path, lines), sort_key=None)
    first = [row["turns"] for row in pq.read_table(tmp_path / one.path).to_pylist()]
    two = build(tmp_path, write_piece(tmp_path, lines[::-1]), sort_key=None)
    assert one.sha256 == two.sha256
    assert sorted(first) == list(range(30)) != first


def test_id_below_a_parent(tmp_path: Path) -> None:
    schema = schema_for({"meta.id": "string"})
    lines = [b'{"meta":{"id":"b"}}', b'{"meta":{"id":"a"}}']
    data_file = build(tmp_path, write_piece(tmp_path, lines), schema=schema, sort_key="meta.id")
    rows = pq.read_table(tmp_path / data_file.path).to_pylist()
    assert [row["meta"]["id"] for row in rows] == ["a", "b"]


@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
def test_an_empty_bucket_is_a_file_without_rows(tmp_path: Path, file_format: FileFormat) -> None:
    data_file = build(tmp_path, [], file_format=file_format)
    assert data_file.rows == 0
    assert (tmp_path / data_file.path).is_file()


@pytest.mark.parametrize(
    "line",
    [
        b'{"conversation_id":"x","surprise":"Yamada"}',
        b'{"conversation_id":"x","messages":[{"role":"user","name":"Yamada"}]}',
        b'{"conversation_id":"x","turns":"Yamada"}',
        b'{"conversation_id":"x","turns":1.5}',
        b'{"conversation_id":7}',
        b'{"conversation_id":"x","conversation_id":"Yamada"}',
        b'{"conversation_id":"x"} {"conversation_id":"Yamada"}',
        b'{"conversation_id":"\xff"}',
        b'{"conversation_id":"\\ud800"}',
        b"Yamada",
        b" ",
    ],
)
@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
def test_a_record_that_does_not_fit_is_never_passed_on(
    tmp_path: Path, line: bytes, file_format: FileFormat
) -> None:
    pieces = write_piece(tmp_path, [orjson.dumps(record(1)), line])
    with pytest.raises(InputError) as caught:
        build(tmp_path, pieces, file_format=file_format)
    assert str(caught.value).startswith("train-00000-0000.jsonl.zst:2: ")
    assert "Yamada" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("sort_key", ["absent", "profile.absent", "turns.absent"])
def test_unknown_sort_key(tmp_path: Path, sort_key: str) -> None:
    with pytest.raises(InputError, match="is not a field"):
        build(tmp_path, write_piece(tmp_path, [orjson.dumps(record(1))]), sort_key=sort_key)


def test_a_record_without_id(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="1 records have no `conversation_id`"):
        build(tmp_path, write_piece(tmp_path, [b'{"turns":1}']))


def test_broken_pieces(tmp_path: Path) -> None:
    (path,) = write_piece(tmp_path, [orjson.dumps(record(i)) for i in range(100)])
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="train-00000-0000"):
        build(tmp_path, [path])
    path.write_bytes(b"not zstd")
    with pytest.raises(InputError, match="cannot read"):
        build(tmp_path, [path])
    with pytest.raises(InputError, match="cannot read"):
        build(tmp_path, [tmp_path / "absent"])


def test_the_first_bad_line_is_named(tmp_path: Path) -> None:
    lines = [b'{"turns":1}', b'{"turns":"x"}', b'{"turns":2}', b'{"turns":"y"}', b'{"turns":3}']
    with pytest.raises(InputError, match=r"0000\.jsonl\.zst:2: "):
        build(tmp_path, write_piece(tmp_path, lines), sort_key=None)


def test_a_piece_that_ends_in_the_middle_of_a_record(tmp_path: Path) -> None:
    piece = tmp_path / "train-00000-0.jsonl.zst"
    piece.write_bytes(pa.Codec("zstd").compress(b'{"turns":1}\n{"turns":2}', asbytes=True))
    with pytest.raises(InputError, match="ends in the middle of a record"):
        build(tmp_path, [piece], sort_key=None)


def test_a_shard_written_again_leaves_no_piece_of_before(tmp_path: Path) -> None:
    with PieceWriter(tmp_path, "s0") as first:
        first.add("train", 0, b'{"id": 1}')
        first.add("test", 0, b'{"id": 2}')
    with PieceWriter(tmp_path, "s10") as other:
        other.add("test", 0, b'{"id": 3}')
    with PieceWriter(tmp_path, "s0") as again:
        again.add("train", 0, b'{"id": 1}')
    assert [path.name for path in pieces_of(tmp_path, "test", 0)] == ["test-00000-s10.jsonl.zst"]
    assert len(pieces_of(tmp_path, "train", 0)) == 1
