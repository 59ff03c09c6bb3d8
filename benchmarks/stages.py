"""The stages of the pipeline, each apart: what is prepared is not measured, what is returned is.

Stages get what the stages before them made, with the detector ``fast``. Records go through in batches of
the pipeline's own size. A plan that publishes nothing stands in for k-anonymity's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import orjson

import peers
from deid.config import load_operators
from deid.detect.conversation import widen
from deid.detect.detector import DefaultDetector
from deid.detect.known_values import KnownValues
from deid.detect.resolve import resolve
from deid.detect.scan import Scanner
from deid.detect.stated.places import StatedPlaces
from deid.ingest.record import Record
from deid.pipeline import Pipeline
from deid.pipeline.custody.sealing import SEAL_RECORDS, seal_records
from deid.pipeline.quasi.facts import read_told
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.rewriting.rewrite import Findings, Rewriter, Rewritten
from deid.pipeline.working.reading import BATCH, batches
from deid.release.writer import PieceWriter
from deid.transform.apply import Transformer
from deid.transform.policy import build_operators
from deid.transform.tokens import ReplacementKey
from deid.types import Detector, Span
from loads import Load, evenly, n_bytes
from measure import Work
from whole import found_escrow

Stage = Callable[[Load, Path], Work]
"""Prepares a stage for a load; the folder is empty and its own."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 11, 22)
_Spans = list[list[Span]]
_Batches = list[list[tuple[Record, _Spans]]]


class _Suppressing(NamedTuple):
    """A plan that publishes no quasi-identifier."""

    silenced: frozenset[str] = frozenset()

    def published(self, subject: str, column: str, value: str) -> None:
        """Return None, whatever is asked."""

    def of_other(self, kind: str, value: str) -> None:
        """Return None, whatever is asked."""

    def of_list(self, path: str, value: str) -> None:
        """Return None, whatever is asked."""


def read(load: Load, _folder: Path) -> Work:
    """Turn a file into records: lines, JSON, declared fields, turns."""
    return _work(load, lambda: sum(1 for _ in load.records()))


def scan(load: Load, _folder: Path) -> Work:
    """Find structured identifiers."""
    return _detecting(load, Scanner())


def names_japanese(load: Load, _folder: Path) -> Work:
    """Find names by morphology."""
    from deid.detect.names.japanese import JapaneseNames

    return _detecting(load, JapaneseNames.load())


def names_english(load: Load, _folder: Path) -> Work:
    """Find names by lexicon and cue."""
    from deid.detect.names.english import EnglishNames

    return _detecting(load, EnglishNames.load())


def names_spacy(load: Load, _folder: Path) -> Work:
    """Find names by the neural tagger, which only ``default`` has."""
    from deid.detect.spacy import SpacyNames

    return _detecting(load, SpacyNames.load())


def conversation(load: Load, _folder: Path) -> Work:
    """Find what only a whole record shows: known values, answers, split numbers, repeated values."""
    scanner = Scanner()
    found = list(_apart(load, scanner))
    return _work(load, lambda: [_widened(record, spans, scanner) for record, spans in found])


def resolving(load: Load, _folder: Path) -> Work:
    """Make overlapping spans disjoint."""
    scanner = Scanner()
    wide = [
        (spans, turn.text)
        for record, found in _apart(load, scanner)
        for turn, spans in zip(record.turns, _widened(record, found, scanner), strict=True)
    ]
    return _work(load, lambda: [resolve(spans, text) for spans, text in wide])


def detect(load: Load, _folder: Path, use: str) -> Work:
    """Run the whole detector, ``fast`` or ``default``."""
    detector = _detector(load, use)
    groups = [[(r.turns, r.known) for r in batch] for batch in batches(load.records(), BATCH)]
    return _work(load, lambda: [detector.detect_conversations(group) for group in groups])


def facts(load: Load, _folder: Path) -> Work:
    """Read what speakers state about themselves and others."""
    telling = load_telling(load.config(), TODAY)
    found = _flat(_detected(load))
    return _work(load, lambda: [read_told(telling, record.turns, spans) for record, spans in found])


def transform(load: Load, _folder: Path) -> Work:
    """Replace spans."""
    found = _flat(_detected(load))
    config, key = load.config(), ReplacementKey(bytes(32))
    transformer = Transformer(build_operators(load_operators(config.transform, config.mode), key), key)
    return _work(
        load, lambda: [transformer.transform(record.id, record.turns, spans) for record, spans in found]
    )


def rewrite(load: Load, _folder: Path) -> Work:
    """Make released records: replace spans, read again until nothing is new, treat the fields."""
    rewriter, groups = _rewriting(load)
    return _work(load, lambda: [rewriter.rewrite(group) for group in groups])


def escrow(load: Load, folder: Path) -> Work:
    """Seal deleted information into a SQLite escrow, durably."""
    from deid.escrow.writer import EscrowWriter

    made = found_escrow(folder, NOW)
    writer = EscrowWriter.open(made["url"], made["keys"], domain="benchmark", run_id="benchmark", now=NOW)
    done, number = _rewritten(load), count()

    def put() -> None:
        new_people = next(number)  # each run seals for people the escrow has no key of yet
        sealed = [
            replace(item, subject=f"{new_people}/{item.subject}")
            for record, new in done
            for item in seal_records(record, record.id, new.deleted)
        ]
        for part, batch in enumerate(batches(sealed, SEAL_RECORDS)):
            writer.put(f"batch.{new_people:06}.{part:04}", batch)

    return _work(load, put)


