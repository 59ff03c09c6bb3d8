"""Laws of ingest: nothing is lost, invented or moved between the file and the record."""

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid.errors import DeidError, RecordError
from deid.ingest import messages
from deid.ingest.fields import compile_fields, leaves, rebuild
from deid.ingest.messages import decode, line_ranges, read_lines
from deid.ingest.normalize import normalize
from deid.ingest.shards import plan_shards, read_shard
from deid.treatments import FieldSpec

SHARED = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words
names = st.sampled_from(["a", "b", "c-d", "名前"])
trees = st.recursive(
    scalars, lambda inner: st.dictionaries(names, inner, max_size=3) | st.lists(inner, max_size=3)
)


def shape(value: Any, path: str = "") -> dict[str, str]:
    """Return the paths of a value's leaves; a path with two shapes keeps the first."""
    if isinstance(value, dict):
        return {
            p: k
            for key, item in value.items()
            for p, k in shape(item, f"{path}.{key}" if path else key).items()
        }
    if isinstance(value, list):
        return {p: k for item in value for p, k in shape(item, f"{path}[]").items()}
    return {path: "leaf"}


@given(st.dictionaries(names, trees, max_size=4))
def test_rebuilding_with_every_leaf_unchanged_is_the_identity(record: dict[str, Any]) -> None:
    specs = {path: FieldSpec.model_validate({"class": "keep"}) for path in shape(record)}
    try:
        tree = compile_fields(specs)
        found = list(leaves(record, tree))
    except DeidError:
        return  # one path in two shapes: refused, not guessed
    assert rebuild(record, tree, lambda leaf: leaf.value, lambda _: True) == record
    assert len({leaf.path for leaf in found}) == len(found)
    assert {leaf.declared for leaf in found} <= specs.keys()


@SHARED
@given(
    rows=st.lists(st.binary(max_size=9).map(lambda row: row.replace(b"\n", b" ")), max_size=30),
    target=st.integers(1, 40),
    ended=st.booleans(),
)
def test_ranges_read_one_by_one_give_the_lines_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[bytes], target: int, *, ended: bool
) -> None:
    monkeypatch.setattr(messages, "_BLOCK", 7)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join(rows) + (b"\n" if ended else b""))
    whole = [(n + 1, line) for n, line in read_lines(path, 0, path.stat().st_size)]
    parts = [
        (first + n, line)
        for start, end, first in line_ranges(path, target)
        for n, line in read_lines(path, start, end)
    ]
    assert parts == whole
    packed = tmp_path / "x.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert [(n + 1, line) for n, line in read_lines(packed, 0, 0)] == whole


@given(st.binary(max_size=40) | trees.map(lambda value: json.dumps(value).encode()))
def test_decoding_gives_json_or_one_of_the_fixed_reasons(line: bytes) -> None:
    value: object = None
    refused = None
    try:
        value = decode(line, "x:1")
    except RecordError as error:
        refused = error
    if refused is None:
        assert value == json.loads(line)
    else:
        assert refused.reason in ("invalid-json", "key-twice", "lone-surrogate")
        assert str(refused).startswith("x:1: ")


@SHARED
@given(st.lists(st.tuples(words, words), min_size=1, max_size=8))
def test_csv_and_parquet_give_the_same_rows(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    # CSV has no NUL; an empty cell is null; a line end inside a cell may not be told from another.
    clean = [[cell.replace("\0", "").replace("\r", "") or None for cell in row] for row in rows]
    table = pa.table({name: pa.array([row[n] for row in clean], pa.string()) for n, name in enumerate("ab")})
    pacsv.write_csv(table, tmp_path / "t.csv")
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=3)
    found = [
        [
            record.content
            for shard in plan_shards([tmp_path / name], target_bytes=1)
            for record in read_shard(shard)
        ]
        for name in ("t.csv", "t.parquet")
    ]
    assert found[0] == found[1] == table.to_pylist()


@given(st.text(max_size=40), st.data())
def test_a_normalised_range_lies_inside_the_original(text: str, data: st.DataObject) -> None:
    form = normalize(text)
    form.text.encode()
    if not form.text:
        return
    start = data.draw(st.integers(0, len(form.text) - 1))
    end = data.draw(st.integers(start + 1, len(form.text)))
    first, last = form.original(start, end)
    assert 0 <= first < last <= len(text)
    wider = form.original(0, len(form.text))
    assert wider[0] <= first
    assert last <= wider[1]


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once
