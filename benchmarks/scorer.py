"""Scores of a detector against gold spans: plain functions over lists of spans, one list a message.

* coverage recall   a gold span counts when at least 90 % of its characters lie under predicted spans of
                    any label: what is not covered is what would leak.
* typed recall      the same, under spans of its own label only.
* precision         a predicted span counts when it overlaps any gold span.
* alarm rate        messages without gold that have any prediction, among all such messages.
* entity recall     an entity of a conversation counts when all of its mentions do: one that is left names it.

Gold of form ``optional`` is not wanted, and what overlaps it and nothing else is neither right nor wrong.
Spans are half-open ranges in code points; anything with ``start``, ``end`` and ``label`` will do.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from slots import OPTIONAL

COVERED = 0.9
_Z95 = 1.959963984540054


class SpanLike(Protocol):
    """A labelled range."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def label(self) -> str: ...


class GoldLike(SpanLike, Protocol):
    """A labelled range, and the surface form it is written in."""

    @property
    def form(self) -> str: ...


class MentionLike(GoldLike, Protocol):
    """Gold that says which entity of its conversation it is a mention of."""

    @property
    def entity(self) -> str: ...


_Key = TypeVar("_Key", str, tuple[str, str])

Gold = Sequence[Sequence[GoldLike]]
Predicted = Sequence[Sequence[SpanLike]]
Conversations = Sequence[Sequence[Sequence[MentionLike]]]


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` of ``total`` with its 95 % interval; of nothing, the value is 0 and the interval [0, 1]."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.total)


@dataclass(frozen=True, slots=True)
class Recall:
    """Coverage and typed recall over the same gold spans."""

    coverage: Rate
    typed: Rate


def wilson(hits: int, total: int, z: float = _Z95) -> tuple[float, float]:
    """Return the score interval of a proportion: Wilson, JASA 22 (1927) 209-212."""
    if total == 0:
        return 0.0, 1.0
    share = hits / total
    centre = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def recall(gold: Gold, predicted: Predicted) -> Recall:
    """Return recall over all gold spans; ValueError when the lists are not of equal length."""
    return _recall(_judged(gold, predicted))


def recall_by_label(gold: Gold, predicted: Predicted) -> dict[str, Recall]:
    """Return recall of each gold label, sorted by name."""
    return _grouped(gold, predicted, lambda span: span.label)


def recall_by_form(gold: Gold, predicted: Predicted) -> dict[str, Recall]:
    """Return recall of each surface form, sorted by name."""
    return _grouped(gold, predicted, lambda span: span.form)


def recall_by_label_and_form(gold: Gold, predicted: Predicted) -> dict[tuple[str, str], Recall]:
    """Return recall of each label in each form, sorted."""
    return _grouped(gold, predicted, lambda span: (span.label, span.form))


def precision(gold: Gold, predicted: Predicted) -> Rate:
    """Return the share of predicted spans that overlap any gold span."""
    return _rate(_true_spans(gold, predicted))


def precision_by_label(gold: Gold, predicted: Predicted) -> dict[str, Rate]:
    """Return precision of each predicted label, sorted by name."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for label, true in _true_spans(gold, predicted):
        groups[label].append(true)
    return {label: Rate(sum(groups[label]), len(groups[label])) for label in sorted(groups)}


def false_by_label(gold: Gold, predicted: Predicted) -> dict[str, int]:
    """Return how many predicted spans of each label are wrong, sorted by name; no label has none."""
    counts = Counter(label for label, true in _true_spans(gold, predicted) if not true)
    return dict(sorted(counts.items()))


def alarm_rate(gold: Gold, predicted: Predicted) -> Rate:
    """Return the share of messages without gold in which anything was predicted in vain."""
    clean = [
        any(not _touches(span, expected) for span in spans)
        for expected, spans in zip(gold, predicted, strict=True)
        if not any(map(_wanted, expected))
    ]
    return Rate(sum(clean), len(clean))


def entity_recall(gold: Conversations, predicted: Sequence[Predicted]) -> Recall:
    """Return recall of the entities of conversations: lists of turns, each a list of spans."""
    return _entities(gold, predicted, lambda _: "").get("", Recall(Rate(0, 0), Rate(0, 0)))


def entity_recall_by_label(gold: Conversations, predicted: Sequence[Predicted]) -> dict[str, Recall]:
    """Return entity recall by the label of an entity's first mention, sorted by name."""
    return _entities(gold, predicted, lambda mention: mention.label)


def entity_recall_by_scene(gold: Conversations, predicted: Sequence[Predicted]) -> dict[str, Recall]:
    """Return entity recall by scene, which is the entity's id up to its first slash; sorted by name."""
    return _entities(gold, predicted, lambda mention: mention.entity.partition("/")[0])


def covered(span: SpanLike, predicted: Iterable[SpanLike]) -> float:
    """Return the share of a span's characters that lie under predicted spans, overlaps counted once."""
    position, count = span.start, 0
    for start, end in sorted((other.start, other.end) for other in predicted):
        first, last = max(start, position), min(end, span.end)
        if first < last:
            count += last - first
            position = last
    return count / (span.end - span.start)


@dataclass(frozen=True, slots=True)
class _Judged:
    span: GoldLike
    coverage: bool
    typed: bool


def _judged(gold: Gold, predicted: Predicted) -> Iterator[_Judged]:
    for expected, spans in zip(gold, predicted, strict=True):
        for span in filter(_wanted, expected):
            same = [other for other in spans if other.label == span.label]
            yield _Judged(span, covered(span, spans) >= COVERED, covered(span, same) >= COVERED)


def _recall(judged: Iterable[_Judged]) -> Recall:
    found = list(judged)
    return Recall(
        Rate(sum(item.coverage for item in found), len(found)),
        Rate(sum(item.typed for item in found), len(found)),
    )


def _grouped(gold: Gold, predicted: Predicted, key: Callable[[GoldLike], _Key]) -> dict[_Key, Recall]:
    groups: dict[_Key, list[_Judged]] = defaultdict(list)
    for item in _judged(gold, predicted):
        groups[key(item.span)].append(item)
    return {name: _recall(groups[name]) for name in sorted(groups)}


def _true_spans(gold: Gold, predicted: Predicted) -> Iterator[tuple[str, bool]]:
    for expected, spans in zip(gold, predicted, strict=True):
        wanted = [span for span in expected if _wanted(span)]
        for span in spans:
            true = _touches(span, wanted)
            if true or not _touches(span, expected):
                yield span.label, true


def _wanted(span: GoldLike) -> bool:
    return span.form != OPTIONAL


def _touches(span: SpanLike, others: Iterable[SpanLike]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _entities(
    gold: Conversations, predicted: Sequence[Predicted], key: Callable[[MentionLike], str]
) -> dict[str, Recall]:
    groups: dict[str, list[Recall]] = defaultdict(list)
    for turns, spans in zip(gold, predicted, strict=True):
        mentions = [mention for turn in turns for mention in turn if _wanted(mention)]
        by_entity: dict[str, list[tuple[MentionLike, _Judged]]] = defaultdict(list)
        for mention, judged in zip(mentions, _judged(turns, spans), strict=True):
            by_entity[mention.entity].append((mention, judged))
        for found in by_entity.values():
            groups[key(found[0][0])].append(_recall(judged for _, judged in found))
    return {name: _all_found(groups[name]) for name in sorted(groups)}


def _all_found(entities: Sequence[Recall]) -> Recall:
    coverage, typed = (
        Rate(sum(part.hits == part.total for part in parts), len(parts))
        for parts in ([one.coverage for one in entities], [one.typed for one in entities])
    )
    return Recall(coverage, typed)


def _rate(judged: Iterable[tuple[str, bool]]) -> Rate:
    found = [true for _, true in judged]
    return Rate(sum(found), len(found))
