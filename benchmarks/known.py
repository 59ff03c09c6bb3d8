"""Measure how well declared profile values are found again in chat, in every way of writing them.

    python benchmarks/known.py [--people N] [--seed S] [--data DIR] [--missed] [--write [PATH]]

Invented people's values are put into lines of chat; recall a way of writing is the share of values that are
found whole. False alarms are what is found in lines that hold no value. Lines are the project's own; with
``--data`` also RealPersonaChat's and IRC's. ``--missed`` shows lines that were missed; all of them invented
but for the carrier.
"""

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

import convert_real_persona_chat
import scorer
from declared import Declared, people
from deid.detect.known_values import KnownValues
from deid.types import Span
from exchanges import read_book
from loads import messages_of
from resultfile import Row, add_write, document, rate, save, table
from slots import Gold
from written import Written

LANGUAGES = ("en", "ja")
_PEOPLE, _SEED = 120, 20_262
_LINES = 4_000  # of a data set
_UNPLANTED = 200  # lines that each person's values are looked for in
_BOOK = read_book(Path(__file__).parent / "templates" / "known-lines.txt", "")
_IRC = re.compile(r"^\[\d\d:\d\d\] <[^>]+> ")


@dataclass(frozen=True, slots=True)
class Planted:
    """A line with one value in it, whose it is, and what was found there."""

    text: str = field(repr=False)
    gold: Gold
    found: Sequence[Span]


def main() -> int:
    arguments = _arguments()
    rows: list[Row] = []
    for language in LANGUAGES:
        crowd = list(people(language, arguments.people, arguments.seed))
        carriers = {"generated": lines_of(f"plain-{language}")}
        if arguments.data:
            carriers[_DATA[language][0]] = list(islice(_DATA[language][1](arguments.data), _LINES))
        for source, lines in carriers.items():
            rows += measured(f"{language}/{source}", crowd, lines, show=arguments.missed)
    print(table(("case", "n", "value", "low"), map(_line, rows)))
    if arguments.write:
        settings = {"people": arguments.people, "seed": arguments.seed}
        save(arguments.write, document("known", settings, rows))
    return 0


def measured(name: str, crowd: Sequence[Declared], lines: Sequence[str], *, show: bool) -> Iterator[Row]:
    """Yield the recall of all values, of each label and way of writing, and the false alarms."""
    rng = Random(len(lines))
    done = [found for person in crowd for found in planted(person, lines, rng)]
    gold, found = [[item.gold] for item in done], [item.found for item in done]
    whole = scorer.recall(gold, found)
    yield {**_recall(f"{name}/all", whole.coverage), "typed": rate(whole.typed)}
    for label, recall in scorer.recall_by_label(gold, found).items():
        yield _recall(f"{name}/label/{label}", recall.coverage)
    for form, recall in scorer.recall_by_form(gold, found).items():
        yield _recall(f"{name}/form/{form}", recall.coverage)
    if show:
        _show(done)
    yield from alarms(name, crowd, lines)


def planted(person: Declared, lines: Sequence[str], rng: Random) -> Iterator[Planted]:
    """Yield a line for each of a person's written values, and what is found in it."""
    made = [plant(written, person.language, lines, rng) for written in person.written]
    found = KnownValues(person.known).detect([text for text, _ in made])
    for (text, gold), spans in zip(made, found, strict=True):
        yield Planted(text, gold, spans)


def plant(written: Written, language: str, lines: Sequence[str], rng: Random) -> tuple[str, Gold]:
    """Return a line with a value in it: a frame that gives its cue, or beside any line."""
    if written.cue:
        return written.within(rng.choice(lines_of(f"{written.cue}-{language}")))
    return written.beside(rng.choice(lines), language, rng)


def alarms(name: str, crowd: Sequence[Declared], lines: Sequence[str]) -> Iterator[Row]:
    """Yield the false alarms in 1,000 lines: all, and of each label."""
    rng = Random(1)
    read, counts = 0, Counter[str]()
    for person in crowd:
        some = lines if len(lines) <= _UNPLANTED else rng.sample(lines, _UNPLANTED)
        read += len(some)
        counts.update(span.label for spans in KnownValues(person.known).detect(some) for span in spans)
    yield {"name": f"{name}/alarms", "n": read, "per_1000": round(1000 * counts.total() / read, 3)}
    for label, count in sorted(counts.items()):
        yield {"name": f"{name}/alarms/{label}", "n": read, "per_1000": round(1000 * count / read, 3)}


def lines_of(kind: str) -> list[str]:
    """Return the project's own lines of a kind."""
    return [text for exchange in _BOOK.exchanges if exchange.kind == kind for _, text in exchange.lines]


def _persona_chat(data: Path) -> Iterator[str]:
    for record in convert_real_persona_chat.convert(data):
        yield from (message["content"] for message in messages_of(record))


def _irc(data: Path) -> Iterator[str]:
    with lzma.open(data / "irc-ubuntu" / "dev.raw.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = _IRC.sub("", line.strip())
            if text and text != line.strip():
                yield text


_DATA = {"en": ("irc", _irc), "ja": ("real-persona-chat", _persona_chat)}


def _recall(name: str, found: scorer.Rate) -> Row:
    return {"name": name, "n": found.total, "recall": rate(found)}


def _line(row: Row) -> tuple[str, ...]:
    recall = row.get("recall")
    cells = (
        [f"{recall[key]:.4f}" for key in ("value", "low")]
        if isinstance(recall, Mapping)
        else [f"{row['per_1000']} per 1,000", ""]
    )
    return (str(row["name"]), str(row["n"]), *cells)


def _show(done: Sequence[Planted]) -> None:
    """Print up to three missed values a way of writing."""
    shown = Counter[str]()
    for item in done:
        missed = not scorer.recall([[item.gold]], [item.found]).coverage.hits
        if missed and shown[item.gold.form] < 3:
            shown[item.gold.form] += 1
            surface = item.text[item.gold.start : item.gold.end]
            print(f"{item.gold.form}: {surface!r} in {item.text!r}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=_PEOPLE, help="a language (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=_SEED, help="(default: %(default)s)")
    parser.add_argument("--data", type=Path, help="folder of data sets, for real lines as well")
    parser.add_argument("--missed", action="store_true", help="show what was missed")
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
