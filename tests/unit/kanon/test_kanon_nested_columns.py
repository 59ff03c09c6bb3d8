"""Columns of a Parquet file that hold no plain value a cell are refused as input."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deid.cli import main


@pytest.mark.parametrize("subject", [[], ["--subject", "who"]])
@pytest.mark.parametrize("column", ["inner", "several"])
def test_a_column_of_parts(
    tmp_path: Path, column: str, subject: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table({"who": ["u1"], "inner": [{"age": 1}], "several": [[1]]}), path)
    assert main(["kanon", "check", str(path), "--qi", column, *subject]) == 2
    assert f"column `{column}`" in capsys.readouterr().err
