"""Measure how well and how fast tables are measured and made k-anonymous.

    python benchmarks/kanon.py --data DIR [--peers PYTHON] [--large] [--scale ROWS...] [--chats N] [--write]

DIR holds ``arx-adult`` (Adult, 30,162 people, with ARX's hierarchies). k = 5 over 8 quasi-identifiers; NCP
is the mean over people and quasi-identifiers of (leaves under the published node - 1) / (leaves - 1), a
suppressed cell counting 1. ``--peers`` is the Python of an environment that has pycanon, anjana and anonypyx;
``--large`` adds tables of 10 million rows in memory, ``--scale 10000000 100000000`` files of so many
(7 bytes a row of disk), ``--chats 1000000`` the plan of so many conversations by ``chatplan.py``. Seconds
are of the whole call; ``search`` is the part that partitions codes. ``--write`` puts the figures into
``benchmarks/results/kanon.json``, and those of the chats into ``chat-plan.json``.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.csv

import kanonscale
from deid.kanon import Hierarchy, check, check_batches, enforce, load_hierarchies
from deid.kanon.classes import class_sizes, pack
from deid.kanon.domains import Population, populate
from deid.kanon.encode import PersonColumn, read_people, read_person_columns, read_table
from deid.kanon.levels import find_levels
from deid.kanon.loss import ncp
from deid.kanon.mondrian import partition, range_loss
from deid.kanon.requirement import Requirement

QUASI = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
ARX_OPTIMA = {0.0: 0.660842, 0.02: 0.331440, 0.05: 0.261757}
RESULT = Path(__file__).parent / "results" / "kanon.json"
CARDINALITIES = (3, 74, 900, 16, 200, 500, 30, 120)
_PIECE = 250_000

T = TypeVar("T")


def timed(work: Callable[[], T], repeats: int = 3) -> tuple[T, dict[str, float]]:
    """Return the result, and the median seconds by the wall clock and of the processor.

    repeats : runs after one to warm up; 0 runs once, cold.
    """
    runs = [_once(work) for _ in range(repeats + 1)]
    counted = runs[min(1, repeats) :]
    return runs[-1][0], {
        "seconds": round(statistics.median(wall for _, wall, _ in counted), 4),
        "cpu_seconds": round(statistics.median(cpu for _, _, cpu in counted), 4),
    }


def _once(work: Callable[[], T]) -> tuple[T, float, float]:
    start = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start[0], time.process_time() - start[1]


def codes(n_people: int) -> list[np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Make 8 correlated columns of codes; every person follows one of 2,000 profiles, mostly."""
    random = np.random.default_rng(7)
    profile = random.integers(0, 2000, n_people)
    columns = []
    for size in CARDINALITIES:
        share = 1 / np.arange(1, size + 1) ** 1.1
        own = random.choice(size, n_people, p=share / share.sum())
        usual = random.choice(size, 2000, p=share / share.sum())[profile]
        columns.append(np.where(random.random(n_people) < 0.85, usual, own).astype(np.int32))
    return columns


def generated(n_people: int) -> pa.Table:
    """Make a table of text from codes."""
    columns = {}
    for position, (column, size) in enumerate(zip(codes(n_people), CARDINALITIES, strict=True)):
        labels = pa.array([f"v{value}" for value in range(size)])
        columns[f"q{position}"] = pa.DictionaryArray.from_arrays(column, labels).cast(pa.string())
    return pa.table(columns)


def adult_shaped(adult: pa.Table, n_people: int) -> pa.Table:
    """Make a table of people drawn from Adult, a tenth of whose cells are drawn anew."""
    random = np.random.default_rng(3)
    drawn = random.integers(0, len(adult), n_people)
    columns = {}
    for name in QUASI:
        again = np.where(random.random(n_people) < 0.1, random.integers(0, len(adult), n_people), drawn)
        columns[name] = adult[name].combine_chunks().take(pa.array(again))
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


def population_of(table: pa.Table, hierarchies: dict[str, Hierarchy]) -> Population:
    source = read_table(table)
    return populate(read_person_columns(source, QUASI, read_people(source, None)), hierarchies)


def measure_mondrian(adult: pa.Table, hierarchies: dict[str, Hierarchy]) -> dict[str, object]:
    population = population_of(adult, hierarchies)
    _, search = timed(lambda: partition(population, Requirement(5)), 5)
    (_, plan), seconds = timed(
        lambda: enforce(adult, k=5, quasi_identifiers=QUASI, hierarchies=hierarchies, method="mondrian")
    )
    return {
        "method": "mondrian", "ncp": round(plan.ncp, 6), "suppressed": 0, "k": plan.k, **seconds,
        "search": search,
    }  # fmt: skip


def measure_million(adult: pa.Table, hierarchies: dict[str, Hierarchy]) -> list[dict[str, object]]:
    table = adult_shaped(adult, 1_000_000)
    population, encoding = timed(lambda: population_of(table, hierarchies), 1)
    plan, search = timed(
        lambda: find_levels(population, Requirement(5), method="lattice", suppression=0.02), 1
    )
    common = {"rows": 1_000_000, "tuples": population.n_tuples, "encode": encoding}
    found, halving = timed(lambda: partition(population, Requirement(5)), 1)
    return [
        {"method": "lattice", "suppression": 0.02, "ncp": round(plan.ncp, 6), **common, "search": search},
        {"method": "mondrian", "ncp": round(ncp(range_loss(population, found), 1_000_000, 8), 6), **common,
         "search": halving},
    ]  # fmt: skip


