"""Spans to replacements, over one record: pure, in the record's order, exactly reversible.

A span of a label that is never escrowed leaves no deleted item: its surface is gone for ever. Text that
looks like a tag and is not one of ours is escaped wherever it stands in the result, so also where it
only arises because something between its pieces was replaced.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.errors import ConfigError, SpanError
from deid.labels import LABELS
from deid.transform.deleted import ESCAPED, DeletedItem
from deid.transform.identity import Entity, link
from deid.transform.lookalikes import CLOSED, OPENED, find_lookalikes
from deid.transform.operators import Keep, Mention, Operator, Surrogate, tag_of
from deid.transform.script import Language, language_of
from deid.transform.surrogates import Scope, assign, real_values
from deid.transform.tokens import ReplacementKey
from deid.types import KnownValue, Span, Turn

Place = tuple[int, int, int]
"""Turn, start and end."""

Replacements = Mapping[Place, str | None]
"""(turn, start, end) of a span → what is written instead of its operator's result; None is the tag."""

Plan = Mapping[tuple[int, int], str | None]
"""The replacements of one turn, by (start, end)."""

_NEVER_ESCROWED = frozenset(name for name, label in LABELS.items() if not label.escrowed)


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced range: ``[start, end)`` of the source became ``[new_start, new_end)`` of the result.

    label : of what was replaced.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    label: str


@dataclass(frozen=True, slots=True)
class Transformed:
    """The two halves of a record that must never be stored together.

    texts     : released texts, parallel to the turns.
    deleted   : deleted information, in the order of the texts.
    edits     : replaced ranges of each text, in order; never-escrowed ones included, escapes not.
    counts    : label → spans replaced; a kept span is not.
    n_escaped : look-alikes of tags that were escaped.
    """

    texts: tuple[str, ...] = field(repr=False)
    deleted: tuple[DeletedItem, ...] = field(repr=False)
    edits: tuple[tuple[Edit, ...], ...]
    counts: Mapping[str, int]
    n_escaped: int


@dataclass(frozen=True, slots=True)
class Transformer:
    """Applies operators to records.

    operators : one for each label, from ``build_operators``.
    key       : draws surrogates.
    """

    operators: Mapping[str, Operator]
    key: ReplacementKey = field(repr=False)

    def transform(
        self,
        record_id: str,
        turns: Sequence[Turn],
        spans: Sequence[Sequence[Span]],
        *,
        replacements: Replacements | None = None,
        known: Sequence[KnownValue] = (),
        subjects: Sequence[str] = (),
    ) -> Transformed:
        """Replace the spans of a record's turns.

        record_id : names the record in errors, and its scope: one identity has one surrogate in it.
        spans     : sorted and disjoint, one list a turn.
        known     : values of the subjects: no surrogate may equal one, said in the text or not; names of one
                    subject are one person.
        subjects  : ids of the record's subjects; a turn that is nobody's has the dates of the first.

        Raises SpanError for spans that overlap or run past their text and for a replacement whose range
        no span covers; ConfigError for a label without an operator.
        """
        self._check(record_id, turns, spans)
        plans = _plans(record_id, spans, replacements or {})
        entities = link(turns, spans, known)
        writer = _Writer(self.operators, self._scope(record_id, entities, known))
        return _finish(
            [
                writer.draft(
                    turn,
                    zip(found, linked, strict=True),
                    plans.get(index, {}),
                    subject=subjects[turn.speaker or 0] if subjects else record_id,
                )
                for index, (turn, found, linked) in enumerate(zip(turns, spans, entities, strict=True))
            ]
        )

    def _check(self, record_id: str, turns: Sequence[Turn], spans: Sequence[Sequence[Span]]) -> None:
        if len(turns) != len(spans):
            raise SpanError(f"{record_id}: {len(spans)} lists of spans for {len(turns)} turns")
        if len({turn.path for turn in turns}) != len(turns):
            raise SpanError(f"{record_id}: two turns with one path")
        for turn, found in zip(turns, spans, strict=True):
            _check_spans(f"{record_id}: {turn.path}", len(turn.text), found)
            for span in found:
                if span.label not in self.operators:
                    raise ConfigError(f"{record_id}: {turn.path}: no operator for {span.label}")

    def _scope(
        self, record_id: str, entities: Sequence[Sequence[Entity]], known: Sequence[KnownValue]
    ) -> Scope:
        named = {(e.label, e.number): e for linked in entities for e in linked}
        wanted = [e for e in named.values() if isinstance(self.operators[e.label], Surrogate)]
        if not wanted:
            return Scope(record_id)
        real = real_values(named.values()) | real_values(_known_entities(known))
        return assign(wanted, name=record_id, real=real, key=self.key)


