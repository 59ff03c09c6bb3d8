"""A release folder as its readers open it: the public loader, offline, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pipeline_inputs import write_config, write_inputs

import deid

PROGRAM = """
import json, sys
import datasets
loaded = datasets.load_dataset(sys.argv[1])
print(json.dumps({name: list(split) for name, split in loaded.items()}))
"""
SPLITS = {"train": 0.8, "validation": 0.1, "test": 0.1}


def load(release: Path, home: Path) -> dict[str, list[dict[str, Any]]]:
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(home),
        "PYTHONWARNINGS": "default",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(release)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    loaded: dict[str, list[dict[str, Any]]] = json.loads(done.stdout.splitlines()[-1])
    return loaded


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
def test_all_splits_of_a_run_load_offline(tmp_path: Path, file_format: str) -> None:
    config = write_config(tmp_path, release={"name": "small", "format": file_format, "splits": SPLITS})
    result = deid.Pipeline.load(config).run(write_inputs(tmp_path), out=tmp_path / "out")
    loaded = load(tmp_path / "out", tmp_path / "home")
    assert set(loaded) == set(SPLITS)
    assert {name: len(rows) for name, rows in loaded.items()} == written(tmp_path / "out")
    assert sum(len(rows) for rows in loaded.values()) == result.records == 120
    assert all(len(rows) >= 2 for rows in loaded.values())


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
def test_rows_keep_their_shape(tmp_path: Path, file_format: str) -> None:
    config = write_config(
        tmp_path, release={"name": "small", "format": file_format, "splits": {"train": 1.0}}
    )
    deid.Pipeline.load(config).run(write_inputs(tmp_path), out=tmp_path / "out")
    rows = load(tmp_path / "out", tmp_path / "home")["train"]
    first = rows[0]
    assert set(first) == {"conversation_id", "user_id", "profile", "messages"}
    assert [message["role"] for message in first["messages"]] == ["user", "assistant", "user", "user"]
    assert first["messages"][0]["content"] == "hello, write to [EMAIL_ADDRESS_1] please"
    assert len({row["conversation_id"] for row in rows}) == 120


def written(release: Path) -> dict[str, int]:
    """Rows of each split, read from the files themselves."""
    import pyarrow.parquet as pq
    from pyarrow import input_stream

    counts: dict[str, int] = {}
    for path in sorted((release / "data").iterdir()):
        split = path.name.split("-")[0]
        if path.suffix == ".parquet":
            rows = pq.read_metadata(path).num_rows
        else:
            rows = input_stream(str(path), compression="zstd").read().count(b"\n")
        counts[split] = counts.get(split, 0) + rows
    return counts
