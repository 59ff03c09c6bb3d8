"""Measure the facts that lines of chat state and the sensitive content they reveal, on invented lines.

    python benchmarks/facts.py [--part dev|heldout] [--errors] [--data DIR] [--write]

``facts/{en,ja}.tsv`` is split in halves by the hash of the line; patterns are tuned on ``dev`` alone, and
what counts is ``heldout``. A fact counts when its kind, value and whose it is agree; ``aspect`` is the share
of places found whose aspect (living, origin, work) agrees too. ``facts/sensitive_{en,ja}.tsv`` marks what
reveals; it is found when a span of its class overlaps the mark. ``alarms`` are lines with any span: of
``clean`` ones, each a trap with a sensitive word in it, and of ``ordinary`` ones, which state no fact and
were not written for this: a few of them do reveal, so their share is an upper bound.
``--data`` times both readers on RealPersonaChat, in messages per second of processor time.
"""

import argparse
import hashlib
import json
import lzma
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.detect.detector import DefaultDetector
from deid.detect.facts import read_facts
from deid.detect.sensitive import SensitiveContent
from deid.detect.stated.places import StatedPlaces
from deid.pipeline.quasi.places import load_places
from deid.types import Fact, Turn
from resultfile import RESULTS, Row, document, rate, save
from scorer import Rate

LINES = Path(__file__).parent / "facts"
LANGUAGES = ("en", "ja")
PARTS = ("dev", "heldout")
_GOLD = re.compile(r"(?P<kind>[A-Z_]+)(?:\.(?P<aspect>[a-z]+))?(?:@(?P<whose>[a-z]+))?=(?P<value>.+)")
_TIMED = 20_000
_REPEATS = 5
_PLACES = load_places().surfaces

Key = tuple[str, str, str]
"""Kind, value, whose."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of chat; ``gold`` maps each fact it states to its aspect."""

    text: str = field(repr=False)
    gold: dict[Key, str]


def main() -> int:
    arguments = _arguments()
    rows = list(measured(arguments))
    for row in rows:
        print(json.dumps(row, ensure_ascii=False), flush=True)
    if arguments.write:
        save(RESULTS, document("facts", {"split": "sha256 of the line, first byte odd: heldout"}, rows))
    return 0


def measured(arguments: argparse.Namespace) -> Iterator[Row]:
    """Yield every row."""
    detector = DefaultDetector.default()
    parts = PARTS if arguments.part is None else (arguments.part,)
    for language in LANGUAGES:
        for part in parts:
            chosen = [line for line in read_lines(language) if part_of(line.text) == part]
            found = stated(detector, [line.text for line in chosen])
            if arguments.errors:
                _show(chosen, found)
            yield from _scores(f"{language}/{part}", chosen, found)
    for language in LANGUAGES:
        yield from _sensitive(language, errors=arguments.errors)
    if arguments.data is not None:
        yield from _speeds(arguments.data)


def read_lines(language: str) -> list[Line]:
    """Return the lines of a language."""
    return [
        Line(text, {} if gold == "-" else dict(map(_fact, gold.split("; "))))
        for text, gold in _rows(f"{language}.tsv")
    ]


def part_of(text: str) -> str:
    """Return the half a line is in."""
    return PARTS[hashlib.sha256(text.encode()).digest()[0] % 2]


def stated(detector: DefaultDetector, texts: Sequence[str]) -> list[list[Fact]]:
    """Return the facts of each text, a conversation of its own."""
    turns = [[Turn("text", text)] for text in texts]
    spans = detector.detect_conversations([(turn, ()) for turn in turns])
    return [read_facts(turn, found, _PLACES) for turn, found in zip(turns, spans, strict=True)]


