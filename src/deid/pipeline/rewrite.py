"""One record rewritten: text replaced, fields treated, the result read again until nothing new is found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.config import Config, FieldSpec, Treatment, load_operators
from deid.detect.detector import DefaultDetector
from deid.detect.known_values import KnownValues
from deid.detect.resolve import resolve
from deid.ingest.fields import Leaf, Scalar, compile_fields, rebuild
from deid.ingest.record import Record, subject_index
from deid.labels import LabelClass, class_of
from deid.pipeline.columns import base_value, quasi_fields, sensitive_columns
from deid.pipeline.instructions import Decided, Instructions, Publishing, decide, instruct, released_facts
from deid.pipeline.keyfile import lasting_key
from deid.pipeline.telling import Telling
from deid.transform.apply import Transformed, Transformer
from deid.transform.deleted import DeletedItem
from deid.transform.keyed import keyed_value
from deid.transform.keys import Keys
from deid.transform.operators import transform_value
from deid.transform.policy import build_operators
from deid.transform.tokens import ReplacementKey
from deid.types import Fact, Span, Turn

_TAGGED = Treatment(operator="tag")

ROUNDS = 3
"""How often a rewritten record is read again; what is found after the last round is residual."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What pass A found in a record.

    token : the record's token, its id in the release.
    """

    token: str
    spans: list[list[Span]]
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was taken out of one subject's part of a record: surfaces in text, and whole fields."""

    items: list[DeletedItem] = field(default_factory=list, repr=False)
    fields: list[tuple[str, Scalar]] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A record as it may be released, and what was taken out.

    value    : the released record.
    texts    : its texts, parallel to the record's turns.
    deleted  : deleted information of each subject.
    vectors  : column → values of each subject, read from the released record.
    residual : label → findings still there after the last round.
    """

    value: dict[str, Any] = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)
    deleted: list[Deleted] = field(repr=False)
    vectors: list[dict[str, set[str]]] = field(repr=False)
    residual: Counter[str]
    escaped: int


class _Fields:
    """One record's fields while they are rewritten."""

    def __init__(self, record: Record, token: str, texts: Mapping[str, str]) -> None:
        self.record = record
        self.token = token
        self.texts = texts
        self.tokens: dict[tuple[str, Scalar], str] = {}
        self.deleted = [Deleted() for _ in record.subjects]
        self.vectors: list[dict[str, set[str]]] = [{} for _ in record.subjects]

    def delete(self, leaf: Leaf) -> None:
        """Keep a field's value as deleted information; what is secret or media is kept nowhere."""
        if leaf.spec.cls not in ("secret", "media"):
            self.deleted[subject_index(leaf.path, self.record.prefixes)].fields.append(
                (leaf.path, leaf.value)
            )


@dataclass(frozen=True, slots=True)
class _Draft:
    """A record's texts as they were last written, what was asked for, and what is found in them."""

    given: Instructions
    text: Transformed
    seen: list[list[Span]]


