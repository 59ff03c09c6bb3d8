"""The public loader reads a release folder offline, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from release_samples import make_release, record

from deid.release.writer import FileFormat

PROGRAM = """
import json, sys
import datasets
loaded = datasets.load_dataset(sys.argv[1])
print(json.dumps({name: list(split) for name, split in loaded.items()}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
def test_all_splits_load_offline(tmp_path: Path, file_format: FileFormat) -> None:
    pytest.importorskip("datasets")
    sample = make_release(tmp_path / "release", file_format)
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(tmp_path / "home"),
        "PYTHONWARNINGS": "default",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(sample.folder)],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert {name: len(rows) for name, rows in loaded.items()} == {"train": 6, "validation": 2, "test": 2}
    by_id = {row["conversation_id"]: row for rows in loaded.values() for row in rows}
    assert by_id == {record(i)["conversation_id"]: record(i) for i in range(10)}
