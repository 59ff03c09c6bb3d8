"""Scores of names in public data sets. Only spans whose label says name, place or body are looked at.

* coverage  gold spans of a label whose characters lie under predicted spans, whatever their labels, to at
            least 90 %: what is not covered stays readable.
* exact F   harmonic mean of precision and recall where offsets and label agree (CoNLL-2003).
* vain      words that a predicted span touches and no gold entity does, among all words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from namesets import Example
from scorer import COVERED, Rate, SpanLike, covered

LABELS = ("PERSON", "LOCATION", "ORGANIZATION")
# A handle is a person in broad-twitter, a nationality a place in some sets, an address always one.
MASKS = frozenset({*LABELS, "USERNAME", "NATIONALITY", "STREET_ADDRESS"})


@dataclass(frozen=True, slots=True)
class Exact:
    """Spans found exactly, of those predicted and those wanted."""

    hits: int
    predicted: int
    gold: int

    @property
    def f(self) -> float:
        """F1; 0 when there is nothing to find or nothing found."""
        both = self.predicted + self.gold
        return 2 * self.hits / both if both else 0.0


@dataclass(frozen=True, slots=True)
class NameScore:
    """One label's coverage and exact match."""

    coverage: Rate
    exact: Exact


def masking(predicted: Sequence[Sequence[SpanLike]]) -> list[list[SpanLike]]:
    """Return the spans whose label says name, place or body."""
    return [[span for span in spans if span.label in MASKS] for spans in predicted]


def score(examples: Sequence[Example], predicted: Sequence[Sequence[SpanLike]], label: str) -> NameScore:
    """Return one label's scores; ``predicted`` is what ``masking`` returned."""
    covers = total = found = exact = 0
    for example, spans in zip(examples, predicted, strict=True):
        gold = [span for span in example.gold if span.label == label]
        own = {(span.start, span.end) for span in spans if span.label == label}
        total += len(gold)
        covers += sum(covered(span, spans) >= COVERED for span in gold)
        found += len(own)
        exact += sum((span.start, span.end) in own for span in gold)
    return NameScore(Rate(covers, total), Exact(exact, found, total))


def vain(examples: Sequence[Example], predicted: Sequence[Sequence[SpanLike]]) -> Rate:
    """Return the share of words masked that belong to no entity of any kind."""
    wrong = total = 0
    for example, spans in zip(examples, predicted, strict=True):
        masked = [word for word in example.words if _touched(word, spans)]
        wrong += sum(not _touched(word, example.gold) for word in masked)
        total += len(example.words)
    return Rate(wrong, total)


def _touched(word: tuple[int, int], spans: Sequence[SpanLike]) -> bool:
    return any(span.start < word[1] and word[0] < span.end for span in spans)
