"""Scores of names in public data sets, handles left out of what is predicted as of what is wanted.

* exact     precision, recall and F1 of spans whose offsets and label agree (CoNLL-2003); F with a bootstrap
            interval over sentences, 1,000 draws (Efron 1979), the shares with Wilson intervals.
* coverage  gold spans of a label of which every character, blanks aside, lies under predicted spans of any
            label: what is not covered stays readable.
* vain      words that a predicted name, place or body touches and no gold entity of any kind does, among all
            words. Other labels (a date, an amount) are not counted: the data sets do not say what is one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from deid.types import Span
from namesets import HANDLE, Example, behind_hashes, meets
from resultfile import Row, rate
from scorer import Rate, SpanLike

LABELS = ("PERSON", "LOCATION", "ORGANIZATION")
# A nationality is a place in some sets, an address always one.
MASKS = frozenset({*LABELS, "USERNAME", "NATIONALITY", "STREET_ADDRESS"})
VAIN = 0.03
"""The share of words masked in vain at which coverages are compared."""
_DRAWS, _STEPS, _BINS = 1_000, 60, 10


@dataclass(frozen=True, slots=True)
class Exact:
    """Spans found exactly, a row a sentence: hits, predicted, gold."""

    counts: np.ndarray = field(repr=False)

    @property
    def precision(self) -> Rate:
        """Hits of what was predicted."""
        hits, predicted, _ = self._sums()
        return Rate(hits, predicted)

    @property
    def recall(self) -> Rate:
        """Hits of what was wanted."""
        hits, _, gold = self._sums()
        return Rate(hits, gold)

    @property
    def f(self) -> float:
        """F1; 0 when there is nothing to find or nothing found."""
        return float(_f(self.counts.sum(axis=0, keepdims=True))[0])

    @property
    def interval(self) -> tuple[float, float]:
        """95 % of the F1 of sentences drawn again, in [0, 1]."""
        if not len(self.counts):
            return 0.0, 1.0
        rng = np.random.default_rng(0)
        size = len(self.counts)
        drawn = [self.counts[rng.integers(0, size, size)].sum(axis=0) for _ in range(_DRAWS)]
        low, high = np.percentile(_f(np.array(drawn)), (2.5, 97.5))
        return float(low), float(high)

    def _sums(self) -> list[int]:
        return [int(total) for total in self.counts.sum(axis=0)]


def _f(counts: np.ndarray) -> np.ndarray:
    both = counts[:, 1] + counts[:, 2]
    values: np.ndarray = 2 * counts[:, 0] / np.maximum(both, 1)
    return values


@dataclass(frozen=True, slots=True)
class NameScore:
    """One label's coverage and exact match."""

    coverage: Rate
    exact: Exact


@dataclass(frozen=True, slots=True)
class Point:
    """What is covered, and masked in vain, by the spans whose score is at least ``threshold``."""

    threshold: float
    coverage: float
    vain: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Predicted spans of one tenth of the scores: how many stand where a gold span of their label does.

    touches : overlap it, whatever the edges; ``exact`` agree with it.
    score   : their mean score.
    """

    low: float
    score: float
    touches: Rate
    exact: Rate


def comparable(examples: Sequence[Example], found: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Return the spans without those that hold a part of a handle, and no ``#`` at the start of one."""
    return [list(_kept(example.text, spans)) for example, spans in zip(examples, found, strict=True)]


