"""Both taggers of a language as one: what the transformer and the small network make of a word, taken together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from deid.detect.tagger.decode import Named, spans_of
from deid.detect.tagger.pieces import PieceTagger
from deid.detect.tagger.tagger import Judged, NameTagger
from deid.detect.tagger.units import Units
from deid.detect.tagger.vectors import UnitVectors
from deid.types import Span


class Rule(NamedTuple):
    """How two probabilities become one, and what it must exceed.

    power  : of the mean (Hölder): near 0 either tagger can rule a name out, at 1 either can rule it in.
    weight : of the transformer, the small network's being 1 - weight.
    least  : what it must exceed where the small network asks for less of a unit; ``most`` where it asks for more, as it
             does of frequent words and forms that few names have.
    """

    power: float
    weight: float
    least: float
    most: float


RULES: Mapping[str, Rule] = {
    "en": Rule(0.1, 0.7, 0.12, 0.35),
    "ja": Rule(0.8, 0.5, 0.18, 0.4),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """PERSON, LOCATION and ORGANIZATION by the transformer and the small network of a language together.

    The transformer knows more names and reads more of a text; the small network has learnt from rough chat, and knows
    from lists which words are frequent, so each is right about much that the other is wrong about. Of each unit the
    probability of a tag is the power mean of both, made to sum to one over the tags; a unit is a name where that
    exceeds what the rule of the language asks, and spans are made of units as by either alone. The rules were chosen
    on chat lines kept from every course and on public development sets (``docs/models.md``).
    """

    _whole: PieceTagger = field(repr=False)
    _small: NameTagger = field(repr=False)
    _rule: Rule

    @classmethod
    def load(cls, language: str, whole: PieceTagger) -> "Pair":
        """Load the small network of a language beside the transformer.

        Raises DetectorError when its files are missing or not the ones that its manifest names.
        """
        return cls(whole, NameTagger.load(language), RULES[language])

    @property
    def labels(self) -> frozenset[str]:
        """Labels of its tags."""
        return self._whole.labels

    @property
    def vectors(self) -> UnitVectors:
        """What the small network knows of each unit by itself."""
        return self._small.vectors

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        """Return the spans of texts that are cut into units, sorted and disjoint."""
        return [
            self._spans(own, judged) for own, judged in zip(units, self._small.judged(units), strict=True)
        ]

    def _spans(self, units: Units, judged: Judged) -> list[Span]:
        shares = pooled(self._whole.shares(units), judged.shares, self._rule)
        least = judged.least.clip(self._rule.least, self._rule.most)
        at = np.flatnonzero(shares[:, 0] < 1 - least)
        named = Named.of(at.tolist(), shares[at])
        places = units.starts, units.ends
        return sorted(spans_of(named, self._whole.floors, places, self._whole.name))


def pooled(whole: NDArray[np.float32], small: NDArray[np.float32], rule: Rule) -> NDArray[np.float32]:
    """Return one (units, tags) probability of two."""
    mean = rule.weight * whole**rule.power + (1 - rule.weight) * small**rule.power
    both = mean ** (1 / rule.power)
    result: NDArray[np.float32] = (both / both.sum(-1, keepdims=True)).astype(np.float32)
    return result
