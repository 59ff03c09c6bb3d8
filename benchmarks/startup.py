"""Measure how long a start takes: until help is told, and until the first text is read.

    python benchmarks/startup.py [--repeats 5] [--write]

Seconds by the wall clock of a fresh process, code compiled by Python before. ``first`` starts without what
``deid.detect.matching.compiled`` keeps, ``again`` with what another start left.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence

from resultfile import Row, add_write, document, save, table

_HELP = ("-m", "deid", "--help")
_READ = """
import sys
from pathlib import Path
from deid.detect.matching import compiled
compiled._BESIDE = Path(sys.argv[1])
from deid.detect.detector import DefaultDetector
assert DefaultDetector.default(use={use!r}).detect(["call me on 090-1234-5678"])[0]
"""
_USES = ("fast", "default")


def main() -> int:
    """Measure, print a table, and keep the figures if asked."""
    arguments = _arguments()
    rows = list(measure(arguments.repeats))
    print(table(("what", "seconds", "least"), [[str(value) for value in row.values()] for row in rows]))
    if arguments.write:
        save(arguments.write, document("startup", {"repeats": arguments.repeats}, rows))
    return 0


def measure(repeats: int) -> Iterator[Row]:
    """Yield a row for each way to start."""
    with tempfile.TemporaryDirectory() as folder:
        yield _row("help", [_seconds(_HELP) for _ in range(repeats + 1)][1:])
        for use in _USES:
            read = [("-c", _READ.format(use=use), f"{folder}/{use}-{at}") for at in range(repeats)]
            yield _row(f"first/{use}", [_seconds(command) for command in read])
            yield _row(f"again/{use}", [_seconds(command) for command in read])


def _row(name: str, seconds: Sequence[float]) -> Row:
    return {"name": name, "seconds": round(statistics.median(seconds), 2), "least": round(min(seconds), 2)}


def _seconds(command: Sequence[str]) -> float:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