@dataclass(frozen=True, slots=True)
class _Writer:
    """The operators at work on one record; mentions that are alike are written once."""

    operators: Mapping[str, Operator]
    scope: Scope
    written: dict[tuple[str, str, Language, str], str] = field(default_factory=dict, repr=False)

    def draft(
        self, turn: Turn, found: Iterable[tuple[Span, Entity]], plan: Plan, *, subject: str
    ) -> "_Draft":
        """Write one turn."""
        text, language = turn.text, language_of(turn.text)
        draft = _Draft(turn.path)
        for span, entity in found:
            place, surface = (span.start, span.end), text[span.start : span.end]
            if place in plan:
                planned = plan[place]
                draft.add(text, span, tag_of(entity) if planned is None else planned)
            elif type(self.operators[span.label]) is not Keep:
                mention = Mention(surface, span, entity, language, self.scope, subject)
                draft.add(text, span, self._apply(mention))
        draft.pieces.append(text[draft.cursor :])
        return draft

    def _apply(self, mention: Mention) -> str:
        alike = (mention.span.label, mention.surface, mention.language, mention.subject)
        written = self.written.get(alike)
        if written is None:
            written = self.written[alike] = self.operators[mention.span.label].apply(mention)
        return written


@dataclass(slots=True)
class _Draft:
    """One text while it is being written; ``cursor`` in the source, ``length`` in the result."""

    path: str
    pieces: list[str] = field(default_factory=list, repr=False)
    edits: list[Edit] = field(default_factory=list)
    deleted: list[DeletedItem] = field(default_factory=list, repr=False)
    labels: list[str] = field(default_factory=list)
    cursor: int = 0
    length: int = 0

    def add(self, text: str, span: Span, written: str) -> None:
        """Write the text up to a span, and its replacement."""
        self.pieces += (text[self.cursor : span.start], written)
        start = self.length + span.start - self.cursor
        self.cursor, self.length = span.end, start + len(written)
        self.edits.append(Edit(span.start, span.end, start, self.length, span.label))
        self.labels.append(span.label)
        if span.label not in _NEVER_ESCROWED:
            surface = text[span.start : span.end]
            self.deleted.append(DeletedItem(self.path, start, self.length, span.label, surface))


def _finish(drafts: Sequence[_Draft]) -> Transformed:
    texts: list[str] = []
    deleted: list[DeletedItem] = []
    counts: Counter[str] = Counter()
    n_escaped = 0
    for draft in drafts:
        text = "".join(draft.pieces)
        forged = _forged(text, draft.edits)
        texts.append(_escape(text, forged))
        deleted += _with_escapes(draft, text, forged) if forged else draft.deleted
        counts.update(draft.labels)
        n_escaped += len(forged)
    edits = tuple(tuple(draft.edits) for draft in drafts)
    return Transformed(tuple(texts), tuple(deleted), edits, dict(counts), n_escaped)


def _forged(text: str, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Return the look-alikes of a result that are not replacements we wrote."""
    return list(find_lookalikes(text, {(edit.new_start, edit.new_end) for edit in edits}))


def _escape(text: str, forged: Sequence[tuple[int, int]]) -> str:
    if not forged:
        return text
    pieces: list[str] = []
    cursor = 0
    for start, end in forged:
        pieces += (text[cursor:start], OPENED, text[start + 1 : end - 1], CLOSED)
        cursor = end
    return "".join((*pieces, text[cursor:]))


def _with_escapes(draft: _Draft, text: str, forged: Sequence[tuple[int, int]]) -> list[DeletedItem]:
    """Add an item for each changed bracket, but not inside a replacement: that one's item has it all."""
    starts = [edit.new_start for edit in draft.edits]
    items = list(draft.deleted)
    for at in (at for start, end in forged for at in (start, end - 1)):
        before = bisect_right(starts, at) - 1
        if before < 0 or at >= draft.edits[before].new_end:
            items.append(DeletedItem(draft.path, at, at + 1, ESCAPED, text[at]))
    # Stable: an empty replacement stays before the bracket that follows it.
    return sorted(items, key=lambda item: (item.start, item.end))


def _known_entities(known: Sequence[KnownValue]) -> Iterator[Entity]:
    for value in known:
        if value.value:
            span = Span(0, len(value.value), value.label)
            yield link([Turn("", value.value)], [[span]])[0][0]


def _check_spans(where: str, length: int, spans: Sequence[Span]) -> None:
    end = 0
    for span in spans:
        if span.start < end:
            raise SpanError(f"{where}: spans overlap or are not sorted at {span.start}")
        if span.end > length:
            raise SpanError(f"{where}: span [{span.start}, {span.end}) runs past {length} characters")
        end = span.end


def _plans(record_id: str, spans: Sequence[Sequence[Span]], replacements: Replacements) -> Mapping[int, Plan]:
    """Return turn → what is written where, and refuse what would be written nowhere."""
    plans: dict[int, dict[tuple[int, int], str | None]] = {}
    for (index, start, end), text in replacements.items():
        plans.setdefault(index, {})[start, end] = text
    for index, plan in plans.items():
        found = spans[index] if 0 <= index < len(spans) else ()
        for start, end in plan.keys() - {(span.start, span.end) for span in found}:
            if not any(span.start <= start and end <= span.end for span in found):
                raise SpanError(f"{record_id}: turn {index}: a replacement at [{start}, {end}) is in no span")
    return plans