class Rewriter:
    """Rewrites records by a plan; keeps no state between records."""

    def __init__(
        self,
        config: Config,
        key: ReplacementKey,
        plan: Publishing,
        telling: Telling,
        detector: DefaultDetector,
    ) -> None:
        """Read the domain's token key, where the configuration names one. Raises ConfigError."""
        table = load_operators(config.transform, config.mode)
        self._config = config
        self._key = key
        self._plan = plan
        self._telling = telling
        self._detector = detector
        self._keys = Keys(key, lasting_key(config), config.release.name)
        self._transformer = Transformer(build_operators(table, key, keys=self._keys), key)
        self._tree = compile_fields(config.fields)
        self._quasi = quasi_fields(config)
        self._sensitive = frozenset(sensitive_columns(config))

    def rewrite(self, batch: Sequence[tuple[Record, Findings]]) -> list[Rewritten]:
        """Rewrite records, read again together."""
        spans = [findings.spans for _, findings in batch]
        given = [self._instructed(record, found) for record, found in batch]
        drafts = [self._draft(record, found, given[n]) for n, (record, found) in enumerate(batch)]
        seen = self._rescan(batch, drafts)
        for _ in range(ROUNDS - 1):
            fresh = [self._fresh(batch[n][0], draft, seen[n]) for n, draft in enumerate(drafts)]
            again = [n for n, found in enumerate(fresh) if found]
            if not again:
                break
            for n in again:
                record, findings = batch[n]
                spans[n] = _widened(record.turns, spans[n], drafts[n], fresh[n])
                widened = Findings(findings.token, spans[n], findings.facts)
                given[n] = self._instructed(record, widened)
                drafts[n] = self._draft(record, widened, given[n])
            rescanned = self._rescan([batch[n] for n in again], [drafts[n] for n in again])
            for n, found in zip(again, rescanned, strict=True):
                seen[n] = found
        return [
            self._finish(record, findings, _Draft(given[n], drafts[n], seen[n]))
            for n, (record, findings) in enumerate(batch)
        ]

    def _fresh(
        self, record: Record, draft: Transformed, seen: Sequence[Sequence[Span]]
    ) -> list[tuple[int, Span]]:
        """Return what is to be replaced too: what identifies, and what a silenced subject says."""
        return [
            (n, span)
            for n, span in _outside(draft, seen)
            if class_of(span.label) is not LabelClass.QUASI or self._is_silenced(record, n, span)
        ]

    def _instructed(self, record: Record, findings: Findings) -> Instructions:
        silenced = self._plan.silenced
        silent = (n for n in range(len(record.subjects)) if self._token(record, n) in silenced)
        decided = self._decided(record, findings)
        return instruct(
            self._telling, record.turns, findings.spans, decided, frozenset(silent if silenced else ())
        )

    def _draft(self, record: Record, findings: Findings, given: Instructions) -> Transformed:
        return self._transformer.transform(
            findings.token,
            record.turns,
            given.spans,
            replacements=given.replacements,
            known=record.known,
            subjects=record.subjects,
        )

    def _is_silenced(self, record: Record, turn: int, span: Span) -> bool:
        speaker = record.turns[turn].speaker
        return (
            span.label in self._telling.kinds
            and speaker is not None
            and self._token(record, speaker) in self._plan.silenced
        )

    def _decided(self, record: Record, findings: Findings) -> list[Decided]:
        tokens = [self._token(record, n) for n in range(len(record.subjects))]
        return decide(self._telling, self._plan, record.turns, findings.facts, tokens)

    def _token(self, record: Record, subject: int) -> str:
        return self._key.token("subject", record.subjects[subject])

    def _published(self, record: Record, subject: int, column: str, value: str) -> str | None:
        return self._plan.published(self._token(record, subject), column, value)

    def _rescan(
        self, batch: Sequence[tuple[Record, Findings]], drafts: Sequence[Transformed]
    ) -> list[list[list[Span]]]:
        """Read the texts that had findings again, and every text for the subject's known values."""
        wanted = [
            (n, t)
            for n, ((_, findings), draft) in enumerate(zip(batch, drafts, strict=True))
            for t, spans in enumerate(findings.spans)
            if spans or draft.edits[t]
        ]
        found = self._detector.detect([drafts[n].texts[t] for n, t in wanted])
        result: list[list[list[Span]]] = [[[] for _ in draft.texts] for draft in drafts]
        for (n, t), spans in zip(wanted, found, strict=True):
            result[n][t] = spans
        for n, (record, _) in enumerate(batch):
            if record.known:
                matcher = KnownValues(record.known)
                for t, spans in enumerate(matcher.detect(drafts[n].texts)):
                    result[n][t] = resolve([*result[n][t], *spans], drafts[n].texts[t])
        return result

    def _finish(self, record: Record, findings: Findings, last: "_Draft") -> Rewritten:
        draft = last.text
        fields = _Fields(record, findings.token, dict(zip(_paths(record), draft.texts, strict=True)))
        value = rebuild(record.value, self._tree, lambda leaf: self._replace(leaf, fields), is_released)
        # A deleted field is not in the release, but it is deleted information all the same.
        for leaf in record.leaves:
            if leaf.value is not None and not is_released(leaf.spec):
                fields.delete(leaf)
        owner = {turn.path: turn.speaker or 0 for turn in record.turns}
        for item in draft.deleted:
            fields.deleted[owner[item.path]].items.append(item)
        self._read_facts(record, findings, last, fields.vectors)
        residual = Counter(span.label for _, span in _new(draft, last.seen))
        return Rewritten(value, draft.texts, fields.deleted, fields.vectors, residual, draft.n_escaped)

    def _replace(self, leaf: Leaf, fields: "_Fields") -> Scalar:
        text = fields.texts.get(leaf.path)
        if text is not None:
            return text
        if leaf.value is None:
            return None
        new = self._field(leaf, fields)
        if leaf.declared in self._sensitive and new not in (None, ""):
            subject = subject_index(leaf.path, fields.record.prefixes)
            fields.vectors[subject].setdefault(leaf.declared, set()).add(str(new))
        if new != leaf.value:
            fields.delete(leaf)
        return new

    def _field(self, leaf: Leaf, fields: "_Fields") -> Scalar:
        treatment = leaf.spec.effective
        if treatment.operator == "reissue":
            return self._reissued(leaf, fields)
        if leaf.declared in self._quasi:
            value = base_value(leaf)
            subject = subject_index(leaf.path, fields.record.prefixes)
            node = None if value is None else self._published(fields.record, subject, leaf.declared, value)
            if node is not None:
                fields.vectors[subject].setdefault(leaf.declared, set()).add(node)
            return node
        if treatment.operator == "keep":
            return leaf.value
        if treatment.operator in ("token", "encrypt", "ff1", "shift"):
            return self._keyed(leaf, fields)
        return transform_value(
            treatment,
            leaf.value,
            path=leaf.declared,
            key=self._key,
            scope=fields.token,
            label=leaf.spec.known_value,
        )

    def _reissued(self, leaf: Leaf, fields: "_Fields") -> str:
        """Return the token of an id: the same person has one wherever the record names them."""
        known = fields.tokens.get((leaf.declared, leaf.value))
        if known is None:
            scope = leaf.spec.effective.scope or "release"
            kind = token_kind(self._config, leaf.declared)
            known = self._keys.token(kind, str(leaf.value), scope=scope, conversation=fields.token)
            fields.tokens[leaf.declared, leaf.value] = known
        return known

    def _keyed(self, leaf: Leaf, fields: "_Fields") -> Scalar:
        """Return what is made of a field under the keys; the tag for what cannot be read."""
        kind = leaf.spec.known_value or leaf.declared
        made = keyed_value(
            leaf.spec.effective,
            leaf.value,
            kind=kind,
            keys=self._keys,
            conversation=fields.token,
            subject=fields.record.subjects[subject_index(leaf.path, fields.record.prefixes)],
        )
        return transform_value(_TAGGED, leaf.value, path=kind) if made is None else made

    def _read_facts(
        self,
        record: Record,
        findings: Findings,
        last: "_Draft",
        vectors: Sequence[dict[str, set[str]]],
    ) -> None:
        """Collect the facts a reader finds: those published by plan, and whatever the new text states."""
        for one in self._decided(record, findings):
            if one.counted is not None and one.node is not None:
                vectors[one.subject].setdefault(one.counted, set()).add(one.node)
        for subject, column, value in released_facts(
            self._telling, record.turns, findings.facts, last.text, last.seen, last.given.replacements
        ):
            vectors[subject].setdefault(column, set()).add(value)


