"""Pass A over one shard: read, detect, collect facts and quasi-identifiers; write the sidecar."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.detect.facts import facts_by_subject
from deid.errors import DetectorError, InputError, RecordError
from deid.ingest.fields import Node, Scalar, compile_fields
from deid.ingest.language import language_of
from deid.ingest.record import Record, read_record, subject_index, value_at
from deid.ingest.shards import RawRecord, ShardSpec, read_shard
from deid.labels import class_of
from deid.pipeline.admission import admitted
from deid.pipeline.cleared import Clearing
from deid.pipeline.columns import base_value, quasi_fields, sensitive_columns
from deid.pipeline.instructions import read_told, with_facts
from deid.pipeline.listed import listed_fields
from deid.pipeline.minors import minor_check
from deid.pipeline.origins import origin_check
from deid.pipeline.personalwords import PersonalUse
from deid.pipeline.rarewords import WordUse
from deid.pipeline.sidecar import SidecarWriter, pack
from deid.pipeline.state import save_sealed
from deid.pipeline.telling import load_telling
from deid.pipeline.wordnumbers import counts_path
from deid.transform.tokens import ReplacementKey
from deid.types import Fact, Json, Span

BATCH = 256


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What every worker of a run needs.

    key    : the run key, 32 bytes; it lives in memory only.
    today  : day of the run, for reckoning ages.
    folder : the working folder.
    """

    config: Config
    key: bytes = field(repr=False)
    today: date
    folder: str = ""

    @property
    def work(self) -> Path:
        """The working folder as a path."""
        return Path(self.folder)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record left out: where it stands, its id when it could be read, and a fixed reason word."""

    where: str
    record: str | None
    reason: str


@dataclass(slots=True)
class Tally:
    """Counts over records; no text. ``barred`` are records that the ledger keeps out, by reason."""

    records: int = 0
    messages: int = 0
    characters: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    barred: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record, spans: Sequence[Sequence[Span]]) -> None:
        """Count one record."""
        self.records += 1
        self.messages += len(record.turns)
        for turn, found in zip(record.turns, spans, strict=True):
            self.characters += len(turn.text)
            self.languages[language_of(turn.text) or "other"] += 1
            self.labels.update(span.label for span in found)
            self.sources.update(span.source for span in found)

    def merge(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.records += other.records
        self.messages += other.messages
        self.characters += other.characters
        self.labels += other.labels
        self.sources += other.sources
        self.languages += other.languages
        self.barred += other.barred

    @property
    def classes(self) -> Counter[str]:
        """Spans by class."""
        counts: Counter[str] = Counter()
        for label, number in self.labels.items():
            counts[class_of(label)] += number
        return counts


@dataclass(frozen=True, slots=True)
class ShardAnalysis:
    """What pass A learned from one shard.

    records : (record token, subject tokens) of every record kept, in order.
    vectors : subject token → column → set of values.
    types   : declared field → kinds of JSON values seen; ``large int`` is one that takes more than 64 bits.
    minors  : subject token → id of people under age by what they or their profile say.
    others  : (kind, value) of what is told of other people → subject tokens who tell it.
    listed  : (declared path, value) of a quasi-identifier in a list → subject token → record tokens
              where they have it. Without ``release.max_records`` none, for all stay, and k subjects at most.
    """

    shard: int
    records: list[tuple[str, tuple[str, ...]]] = field(repr=False)
    vectors: dict[str, dict[str, set[str]]] = field(repr=False)
    types: dict[str, set[str]]
    tally: Tally
    quarantined: list[Quarantined]
    minors: dict[str, str] = field(default_factory=dict, repr=False)
    others: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)
    listed: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict, repr=False)


def _kind(value: Scalar) -> str:
    large = isinstance(value, int) and not -(2**63) <= value < 2**63
    return "large int" if large else type(value).__name__


def analysis_to_json(analysis: ShardAnalysis) -> Json:
    """Return an analysis as JSON values, for the sealed working file."""
    return {
        "shard": analysis.shard,
        "records": analysis.records,
        "vectors": {s: {c: sorted(v) for c, v in vector.items()} for s, vector in analysis.vectors.items()},
        "types": {path: sorted(kinds) for path, kinds in analysis.types.items()},
        "tally": {item.name: getattr(analysis.tally, item.name) for item in fields(analysis.tally)},
        "quarantined": [[q.where, q.record, q.reason] for q in analysis.quarantined],
        "minors": analysis.minors,
        "others": [[*told, sorted(who)] for told, who in analysis.others.items()],
        "listed": [[*told, who] for told, who in analysis.listed.items()],
    }


def analysis_from_json(value: Json) -> ShardAnalysis:
    """Return the analysis that ``analysis_to_json`` was given."""
    tally = dict(value["tally"])
    for name in ("labels", "sources", "languages", "barred"):
        tally[name] = Counter(tally[name])
    return ShardAnalysis(
        shard=value["shard"],
        records=[(record, tuple(subjects)) for record, subjects in value["records"]],
        vectors={s: {c: set(v) for c, v in vector.items()} for s, vector in value["vectors"].items()},
        types={path: set(kinds) for path, kinds in value["types"].items()},
        tally=Tally(**tally),
        quarantined=[Quarantined(*item) for item in value["quarantined"]],
        minors=value["minors"],
        others={(kind, said): set(who) for kind, said, who in value["others"]},
        listed={(path, had): who for path, had, who in value["listed"]},
    )


class Analyzer:
    """The worker of pass A."""

    def __init__(self, run: RunSpec) -> None:
        self._run = run
        self._tree = compile_fields(run.config.fields)
        self._key = ReplacementKey(run.key)
        self._counted = {*quasi_fields(run.config), *sensitive_columns(run.config)}
        self._listed = frozenset(listed_fields(run.config))
        self._telling = load_telling(run.config, run.today)
        self._standing = admitted(run.config)
        self._clearing = Clearing(run.config, self._tree, self._standing)
        self._minors = minor_check(run.config, self._telling.places.surfaces, run.today)
        self._origins = origin_check(run.config, run.today)
        self._words = _counters(run.config, self._key)
        self._detector = DefaultDetector.configured(run.config.input.languages, run.config.detect)

    def __call__(self, shard: ShardSpec) -> ShardAnalysis:
        """Analyze one shard and write its sidecar."""
        result = ShardAnalysis(shard.index, [], {}, {}, Tally(), [])
        path = self._run.work / f"{shard.name}.spans"
        with SidecarWriter(path, self._key.digest("sidecar")) as sidecar:
            for batch in batches(self._records(shard, result), BATCH):
                sidecar.write([pack(*found) for found in self._detect(batch, result)])
        for label, words in self._words.items():
            words.save(counts_path(self._run.work, shard, label), self._key.digest("sidecar"))
        sealed = self._run.work / f"{shard.name}.analysis"
        save_sealed(sealed, self._key.digest("sidecar"), analysis_to_json(result))
        return result

    def _records(self, shard: ShardSpec, result: ShardAnalysis) -> Iterator[tuple[str, Record]]:
        for raw in read_shard(shard):
            read = open_record(raw, self._run.config, self._tree)
            if isinstance(read, Quarantined):
                result.quarantined.append(read)
                continue
            if self._origins is not None:
                self._origins.check(read)
            left = self._clearing.of(read)
            if reason := self._standing.reason(read.subjects):
                result.tally.barred[reason] += 1
            elif left is None:
                result.tally.barred["history-cleared"] += 1
            else:
                yield raw.where, left

    def _detect(
        self, batch: Sequence[tuple[str, Record]], result: ShardAnalysis
    ) -> Iterator[tuple[str, list[list[Span]], list[Fact]]]:
        for (where, record), spans in zip(batch, self._spans(batch), strict=True):
            if spans is None:
                result.quarantined.append(Quarantined(where, record.id, "detector-failed"))
                continue
            facts = read_told(self._telling, record.turns, spans)
            spans = with_facts(record.turns, spans, facts)  # noqa: PLW2901 - what is found stands in one place
            token = self._key.token("record", record.id)
            subjects = tuple(self._key.token("subject", subject) for subject in record.subjects)
            result.records.append((token, subjects))
            result.tally.add(record, spans)
            for words in self._words.values():
                words.add(record, spans, subjects)
            self._collect(record, subjects, facts, result)
            self._collect_listed(record, token, subjects, result)
            for index in self._minors.suspected(record, spans) if self._minors else ():
                result.minors[subjects[index]] = record.subjects[index]
            yield token, spans, facts

    def _spans(self, batch: Sequence[tuple[str, Record]]) -> Iterator[list[list[Span]] | None]:
        """Detect a batch at once; when a detector fails, find the record it fails on."""
        try:
            yield from self._detector.detect_conversations([(r.turns, r.known) for _, r in batch])
        except DetectorError:
            if len(batch) == 1:
                yield None
                return
            for one in batch:
                yield from self._spans([one])

    def _collect(
        self, record: Record, subjects: Sequence[str], facts: Sequence[Fact], result: ShardAnalysis
    ) -> None:
        vectors = [result.vectors.setdefault(subject, {}) for subject in subjects]
        for leaf in record.leaves:
            if leaf.value is not None:
                result.types.setdefault(leaf.declared, set()).add(_kind(leaf.value))
            if leaf.declared in self._counted:
                _add(vectors[subject_index(leaf.path, record.prefixes)], leaf.declared, base_value(leaf))
        for subject, fact in facts_by_subject(record.turns, facts):
            told, other = self._telling.told(fact), self._telling.of_other(fact)
            if told is not None:
                _add(vectors[subject], *told)
            if other is not None:
                result.others.setdefault(other, set()).add(subjects[subject])

    def _collect_listed(
        self, record: Record, token: str, subjects: Sequence[str], result: ShardAnalysis
    ) -> None:
        config = self._run.config
        capped = config.release.max_records is not None
        for leaf in record.leaves:
            if leaf.declared in self._listed and (value := base_value(leaf)) is not None:
                who = result.listed.setdefault((leaf.declared, value), {})
                if capped or len(who) < config.kanon.k:
                    records = who.setdefault(subjects[subject_index(leaf.path, record.prefixes)], [])
                    records += [token] if capped and token not in records[-1:] else []


def _counters(config: Config, key: ReplacementKey) -> dict[str, WordUse | PersonalUse]:
    """Return what counts words, by the label that some of them will get."""
    counters: dict[str, WordUse | PersonalUse] = {}
    if config.transform.rare_words is not None:
        counters["RARE_WORD"] = WordUse(config, key)
    if config.transform.personal_words is not None:
        counters["PERSONAL_WORD"] = PersonalUse(config, key)
    return counters


def open_record(raw: RawRecord, config: Config, tree: Node) -> Record | Quarantined:
    """Decode and read one record, or say why it is quarantined.

    Raises InputError, with the place, for what must stop the run.
    """
    try:
        value = raw.decoded()
    except RecordError as error:
        return Quarantined(raw.where, None, error.reason)
    try:
        return read_record(value, config, tree)
    except RecordError as error:
        return Quarantined(raw.where, _id_of(value, config), error.reason)
    except InputError as error:
        raise InputError(f"{raw.where}: {error}", hint=error.hint) from None


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield lists of up to ``size`` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _id_of(value: object, config: Config) -> str | None:
    found = value_at(value, config.input.record_id)
    return str(found) if isinstance(found, str | int) else None


def _add(vector: dict[str, set[str]], column: str, value: str | None) -> None:
    if value is not None:
        vector.setdefault(column, set()).add(value)
