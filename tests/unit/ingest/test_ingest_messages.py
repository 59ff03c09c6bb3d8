"""JSON lines: how lines are found, numbered and decoded."""

import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from deid.errors import InputError, RecordError
from deid.ingest import messages
from deid.ingest.messages import decode, line_ranges, read_lines, read_texts


def put(folder: Path, data: bytes, name: str = "x.jsonl") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def every(path: Path) -> list[tuple[int, bytes]]:
    return list(read_lines(path, 0, path.stat().st_size))


def test_lines_are_numbered_from_zero_and_blank_ones_counted(tmp_path: Path) -> None:
    path = put(tmp_path, b"a\n\n  \nb\r\nlast")
    assert every(path) == [(0, b"a\n"), (3, b"b\r\n"), (4, b"last")]


def test_a_range_holds_the_lines_that_begin_in_it(tmp_path: Path) -> None:
    path = put(tmp_path, b"aa\nbb\ncc\n")
    assert list(read_lines(path, 3, 6)) == [(0, b"bb\n")]


def test_a_byte_order_mark_is_passed_over_once(tmp_path: Path) -> None:
    mark = b"\xef\xbb\xbf"
    assert every(put(tmp_path, mark + b"a\n" + mark + b"b\n")) == [(0, b"a\n"), (1, mark + b"b\n")]
    assert every(put(tmp_path, mark)) == []
    packed = put(tmp_path, gzip.compress(mark + b"a\n"), "x.jsonl.gz")
    assert every(packed) == [(0, b"a\n")]
    later = put(tmp_path, b"a\n" + mark + b"b\n")
    assert list(read_lines(later, 2, 7)) == [(0, mark + b"b\n")]


def test_compressed_files_read_the_same(tmp_path: Path) -> None:
    data = b'{"a": 1}\n\n{"b": 2}\n'
    plain = every(put(tmp_path, data))
    assert every(put(tmp_path, gzip.compress(data), "x.jsonl.gz")) == plain
    packed = pa.Codec("zstd").compress(data, asbytes=True)
    assert every(put(tmp_path, packed, "x.jsonl.zst")) == plain


def test_a_line_too_long_comes_cut_and_the_next_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MAX_LINE", 8)
    monkeypatch.setattr(messages, "_BLOCK", 4)
    path = put(tmp_path, b'"' + b"x" * 30 + b'"\n"ok"\n')
    (first, cut), (second, whole) = every(path)
    assert (first, second, whole) == (0, 1, b'"ok"\n')
    with pytest.raises(RecordError):
        decode(cut, "x.jsonl:1")


@pytest.mark.parametrize("target", [1, 3, 7, 100])
def test_ranges_end_at_newlines_and_cover_the_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: int
) -> None:
    monkeypatch.setattr(messages, "_BLOCK", 5)
    data = b"aaa\nb\n\ncccccc\nd\nlast line"
    path = put(tmp_path, data)
    ranges = list(line_ranges(path, target))
    assert [a for a, _, _ in ranges] == [0, *(b for _, b, _ in ranges[:-1])]
    assert ranges[-1][1] == len(data)
    assert all(data[end - 1 : end] == b"\n" for _, end, _ in ranges[:-1])
    assert [line for _, _, line in ranges] == [1 + data[:start].count(b"\n") for start, _, _ in ranges]


def test_a_large_target_is_one_range_and_an_empty_file_none(tmp_path: Path) -> None:
    assert list(line_ranges(put(tmp_path, b"a\nb\n"), 1 << 20)) == [(0, 4, 1)]
    assert list(line_ranges(put(tmp_path, b""), 1 << 20)) == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b'{"a": [1, 2.5, null, true]}', {"a": [1, 2.5, None, True]}),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'{"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}', {"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}),
        (b'{"a"\t: "x\\": \\" :", "b" :1}', {"a": 'x": " :', "b": 1}),
        (b'{"a": "\\":", "b": 123456789012345678901234567890}', {"a": '":', "b": 1.2345678901234568e29}),
    ],
)
def test_decode(line: bytes, value: object) -> None:
    assert decode(line, "x") == value


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": 1', "invalid-json"),
        (b"{'a': 1}", "invalid-json"),
        (b'{"a": NaN}', "invalid-json"),
        (b'{"a": Infinity}', "invalid-json"),
        (b'{"a": "\x00"}', "invalid-json"),
        (b'{"a": "\xe9"}', "invalid-json"),
        (b'{"a": 1e400}', "invalid-json"),
        (b'{"a": -1E+999}', "invalid-json"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "invalid-json"),
        ('{"a": 1}'.encode("utf-16"), "invalid-json"),
        ('{"a": 1}'.encode("utf-16-le"), "invalid-json"),
        (b'{"a": 1} trailing', "invalid-json"),
        (b"[" * 100_000, "invalid-json"),
        (b"[" * 100_000 + b"]" * 100_000, "invalid-json"),
        (b'"\\ud83d"', "lone-surrogate"),
        (b'"\\ude00\\ud83d"', "lone-surrogate"),
        (b'"\xed\xa0\xbd"', "lone-surrogate"),
        (b'{"a": 1, "a": 1}', "key-twice"),
        (b'{"a": 1, "b": [{"c": {"d": 1, "d" \t: 2}}]}', "key-twice"),
        (b'{"a":1,"\\u0061":2}', "key-twice"),
        (b'{"a": {"b": "\\":"}, "a": "\\u0022:"}', "key-twice"),
        (b'{"": 1, "": 1}', "key-twice"),
    ],
)
def test_decode_refuses(line: bytes, reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        decode(line, "x.jsonl:7")
    assert caught.value.reason == reason
    assert str(caught.value).startswith("x.jsonl:7: ")


def test_decode_says_where_and_not_what() -> None:
    with pytest.raises(RecordError, match=r"^x\.jsonl:1: column 16: not valid JSON$") as caught:
        decode(b'{"a": "Quillaby', "x.jsonl:1")
    assert "Quillaby" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.txt", b"", "the file is empty"),
        ("x.txt.gz", b"plain", "cannot read: damaged or truncated"),
        ("x.txt.gz", gzip.compress(b"text\n" * 999)[:-30], "cannot read: damaged or truncated"),
        ("x.txt.zst", b"plain", "cannot read: damaged or truncated"),
    ],
)
def test_texts_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = put(tmp_path, data, name)
    with pytest.raises(InputError, match=message):
        list(read_texts(path))


def test_texts_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(read_texts(tmp_path / "nowhere.txt"))
