"""Measure how fast the stages and the whole pipeline are, and Presidio beside them in the same run.

    python benchmarks/throughput.py [--data DIR] [--messages N] [--only TEXT] [--write]
    python benchmarks/throughput.py --whole CONFIG -i INPUT [--whole CONFIG -i INPUT] [--workers N] [--write]

English and Japanese apart; every case in a process of its own, warmed up, repeated. The second form carries
real pipelines out, each in both modes, once.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deid.errors import DeidError
from loads import LANGUAGES, Load, distinct, make_load
from measure import Case, Unavailable, measure
from resultfile import Row, add_write, document, middle, save, table
from stages import OURS, PEERS, Stage
from whole import MODES, Whole

_MESSAGES, _REPEATS = 3_000, 3
_N_PEER = {"en": 400, "ja": 120}
_COLUMNS = (
    "messages_per_s",
    "messages_per_cpu_s",
    "mb_per_s",
    "wall_s",
    "cpu_s",
    "base_mb",
    "loaded_mb",
    "peak_mb",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A stage under the name it has in the results."""

    name: str
    stage: Stage
    load: Load
    peer: bool


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="deid-throughput-") as folder:
        if arguments.whole:
            result = measure_whole(arguments, Path(folder))
        else:
            result = measure_stages(arguments, Path(folder))
    if arguments.write:
        save(arguments.write, result)
    rows = result["results"]
    return int(isinstance(rows, list) and any("failed" in row for row in rows))


def measure_stages(arguments: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Measure the stages and peers that are asked for, printing each as it is done."""
    loads = [
        make_load(
            language, folder, messages=arguments.messages, n_peer=_N_PEER[language], data=arguments.data
        )
        for language in LANGUAGES
    ]
    rows = []
    for named in cases(loads):
        if arguments.only in named.name:
            rows.append(_row(named, folder, arguments.repeats))
            _show(rows[-1])
    print(_summary(rows))
    settings = {
        "source": {load.language: load.source for load in loads},
        "distinct": {load.language: distinct(load.texts()) for load in loads},
        "messages": arguments.messages,
        "repeats": arguments.repeats,
        "threads": 1,
    }
    return document("throughput", settings, rows)


def cases(loads: Sequence[Load]) -> Iterator[Named]:
    """Yield every case: ours in the pipeline's order, then the peers', language by language."""
    for load in loads:
        for name, (stage, languages) in OURS.items():
            if load.language in languages:
                yield Named(f"{load.language}/deid/{name}", stage, load, peer=False)
        for name, (stage, languages) in PEERS.items():
            if load.language in languages:
                yield Named(f"{load.language}/presidio/{name}", stage, load, peer=True)


def measure_whole(arguments: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Carry pipelines out, each in both modes."""
    rows = []
    for number, (config, source) in enumerate(zip(arguments.whole, arguments.input, strict=True)):
        for mode in MODES:
            own = folder / f"{number}-{mode}"
            own.mkdir()
            run = Whole(config, source, mode, arguments.workers, own)
            name = f"{Path(config).stem}/{mode}"
            rows.append(_measured(name, run, repeats=1, warm_up=False))
            _show(rows[-1])
    return document("whole-run", {"workers": arguments.workers}, rows)


def _row(named: Named, folder: Path, repeats: int) -> Row:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        row = _measured(named.name, partial(named.stage, named.load, Path(own)), repeats=repeats)
    return {**row, "peer": True} if named.peer else row


def _measured(name: str, case: Case, *, repeats: int, warm_up: bool = True) -> Row:
    try:
        return measure(case, repeats=repeats, warm_up=warm_up).row(name)
    except Unavailable as reason:
        return {"name": name, "skipped": str(reason)}
    except DeidError as error:
        return {"name": name, "failed": str(error)}


def _show(row: Row) -> None:
    told = next((f"{word}: {row[word]}" for word in ("skipped", "failed") if word in row), None)
    rate, peak = middle(row.get("messages_per_s")), row.get("peak_mb")
    print(f"{row['name']}: {told or f'{rate:,.0f} messages/s, peak {peak} MB'}", file=sys.stderr, flush=True)


def _summary(rows: Sequence[Row]) -> str:
    measured = [row for row in rows if "n" in row]
    lines = [
        [str(row["name"]), str(row["n"]), *(_cell(row.get(column)) for column in _COLUMNS)]
        for row in measured
    ]
    return "\n".join([table(("case", "n", *_COLUMNS), lines), *_against(measured)])


def _cell(metric: object) -> str:
    value = middle(metric)
    return "-" if value is None else f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


# Which of ours stands against which of theirs.
_PAIRS = (
    ("scan", "patterns only"),
    ("detect fast", "analyze"),
    ("detect default", "analyze"),
    ("run pseudonymize default", "analyze"),
)


def _against(rows: Sequence[Row]) -> Iterator[str]:
    """Yield how many times our rate a CPU second is the peer's."""
    rates = {str(row["name"]): middle(row.get("messages_per_cpu_s")) for row in rows}
    for language in LANGUAGES:
        for ours, theirs in _PAIRS:
            own, other = rates.get(f"{language}/deid/{ours}"), rates.get(f"{language}/presidio/{theirs}")
            if own and other:
                yield f"{language}: {ours} is {own / other:,.1f} x Presidio {theirs}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of data sets, instead of generated messages")
    parser.add_argument("--messages", type=int, default=_MESSAGES, help="a language (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=_REPEATS, help="(default: %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name holds TEXT")
    parser.add_argument(
        "--whole", action="append", default=[], metavar="CONFIG", help="a pipeline to carry out"
    )
    parser.add_argument("-i", "--input", action="append", default=[], type=Path, help="input of a --whole")
    parser.add_argument(
        "--workers", type=int, default=1, help="processes of a --whole (default: %(default)s)"
    )
    add_write(parser)
    arguments = parser.parse_args()
    if len(arguments.whole) != len(arguments.input):
        parser.error("each --whole needs its -i")
    if arguments.messages < 1 or arguments.repeats < 1 or arguments.workers < 1:
        parser.error("--messages, --repeats and --workers are at least 1")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
