"""Measure names in public data sets and planted into real chat, reliability of scores, speed; and peers.

    python benchmarks/names.py [--data DIR] [--only TEXT] [--write [PATH]]

Rows are named ``names/SET/ENGINE/…``, ``planted/LANGUAGE/ENGINE/…``, ``blind/LANGUAGE/ENGINE/…``,
``reliability/LANGUAGE/ENGINE/…`` and ``speed/LANGUAGE/ENGINE``; ``--only`` takes the engines whose row
starts so, or holds TEXT. ``--write`` draws the curves beside the result too (``namecurve.py``). Definitions:
``namesets.py``, ``namescore.py``, ``plantednames.py``, ``blindnames.py``, ``namespeed.py``.
"""

import argparse
import logging
import os
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import blindnames
import namescore
import namespeed
import plantednames
from chatlines import Carrier, Language, carriers
from deid.errors import InputError
from deid.store import write_bytes
from deid.types import Span
from inputs import DEFAULT_DATA
from measure import Unavailable
from namecurve import drawing
from nameengines import Engine, engines
from namesets import NAME_SETS, Example
from resultfile import Row, add_write, document, middle, rate, save, table

LANGUAGES: tuple[Language, ...] = ("en", "ja")
_SEED, _PER_FORM, _PEOPLE, _CLEAN = 20_264, 250, 150, 2_000
AIMS: Mapping[str, str] = {
    "wnut17 dev": "default .82 .70, accurate .90 .77",
    "broad-twitter h": "default .80 .62, accurate .87 .72",
    "uner-en-ewt dev": "default .93 .74, accurate .97 .80",
    "ud-japanese-gsd dev+test": "default .90 .78, accurate .94 .84",
    "stockmark held-out": "default .92 .82, accurate .97 .87",
    "uner-zh test": "default .75 -, accurate .90 -",
    "klue": "default .70 -, accurate .85 -",
}
"""Persons: coverage where at most 3 % of the words are masked in vain, and exact F."""

Found = tuple[Sequence[Example], Sequence[Sequence[Span]]]
"""Examples, and what an engine found in each."""


def main() -> int:
    arguments = _arguments()
    logging.disable(logging.CRITICAL)  # Presidio warns of every label that it drops
    warnings.simplefilter("ignore")
    try:
        rows = list(measured(arguments.data, arguments.only))
    except (InputError, FileNotFoundError) as error:
        print(f"error: {error}\nhint: give --data or DEID_DATA, the folder of data sets", file=sys.stderr)
        return InputError.exit_code
    print(tables(rows))
    if arguments.write:
        settings = {"seed": _SEED, "per_form": _PER_FORM, "people": _PEOPLE, "clean": _CLEAN}
        save(arguments.write, document("names", settings, rows))
        target = (
            arguments.write / "names.svg" if arguments.write.is_dir() else arguments.write.with_suffix(".svg")
        )
        write_bytes(target, drawing(rows).encode())
    return 0


def measured(data: Path, only: str = "") -> Iterator[Row]:
    """Yield every row; an engine that is not there gives one with the reason, once a part."""
    scored: dict[str, list[Found]] = defaultdict(list)
    for name, found in NAME_SETS.items():
        wanted = [engine for engine in engines(found.language) if only in f"names/{name}/{engine.name}"]
        examples = list(found.read(data)) if wanted else []
        for engine in wanted:
            kept = scored[f"{found.language}/{engine.name}"]
            rows = partial(on_set, engine, name, examples, kept)
            yield from _attempt(f"names/{name}/{engine.name}", engine, rows)
    for start, parts in scored.items():
        yield from reliability(f"reliability/{start}", parts)
    for language in LANGUAGES:
        chat = _chat(language, data, only)
        for engine in engines(language) if chat else ():
            yield from _on_chat(engine, language, chat, only)
        yield from _on_blind(language, only)