def _kept(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    handles = [match.span() for match in HANDLE.finditer(text)]
    for span in spans:
        start = behind_hashes(text, span.start, span.end)
        if start < span.end and not meets((start, span.end), handles):
            yield replace(span, start=start)


def hidden(text: str, span: SpanLike, predicted: Iterable[SpanLike]) -> bool:
    """Return whether every character of a span, blanks aside, lies under predicted spans."""
    left = {place for place in range(span.start, span.end) if not text[place].isspace()}
    for other in predicted:
        left.difference_update(range(other.start, other.end))
    return not left


def score(examples: Sequence[Example], predicted: Sequence[Sequence[SpanLike]], label: str) -> NameScore:
    """Return one label's scores; ``predicted`` is what ``comparable`` returned."""
    covered = total = 0
    counts = np.zeros((len(examples), 3), dtype=np.int64)
    for row, (example, spans) in enumerate(zip(examples, predicted, strict=True)):
        gold = [span for span in example.gold if span.label == label]
        own = {(span.start, span.end) for span in spans if span.label == label}
        total += len(gold)
        covered += sum(hidden(example.text, span, spans) for span in gold)
        counts[row] = sum((span.start, span.end) in own for span in gold), len(own), len(gold)
    return NameScore(Rate(covered, total), Exact(counts))


def label_row(scored: NameScore) -> Row:
    """Return the row of one label's scores, without its name."""
    low, high = scored.exact.interval
    f = {"value": round(scored.exact.f, 4), "low": round(low, 4), "high": round(high, 4)}
    return {
        "n": scored.coverage.total,
        "coverage": rate(scored.coverage),
        "exact_precision": rate(scored.exact.precision),
        "exact_recall": rate(scored.exact.recall),
        "exact_f": f,
    }


def vain(examples: Sequence[Example], predicted: Sequence[Sequence[SpanLike]]) -> Rate:
    """Return the share of words masked that belong to no entity of any kind."""
    wrong = total = 0
    for example, spans in zip(examples, predicted, strict=True):
        masks = [(span.start, span.end) for span in spans if span.label in MASKS]
        gold = [(span.start, span.end) for span in example.gold]
        wrong += sum(meets(word, masks) and not meets(word, gold) for word in example.words)
        total += len(example.words)
    return Rate(wrong, total)


def curve(
    examples: Sequence[Example], predicted: Sequence[Sequence[Span]], label: str = "PERSON"
) -> list[Point]:
    """Return points of rising threshold, at most 60: one for each score that occurs, or for even shares."""
    scores = sorted({span.score for spans in predicted for span in spans if span.label in MASKS})
    if len(scores) > _STEPS:
        scores = sorted(set(np.quantile(scores, np.linspace(0, 1, _STEPS), method="nearest").tolist()))
    return [_point(examples, predicted, label, threshold) for threshold in scores]


def _point(
    examples: Sequence[Example], predicted: Sequence[Sequence[Span]], label: str, threshold: float
) -> Point:
    kept = [
        [span for span in spans if span.score >= threshold or span.label not in MASKS] for spans in predicted
    ]
    found = score(examples, kept, label).coverage.value
    return Point(threshold, found, vain(examples, kept).value)


def best(points: Iterable[Point], limit: float = VAIN) -> Point | None:
    """Return the point of the highest coverage whose share in vain is at most ``limit``, or None."""
    allowed = [point for point in points if point.vain <= limit]
    return max(allowed, key=lambda point: (point.coverage, -point.vain), default=None)


def reliability(
    examples: Sequence[Example], predicted: Sequence[Sequence[Span]], label: str = "PERSON"
) -> list[Bin]:
    """Return the tenths of the scores that occur: a calibrated detector's are right as often as they say."""
    groups: list[list[tuple[float, bool, bool]]] = [[] for _ in range(_BINS)]
    for example, spans in zip(examples, predicted, strict=True):
        gold = {(span.start, span.end) for span in example.gold if span.label == label}
        for span in spans:
            if span.label == label:
                place = (span.start, span.end)
                judged = (span.score, meets(place, gold), place in gold)
                groups[min(int(span.score * _BINS), _BINS - 1)].append(judged)
    return [_bin(number / _BINS, judged) for number, judged in enumerate(groups) if judged]


def _bin(low: float, judged: Sequence[tuple[float, bool, bool]]) -> Bin:
    n = len(judged)
    return Bin(
        low,
        sum(value for value, _, _ in judged) / n,
        Rate(sum(touches for _, touches, _ in judged), n),
        Rate(sum(exact for _, _, exact in judged), n),
    )
