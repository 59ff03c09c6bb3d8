"""Long conversations in a whole run: pieces under ids of their own, counted and found again."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pipeline_inputs import CONFIG, write_config, write_inputs

import deid
from deid.errors import ConfigError
from deid.risk.align import align
from deid.risk.corpus import read_release, read_source

FIELDS: Any = {
    **CONFIG["fields"],  # type: ignore[dict-item]
    "user_id": {"class": "linking", "treatment": {"operator": "reissue", "scope": "conversation"}},
}


def pipeline(folder: Path) -> deid.Pipeline:
    release = {"name": "small", "splits": {"train": 0.8, "test": 0.2}, "max_words": 8}
    return deid.Pipeline.load(write_config(folder, fields=FIELDS, release=release))


def test_each_piece_is_a_record_of_its_own(tmp_path: Path) -> None:
    files, used = write_inputs(tmp_path, files=2, people=30, each=2), pipeline(tmp_path)
    result = used.run(files, out=tmp_path / "out", workers=2)
    by_split = {
        path.name.partition("-")[0]: pq.read_table(path).to_pylist()
        for path in (tmp_path / "out" / "data").iterdir()
    }
    rows: list[dict[str, Any]] = [row for found in by_split.values() for row in found]
    # «hello, write to …» with its answer; the number; «today I cooked …»: 8, 11 and 9 words.
    assert sorted({len(row["messages"]) for row in rows}) == [1, 2]
    assert len(rows) == 3 * result.records == 180
    assert len({row["conversation_id"] for row in rows}) == len({row["user_id"] for row in rows}) == 180
    ages = Counter((row["profile"] or {}).get("age") for row in rows)
    assert set(ages) == {None, "20-24", "25-29", "30-34", "35-39"}
    assert ages[None] == 120
    text = " ".join(message["content"] for row in rows for message in row["messages"])
    assert "@mail.example" not in text
    assert "090-1234" not in text
    assert result.k is not None
    assert result.k >= 5
    source, released = read_source(files, used.config), read_release(tmp_path / "out", used.config)
    assert len(source) == len(released) == 180
    assert len({talk.record for talk in source}) == 60
    assert all("profile.age" in talk.values for talk in source)
    assert sum("profile.age" in talk.values for talk in released) == 60
    # A third of the pieces have a number of their own; the others say what many say.
    assert align(released, source).share >= 0.3


def test_a_session_refuses_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="max_words"):
        pipeline(tmp_path).open()
