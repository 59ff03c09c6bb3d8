"""A-24: a live table of cookies and the anonymized behaviour set share no id, in either mode."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from acceptance_run import MODES, run

FIELDS = {
    "id": {"class": "linking", "treatment": "reissue", "item": "member-id"},
    "user": {"class": "linking", "treatment": "reissue", "item": "member-id"},
    "cookie": {"class": "linking", "treatment": "reissue", "item": "cookies"},
    "seen": {"class": "quasi", "treatment": {"coarsen": "year"}, "item": "log-times"},
}
LIVE = [
    {
        "id": f"row-{n}",
        "user": f"member-{n}",
        "cookie": f"c00k1e-{n:04d}-a7f3",
        "seen": f"2026-10-{n + 1:02d}T08:{n:02d}:17",
    }
    for n in range(12)
]


def values(folder: Path) -> set[str]:
    tables = [pq.read_table(path).to_pylist() for path in sorted((folder / "out" / "data").iterdir())]
    return {str(value) for rows in tables for row in rows for value in row.values()}


@pytest.mark.parametrize("mode", MODES)
def test_nothing_joins(tmp_path: Path, mode: str) -> None:
    changes: dict[str, Any] = {
        "policy": "omakase",
        "input": {"format": "table", "record_id": "id", "subject_id": "user"},
        "fields": FIELDS,
    }
    run(tmp_path, LIVE, mode, **changes)
    found = values(tmp_path)
    assert len(found) > 2 * len(LIVE)  # ids were given out anew
    assert not found & {value for row in LIVE for value in row.values()}
    assert not [value for value in found for row in LIVE if row["cookie"] in value or row["user"] in value]
