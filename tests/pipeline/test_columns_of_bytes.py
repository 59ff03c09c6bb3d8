"""Parquet columns of bytes that hold text: read as text, or set aside, and never released unread."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import deid

CONFIG = """version: 1
mode: anonymize
detect: {use: fast}
input: {format: table, record_id: row, subject_id: person, max_quarantined: 1.0}
fields:
  row:    {class: linking, treatment: reissue}
  person: {class: linking, treatment: reissue}
  name:   {class: direct, treatment: delete, known_value: PERSON}
  note:   {class: text}
release: {splits: {train: 1.0}}
"""


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
def test_text_in_bytes_is_looked_through(tmp_path: Path, kind: pa.DataType) -> None:
    (tmp_path / "deid.yaml").write_text(CONFIG, encoding="utf-8")
    notes = [b"mail zora.planted@example.com, ask Zebulon Quarkwitz", b"\xff\xfe no text", *[b"hello"] * 6]
    table = pa.table(
        {
            "row": [str(number) for number in range(8)],
            "person": [f"p{number}" for number in range(8)],
            "name": pa.array([b"Zebulon Quarkwitz", *[b"Nobody Else"] * 7], kind),
            "note": pa.array(notes, kind),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    result = deid.Pipeline.load(tmp_path / "deid.yaml").run([tmp_path / "in.parquet"], out=tmp_path / "out")
    (data,) = (tmp_path / "out" / "data").iterdir()
    released = sorted(pq.read_table(data)["note"].to_pylist())
    assert released[:6] == ["hello"] * 6
    assert released[6].startswith("mail [EMAIL_ADDRESS_1], ask ")
    assert not {"Zebulon", "Quarkwitz"} & set(released[6].split())
    assert result.records == 7