def measure_large(n_people: int) -> list[dict[str, object]]:
    """From codes: 8 columns of synthetic people."""
    columns = codes(n_people)
    sizes, checking = timed(lambda: class_sizes(pack(columns, CARDINALITIES)[0]), 1)
    hierarchies = {f"q{n}": Hierarchy.intervals(range(size), (4, 16)) for n, size in enumerate(CARDINALITIES)}
    people = [
        PersonColumn(f"q{n}", column, tuple((v,) for v in range(size)), tuple(str(v) for v in range(size)))
        for n, (column, size) in enumerate(zip(columns, CARDINALITIES, strict=True))
    ]
    population, collapsing = timed(lambda: populate(people, hierarchies), 0)
    found, halving = timed(lambda: partition(population, Requirement(5)), 0)
    loss = ncp(range_loss(population, found), n_people, len(columns))
    common = {"from": "codes", "rows": n_people, "columns": 8}
    return [
        {"method": "check", **common, "classes": len(sizes), **checking},
        {"method": "mondrian", **common, "ncp": round(loss, 6), "collapse": collapsing, "search": halving},
    ]


def measure_peers(python: str, folder: Path) -> list[dict[str, object]]:
    """Run the peers where they are installed; nothing of them is imported here."""
    script = Path(__file__).with_name("kanonpeers.py")
    done = subprocess.run([python, str(script), str(folder)], capture_output=True, text=True, check=True)
    rows: list[dict[str, object]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def measure_check(table: pa.Table, sensitive: tuple[str, ...]) -> dict[str, object]:
    quasi = [name for name in table.column_names if name not in sensitive]
    measures, seconds = timed(lambda: check(table, quasi_identifiers=quasi, sensitive=sensitive))
    return {
        "method": "check", "rows": measures.rows, "columns": len(quasi), "sensitive": len(sensitive),
        "k": measures.k, "classes": measures.classes, "uniques": measures.uniques, **seconds,
    }  # fmt: skip


def measure_people(n_rows: int) -> list[dict[str, object]]:
    """Count a table in pieces whose people have ten rows each, without and with their households."""
    rng = np.random.default_rng(20_240_501)
    pieces = [
        pa.record_batch(
            {
                "who": rng.integers(0, n_rows // 10, _PIECE),
                "home": rng.integers(0, n_rows // 20, _PIECE),
                **{f"q{n}": rng.integers(0, 3, _PIECE) for n in range(2)},
            }
        )
        for _ in range(n_rows // _PIECE)
    ]
    rows: list[dict[str, object]] = []
    for household in (None, "home"):
        count = partial(
            check_batches, pieces, quasi_identifiers=["q0", "q1"], subject="who", household=household
        )
        found, seconds = timed(count, 0)
        rows.append(
            {
                "method": "check by person in pieces", "rows": n_rows, "subjects": found.subjects,
                "k": found.k, "household_k": found.household_k, **seconds,
            }
        )  # fmt: skip
    return rows


def measure_chats(n: int, *, write: bool) -> dict[str, object]:
    """Plan a chat data set in a process of its own, whose memory is then its own too."""
    script = Path(__file__).with_name("chatplan.py")
    command = [sys.executable, str(script), "--conversations", str(n), *(["--write"] if write else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    names, values = (line.split() for line in done.stdout.splitlines()[-2:])
    return {"method": "plan of chats", **dict(zip(names[1:], map(float, values[1:]), strict=True))}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds arx-adult")
    parser.add_argument("--peers", metavar="PYTHON", help="Python that has pycanon, anjana and anonypyx")
    parser.add_argument("--large", action="store_true", help="also 10 million rows")
    parser.add_argument(
        "--scale", type=int, nargs="*", default=[], metavar="ROWS", help="also files of so many rows"
    )
    parser.add_argument("--chats", type=int, metavar="N", help="also the plan of N conversations")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.name} into benchmarks/results")
    arguments = parser.parse_args()
    folder = arguments.data / "arx-adult"
    adult = pa.csv.read_csv(folder / "adult.csv.gz", parse_options=pa.csv.ParseOptions(delimiter=";"))
    hierarchies = load_hierarchies(folder, QUASI)
    # First, while this process is small: a child's peak starts at what its parent holds.
    scaled = [row for n_people in arguments.scale for row in kanonscale.rows(n_people)]
    results = [
        *measure_lattice(adult, hierarchies),
        measure_local(adult, hierarchies),
        measure_mondrian(adult, hierarchies),
        *measure_million(adult, hierarchies),
        measure_check(adult, ("salary-class",)),
        measure_check(generated(1_000_000), ()),
        *measure_people(2_000_000),
    ]
    if arguments.large:
        results += measure_large(10_000_000)
    results += scaled
    if arguments.chats:
        results.append(measure_chats(arguments.chats, write=arguments.write))
    if arguments.peers:
        results += measure_peers(arguments.peers, folder)
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