def _chat(language: Language, data: Path, only: str) -> list[Carrier]:
    names = [
        f"{part}/{language}/{engine.name}" for part in ("planted", "speed") for engine in engines(language)
    ]
    return carriers(language, data) if any(only in name for name in names) else []


def _on_chat(engine: Engine, language: Language, chat: Sequence[Carrier], only: str) -> Iterator[Row]:
    planted, fast = f"planted/{language}/{engine.name}", f"speed/{language}/{engine.name}"
    if only in planted:
        yield from _attempt(planted, engine, partial(on_planted, engine, language, chat))
    if only in fast and not engine.peer:
        yield from _attempt(fast, engine, partial(on_speed, engine, language, chat))


def _on_blind(language: Language, only: str) -> Iterator[Row]:
    wanted = [engine for engine in engines(language) if only in f"blind/{language}/{engine.name}"]
    lines = blindnames.lines(language) if wanted and blindnames.has(language) else []
    for engine in wanted if lines else ():
        rows = partial(blindnames.rows, engine, language, lines)
        yield from _attempt(f"blind/{language}/{engine.name}", engine, rows)


def _attempt(name: str, engine: Engine, rows: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """Yield an engine's rows, a peer's marked; or why there are none."""
    mark: Row = {"peer": True} if engine.peer else {}
    try:
        made = [{**row, **mark} for row in rows()]
    except Unavailable as reason:
        made = [{"name": name, "skipped": str(reason), **mark}]
    print(f"{name}: done", file=sys.stderr, flush=True)
    yield from made


def on_set(engine: Engine, name: str, examples: Sequence[Example], scored: list[Found]) -> Iterator[Row]:
    """Yield one engine's scores on one data set; what it found with scores goes to ``scored``."""
    start = f"names/{name}/{engine.name}"
    found = engine.detect([example.text for example in examples])
    predicted = namescore.comparable(examples, found)
    for label in namescore.LABELS:
        yield {"name": f"{start}/{label}", **namescore.label_row(namescore.score(examples, predicted, label))}
    vain = namescore.vain(examples, predicted)
    yield {"name": f"{start}/words", "n": vain.total, "vain": rate(vain)}
    points = namescore.curve(examples, predicted)
    if points:
        yield {"name": f"{start}/curve", **_curve_row(points)}
    if len(points) > 1:
        scored.append((examples, predicted))


def _curve_row(points: Sequence[namescore.Point]) -> Row:
    best = namescore.best(points)
    at = (
        {"coverage_at_vain_3": round(best.coverage, 4), "threshold": round(best.threshold, 4)} if best else {}
    )
    told = [[round(value, 4) for value in (p.threshold, p.coverage, p.vain)] for p in points]
    return {**at, "points": told}


def reliability(start: str, parts: Sequence[Found]) -> Iterator[Row]:
    """Yield one row a tenth of the scores, over all data sets of a language."""
    examples = [example for some, _ in parts for example in some]
    predicted = [spans for _, some in parts for spans in some]
    for found in namescore.reliability(examples, predicted):
        yield {
            "name": f"{start}/{found.low:.1f}",
            "n": found.touches.total,
            "score": round(found.score, 4),
            "right": rate(found.touches),
            "right_exact": rate(found.exact),
        }


def on_planted(engine: Engine, language: Language, chat: Sequence[Carrier]) -> Iterator[Row]:
    """Yield one engine's recall by form and place, of whole persons, and its alarms in clean messages."""
    start = f"planted/{language}/{engine.name}"
    planted = list(plantednames.messages(chat, language, Random(_SEED), _PER_FORM))
    for key, (coverage, typed) in plantednames.found(engine, planted).items():
        yield {
            "name": f"{start}/{key}",
            "n": coverage.total,
            "coverage": rate(coverage),
            "typed": rate(typed),
        }
    met = list(plantednames.meetings(chat, language, Random(_SEED), _PEOPLE))
    for key, whole in plantednames.complete(engine, met).items():
        yield {"name": f"{start}/person/{key}", "n": whole.total, "coverage": rate(whole)}
    alarms = plantednames.alarms(engine, chat, Random(_SEED), _CLEAN)
    yield {"name": f"{start}/clean", "n": alarms.total, "alarms": rate(alarms)}


def on_speed(engine: Engine, language: Language, chat: Sequence[Carrier]) -> Iterator[Row]:
    """Yield the rate of one of our modes."""
    start = f"speed/{language}/{engine.name}"
    yield {"name": start, "messages_per_cpu_s": namespeed.speed(engine, chat, language)}


def tables(rows: Sequence[Row]) -> str:
    """Return every table: a line an engine for the data sets, engines side by side for what is planted."""
    missing = {(str(row["name"]).split("/")[2], row["skipped"]): None for row in rows if "skipped" in row}
    skipped = [f"{engine}: skipped: {reason}" for engine, reason in missing]
    parts = [_set_table(name, rows) for name in NAME_SETS]
    parts += [_side_by_side(part, language, rows) for part in _METRICS for language in LANGUAGES]
    return "\n\n".join([*filter(None, parts), *skipped])


_COLUMNS = (
    ("PERSON", "coverage"), ("PERSON", "exact_precision"), ("PERSON", "exact_recall"), ("PERSON", "exact_f"),
    ("LOCATION", "coverage"), ("LOCATION", "exact_f"),
    ("ORGANIZATION", "coverage"), ("ORGANIZATION", "exact_f"),
    ("words", "vain"), ("curve", "coverage_at_vain_3"),
)  # fmt: skip
_HEAD = ("PER cov", "P", "R", "F", "LOC cov", "F", "ORG cov", "F", "vain", "PER cov at vain 3 %")
_METRICS: Mapping[str, tuple[str, ...]] = {
    "planted": ("coverage", "typed", "alarms"),
    "blind": ("coverage", "exact_f", "vain", "alarms"),
    "reliability": ("n", "score", "right", "right_exact"),
    "speed": ("messages_per_cpu_s",),
}


def _set_table(name: str, rows: Sequence[Row]) -> str:
    by_engine: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        parts = str(row["name"]).split("/")
        if parts[:2] == ["names", name] and len(parts) == 4:
            by_engine[parts[2]][parts[3]] = row
    if not by_engine:
        return ""
    lines = [
        [engine, *(_cell(found.get(part, {}).get(metric)) for part, metric in _COLUMNS)]
        for engine, found in by_engine.items()
    ]
    return f"{name} (aims for persons, coverage and F: {AIMS[name]})\n{table(['engine', *_HEAD], lines)}"


def _side_by_side(part: str, language: str, rows: Sequence[Row]) -> str:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        kind, *rest = str(row["name"]).split("/", 3)
        if kind == part and rest[0] == language and "skipped" not in row:
            found[rest[2] if len(rest) > 2 else ""][rest[1]] = row
    names = list(dict.fromkeys(engine for line in found.values() for engine in line))
    if not names:
        return ""
    lines = [
        [
            line,
            str(next(iter(cells.values())).get("n", "")),
            *(_cells(cells.get(name, {}), part) for name in names),
        ]
        for line, cells in (sorted(found.items()) if part == "reliability" else found.items())
    ]
    return table([f"{part} {language}: {' / '.join(_METRICS[part])}", "n", *names], lines)


def _cells(row: Row, part: str) -> str:
    return " / ".join(_cell(row[metric]) for metric in _METRICS[part] if metric in row) or "-"


def _cell(metric: object) -> str:
    value = middle(metric)
    if value is None:
        return "-"
    return f"{value:,.0f}" if value > 1 else f"{value:.3f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data = Path(os.environ.get("DEID_DATA", DEFAULT_DATA))
    parser.add_argument("--data", type=Path, default=data, help="folder of data sets (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="engines whose rows' names hold TEXT")
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
