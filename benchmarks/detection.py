"""Measure what is found and what is flagged in vain, and Presidio beside us on the same texts.

    python benchmarks/detection.py [--seed S] [--n N] [--only TEXT] [--write [PATH]]

Per label and surface form on ``corpus.py``, per entity on the conversations of ``dialogues.py``, both in two
families of templates and formats: ``tuned``, which patterns are written against (not against this seed), and
``unseen``, which none is. Definitions: ``scorer.py``. Names are measured by ``names.py``.
"""

import argparse
import logging
import re
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import corpus
import detectionrows
import dialogues
import families
import fresh
import peers
from deid.detect.detector import DefaultDetector
from deid.types import Detector, Span, Turn
from dialogues import Dialogue
from measure import Unavailable
from resultfile import Row, add_write, document, middle, save, table

LANGUAGES: tuple[corpus.Language, ...] = ("en", "ja")
FAMILIES: Mapping[str, str] = {
    "tuned": "patterns are written against its templates and formats, with other seeds",
    "unseen": "no pattern is written against its templates and formats",
    "voices": "half of a list of other voices, which patterns are written against",
    "kept": "the other half, which nobody looks at",
    **fresh.SETS,
}
_SEED, _N = 20_261, 4_000
_BATCH = 512
_MESSAGES_PER_DIALOGUE = 8
_HIDDEN = re.compile("/(form|label-form|alarms)/")


@dataclass(frozen=True, slots=True)
class Engine:
    """A detector under the name it has in the results; made when it is first asked."""

    name: str
    language: str
    peer: bool = False

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; Unavailable when it is not installed."""
        detector = _peer(self.language) if self.peer else self._own()
        parts = [detector.detect(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return [spans for part in parts for spans in part]

    def detect_dialogues(self, made: Sequence[Dialogue]) -> list[list[list[Span]]]:
        """Return the spans of each turn; a peer reads turns, since it knows no conversation."""
        if not self.peer:
            return self._own().detect_conversations([(_turns(dialogue), ()) for dialogue in made])
        found = iter(self.detect([turn.text for dialogue in made for turn in dialogue.turns]))
        return [[next(found) for _ in dialogue.turns] for dialogue in made]

    def _own(self) -> DefaultDetector:
        return _ours(self.name.removeprefix("deid "))


def _turns(dialogue: Dialogue) -> list[Turn]:
    return [Turn(f"[{index}]", turn.text, turn.speaker) for index, turn in enumerate(dialogue.turns)]


@cache
def _ours(use: str) -> DefaultDetector:
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
    settings = {
        "seed": arguments.seed,
        "n": arguments.n,
        "dialogues": arguments.n // _MESSAGES_PER_DIALOGUE,
        "families": FAMILIES,
    }
    if arguments.write:
        save(arguments.write, document("detection", settings, rows))
    return 0


def measured(arguments: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of every engine."""
    for family in FAMILIES:
        for language in LANGUAGES:
            if family not in fresh.SETS or fresh.has(language, family):
                yield from _of_family(arguments, family, language)


def _of_family(arguments: argparse.Namespace, family: str, language: corpus.Language) -> Iterator[Row]:
    messages, made = _texts(arguments, family, language)
    for engine in engines(language):
        start = f"{family}/{language}/{engine.name}"
        if arguments.only in start:
            yield from _told(family, on_corpus(engine, start, messages))
            if made:
                yield from _told(family, on_dialogues(engine, f"conversation/{start}", made))


def _texts(
    arguments: argparse.Namespace, family: str, language: corpus.Language
) -> tuple[Sequence[corpus.Message], Sequence[Dialogue]]:
    """Return a family's messages and its conversations, of which it may have none."""
    n, seed, count = arguments.n, arguments.seed, arguments.n // _MESSAGES_PER_DIALOGUE
    if family in fresh.SETS:
        return fresh.generate(language, n, seed, half=family), fresh.dialogues(
            language, count, seed, half=family
        )
    messages = corpus.generate(language, n, seed, family=family)
    if not families.FAMILIES[family].has(f"dialogues-{language}"):
        return messages, ()
    return messages, dialogues.generate(language, count, seed, family=family)


def _told(family: str, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield what may be read: of a list that judges no form, no kind of negative, no list of forms."""
    for row in rows:
        if family not in fresh.JUDGES:
            yield row
        elif not _HIDDEN.search(str(row["name"])):
            yield {key: value for key, value in row.items() if key != "forms_under_recall"}


def on_corpus(engine: Engine, start: str, messages: Sequence[corpus.Message]) -> Iterator[Row]:
    """Yield one engine's rows on single messages."""
    try:
        predicted = engine.detect([message.text for message in messages])
    except Unavailable as reason:
        yield {"name": start, "skipped": str(reason)}
        return
    print(f"{start}: done", file=sys.stderr, flush=True)
    yield from detectionrows.of_messages(start, messages, predicted, peer=engine.peer)


def on_dialogues(engine: Engine, start: str, made: Sequence[Dialogue]) -> Iterator[Row]:
    """Yield one engine's rows on conversations."""
    try:
        predicted = engine.detect_dialogues(made)
    except Unavailable as reason:
        yield {"name": start, "skipped": str(reason)}
        return
    print(f"{start}: done", file=sys.stderr, flush=True)
    yield from detectionrows.of_dialogues(start, made, predicted, peer=engine.peer)


_PLACES = ("", "conversation/")
_GROUPS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("", "label", ("coverage", "precision")),
    ("", "form", ("coverage",)),
    ("", "false", ("false",)),
    ("", "alarms", ("alarms",)),
    ("conversation/", "label", ("coverage",)),
    ("conversation/", "scene", ("coverage",)),
    ("conversation/", "false", ("false",)),
)


