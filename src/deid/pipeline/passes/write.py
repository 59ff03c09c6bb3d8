"""Pass B over one shard: rewrite, seal what was deleted, then write the shard's pieces.

The order is the promise: deleted information is durable in the escrow before a piece gets its name, and
a piece before its receipt. Running a shard again makes a new attempt in the escrow and the same pieces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import orjson

from deid.detect.detector import DefaultDetector
from deid.errors import InputError
from deid.ingest.pieces import cut
from deid.ingest.record import Record
from deid.ingest.shards import ShardSpec, read_shard
from deid.pipeline.admitting.cleared import Clearing
from deid.pipeline.custody.sealing import SEAL_RECORDS, Sealing, open_escrow, seal_records
from deid.pipeline.planning.plan import Plan, bucket_of
from deid.pipeline.quasi.listed import listed_fields
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.rewriting.rewrite import Findings, Rewriter, Rewritten
from deid.pipeline.words.standins import StandIns
from deid.pipeline.words.wordnumbers import WordFinder
from deid.pipeline.working.reading import BATCH, Quarantined, RunSpec, batches, open_record
from deid.pipeline.working.receipt import ShardReceipt, receipt_path
from deid.pipeline.working.sidecar import read_sidecar, unpack
from deid.pipeline.working.state import save_sealed
from deid.release.writer import PieceWriter
from deid.transform.tokens import ReplacementKey

if TYPE_CHECKING:
    from deid.escrow.writer import SealedRecord


# What is shorter, in code points over all texts, is what many people say, and no copy: about fifty tokens of
# English, from which on training sets are freed of repeats (Lee et al., ACL 2022).
COPY_CHARACTERS = 200

# REQUIREMENTS O-17: a policy declares card data absent, so finding them is an incident.
INCIDENT_LABELS = frozenset({"CREDIT_CARD", "CARD_SECURITY_CODE", "PASSWORD", "SECRET_KEY"})


@dataclass(frozen=True, slots=True)
class _Part:
    """What is released under one record id; ``whole`` is the token of the record it is from."""

    record: Record
    findings: Findings
    whole: str


class Writer:
    """The worker of pass B."""

    def __init__(self, run: RunSpec, plan: Plan, sealing: Sealing | None) -> None:
        self._run = run
        self._plan = plan
        self._key = ReplacementKey(run.key)
        config = run.config
        self._listed = frozenset(listed_fields(config))
        self._clearing = Clearing.load(config)
        detector = DefaultDetector.configured(config.input.languages, config.detect)
        self._rare = None if plan.common is None else WordFinder.rare(config, self._key, plan.common)
        telling = load_telling(config, run.today)
        others = StandIns.load(config, self._key, plan.stand_ins) if plan.stand_ins else None
        self._rewriter = Rewriter(config, self._key, plan, telling, detector, rare=self._rare, others=others)
        self._personal = (
            None if plan.personal is None else WordFinder.personal(config, self._key, plan.personal)
        )
        self._sealing = sealing
        self._escrow = open_escrow(sealing)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._escrow is not None:
            self._escrow.close()

    def __call__(self, shard: ShardSpec) -> ShardReceipt:
        """Rewrite one shard, seal, and publish its pieces."""
        receipt = ShardReceipt(shard.index)
        receipt_path(self._run.work, shard).unlink(missing_ok=True)
        sealed: list[SealedRecord] = []
        with PieceWriter(self._run.work, shard.name.replace("-", "_")) as pieces:
            for batch in batches(self._kept(shard, receipt), BATCH):
                parts = [part for record, findings in batch for part in self._cut(record, findings)]
                results = self._rewriter.rewrite([(part.record, part.findings) for part in parts])
                for part, result in zip(parts, results, strict=True):
                    split = self._plan.splits[part.whole][0]
                    self._count(part, result, split, receipt)
                    bucket = bucket_of(part.findings.token, self._plan.buckets[split])
                    pieces.add(split, bucket, orjson.dumps(result.value))
                    if self._escrow is not None:
                        sealed += seal_records(part.record, part.findings.token, result.deleted)
                self._note_copies(parts, results, receipt)
                if len(sealed) >= SEAL_RECORDS:
                    self._put(shard, sealed, receipt)
            self._put(shard, sealed, receipt)
        save_sealed(receipt_path(self._run.work, shard), self._key.digest("sidecar"), receipt.to_json())
        return receipt

    def _put(self, shard: ShardSpec, sealed: "list[SealedRecord]", receipt: ShardReceipt) -> None:
        if self._escrow is None or not sealed:
            return
        batch = f"{self._sealing.run if self._sealing else ''}.{shard.name}.{len(receipt.attempts):05d}"
        receipt.attempts[batch] = self._escrow.put(batch, sealed).attempt
        receipt.sealed += len(sealed)
        sealed.clear()

    def _kept(self, shard: ShardSpec, receipt: ShardReceipt) -> Iterator[tuple[Record, Findings]]:
        """Yield the shard's records that go into the release, each with what pass A found."""
        done: set[str] = set()
        for where, record, findings in self._matched(shard):
            owner = self._plan.owners.get(findings.token, shard.index)
            if owner != shard.index or findings.token in done:
                receipt.quarantined.append(Quarantined(where, record.id, "duplicate-id"))
                receipt.repeated.add(record, findings.spans)
                continue
            if findings.token in self._plan.owners:
                done.add(findings.token)
            if self._plan.keeps(findings.token) and not self._dropped(record):
                yield record, self._with_words(record, findings, receipt)
            else:
                receipt.excluded += 1

    def _cut(self, record: Record, findings: Findings) -> Iterator["_Part"]:
        """Yield the pieces of a record that go out under ids of their own; a short one is one piece."""
        pieces = cut(record, self._run.config, self._clearing.tree)
        for piece in pieces:
            token = findings.token if len(pieces) == 1 else self._key.token("record", piece.record.id)
            spans = [findings.spans[n] for n in piece.turns]
            yield _Part(piece.record, Findings(token, spans, piece.facts(findings.facts)), findings.token)

    def _with_words(self, record: Record, findings: Findings, receipt: ShardReceipt) -> Findings:
        """Add the words that are replaced for whose they are."""
        found = [findings.spans]
        for finder in (self._rare, self._personal):
            found.append(found[-1] if finder is None else finder.beside(record, found[-1]))
        sizes = [sum(map(len, spans)) for spans in found]
        receipt.rare_words += sizes[1] - sizes[0]
        receipt.personal_words += sizes[2] - sizes[1]
        return replace(findings, spans=found[-1])

    def _dropped(self, record: Record) -> bool:
        return any(self._key.token("subject", subject) in self._plan.dropped for subject in record.subjects)

    def _matched(self, shard: ShardSpec) -> Iterator[tuple[str, Record, Findings]]:
        """Read the shard again beside its sidecar.

        Raises InputError when the input is not what pass A read.
        """
        sidecar = self._sidecar(shard)
        findings = next(sidecar, None)
        for raw in read_shard(shard):
            read = open_record(raw, self._run.config, self._clearing.tree)
            record = None if isinstance(read, Quarantined) else self._clearing.of(read)
            if record is None or findings is None:
                continue
            if self._key.token("record", record.id) != findings.token:
                continue
            if len(findings.spans) != len(record.turns):
                break
            yield raw.where, record, findings
            findings = next(sidecar, None)
        if findings is not None:
            raise InputError(f"{shard.path}: the file changed while it was read", hint="run again")

    def _sidecar(self, shard: ShardSpec) -> Iterator[Findings]:
        path = self._run.work / f"{shard.name}.spans"
        for frame in read_sidecar(path, self._key.digest("sidecar")):
            for packed in frame:
                yield Findings(*unpack(packed))

    def _note_copies(
        self, parts: "Sequence[_Part]", results: Sequence[Rewritten], receipt: ShardReceipt
    ) -> None:
        """Take a digest of what each whole record says where that is long."""
        said: dict[str, list[str]] = {}
        for part, result in zip(parts, results, strict=True):
            said.setdefault(part.whole, []).extend(result.texts)
        for token, texts in said.items():
            if sum(map(len, texts)) >= COPY_CHARACTERS:
                receipt.contents[token] = self._key.digest("content", *texts)[:16].hex()

    def _count(self, part: "_Part", result: Rewritten, split: str, receipt: ShardReceipt) -> None:
        receipt.records += 1
        receipt.escaped += result.escaped
        receipt.residual += result.residual
        receipt.kept += result.kept
        found = {span.label for spans in part.findings.spans for span in spans}
        receipt.incidents.update(found & INCIDENT_LABELS)
        for subject, vector in zip(part.record.subjects, result.vectors, strict=True):
            token = self._key.token("subject", subject)
            receipt.subject_splits.setdefault(token, set()).add(split)
            into = receipt.vectors.setdefault(token, {})
            for column, values in vector.items():
                if column in self._listed:
                    for value in values:
                        receipt.listed.setdefault(column, {}).setdefault(value, set()).add(token)
                else:
                    into.setdefault(column, set()).update(values)