def token_kind(config: Config, declared: str) -> str:
    """Return the kind under which a field's ids are reissued: ``record``, ``subject`` or its own path."""
    if declared == config.input.record_id:
        return "record"
    people = (config.input.subject_id, config.input.speaker_id)
    return "subject" if declared in people else declared


def _paths(record: Record) -> list[str]:
    return [turn.path for turn in record.turns]


def is_released(spec: FieldSpec) -> bool:
    """Return whether a field stands in the release at all."""
    return spec.cls != "drop" and spec.effective.operator != "delete"


def _new(draft: Transformed, seen: Sequence[Sequence[Span]]) -> list[tuple[int, Span]]:
    """Return findings in released text that lie outside everything this run wrote there."""
    return [(n, span) for n, span in _outside(draft, seen) if class_of(span.label) is not LabelClass.QUASI]


def _outside(draft: Transformed, seen: Sequence[Sequence[Span]]) -> list[tuple[int, Span]]:
    return [
        (n, span)
        for n, (spans, edits) in enumerate(zip(seen, draft.edits, strict=True))
        for span in spans
        if not any(edit.new_start < span.end and span.start < edit.new_end for edit in edits)
    ]


def _widened(
    turns: Sequence[Turn],
    spans: Sequence[Sequence[Span]],
    draft: Transformed,
    fresh: Sequence[tuple[int, Span]],
) -> list[list[Span]]:
    """Add findings in released text to the spans of the original text they stand for."""
    result = [list(found) for found in spans]
    for n, span in fresh:
        shift = sum(
            (edit.end - edit.start) - (edit.new_end - edit.new_start)
            for edit in draft.edits[n]
            if edit.new_end <= span.start
        )
        result[n].append(Span(span.start + shift, span.end + shift, span.label, span.score, "rescan"))
    return [resolve(found, turn.text) for found, turn in zip(result, turns, strict=True)]
