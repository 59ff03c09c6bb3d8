"""A second reading: what the small tagger is in doubt about, the accurate one decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.detect.tagger.tagger import NameTagger
from deid.detect.tagger.units import Units, UnitTagger
from deid.detect.tagger.vectors import UnitVectors
from deid.types import Span

_SHARES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
_DOUBTS: Mapping[str, Sequence[float]] = {
    "en": (5.0, 0.904, 0.759, 0.593, 0.485, 0.337, 0.246, 0.147, 0.0),
    "ja": (5.0, 0.658, 0.55, 0.343, 0.243, 0.194, 0.167, 0.129, 0.0),
}
"""The doubt that a share of the messages exceed, in chat that the taggers learned from (irc-ubuntu, real-persona-chat)."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """The small tagger for all texts; for those of more than some doubt, the accurate one in its place.

    A text's doubt is its own, so what is found in it does not depend on the texts beside it; for that the share
    of texts read twice is not fixed: it is what was asked for in chat like that of the calibration.
    """

    _first: NameTagger = field(repr=False)
    _second: UnitTagger = field(repr=False)
    doubt: float

    @classmethod
    def load(cls, language: str, second: UnitTagger, share: float) -> "Cascade":
        """Load the small tagger of a language.

        share : of chat messages that are read twice, in (0, 1].
        """
        return cls(NameTagger.load(language), second, doubt_at(share, language))

    @property
    def labels(self) -> frozenset[str]:
        """Labels of both."""
        return self._first.labels | self._second.labels

    @property
    def vectors(self) -> UnitVectors:
        """What the small tagger knows of each unit by itself."""
        return self._first.vectors

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        """Return the spans of texts that are cut into units, sorted and disjoint."""
        spans, doubts = self._first.read(units)
        again = [number for number, doubt in enumerate(doubts) if doubt > self.doubt]
        for number, found in zip(again, self._second.detect([units[n] for n in again]), strict=True):
            spans[number] = found
        return spans


def doubt_at(share: float, language: str) -> float:
    """Return the doubt that a share of chat messages exceeds, between those measured by straight lines.

    share : in (0, 1].
    """
    return float(np.interp(share, _SHARES, _DOUBTS[language]))
