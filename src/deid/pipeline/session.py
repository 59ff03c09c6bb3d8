"""Batches of an ETL job through the pipeline: Arrow in, Arrow out, the escrow committed first.

A batch is rewritten as it comes. What needs the whole data set cannot be known then, so nothing that
k-anonymity decides is published: person-level quasi-identifiers come out as null, and facts in text as tags.
``Pipeline.run`` is the way to a release with them.
"""

import datetime
import os
from collections.abc import Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

import pyarrow as pa

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.errors import ConfigError, InputError
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record, read_record
from deid.pipeline.admitting.cleared import Clearing
from deid.pipeline.admitting.minors import minor_check
from deid.pipeline.admitting.origins import origin_check
from deid.pipeline.custody.sealing import Sealing, open_escrow, seal_records
from deid.pipeline.quasi.facts import read_told, with_facts
from deid.pipeline.quasi.telling import Telling, load_telling
from deid.pipeline.rewriting.rewrite import Findings, Rewriter
from deid.transform.tokens import ReplacementKey


class Session:
    """An open pipeline; a context manager. The replacement key lives as long as it is open."""

    def __init__(self, config: Config, *, now: datetime.datetime) -> None:
        for option in ("rare_words", "personal_words"):
            if getattr(config.transform, option) is not None:
                raise ConfigError(
                    f"transform.{option}: a batch cannot tell how many people use a word",
                    hint="leave it out, or use `deid run`",
                )
        if config.release.max_words is not None:
            raise ConfigError(
                "release.max_words: a batch gives back each record whole",
                hint="leave it out, or use `deid run`",
            )
        self._config = config
        self._key = ReplacementKey.random()
        self._tree = compile_fields(config.fields)
        self._telling = load_telling(config, now.date())
        self._detector = DefaultDetector.configured(config.input.languages, config.detect)
        self._minors = minor_check(config, self._telling.places.surfaces, now.date())
        self._origins = origin_check(config, now.date())
        self._rewriter = Rewriter(
            config, self._key, _Suppressing(self._telling), self._telling, self._detector
        )
        self._run = f"session-{now:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}"
        self._escrow = open_escrow(_sealing(config, self._run, now))
        self._batches = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._escrow is not None:
            self._escrow.close()

    def transform_batch(self, batch: object) -> pa.Table:
        """Return a de-identified table for anything with ``__arrow_c_stream__`` or a record batch.

        Rows keep their order; rows of people whom the ledger keeps out, as it stands now, are left
        out, and of people under age where the policy promises it.
        Raises ReleaseRefused for a row whose origin does not allow the purpose, and
        InputError naming the first row that cannot be read: a batch is transformed whole or not at
        all. In pseudonymize mode deleted information is durable in the escrow before the table is returned.
        """
        clearing = Clearing.load(self._config)
        read = [self._read(number, row) for number, row in enumerate(_rows(batch))]
        records = [left for record in read if (left := clearing.allowed(record)) is not None]
        records, found = self._of_age(records)
        done = self._rewriter.rewrite(list(zip(records, found, strict=True)))
        if self._escrow is not None:
            sealed = [
                item
                for record, result in zip(records, done, strict=True)
                for item in seal_records(record, self._token(record), result.deleted)
            ]
            self._escrow.put(f"{self._run}.{self._batches:08d}", sealed)
            self._batches += 1
        residual = sum(sum(result.residual.values()) for result in done)
        if residual:
            raise InputError(
                f"{residual} findings were still there after rewriting", hint="nothing is returned"
            )
        return pa.Table.from_pylist([result.value for result in done])

    def _of_age(self, records: Sequence[Record]) -> tuple[list[Record], list[Findings]]:
        """Return the records of people who are of age, where the policy asks for it, and what they hold."""
        found = [self._findings(record) for record in records]
        kept = [
            (record, findings)
            for record, findings in zip(records, found, strict=True)
            if self._minors is None or not self._minors.suspected(record, findings.spans)
        ]
        return [record for record, _ in kept], [findings for _, findings in kept]

    def _read(self, number: int, row: dict[str, object]) -> Record:
        try:
            record = read_record(row, self._config, self._tree)
        except InputError as error:
            raise InputError(f"row {number}: {error}", hint=error.hint) from None
        if self._origins is not None:
            self._origins.check(record)
        return record

    def _token(self, record: Record) -> str:
        return self._key.token("record", record.id)

    def _findings(self, record: Record) -> Findings:
        spans = self._detector.detect_conversations([(record.turns, record.known)])[0]
        facts = read_told(self._telling, record.turns, spans)
        return Findings(self._token(record), with_facts(record.turns, spans, facts), facts)


def _rows(batch: Any) -> list[dict[str, object]]:
    """Return the rows of a batch; InputError for what is none, or holds what Python has no value for."""
    try:
        table = pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else pa.table(batch)
        rows: list[dict[str, object]] = table.to_pylist()
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise InputError(
            f"batch: cannot be read as Arrow ({type(error).__name__})", hint="give a table or a record batch"
        ) from None
    return rows


class _Suppressing(NamedTuple):
    """A plan that publishes no quasi-identifier of a person."""

    telling: Telling
    silenced: frozenset[str] = frozenset()

    def published(self, subject: str, column: str, value: str) -> None:
        """Return None, whatever is asked."""

    def of_list(self, path: str, value: str) -> None:
        """Return None, whatever is asked."""

    def of_other(self, kind: str, value: str) -> str | None:
        """Return the value, or what more people are called."""
        return self.telling.commoner(kind, value) if self.telling.is_few(kind, value) else value


def _sealing(config: Config, run: str, now: datetime.datetime) -> Sealing | None:
    if config.mode == "anonymize" or config.escrow is None:
        return None
    return Sealing(config.escrow.url, config.escrow.keys, config.escrow.domain, run, now)
