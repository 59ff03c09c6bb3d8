"""How people are generalized is chosen in the configuration; whichever way, k holds in what was written."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

import pyarrow.parquet as pq
import pytest
from pipeline_inputs import write_config, write_inputs

import deid
from deid.errors import InputError
from deid.kanon.levels import Method


def run(folder: Path, **kanon: object) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the report on k, and the profiles of the release."""
    inputs = write_inputs(folder, people=48, each=1)
    config = write_config(folder, kanon={"k": 5, "suppression": 0.3, **kanon})
    deid.Pipeline.load(config).run(inputs, out=folder / "out")
    rows = [row for path in (folder / "out" / "data").iterdir() for row in pq.read_table(path).to_pylist()]
    return json.loads((folder / "out" / "report" / "kanon.json").read_text()), rows


@pytest.mark.parametrize("method", get_args(Method))
def test_a_run_follows_the_method_of_its_configuration(tmp_path: Path, method: str) -> None:
    report, rows = run(tmp_path, method=method)
    classes: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        classes[row["profile"]["age"], row["profile"]["region"]] += 1
    assert report["method"] == method
    assert report["k"] >= 5
    assert min(classes.values()) >= 5


def test_levels_are_everybodys_with_the_lattice_alone(tmp_path: Path) -> None:
    """A few people of another age: one level for all costs detail that local levels keep for the rest."""
    lost = {}
    for method in get_args(Method):
        folder = tmp_path / method
        folder.mkdir()
        lost[method] = run(folder, method=method, k=9, suppression=0.0)[0]["ncp"]
    assert lost["lattice"] >= lost["local"]
    assert lost["lattice"] >= lost["mondrian"]


def test_a_method_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"kanon\.method"):
        deid.Pipeline.load(write_config(tmp_path, kanon={"method": "datafly"}))
