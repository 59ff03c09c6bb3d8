"""Measure how long the ledger takes for a million people.

    python benchmarks/ledger.py [--people 1000000] [--write]

Rows: entering as many consents with a tenth of exclusions, reading the ledger as a run does at its start, and
asking it about everybody.
"""

import argparse
import datetime
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from deid.subjects import Draft, Ledger, standing
from resultfile import Row, add_write, document, save, table

_DAY = datetime.date(2026, 11, 2)
_NOW = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)


def main() -> int:
    """Measure, print a table, and keep the figures if asked."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measure(Path(folder) / "ledger.db", arguments.people))
    print(table(("what", "people", "seconds"), [[str(value) for value in row.values()] for row in rows]))
    if arguments.write:
        save(arguments.write, document("ledger", {"people": arguments.people}, rows))
    return 0


def measure(path: Path, n_people: int) -> Iterator[Row]:
    """Yield a row for each step."""
    people = [f"user-{number:08d}" for number in range(n_people)]
    with Ledger.create(path) as ledger:
        yield _row("enter", n_people, lambda: ledger.add(_drafts(people), now=_NOW))
        found = standing(ledger, purpose="statistics")
        yield _row("read at the start of a run", n_people, lambda: standing(ledger, purpose="statistics"))
        yield _row(
            "ask about everybody", n_people, lambda: sum(found.reason([who]) is None for who in people)
        )


def _drafts(people: list[str]) -> Iterator[Draft]:
    for number, who in enumerate(people):
        yield Draft(kind="consent", received=_DAY, subject=who, version="v1", purposes=("statistics",))
        if number % 10 == 0:
            yield Draft(kind="opt-out", received=_DAY, subject=who)


def _row(name: str, n_people: int, work: Callable[[], object]) -> Row:
    began = time.perf_counter()
    work()
    return {"name": f"ledger/{name}", "people": n_people, "seconds": round(time.perf_counter() - began, 2)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
