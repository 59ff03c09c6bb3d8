"""Pass A over one shard: read, detect, collect facts and quasi-identifiers; write the sidecar."""

from collections.abc import Iterator, Sequence

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.detect.facts import facts_by_subject
from deid.errors import DetectorError
from deid.ingest.fields import Scalar
from deid.ingest.record import Record, subject_index
from deid.ingest.shards import ShardSpec, read_shard
from deid.pipeline.admitting.cleared import Clearing
from deid.pipeline.admitting.minors import minor_check
from deid.pipeline.admitting.origins import origin_check
from deid.pipeline.quasi.columns import base_value, quasi_fields, sensitive_columns
from deid.pipeline.quasi.facts import read_told, with_facts
from deid.pipeline.quasi.listed import listed_fields
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.words.personalwords import PersonalUse
from deid.pipeline.words.rarewords import WordUse
from deid.pipeline.words.wordnumbers import counts_path
from deid.pipeline.working.analysis import ShardAnalysis, Tally, analysis_to_json
from deid.pipeline.working.reading import BATCH, Quarantined, RunSpec, batches, open_record
from deid.pipeline.working.sidecar import SidecarWriter, pack
from deid.pipeline.working.state import save_sealed
from deid.transform.tokens import ReplacementKey
from deid.types import Fact, Span


class Analyzer:
    """The worker of pass A."""

    def __init__(self, run: RunSpec) -> None:
        self._run = run
        self._key = ReplacementKey(run.key)
        self._counted = {*quasi_fields(run.config), *sensitive_columns(run.config)}
        self._listed = frozenset(listed_fields(run.config))
        self._telling = load_telling(run.config, run.today)
        self._clearing = Clearing.load(run.config)
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
            read = open_record(raw, self._run.config, self._clearing.tree)
            if isinstance(read, Quarantined):
                result.quarantined.append(read)
                continue
            if self._origins is not None:
                self._origins.check(read)
            left = self._clearing.of(read)
            if reason := self._clearing.standing.reason(read.subjects):
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


def _add(vector: dict[str, set[str]], column: str, value: str | None) -> None:
    if value is not None:
        vector.setdefault(column, set()).add(value)


def _kind(value: Scalar) -> str:
    large = isinstance(value, int) and not -(2**63) <= value < 2**63
    return "large int" if large else type(value).__name__
