"""Tables: CSV and Parquet rows as records."""

import datetime
import decimal
import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deid.errors import InputError
from deid.ingest.table import csv_names, read_csv, read_parquet, row_group_ranges


def put(folder: Path, data: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_csv_cells_are_text_and_an_empty_one_is_null(tmp_path: Path) -> None:
    path = put(tmp_path, 'id,age,note\n007,30,""\n8,,"two\nlines, and ""quotes"""\nNA,null,NaN\n')
    assert list(read_csv(path)) == [
        (1, {"id": "007", "age": "30", "note": None}),
        (2, {"id": "8", "age": None, "note": 'two\nlines, and "quotes"'}),
        (3, {"id": "NA", "age": "null", "note": "NaN"}),
    ]


def test_csv_with_a_byte_order_mark_or_compressed(tmp_path: Path) -> None:
    rows = [(1, {"名前": "x"})]
    assert list(read_csv(put(tmp_path, "\ufeff名前\nx\n"))) == rows
    assert list(read_csv(put(tmp_path, gzip.compress("名前\nx\n".encode()), "t.csv.gz"))) == rows


def test_a_csv_cell_of_ten_megabytes(tmp_path: Path) -> None:
    text = "あ" * 3_400_000
    assert list(read_csv(put(tmp_path, f"id,note\n1,{text}\n2,b\n"))) == [
        (1, {"id": "1", "note": text}),
        (2, {"id": "2", "note": "b"}),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("a,b\n1,2\nQuillaby\n", ": line 3: 1 cells, not 2"),
        ("a,b\n\n1,2\n1,2,Quillaby\n", ": line 4: 3 cells, not 2"),
        ('a,b\n"1\n2",3\n"Quillaby\n', ": line 4: 1 cells, not 2"),
        ("", " after row 0"),
        ("\n", " after row 0"),
        (b"a,b\n1,Quillaby\xff\n", ": line 2: not UTF-8"),
        (b"a,\xff\n1,2\n", ": line 1: not UTF-8"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, data: str | bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_csv(put(tmp_path, data)))
    assert f"t.csv: not a readable CSV file{why}" in str(caught.value)
    assert "Quillaby" not in str(caught.value)


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two columns have the same name") as caught:
        list(read_csv(put(tmp_path, "Quillaby,Quillaby\n1,2\n")))
    assert "Quillaby" not in str(caught.value)
    path = tmp_path / "t.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"]), path)
    with pytest.raises(InputError, match="two columns have the same name"):
        list(read_parquet(path, 0, 1))


def test_names_of_a_csv_header(tmp_path: Path) -> None:
    assert csv_names(put(tmp_path, '"a,b","c\nd",e\n1,2,3\n')) == ["a,b", "c\nd", "e"]
    assert csv_names(put(tmp_path, "a;b\n1;2\n"), ";") == ["a", "b"]


def test_parquet_values_as_json_has_them(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    moment = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    row = {
        "text": "x", "whole": 3, "real": 0.5, "yes": True, "none": None, "bytes": "né".encode(),
        "day": moment.date(), "moment": moment, "hour": datetime.time(7, 8),
        "money": decimal.Decimal("12.30"), "span": datetime.timedelta(seconds=90),
        "list": [{"content": "hello", "at": moment.date()}],
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row]), path)
    assert list(read_parquet(path, 0, 1)) == [
        (
            1,
            {
                "text": "x", "whole": 3, "real": 0.5, "yes": True, "none": None, "bytes": "né",
                "day": "2024-05-06", "moment": "2024-05-06T07:08:09+00:00", "hour": "07:08:00",
                "money": "12.30", "span": "0:01:30",
                "list": [{"content": "hello", "at": "2024-05-06"}],
            },
        )
    ]  # fmt: skip


def test_bytes_that_are_no_text_stay_bytes(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"b": pa.array([b"\x01\xff", "ok 名".encode()], pa.large_binary())}), path)
    assert [row for _, row in read_parquet(path, 0, 1)] == [{"b": b"\x01\xff"}, {"b": "ok 名"}]


def test_a_map_is_a_list_of_pairs(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    kind = pa.map_(pa.string(), pa.int64())
    pq.write_table(pa.table({"m": pa.array([[("a", 1)]], kind)}), path)
    assert list(read_parquet(path, 0, 1)) == [(1, {"m": [["a", 1]]})]


def test_row_groups_are_joined_up_to_the_target(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"n": list(range(10))}), path, row_group_size=3)
    assert list(row_group_ranges(path, 1 << 20)) == [(0, 4, 1)]
    assert list(row_group_ranges(path, 1)) == [(0, 1, 1), (1, 2, 4), (2, 3, 7), (3, 4, 10)]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1 no table PAR1", b"PAR1" + b"\x00" * 60 + b"PAR1"])
def test_what_is_no_parquet(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError, match="not a Parquet file"):
        list(row_group_ranges(put(tmp_path, data, "t.parquet"), 1))


def test_a_damaged_footer(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"note": ["Quillaby"] * 50}), path)
    data = path.read_bytes()
    size = int.from_bytes(data[-8:-4], "little")
    path.write_bytes(data[: -8 - size] + bytes(size) + data[-8:])
    with pytest.raises(InputError) as caught:
        list(row_group_ranges(path, 1))
    assert "Quillaby" not in str(caught.value)


@pytest.mark.parametrize(
    ("far", "kind"),
    [
        (2**62, pa.timestamp("us")), (-(2**40), pa.timestamp("s")), (2**55, pa.timestamp("ms", tz="UTC")),
        (2**30, pa.date32()), (2**55, pa.date64()), (2**55, pa.duration("s")),
    ],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_told(tmp_path: Path, far: int, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"when": pa.array([far], kind)}), tmp_path / "t.parquet")
    with pytest.raises(InputError, match=r"a day, time or duration after row 0 is none"):
        list(read_parquet(tmp_path / "t.parquet", 0, 1))
