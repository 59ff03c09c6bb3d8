"""Inputs found, cut into shards, and read again."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deid.errors import InputError
from deid.ingest.shards import RawRecord, ShardSpec, find_inputs, plan_shards, read_shard


def put(path: Path, data: bytes = b'{"a": 1}\n') -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_folder_stands_for_the_readable_files_in_it(tmp_path: Path) -> None:
    names = ["b.jsonl", "a/z.jsonl.gz", "a/y.ndjson", "c.csv.zst", "d.parquet", "e.json"]
    wanted = [put(tmp_path / name) for name in names]
    for name in ("notes.txt", "x.gz", "y.txt.gz", "noending"):
        put(tmp_path / name)
    assert find_inputs([tmp_path]) == sorted(wanted)


def test_inputs_stay_in_the_order_given(tmp_path: Path) -> None:
    b, a = put(tmp_path / "b.jsonl"), put(tmp_path / "a.jsonl")
    assert find_inputs([str(b), a]) == [b, a]


@pytest.mark.parametrize(
    ("make", "given", "message"),
    [
        ("", "nowhere.jsonl", "no such file"),
        ("notes.txt", "notes.txt", "cannot tell what this file is"),
        ("folder/notes.txt", "folder", "no input files in this folder"),
    ],
)
def test_inputs_that_are_none(tmp_path: Path, make: str, given: str, message: str) -> None:
    if make:
        put(tmp_path / make)
    with pytest.raises(InputError, match=message):
        find_inputs([tmp_path / given])


def test_no_inputs_and_empty_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no input"):
        find_inputs([])
    with pytest.raises(InputError, match="the file is empty"):
        find_inputs([put(tmp_path / "x.jsonl", b"")])


def test_plain_lines_are_cut_and_others_whole(tmp_path: Path) -> None:
    lines = put(tmp_path / "a.jsonl", b'{"a": 1}\n' * 300_000)
    packed = put(tmp_path / "b.jsonl.gz", gzip.compress(b'{"a": 1}\n' * 300_000))
    table = put(tmp_path / "c.csv", b"a\n1\n")
    shards = plan_shards([lines, packed, table], target_bytes=1 << 20)
    assert [shard.index for shard in shards] == list(range(len(shards)))
    cut = [shard for shard in shards if shard.path == str(lines)]
    assert len(cut) == 2
    assert (cut[0].start, cut[-1].end) == (0, 2_700_000)
    assert [(s.start, s.end, s.first_line) for s in shards if s.path == str(packed)] == [
        (0, packed.stat().st_size, 1)
    ]
    read = [record.where for shard in cut for record in read_shard(shard)]
    assert read == [f"a.jsonl:{n}" for n in range(1, 300_001)]


def test_parquet_is_cut_at_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"n": list(range(10))}), path, row_group_size=3)
    shards = plan_shards([path], target_bytes=1)
    assert [(s.start, s.end, s.first_line) for s in shards] == [(0, 1, 1), (1, 2, 4), (2, 3, 7), (3, 4, 10)]
    rows = [(record.where, record.content) for shard in shards for record in read_shard(shard)]
    assert rows == [(f"t.parquet:row {n + 1}", {"n": n}) for n in range(10)]


def test_names_are_functions_of_the_index() -> None:
    assert ShardSpec(7, "x.jsonl", 0, 1).name == "shard-00007"


def test_a_file_that_ends_too_early(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl.gz", gzip.compress(b'{"a": 1}\n' * 5000)[:-30])
    (shard,) = plan_shards([path])
    with pytest.raises(InputError, match="cannot read: damaged or truncated"):
        list(read_shard(shard))


def test_a_file_that_went_away(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl")
    (shard,) = plan_shards([path])
    path.unlink()
    with pytest.raises(InputError, match="cannot read: No such file"):
        list(read_shard(shard))


def test_a_raw_record_does_not_show_its_content() -> None:
    assert "Quillaby" not in repr(RawRecord("x.jsonl:1", b'{"name": "Quillaby"}'))


def test_one_path_in_place_of_several_is_told() -> None:
    with pytest.raises(InputError, match="one path in place of several"):
        find_inputs("chats.jsonl")
