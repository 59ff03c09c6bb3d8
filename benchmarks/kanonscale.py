"""The tables of ``kanon.py`` that no memory holds: written to disk, then measured in a process of their own.

    python benchmarks/kanonscale.py ROWS [FOLDER]

Writes ROWS people of 8 text columns as Parquet into a temporary folder (below FOLDER), about 7 bytes a
person, the same for the same ROWS, and measures the file piece by piece, as ``deid kanon check`` does. Prints
one JSON list; ``peak_mb`` is the largest resident size of the process, Python and Arrow included. The second
row, where DuckDB is installed, is of the same classes counted by it within 350 MB.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

CARDINALITIES = (3, 74, 900, 16, 200, 500, 30, 120)
NAMES = [f"q{number}" for number in range(len(CARDINALITIES))]
_PIECE = 1_000_000


def pieces(n_people: int) -> Iterator[pa.Table]:
    """Make people in pieces; everyone follows one of 2,000 profiles, mostly."""
    of_profiles = np.random.default_rng(7)
    shares = [1 / np.arange(1, size + 1) ** 1.1 for size in CARDINALITIES]
    usual = [of_profiles.choice(len(share), 2000, p=share / share.sum()) for share in shares]
    labels = [pa.array([f"v{value}" for value in range(size)]) for size in CARDINALITIES]
    for start in range(0, n_people, _PIECE):
        random = np.random.default_rng([7, start])
        n = min(_PIECE, n_people - start)
        profile = random.integers(0, 2000, n)
        columns = []
        for share, mine, label in zip(shares, usual, labels, strict=True):
            own = random.choice(len(share), n, p=share / share.sum())
            codes = np.where(random.random(n) < 0.85, mine[profile], own).astype(np.int32)
            columns.append(pa.DictionaryArray.from_arrays(pa.array(codes), label).cast(pa.string()))
        yield pa.table(columns, names=NAMES)


def write(n_people: int, path: Path) -> None:
    """Write the table, a row group a piece."""
    with pq.ParquetWriter(path, pa.schema([(name, pa.string()) for name in NAMES])) as file:
        for piece in pieces(n_people):
            file.write_table(piece)


def ours(path: str) -> dict[str, object]:
    """Measure a file."""
    from deid.cli.tables import read_batches
    from deid.kanon import check_batches

    with read_batches(path, ",", NAMES) as batches:
        found = check_batches(batches, quasi_identifiers=NAMES)
    return {"k": found.k, "classes": found.classes, "uniques": found.uniques}


def duckdb(path: str) -> dict[str, object]:
    """Count the same classes in SQL."""
    import duckdb as package

    with tempfile.TemporaryDirectory() as spill:
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": "350MB",
            "temp_directory": spill,
        }
        with package.connect(":memory:", config=limits) as connection:
            sizes = f"SELECT count(*) AS n FROM read_parquet(?) GROUP BY {', '.join(NAMES)}"  # noqa: S608
            figures = f"SELECT min(n), count(*), count(*) FILTER (n = 1) FROM ({sizes})"  # noqa: S608
            k, classes, uniques = connection.execute(figures, [path]).fetchone() or (0, 0, 0)
    return {"peer": "duckdb", "version": package.__version__, "k": k, "classes": classes, "uniques": uniques}


def measured(how: str, path: str) -> dict[str, object]:
    """Return the figures of one way, with its seconds and peak; the process does nothing else."""
    start = time.perf_counter(), time.process_time()
    found = {"ours": ours, "duckdb": duckdb}[how](path)
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {**found, "seconds": round(wall, 2), "cpu_seconds": round(cpu, 2), "peak_mb": peak}


def rows(n_people: int, folder: str | None = None) -> list[dict[str, object]]:
    """Write a table and measure it in processes of their own."""
    found = []
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "people.parquet"
        write(n_people, path)
        common = {"method": "check", "from": "Parquet strings", "rows": n_people, "columns": len(NAMES)}
        for how in ("ours", "duckdb"):
            done = subprocess.run(
                [sys.executable, __file__, "--measure", how, str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode == 0:
                found.append({**common, **json.loads(done.stdout)})
            elif how == "ours":
                raise RuntimeError(done.stderr)
    return found


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        print(json.dumps(measured(*sys.argv[2:])))
    else:
        print(json.dumps(rows(int(sys.argv[1]), *sys.argv[2:3]), indent=2))