def tables(rows: Sequence[Row]) -> str:
    """Return aligned tables, engines and families side by side; label and form together stay in the file."""
    skipped = [f"{row['name']}: skipped: {row['skipped']}" for row in rows if "skipped" in row]
    by_name = {str(row["name"]): row for row in rows}
    parts = []
    for language in LANGUAGES:
        names = [engine.name for engine in engines(language)]
        parts.append(_summary(language, names, by_name))
        parts.append(_aims(language, names, by_name))
        for place, group, metrics in _GROUPS:
            columns = [
                (f"{place}{family}/{language}/{name}/{group}", f"{name.removeprefix('deid ')} {family}")
                for name in names
                for family in FAMILIES
            ]
            parts.append(_side_by_side(f"{language}: {place}{group}", columns, metrics, by_name))
    return "\n\n".join([*filter(None, parts), *skipped])


def _summary(language: str, names: Sequence[str], rows: Mapping[str, Row]) -> str:
    """Return the table of all labels: a line for each family, texts alone and conversations."""
    metrics = ("coverage", "typed", "precision", "alarms")
    body = [["", "", *(metric for _ in names for metric in metrics)]]
    for place in _PLACES:
        for family in FAMILIES:
            found = [rows.get(f"{place}{family}/{language}/{name}/all", {}) for name in names]
            if any(found):
                cells = [_cell(row.get(metric)) for row in found for metric in metrics]
                body.append([f"{place}{family}", _count(found), *cells])
    head = [f"{language}: all", "n", *(cell for name in names for cell in (name, "", "", ""))]
    return table(head, body) if len(body) > 1 else ""


def _aims(language: str, names: Sequence[str], rows: Mapping[str, Row]) -> str:
    """Return the table of all labels but names, and what of them is under the aims."""
    metrics = ("coverage", "precision", "alarms")
    body, under = [], []
    for family in FAMILIES:
        for name in names:
            row = rows.get(f"{family}/{language}/{name}/structured")
            if row is not None:
                body.append([family, name, str(row["n"]), *(_cell(row.get(metric)) for metric in metrics)])
                under += [
                    f"{family} {name}: {key}: {', '.join(map(str, found))}" for key, found in _lists(row)
                ]
    return "\n".join((table([f"{language}: structured", "", "n", *metrics], body), *under)) if body else ""


def _lists(row: Row) -> Iterator[tuple[str, Sequence[object]]]:
    """Yield what a row says is under an aim, but what is not."""
    for key, found in row.items():
        if isinstance(found, list) and found:
            yield key.replace("_", " "), found


def _side_by_side(
    title: str, columns: Sequence[tuple[str, str]], metrics: Sequence[str], rows: Mapping[str, Row]
) -> str:
    """Return one table: a line for each name below the columns' prefixes; empty when there is none."""
    prefixes = [prefix for prefix, _ in columns if any(_below(name, prefix) is not None for name in rows)]
    lines = sorted({below for name in rows for prefix in prefixes if (below := _below(name, prefix))})
    if not lines:
        return ""
    shown = [name for prefix, name in columns if prefix in prefixes]
    head = [title, "n", *(cell for name in shown for cell in (name, *[""] * (len(metrics) - 1)))]
    body = [["", "", *(metric for _ in shown for metric in metrics)]]
    for line in lines:
        found = [rows.get(f"{prefix}/{line}", {}) for prefix in prefixes]
        body.append([line, _count(found), *(_cell(row.get(metric)) for row in found for metric in metrics)])
    return table(head, body)


def _count(found: Sequence[Row]) -> str:
    """Return how many were looked at, once for each column where they differ."""
    return "/".join(dict.fromkeys(str(row["n"]) for row in found if "n" in row))


def _below(name: str, prefix: str) -> str | None:
    """Return what follows a prefix in a name, None for another's."""
    return name[len(prefix) + 1 :] if name.startswith(f"{prefix}/") else None


def _cell(metric: object) -> str:
    value = middle(metric)
    if value is None:
        return "-"
    return str(metric) if isinstance(metric, int) else f"{value:.3f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=_SEED, help="of the corpus (default: %(default)s)")
    parser.add_argument("--n", type=int, default=_N, help="messages a language (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="engines whose name holds TEXT")
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
