"""The words of a text: by spaces where a script has them, by morphemes where it has none."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deid.detect.morphology import Morphology, chunks
from deid.types import Span

_JAPANESE = "぀-ヿ一-鿿々〆"
_WORD = re.compile(rf"[{_JAPANESE}]+|[^\W_{_JAPANESE}]+(?:['’][^\W_{_JAPANESE}]+)*")
_UNSPACED = re.compile(f"[{_JAPANESE}]")
_GRAMMAR = frozenset("pXRrC. ,()bk")
"""Parts of speech, as in ``kinds.py``, that everybody uses alike: particles, endings, pronouns, marks."""


@dataclass(frozen=True, slots=True)
class Words:
    """Finds words; a run of kana and kanji is one word where Japanese is not read."""

    morphology: Morphology | None

    @classmethod
    def load(cls, languages: Sequence[str]) -> "Words":
        """Load what the languages need. Raises DetectorError when it is not installed."""
        return cls(Morphology.load() if "ja" in languages else None)

    def of(self, text: str, *, grammar: bool = False) -> Iterator[tuple[int, int]]:
        """Yield [start, end) of each word in order, numbers included; particles and endings on demand."""
        left_out = frozenset[str]() if grammar else _GRAMMAR
        for match in _WORD.finditer(text):
            if self.morphology is None or not _UNSPACED.match(match[0]):
                yield match.span()
            else:
                yield from _morphemes(self.morphology, match[0], match.start(), left_out)

    def outside(
        self, text: str, spans: Sequence[Span], *, grammar: bool = False
    ) -> Iterator[tuple[int, int]]:
        """Yield the words that no span touches; spans are sorted and disjoint."""
        waiting = iter(spans)
        span = next(waiting, None)
        for start, end in self.of(text, grammar=grammar):
            while span is not None and span.end <= start:
                span = next(waiting, None)
            if span is None or end <= span.start:
                yield start, end


def is_unspaced(word: str) -> bool:
    """Return whether a word has kana or kanji in it."""
    return bool(_UNSPACED.search(word))


def folded(word: str) -> str:
    """Return a word as it is counted: in any case and width one word."""
    return unicodedata.normalize("NFKC", word).casefold()


def _morphemes(
    morphology: Morphology, run: str, at: int, left_out: frozenset[str]
) -> Iterator[tuple[int, int]]:
    for offset, chunk in chunks(run):
        found = morphology.morphemes(chunk)
        for (begin, end), kind in zip(pairwise([*found.begins, len(chunk)]), found.kinds, strict=True):
            if kind not in left_out:
                yield at + offset + begin, at + offset + end
