"""Read texts that nobody here wrote or tuned on: what others call personal, and what is masked in chat.

    python benchmarks/outside.py --data DIR [--lines 2000] [--write]

* ``presidio-synth``: the sentences Presidio's makers generate to measure it, by their own types. Among them
  is what says nothing of anybody: a year of foundation, a nation's food, ``Dr.``.
* ``llm-privacy-synthetic``: comments of invented people. Wanted is what their profile says, where a comment
  says it in the same words; what only follows from it is a matter of ``reid_tables.py``.
* ``irc-ubuntu`` and ``real-persona-chat`` have no gold: spans of each label in 1,000 lines, to see what a
  change does. Names of bands and nicknames are among them, and no false alarms.

A gold span counts when at least 90 % of it lies under spans of any label (``scorer.py``).
"""

import argparse
import gzip
import json
import lzma
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.errors import InputError
from deid.types import Span
from detection import Engine
from inputs import DEFAULT_DATA, read_lines
from measure import Unavailable
from peers import PEER_OF
from resultfile import Row, add_write, document, rate, save, table
from scorer import precision, recall, recall_by_label
from slots import Gold

_USES = ("fast", "default")
_LINES = 2_000
_SAID = re.compile(r"^\[[0-9:]+\] <[^>]+> (.+)", re.MULTILINE)
_STATED = ("age", "city_country", "birth_city_country", "occupation")


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in one language and, where the data set has any, their gold spans under its own types.

    exhaustive : whether all that is personal is gold, so that what lies beside it is in vain.
    """

    language: str
    texts: tuple[str, ...] = field(repr=False)
    gold: tuple[tuple[Gold, ...], ...] | None = field(default=None, repr=False)
    exhaustive: bool = False


def main() -> int:
    """Measure, print a table, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    data = Path(os.environ.get("DEID_DATA", DEFAULT_DATA))
    parser.add_argument("--data", type=Path, default=data, help="folder of data sets (default: %(default)s)")
    parser.add_argument("--lines", type=int, default=_LINES, help="lines of each chat (default: %(default)s)")
    add_write(parser)
    arguments = parser.parse_args()
    rows = [row for name in SETS for row in _of_set(name, SETS[name](arguments.data, arguments.lines))]
    print(table(("of", "n", "found", "precision"), map(_shown, rows)))
    if arguments.write:
        save(arguments.write, document("outside", {"lines": arguments.lines}, rows))
    return 0


def _of_set(name: str, texts: Texts) -> Iterator[Row]:
    """Yield the rows of every engine on one data set."""
    engines = [Engine(f"deid {use}", texts.language) for use in _USES]
    for engine in (*engines, Engine(PEER_OF[texts.language], texts.language, peer=True)):
        yield from measure(name, texts, engine)
        print(f"{name}/{engine.name}: done", file=sys.stderr, flush=True)


def measure(name: str, texts: Texts, engine: Engine) -> Iterator[Row]:
    """Yield the rows of one engine on one data set."""
    start = f"{name}/{engine.name}"
    try:
        found = engine.detect(texts.texts)
    except Unavailable as reason:
        yield {"name": start, "skipped": str(reason)}
        return
    rows = _counted(start, found) if texts.gold is None else _scored(start, texts, texts.gold, found)
    yield from ({**row, "peer": True} if engine.peer else row for row in rows)


def _scored(
    start: str, texts: Texts, gold: Sequence[Sequence[Gold]], found: Sequence[Sequence[Span]]
) -> Iterator[Row]:
    whole = recall(gold, found).coverage
    right = {"precision": rate(precision(gold, found))} if texts.exhaustive else {}
    yield {"name": f"{start}/all", "n": whole.total, "coverage": rate(whole), **right}
    for label, of_label in recall_by_label(gold, found).items():
        covered = of_label.coverage
        yield {"name": f"{start}/{label}", "n": covered.total, "coverage": rate(covered)}


def _counted(start: str, found: Sequence[Sequence[Span]]) -> Iterator[Row]:
    counts = Counter(span.label for spans in found for span in spans)
    for label, count in sorted(counts.items()):
        yield {"name": f"{start}/{label}", "n": len(found), "per_1000": round(1000 * count / len(found), 2)}


def _presidio(data: Path, _: int) -> Texts:
    path = data / "presidio-synth" / "synth_dataset_v2.json.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            rows = json.load(handle)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot read: {type(error).__name__}") from None
    gold = (
        tuple(
            sorted(
                (
                    Gold(span["start_position"], span["end_position"], span["entity_type"])
                    for span in row["spans"]
                ),
                key=lambda span: span.start,
            )
        )
        for row in rows
    )
    return Texts("en", tuple(row["full_text"] for row in rows), tuple(gold), exhaustive=True)


def _comments(data: Path, _: int) -> Texts:
    rows = list(read_lines(data / "llm-privacy-synthetic" / "synthetic_dataset.jsonl.gz"))
    texts = tuple(row["response"] for row in rows)
    gold = tuple(
        tuple(
            span
            for key in _STATED
            for value in re.split(", ?", str(row["personality"].get(key, "")))
            for span in stated(text, value, key)
        )
        for text, row in zip(texts, rows, strict=True)
    )
    return Texts("en", texts, gold)


def stated(text: str, value: str, key: str) -> Iterator[Gold]:
    """Yield where a text says a value in the same words, whatever their case."""
    if value:
        for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE):
            yield Gold(*match.span(), key)


def _irc(data: Path, lines: int) -> Texts:
    with lzma.open(data / "irc-ubuntu" / "test.raw.txt.xz", "rt", encoding="utf-8", errors="replace") as file:
        return Texts("en", _evenly(_SAID.findall(file.read()), lines))


def _persona(data: Path, lines: int) -> Texts:
    dialogues = read_lines(data / "real-persona-chat" / "dialogues.jsonl.xz")
    said = [text for dialogue in dialogues for _, text, *_ in dialogue["utterances"]]
    return Texts("ja", _evenly(said, lines))


def _evenly(lines: Sequence[str], count: int) -> tuple[str, ...]:
    return tuple(lines[:: max(1, len(lines) // count)][:count])


SETS: dict[str, Callable[[Path, int], Texts]] = {
    "presidio-synth": _presidio,
    "llm-privacy-synthetic": _comments,
    "irc-ubuntu": _irc,
    "real-persona-chat": _persona,
}
"""Name → what reads it from the folder of data sets, with the number of lines to take of a chat."""


def _shown(row: Row) -> list[str]:
    found = row.get("coverage", row.get("per_1000", row.get("skipped", "")))
    shares = [found, row.get("precision", "")]
    cells = [f"{share['value']:.3f}" if isinstance(share, dict) else str(share) for share in shares]
    return [str(row["name"]), str(row.get("n", "")), *cells]


if __name__ == "__main__":
    sys.exit(main())
