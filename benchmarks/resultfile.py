"""Result files and tables: one JSON document a benchmark, one row a line, so that a diff reads well.

    {"name", "commit", "machine": {…}, "settings": {…}, "results": [row, …]}

A row has a ``name`` and metrics. A metric is a number, ``{"median", "p10", "p90"}`` of repeats, or
``{"value", "low", "high"}``, a share with its 95 % interval. A row with ``skipped`` says why it was not
measured; one with ``peer`` measures somebody else's software; one with ``commit`` was measured at that
commit, the others at the document's.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from deid.errors import InputError
from deid.store import write_bytes
from machine import commit, machine
from scorer import Rate

RESULTS = Path(__file__).parent / "results"

Row = dict[str, object]


def document(name: str, settings: Mapping[str, object], rows: Sequence[Row]) -> dict[str, object]:
    """Return a result document of this machine and commit."""
    return {
        "name": name,
        "commit": commit(),
        "machine": machine(),
        "settings": dict(settings),
        "results": list(rows),
    }


def save(path: Path, result: Mapping[str, object]) -> None:
    """Write a result document, a row a line; into a folder, it is named after the benchmark."""
    if path.is_dir():
        path /= f"{result['name']}.json"
    head = {key: value for key, value in result.items() if key != "results"}
    rows = result["results"]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows] if isinstance(rows, list) else []
    start = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    body = ",\n    ".join(lines)
    write_bytes(path, f'{start},\n  "results": [\n    {body}\n  ]\n}}\n'.encode())


def add_write(parser: argparse.ArgumentParser) -> None:
    """Add ``--write [PATH]``: keep the figures, in benchmarks/results unless told where."""
    parser.add_argument(
        "--write",
        nargs="?",
        type=Path,
        const=RESULTS,
        metavar="PATH",
        help="into benchmarks/results, or PATH",
    )


def load(path: Path) -> dict[str, object]:
    """Read a result document; InputError when the file holds none."""
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot read: {type(error).__name__}") from None
    if not isinstance(result, dict) or not isinstance(result.get("results"), list):
        raise InputError(f"{path}: not a result file")
    return result


def beside(
    earlier: Mapping[str, object],
    settings: Mapping[str, object],
    rows: Sequence[Row],
    *,
    is_measured: Callable[[Row], bool],
) -> list[Row]:
    """Return the rows of an earlier result that were not measured again, and after them the new ones.

    Each row that is kept says at which commit it was measured. Raises InputError where the earlier result
    had other settings: its rows would not compare.
    """
    if earlier["settings"] != dict(settings):
        raise InputError(f"{earlier['name']}: measured with other settings", hint="measure everything again")
    old = earlier["results"]
    kept = [row for row in old if not is_measured(row)] if isinstance(old, list) else []
    return [*({"commit": earlier["commit"], **row} for row in kept), *rows]


def rate(found: Rate) -> dict[str, float]:
    """Return a share with its interval, 4 decimals."""
    low, high = found.interval
    return {"value": round(found.value, 4), "low": round(low, 4), "high": round(high, 4)}


def middle(metric: object) -> float | None:
    """Return the number of a metric: itself, its median or its value; None when it has none."""
    if isinstance(metric, Mapping):
        metric = metric.get("median", metric.get("value"))
    return float(metric) if isinstance(metric, int | float) and not isinstance(metric, bool) else None


def bounds(metric: object) -> tuple[float, float] | None:
    """Return the interval of a metric; None when it has none."""
    if not isinstance(metric, Mapping):
        return None
    low, high = metric.get("p10", metric.get("low")), metric.get("p90", metric.get("high"))
    return None if low is None or high is None else (float(low), float(high))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return lines of aligned columns: the first to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