def pieces(load: Load, folder: Path) -> Work:
    """Write released records to compressed, durable files."""
    done, number = _rewritten(load), count()

    def write() -> None:
        with PieceWriter(folder, f"shard_{next(number):06}") as writer:
            for _, new in done:
                writer.add("train", 0, orjson.dumps(new.value))

    return _work(load, write)


def run(load: Load, folder: Path, mode: str, use: str) -> Work:
    """Carry the pipeline out in one process, from input file to signed release, start-up included.

    Everyone may be suppressed: a short input has no crowd to hide in.
    """
    changes: dict[str, object] = {
        "mode": mode,
        "detect": {"use": use},
        "kanon": {"k": 5, "from_text": True, "suppression": 1.0},
    }
    if mode == "pseudonymize":
        changes["escrow"] = found_escrow(folder, NOW)
    pipeline, number = Pipeline(load.config(changes)), count()
    return _work(load, lambda: pipeline.run([load.path], out=folder / f"release-{next(number)}", now=NOW))


def peer(load: Load, _folder: Path, kind: peers.Kind, how: str) -> Work:
    """Run Presidio over some of the messages, one by one or in its own batches."""
    presidio = peers.load(load.language, kind)
    texts = evenly(load.texts(), load.n_peer)
    call = presidio.each if how == "each" else presidio.batch
    return Work(lambda: call(texts), len(texts), n_bytes(texts))


OURS: dict[str, tuple[Stage, Sequence[str]]] = {
    "read": (read, ("en", "ja")),
    "scan": (scan, ("en", "ja")),
    "names ja": (names_japanese, ("ja",)),
    "names en": (names_english, ("en",)),
    "names en spacy": (names_spacy, ("en",)),
    "known values and conversation": (conversation, ("en", "ja")),
    "resolve": (resolving, ("en", "ja")),
    "detect fast": (partial(detect, use="fast"), ("en", "ja")),
    "detect default": (partial(detect, use="default"), ("en", "ja")),
    "facts": (facts, ("en", "ja")),
    "transform": (transform, ("en", "ja")),
    "rewrite": (rewrite, ("en", "ja")),
    "escrow": (escrow, ("en", "ja")),
    "pieces": (pieces, ("en", "ja")),
    "run anonymize fast": (partial(run, mode="anonymize", use="fast"), ("en", "ja")),
    "run pseudonymize fast": (partial(run, mode="pseudonymize", use="fast"), ("en", "ja")),
    "run pseudonymize default": (partial(run, mode="pseudonymize", use="default"), ("en", "ja")),
}
PEERS: dict[str, tuple[Stage, Sequence[str]]] = {
    "analyze": (partial(peer, kind="full", how="each"), ("en", "ja")),
    f"batch {peers.BATCH}": (partial(peer, kind="full", how="batch"), ("en", "ja")),
    "patterns only": (partial(peer, kind="patterns", how="each"), ("en", "ja")),
}
"""Name → the stage and its languages."""


def _work(load: Load, run: Callable[[], object]) -> Work:
    texts = load.texts()
    return Work(run, len(texts), n_bytes(texts))


def _detecting(load: Load, detector: Detector) -> Work:
    groups = [
        [turn.text for record in batch for turn in record.turns] for batch in batches(load.records(), BATCH)
    ]
    return _work(load, lambda: [detector.detect(group) for group in groups])


def _detector(load: Load, use: str) -> DefaultDetector:
    return DefaultDetector.default(load.config().input.languages, use=use)


def _apart(load: Load, scanner: Scanner) -> Iterator[tuple[Record, _Spans]]:
    """Yield records with all that the members of ``fast`` find, unresolved."""
    members = _members(load, scanner)
    for record in load.records():
        texts = [turn.text for turn in record.turns]
        found = zip(*(member.detect(texts) for member in members), strict=True)
        yield record, [[span for spans in of_text for span in spans] for of_text in found]


def _members(load: Load, scanner: Scanner) -> list[Detector]:
    from deid.detect.names.english import EnglishNames
    from deid.detect.names.japanese import JapaneseNames

    names: Detector = JapaneseNames.load() if load.language == "ja" else EnglishNames.load()
    return [scanner, StatedPlaces(), names]


def _widened(record: Record, spans: _Spans, scanner: Scanner) -> _Spans:
    if record.known:
        known = KnownValues(record.known).detect([turn.text for turn in record.turns])
        spans = [a + b for a, b in zip(spans, known, strict=True)]
    return widen(record.turns, spans, scanner.detect)


def _detected(load: Load) -> _Batches:
    detector = _detector(load, "fast")
    groups = list(batches(load.records(), BATCH))
    found = [detector.detect_conversations([(r.turns, r.known) for r in group]) for group in groups]
    return [list(zip(group, spans, strict=True)) for group, spans in zip(groups, found, strict=True)]


def _flat(detected: _Batches) -> list[tuple[Record, _Spans]]:
    return [pair for batch in detected for pair in batch]


def _rewriting(load: Load) -> tuple[Rewriter, list[list[tuple[Record, Findings]]]]:
    key, telling = ReplacementKey(bytes(32)), load_telling(load.config(), TODAY)
    rewriter = Rewriter(load.config(), key, _Suppressing(), telling, _detector(load, "fast"))
    groups = [
        [
            (record, Findings(record.id, spans, read_told(telling, record.turns, spans)))
            for record, spans in batch
        ]
        for batch in _detected(load)
    ]
    return rewriter, groups


def _rewritten(load: Load) -> list[tuple[Record, Rewritten]]:
    rewriter, groups = _rewriting(load)
    return [
        (record, new)
        for group in groups
        for (record, _), new in zip(group, rewriter.rewrite(group), strict=True)
    ]