def _rows(name: str) -> list[list[str]]:
    lines = (LINES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _fact(gold: str) -> tuple[Key, str]:
    match = _GOLD.fullmatch(gold)
    if match is None:
        raise ValueError(gold)
    return (match["kind"], match["value"], match["whose"] or "speaker"), match["aspect"] or ""


def _scores(name: str, lines: Sequence[Line], found: Sequence[Sequence[Fact]]) -> Iterator[Row]:
    """Yield precision and recall: of the speaker's facts, of others', of each kind of the speaker's."""
    hits: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for line, facts in zip(lines, found, strict=True):
        got = {(fact.kind, fact.value, fact.whose) for fact in facts}
        for counter, keys in ((hits, got & line.gold.keys()), (said, got), (meant, line.gold.keys())):
            for kind, _, whose in keys:
                counter.update(("speaker", kind) if whose == "speaker" else ("others",))
    for group in sorted(said | meant, key=lambda group: (group.isupper(), group)):
        yield {
            "name": f"facts/{name}/{group}",
            "precision": rate(Rate(hits[group], said[group])),
            "recall": rate(Rate(hits[group], meant[group])),
            "facts": meant[group],
        }
    yield {"name": f"facts/{name}/aspect", "agree": rate(_aspects(lines, found)), "lines": len(lines)}


def _aspects(lines: Sequence[Line], found: Sequence[Sequence[Fact]]) -> Rate:
    pairs = [
        (fact.aspect, line.gold[fact.kind, fact.value, fact.whose])
        for line, facts in zip(lines, found, strict=True)
        for fact in facts
        if fact.kind == "LOCATION" and (fact.kind, fact.value, fact.whose) in line.gold
    ]
    return Rate(sum(not wanted or got == wanted for got, wanted in pairs), len(pairs))


def _show(lines: Sequence[Line], found: Sequence[Sequence[Fact]]) -> None:
    for line, facts in zip(lines, found, strict=True):
        got = {(fact.kind, fact.value, fact.whose) for fact in facts}
        if got != line.gold.keys():
            missed, vain = sorted(line.gold.keys() - got), sorted(got - line.gold.keys())
            print(f"{line.text}\n   missed {missed} vain {vain}")


def _sensitive(language: str, *, errors: bool) -> Iterator[Row]:
    detector = SensitiveContent()
    hits: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    alarms = clean = 0
    for label, marked in _rows(f"sensitive_{language}.tsv"):
        text, wanted = _unmark(marked)
        spans = detector.detect([text])[0]
        if label == "-":
            clean += 1
            alarms += bool(spans)
            if spans and errors:
                print("alarm", text, [(span.label, text[span.start : span.end]) for span in spans])
        for start, end in wanted:
            hit = any(span.label == label and span.start < end and start < span.end for span in spans)
            hits.update({"all": hit, label: hit})
            marks.update(("all", label))
            if errors and not hit:
                print("unseen", label, marked)
    for group in sorted(marks, key=lambda group: (group.isupper(), group)):
        yield {
            "name": f"sensitive/{language}/{group}",
            "recall": rate(Rate(hits[group], marks[group])),
            "marks": marks[group],
        }
    ordinary = [line.text for line in read_lines(language) if not line.gold]
    noisy = sum(map(bool, detector.detect(ordinary)))
    yield {
        "name": f"sensitive/{language}/ordinary",
        "alarms": rate(Rate(noisy, len(ordinary))),
        "lines": len(ordinary),
    }
    yield {"name": f"sensitive/{language}/clean", "alarms": rate(Rate(alarms, clean)), "lines": clean}


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a line without its marks, and the ranges they held."""
    text, wanted = "", []
    for piece in re.split("(⟦[^⟧]*⟧)", marked):
        if piece.startswith("⟦"):
            wanted.append((len(text), len(text) + len(piece) - 2))
        text += piece.strip("⟦⟧")
    return text, wanted


def _speeds(folder: Path) -> Iterator[Row]:
    texts = _real(folder)
    spans = DefaultDetector.default(("ja",), use="fast").detect(texts)
    turns = [Turn("text", text) for text in texts]
    sensitive, places = SensitiveContent(), StatedPlaces()

    def both() -> None:
        sensitive.detect(texts)
        read_facts(turns, spans, _PLACES)

    works: tuple[tuple[str, Callable[[], object]], ...] = (
        ("facts", lambda: read_facts(turns, spans, _PLACES)),
        ("sensitive", lambda: sensitive.detect(texts)),
        ("facts and sensitive", both),
        ("stated places and ages", lambda: places.detect(texts)),
    )
    for name, work in works:
        work()
        yield {
            "name": f"speed/{name}",
            "messages": len(texts),
            "messages_per_cpu_s": round(len(texts) / _median(work)),
        }


def _real(folder: Path) -> list[str]:
    """Return the first messages of RealPersonaChat."""
    texts: list[str] = []
    with lzma.open(folder / "real-persona-chat" / "dialogues.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            texts += [text for _, text, _ in json.loads(line)["utterances"]]
            if len(texts) >= _TIMED:
                break
    return texts[:_TIMED]


def _median(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(_REPEATS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=PARTS, help="one half only")
    parser.add_argument("--errors", action="store_true", help="print the lines that are wrong")
    parser.add_argument("--data", type=Path, help="folder of public data sets, for speed")
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
