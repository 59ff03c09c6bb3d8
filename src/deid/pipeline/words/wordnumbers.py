"""Words and people as numbers while a data set is counted: nothing readable is kept or sealed.

Both are 64 bits of a digest, the word's under the run key and with its script in the lowest bit: two of 10^7
words are taken for one with a chance of 6e-6.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deid.config import Config
from deid.detect.words import Words, folded, is_unspaced
from deid.ingest.record import Record
from deid.ingest.shards import ShardSpec
from deid.transform.tokens import ReplacementKey
from deid.types import Span

Numbers = NDArray[np.uint64]
"""Words; or a table with words and their users in its first two columns."""

_KNOWN_WORDS = 1_000_000


class WordNumbers:
    """Numbers words under the run key."""

    def __init__(self, key: ReplacementKey) -> None:
        self._key = key
        self._known: dict[str, int] = {}

    def __call__(self, surface: str) -> int:
        """Return the number of a word, in any case and width one; an odd one for what is Japanese."""
        number = self._known.get(surface)
        if number is None:
            if len(self._known) >= _KNOWN_WORDS:
                self._known.clear()
            word = folded(surface)  # for both: in half width, Japanese has another script
            number = int.from_bytes(self._key.digest("word", word)[:8]) & ~1 | is_unspaced(word)
            self._known[surface] = number
        return number


def person_number(token: str) -> int:
    """Return the number of a subject's token."""
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest())


def counts_path(folder: Path, shard: ShardSpec, label: str) -> Path:
    """Return where a shard's counts for the words of a label are sealed."""
    return folder / f"{shard.name}.{label.lower()}"


@dataclass(frozen=True, slots=True)
class WordFinder:
    """Finds the words of a list, or those that are not on it.

    label   : of the spans.
    grammar : whether Japanese particles and endings are words.
    """

    label: str
    words: Words = field(repr=False)
    numbers: WordNumbers = field(repr=False)
    listed: frozenset[int] = field(repr=False)
    wanted: bool
    grammar: bool = False

    @classmethod
    def rare(cls, config: Config, key: ReplacementKey, common: Numbers) -> "WordFinder":
        """Return a finder of the words that are not common. Raises DetectorError for a missing package."""
        words = Words.load(config.input.languages)
        return cls("RARE_WORD", words, WordNumbers(key), frozenset(common.tolist()), wanted=False)

    @classmethod
    def personal(cls, config: Config, key: ReplacementKey, chosen: Numbers) -> "WordFinder":
        """Return a finder of the chosen words. Raises DetectorError for a missing package."""
        words = Words.load(config.input.languages)
        listed = frozenset(chosen.tolist())
        return cls("PERSONAL_WORD", words, WordNumbers(key), listed, wanted=True, grammar=True)

    def beside(self, record: Record, spans: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """Return the spans of a record with the words between them."""
        return [
            sorted([*found, *self._found(turn.text, found)])
            for turn, found in zip(record.turns, spans, strict=True)
        ]

    def within(self, text: str, span: Span) -> bool:
        """Return whether a span touches such a word."""
        return any(
            start < span.end and span.start < end and self._is_one(text[start:end])
            for start, end in self.words.of(text, grammar=self.grammar)
        )

    def _found(self, text: str, found: Sequence[Span]) -> list[Span]:
        return [
            Span(start, end, self.label, 1.0, "words")
            for start, end in self.words.outside(text, found, grammar=self.grammar)
            if self._is_one(text[start:end])
        ]

    def _is_one(self, word: str) -> bool:
        return (self.numbers(word) in self.listed) is self.wanted
