"""Personal words written over by others of the data set: a text keeps its length, and hides its author.

What stands in is another personal word, as often as the data set has it, so that a model still learns that it
exists; but whoever reads it cannot tell whose it is. One that fewer than k people use never stands in.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from deid.config import Config, load_operators
from deid.detect.words import Words, folded, is_unspaced
from deid.transform.apply import Place
from deid.transform.tokens import ReplacementKey
from deid.types import Span, Turn

StandIn = tuple[str, int]
"""A word, folded, and how often it is said."""

_LABEL = "PERSONAL_WORD"
_ENDINGS = ("n't", "'s", "ing", "ed", "ly", "est", "er", "s")
_LEAST = 4
"""Words of a kind: among fewer, what stands in says what it stands for."""
_INFLECTED = frozenset("VJX")
"""Parts of speech, as in ``kinds.py``, whose last character says what may follow."""


def wants_stand_ins(config: Config) -> bool:
    """Return whether personal words become other words. Raises ConfigError for an incomplete table."""
    operators = load_operators(config.transform, config.mode)
    return config.transform.personal_words is not None and operators[_LABEL].operator == "surrogate"


@dataclass(frozen=True, slots=True)
class _Pool:
    """Words of one kind; ``until`` counts how often they and those before them are said."""

    words: tuple[str, ...] = field(repr=False)
    until: tuple[int, ...]

    def at(self, number: int, own: str) -> str:
        """Return a word that is not ``own``, in any case and width; the next one where it would be."""
        place = bisect_right(self.until, number % self.until[-1])
        if folded(self.words[place]) == folded(own):
            place = (place + 1) % len(self.words)
        return self.words[place]


@dataclass(frozen=True, slots=True)
class StandIns:
    """Draws words under the run key, so that a record written again is written alike."""

    words: Words = field(repr=False)
    key: ReplacementKey = field(repr=False)
    pools: dict[str, _Pool] = field(repr=False)

    @classmethod
    def load(cls, config: Config, key: ReplacementKey, found: Sequence[StandIn]) -> "StandIns":
        """Sort words by kind. Raises DetectorError for a missing package."""
        words = Words.load(config.input.languages)
        kinds: dict[str, list[StandIn]] = {}
        for word, count in found:
            kinds.setdefault(_kind(words, word), []).append((word, count))
        pools = {
            kind: _Pool(tuple(word for word, _ in these), tuple(accumulate(count for _, count in these)))
            for kind, these in kinds.items()
        }
        return cls(words, key, pools)

    def of(
        self, record: str, turns: Sequence[Turn], spans: Sequence[Sequence[Span]]
    ) -> dict[Place, str | None]:
        """Return what is written for each personal word of a record; None, the tag, where no word is alike.

        record : its token.
        """
        return {
            (n, span.start, span.end): self._drawn(turn.text[span.start : span.end], record, n, span.start)
            for n, (turn, found) in enumerate(zip(turns, spans, strict=True))
            for span in found
            if span.label == _LABEL
        }

    def _drawn(self, surface: str, *place: object) -> str | None:
        pool = self.pools.get(_kind(self.words, surface))
        if pool is None or len(pool.words) < _LEAST:
            return None
        number = int.from_bytes(self.key.digest("stand-in", *map(str, place))[:8])
        return _cased(pool.at(number, surface), surface)


def _kind(words: Words, word: str) -> str:
    """Return what words that stand for each other share: a part of speech, or the ending of a spaced word."""
    if is_unspaced(word):
        if words.morphology is None:
            return "ja"
        kinds = words.morphology.morphemes(word).kinds
        return f"ja {kinds}{word[-1] if kinds[0] in _INFLECTED else ''}"
    if word.isdecimal():
        return "number"
    lowered = word.lower()
    return next((end for end in _ENDINGS if lowered.endswith(end) and len(word) > len(end) + 1), "")


def _cased(word: str, surface: str) -> str:
    if surface.isupper() and len(surface) > 1:
        return word.upper()
    if surface[:1].isupper() or word == "i" or word.startswith("i'"):
        return word[:1].upper() + word[1:]
    return word
