"""Measure what is found and what is flagged in vain, and Presidio beside us on the same texts.

    python benchmarks/detection.py [--seed S] [--n N] [--only TEXT] [--write [PATH]]

Per label and surface form on ``corpus.py`` with a held-out seed. Each text stands alone. Definitions:
``scorer.py``. Names in texts that are not ours: ``names.py``.
"""

import argparse
import logging
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import corpus
import peers
import scorer
from deid.detect.detector import DefaultDetector
from deid.types import Detector, Span
from measure import Unavailable
from resultfile import RESULTS, Row, document, middle, rate, save, table

LANGUAGES: tuple[corpus.Language, ...] = ("en", "ja")
_SEED, _N = 20_261, 4_000
_BATCH = 512


@dataclass(frozen=True, slots=True)
class Engine:
    """A detector under the name it has in the results; made when it is first asked."""

    name: str
    language: str
    peer: bool = False

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; Unavailable when it is not installed."""
        detector = _peer(self.language) if self.peer else _ours(self.name.removeprefix("deid "))
        parts = [detector.detect(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return [spans for part in parts for spans in part]


@cache
def _ours(use: str) -> Detector:
    return DefaultDetector.default(use=use)


@cache
def _peer(language: str) -> Detector:
    return peers.load(language)


def engines(language: str) -> list[Engine]:
    """Return ours and the peer of a language."""
    return [
        Engine("deid fast", language),
        Engine("deid default", language),
        Engine(peers.PEER_OF[language], language, peer=True),
    ]


def main() -> int:
    arguments = _arguments()
    logging.disable(logging.CRITICAL)  # Presidio warns of every label that it drops
    warnings.simplefilter("ignore")
    rows = list(measured(arguments))
    print(tables(rows))
    settings = {"seed": arguments.seed, "n": arguments.n}
    if arguments.write:
        save(arguments.write, document("detection", settings, rows))
    return 0


def measured(arguments: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of every engine on the corpus."""
    for language in LANGUAGES:
        messages = corpus.generate(language, arguments.n, arguments.seed)
        for engine in engines(language):
            if arguments.only in f"{language}/{engine.name}":
                yield from on_corpus(engine, messages)


def on_corpus(engine: Engine, messages: Sequence[corpus.Message]) -> Iterator[Row]:
    """Yield one engine's scores: all, per label, per form, per label and form."""
    start = f"{engine.language}/{engine.name}"
    try:
        predicted = engine.detect([message.text for message in messages])
    except Unavailable as reason:
        yield {"name": start, "skipped": str(reason)}
        return
    print(f"{start}: corpus done", file=sys.stderr, flush=True)
    gold = [message.gold for message in messages]
    mark: Row = {"peer": True} if engine.peer else {}
    whole = _recall(f"{start}/all", scorer.recall(gold, predicted))
    precision = {"precision": rate(scorer.precision(gold, predicted))}
    yield {**whole, **precision, "alarms": rate(scorer.alarm_rate(gold, predicted)), **mark}
    precise = scorer.precision_by_label(gold, predicted)
    for label, found in scorer.recall_by_label(gold, predicted).items():
        own = {"precision": rate(precise[label])} if label in precise else {}
        yield {**_recall(f"{start}/label/{label}", found), **own, **mark}
    for form, found in scorer.recall_by_form(gold, predicted).items():
        yield {**_recall(f"{start}/form/{form}", found), **mark}
    for (label, form), found in scorer.recall_by_label_and_form(gold, predicted).items():
        yield {**_recall(f"{start}/label-form/{label}/{form}", found), **mark}


def _recall(name: str, found: scorer.Recall) -> Row:
    return {
        "name": name,
        "n": found.coverage.total,
        "coverage": rate(found.coverage),
        "typed": rate(found.typed),
    }


def tables(rows: Sequence[Row]) -> str:
    """Return aligned tables, engines side by side; the rows of label and form together stay in the file."""
    skipped = [f"{row['name']}: skipped: {row['skipped']}" for row in rows if "skipped" in row]
    by_name = {str(row["name"]): row for row in rows}
    parts = []
    for language in LANGUAGES:
        names = [engine.name for engine in engines(language)]
        for group, metrics in (
            ("all", ("coverage", "typed", "precision", "alarms")),
            ("label", ("coverage", "typed", "precision")),
            ("form", ("coverage", "typed")),
        ):
            columns = [(f"{language}/{name}/{group}", name) for name in names]
            parts.append(_side_by_side(f"{language}: {group}", columns, metrics, by_name))
    return "\n\n".join([*filter(None, parts), *skipped])


def _side_by_side(
    title: str, columns: Sequence[tuple[str, str]], metrics: Sequence[str], rows: Mapping[str, Row]
) -> str:
    """Return one table: a line for each name below the columns' prefixes; empty when there is none."""
    prefixes = [prefix for prefix, _ in columns if any(_below(name, prefix) is not None for name in rows)]
    lines = sorted(
        {below for name in rows for prefix in prefixes if (below := _below(name, prefix)) is not None}
    )
    if not lines:
        return ""
    shown = [name for prefix, name in columns if prefix in prefixes]
    head = [title, "n", *(cell for name in shown for cell in (name, *[""] * (len(metrics) - 1)))]
    body = [["", "", *(metric for _ in shown for metric in metrics)]]
    for line in lines:
        found = [rows.get(f"{prefix}/{line}".rstrip("/"), {}) for prefix in prefixes]
        n = next((str(row["n"]) for row in found if "n" in row), "")
        body.append([line or "all", n, *(_cell(row.get(metric)) for row in found for metric in metrics)])
    return table(head, body)


def _below(name: str, prefix: str) -> str | None:
    """Return what follows a prefix in a name, ``""`` for the prefix itself, None for another's."""
    if name == prefix:
        return ""
    return name[len(prefix) + 1 :] if name.startswith(f"{prefix}/") else None


def _cell(metric: object) -> str:
    value = middle(metric)
    return "-" if value is None else f"{value:.3f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=_SEED, help="of the corpus (default: %(default)s)")
    parser.add_argument("--n", type=int, default=_N, help="messages a language (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="engines whose name holds TEXT")
    parser.add_argument(
        "--write",
        nargs="?",
        type=Path,
        const=RESULTS,
        metavar="PATH",
        help="into benchmarks/results, or PATH",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
