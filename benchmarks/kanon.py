"""Measure how well and how fast tables are measured and made k-anonymous.

    python benchmarks/kanon.py --data DIR [--write]

DIR holds ``arx-adult`` (Adult, 30,162 people, with ARX's hierarchies). k = 5 over 8 quasi-identifiers; NCP
is the mean over people and quasi-identifiers of (leaves under the published node - 1) / (leaves - 1), a
suppressed cell counting 1. ``--write`` puts the figures into ``benchmarks/results/kanon.json``.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.csv

from deid.kanon import Hierarchy, check, enforce, load_hierarchies

QUASI = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
ARX_OPTIMA = {0.0: 0.660842, 0.02: 0.331440, 0.05: 0.261757}
RESULT = Path(__file__).parent / "results" / "kanon.json"
CARDINALITIES = (3, 74, 900, 16, 200, 500, 30, 120)

T = TypeVar("T")


def timed(work: Callable[[], T], repeats: int = 3) -> tuple[T, dict[str, float]]:
    """Return the result, and the median seconds by the wall clock and of the processor, after a warm-up."""
    result = work()
    wall, cpu = [], []
    for _ in range(repeats):
        start = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - start[0])
        cpu.append(time.process_time() - start[1])
    return result, {
        "seconds": round(statistics.median(wall), 4),
        "cpu_seconds": round(statistics.median(cpu), 4),
    }


def generated(n_people: int) -> pa.Table:
    """Make a table of 8 correlated columns of text; every person follows one of 2,000 profiles, mostly."""
    random = np.random.default_rng(7)
    profile = random.integers(0, 2000, n_people)
    columns = {}
    for position, size in enumerate(CARDINALITIES):
        share = 1 / np.arange(1, size + 1) ** 1.1
        own = random.choice(size, n_people, p=share / share.sum())
        usual = random.choice(size, 2000, p=share / share.sum())[profile]
        codes = np.where(random.random(n_people) < 0.85, usual, own).astype(np.int32)
        labels = pa.array([f"v{value}" for value in range(size)])
        columns[f"q{position}"] = pa.DictionaryArray.from_arrays(codes, labels).cast(pa.string())
    return pa.table(columns)


def measure_lattice(adult: pa.Table, hierarchies: dict[str, Hierarchy]) -> list[dict[str, object]]:
    rows = []
    for suppression, arx in ARX_OPTIMA.items():
        search = partial(
            enforce, adult, k=5, quasi_identifiers=QUASI, hierarchies=hierarchies, suppression=suppression
        )
        (_, plan), seconds = timed(search)
        rows.append(
            {
                "method": "lattice", "suppression": suppression, "ncp": round(plan.ncp, 6), "ncp_arx": arx,
                "suppressed": plan.suppressed, "k": plan.k, **seconds,
            }
        )  # fmt: skip
    return rows


def measure_local(adult: pa.Table, hierarchies: dict[str, Hierarchy]) -> dict[str, object]:
    (_, plan), seconds = timed(
        lambda: enforce(adult, k=5, quasi_identifiers=QUASI, hierarchies=hierarchies, method="local")
    )
    return {
        "method": "local", "suppression": 0.02, "ncp": round(plan.ncp, 6), "suppressed": plan.suppressed,
        "k": plan.k, **seconds,
    }  # fmt: skip


def measure_check(table: pa.Table, sensitive: tuple[str, ...]) -> dict[str, object]:
    quasi = [name for name in table.column_names if name not in sensitive]
    measures, seconds = timed(lambda: check(table, quasi_identifiers=quasi, sensitive=sensitive))
    return {
        "method": "check", "rows": measures.rows, "columns": len(quasi), "sensitive": len(sensitive),
        "k": measures.k, "classes": measures.classes, "uniques": measures.uniques, **seconds,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds arx-adult")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.name} into benchmarks/results")
    arguments = parser.parse_args()
    folder = arguments.data / "arx-adult"
    adult = pa.csv.read_csv(folder / "adult.csv.gz", parse_options=pa.csv.ParseOptions(delimiter=";"))
    hierarchies = load_hierarchies(folder, QUASI)
    results = [
        *measure_lattice(adult, hierarchies),
        measure_local(adult, hierarchies),
        measure_check(adult, ("salary-class",)),
        measure_check(generated(1_000_000), ()),
    ]
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    report = {"name": "kanon", "machine": machine, "results": results}
    print(json.dumps(report, indent=2))
    if arguments.write:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    wrong = [row for row in results if "ncp_arx" in row and row["ncp"] != row["ncp_arx"]]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
