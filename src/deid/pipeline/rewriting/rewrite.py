"""One record rewritten: text replaced, the result read again until nothing new is found, fields treated."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from deid.config import Config, load_operators
from deid.detect.detector import DefaultDetector
from deid.detect.known_values import KnownValues
from deid.detect.resolve import resolve
from deid.ingest.record import Record
from deid.labels import LabelClass, class_of
from deid.pipeline.custody.keyfile import lasting_key
from deid.pipeline.custody.sealing import Deleted
from deid.pipeline.quasi.telling import Telling
from deid.pipeline.rewriting.instructions import (
    Decided,
    Instructions,
    Publishing,
    decide,
    instruct,
    released_facts,
)
from deid.pipeline.rewriting.topics import load_topics
from deid.pipeline.rewriting.treating import FieldWriter
from deid.pipeline.words.standins import StandIns
from deid.pipeline.words.wordnumbers import WordFinder
from deid.transform.apply import Edit, Replacements, Transformed, Transformer
from deid.transform.keys import Keys
from deid.transform.policy import build_operators
from deid.transform.style import STYLE, changes
from deid.transform.tokens import ReplacementKey
from deid.types import Fact, Span, Turn

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
class Rewritten:
    """A record as it may be released, and what was taken out.

    value    : the released record.
    texts    : its texts, parallel to the record's turns.
    deleted  : deleted information of each subject.
    vectors  : column or field of a list → values of each subject, read from the released record.
    residual : label → findings still there after the last round.
    kept     : label → findings that stay, since nothing leads from them to a person.
    """

    value: dict[str, Any] = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)
    deleted: list[Deleted] = field(repr=False)
    vectors: list[dict[str, set[str]]] = field(repr=False)
    residual: Counter[str]
    kept: Counter[str]
    escaped: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A record's texts as they were last written, what was asked for, and what is found in them."""

    given: Instructions
    text: Transformed
    seen: list[list[Span]]


class Rewriter:
    """Rewrites records by a plan; keeps no state between records."""

    def __init__(  # noqa: PLR0913 - the two for words are there where the configuration asks for them
        self,
        config: Config,
        key: ReplacementKey,
        plan: Publishing,
        telling: Telling,
        detector: DefaultDetector,
        *,
        rare: WordFinder | None = None,
        others: StandIns | None = None,
    ) -> None:
        """Read the domain's token key, where the configuration names one. Raises ConfigError.

        rare   : finds the words that few people use, for topics that may stay.
        others : draws what is written for personal words; None writes the tag.
        """
        table = load_operators(config.transform, config.mode)
        self._key = key
        self._plan = plan
        self._telling = telling
        self._detector = detector
        keys = Keys(key, lasting_key(config), config.release.name)
        self._transformer = Transformer(build_operators(table, key, keys=keys), key)
        self._fields = FieldWriter(config, key, plan, keys)
        self._style = config.transform.style
        self._others = others
        self._topics = load_topics(config, telling, rare)

    def rewrite(self, batch: Sequence[tuple[Record, Findings]]) -> list[Rewritten]:
        """Rewrite records, read again together."""
        spans = [findings.spans for _, findings in batch]
        given = [self._instructed(record, found) for record, found in batch]
        drafts = [self._draft(record, found, given[n]) for n, (record, found) in enumerate(batch)]
        seen = self._rescan(batch, drafts)
        for _ in range(ROUNDS - 1):
            fresh = [
                self._fresh(batch[n][0], _Draft(given[n], draft, seen[n])) for n, draft in enumerate(drafts)
            ]
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

    def _fresh(self, record: Record, draft: "_Draft") -> list[tuple[int, Span]]:
        """Return what is to be replaced too: what identifies, and what a silenced subject says."""
        return [
            (n, span)
            for n, span in self._not_kept(draft)
            if class_of(span.label) is not LabelClass.QUASI or self._is_silenced(record, n, span)
        ]

    def _instructed(self, record: Record, findings: Findings) -> Instructions:
        silenced = self._plan.silenced
        silent = frozenset(
            n for n in range(len(record.subjects) if silenced else 0) if self._token(record, n) in silenced
        )
        decided = self._decided(record, findings)
        given = instruct(self._telling, record.turns, findings.spans, decided, silent)
        given = self._topics.left_in(record.turns, given, silent=bool(silent))
        if self._others is None:
            return given
        written = self._others.of(findings.token, record.turns, given.spans)
        return replace(given, replacements=written | dict(given.replacements))

    def _draft(self, record: Record, findings: Findings, given: Instructions) -> Transformed:
        spans, replacements = self._styled(record.turns, given)
        return self._transformer.transform(
            findings.token,
            record.turns,
            spans,
            replacements=replacements,
            known=record.known,
            subjects=record.subjects,
        )

    def _styled(
        self, turns: Sequence[Turn], given: Instructions
    ) -> tuple[Sequence[Sequence[Span]], Replacements]:
        """Return the instructions with what subjects write put in another style between their spans."""
        if self._style is None:
            return given.spans, given.replacements
        replacements = dict(given.replacements)
        spans = []
        for n, (turn, found) in enumerate(zip(turns, given.spans, strict=True)):
            evened = [] if turn.speaker is None else changes(turn.text, found, self._style)
            replacements |= {(n, start, end): written for start, end, written in evened}
            spans.append(sorted([*found, *(Span(start, end, STYLE) for start, end, _ in evened)]))
        return spans, replacements

    def _not_kept(self, draft: "_Draft") -> Iterator[tuple[int, Span]]:
        """Yield findings outside of what this run wrote, but topics where some were left."""
        for n, span in _outside(draft.text, draft.seen):
            start, end = _source(draft.text.edits[n], span.start, span.end)
            stays = any(turn == n and low < end and start < high for turn, low, high in draft.given.kept)
            if not (stays and span.label in self._topics.labels):
                yield n, span

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
        texts = {turn.path: text for turn, text in zip(record.turns, draft.texts, strict=True)}
        treated = self._fields.treat(record, findings.token, texts)
        owner = {turn.path: turn.speaker or 0 for turn in record.turns}
        for item in draft.deleted:
            treated.deleted[owner[item.path]].items.append(item)
        self._read_facts(record, findings, last, treated.vectors)
        left = Counter(span.label for _, span in self._not_kept(last))
        residual = Counter({k: n for k, n in left.items() if class_of(k) is not LabelClass.QUASI})
        kept = Counter(last.given.kept.values())
        return Rewritten(
            treated.value, draft.texts, treated.deleted, treated.vectors, residual, kept, draft.n_escaped
        )

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


def _outside(draft: Transformed, seen: Sequence[Sequence[Span]]) -> list[tuple[int, Span]]:
    return [
        (n, span)
        for n, (spans, edits) in enumerate(zip(seen, draft.edits, strict=True))
        for span in spans
        if not any(
            edit.new_start < span.end and span.start < edit.new_end for edit in edits if edit.label != STYLE
        )
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
        start, end = _source(draft.edits[n], span.start, span.end)
        result[n].append(Span(start, end, span.label, span.score, "rescan"))
    return [resolve(found, turn.text) for found, turn in zip(result, turns, strict=True)]


def _source(edits: Sequence[Edit], start: int, end: int) -> tuple[int, int]:
    """Return the range of the source text that became ``[start, end)``, with the whole of edits it cuts."""
    low, high = start, end
    for edit in edits:
        if edit.new_end <= start:
            low = start + edit.end - edit.new_end
        elif edit.new_start < start:
            low = edit.start
        if edit.new_start < end:
            high = end + edit.end - edit.new_end if edit.new_end <= end else edit.end
    return low, high
