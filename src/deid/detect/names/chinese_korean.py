"""Names in Chinese and Korean texts, by the accurate tagger alone: one decision a character."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deid.detect.names.trim import trimmed
from deid.detect.tagger.units import Units, UnitTagger
from deid.ingest.language import is_chinese, is_korean
from deid.types import Span

# A run of Latin letters or digits, or one character.
_UNIT = re.compile(r"[A-Za-zÀ-ÿ0-9]+|\S")
# Mean probability of the label: chosen on the development part of UNER Chinese GSD, for at most 3 % of words in vain.
_LEAST = 0.25


@dataclass(frozen=True, slots=True)
class ChineseKoreanNames:
    """PERSON, LOCATION and ORGANIZATION in Chinese and Korean texts; others give nothing."""

    _tagger: UnitTagger = field(repr=False)
    name: str = "chinese-korean-names"

    @property
    def labels(self) -> frozenset[str]:
        """Labels of the tagger."""
        return self._tagger.labels

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted."""
        results: list[list[Span]] = [[] for _ in texts]
        numbers = [number for number, text in enumerate(texts) if is_korean(text) or is_chinese(text)]
        found = self._tagger.detect([characters(texts[number]) for number in numbers])
        for number, spans in zip(numbers, found, strict=True):
            results[number] = [span for span in trimmed(texts[number], spans) if span.score >= _LEAST]
        return results


def characters(text: str) -> Units:
    """Return the units of a text whose words no blank divides, or only with what is joined to them."""
    places = [match.span() for match in _UNIT.finditer(text)]
    starts, ends = [start for start, _ in places], [end for _, end in places]
    return Units(text, starts, ends, [text[start:end] for start, end in places])
