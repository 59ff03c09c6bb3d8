"""Words that few people use: counted in pass A, replaced in pass B like any other finding.

A word that hardly anybody else uses tells whose text it stands in. Its users are counted in people over the
whole data set, outside what is replaced anyhow. Words and people are 64 bits of a keyed digest: two of 10^7
words are taken for one with a chance of 3e-6, and then a word of few people might stay.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deid.config import Config
from deid.detect.words import Words, folded
from deid.ingest.record import Record
from deid.ingest.shards import ShardSpec
from deid.pipeline.state import load_sealed, save_sealed
from deid.transform.tokens import ReplacementKey
from deid.types import Span

Numbers = NDArray[np.uint64]
"""Words; or, in two columns, words with one of their users each."""

_MERGED_AT = 1_000_000
_KNOWN_WORDS = 1_000_000


class WordUse:
    """Which people use which words of one shard: of each word, up to as many as make it a common one."""

    def __init__(self, config: Config, key: ReplacementKey) -> None:
        """Load what the languages need. Raises DetectorError when it is not installed."""
        self._people = config.transform.rare_words or 0
        self._words = Words.load(config.input.languages)
        self._numbers = _Numbers(key)
        self._users: dict[int, set[int]] = {}

    def add(self, record: Record, spans: Sequence[Sequence[Span]], subjects: Sequence[str]) -> None:
        """Count the words of a record; ``subjects`` are tokens. What nobody says is the first subject's."""
        people = [_person(token) for token in subjects]
        for turn, found in zip(record.turns, spans, strict=True):
            person = people[turn.speaker or 0]
            for start, end in self._words.outside(turn.text, found):
                users = self._users.setdefault(self._numbers.word(turn.text[start:end]), set())
                if len(users) < self._people:
                    users.add(person)

    def save(self, path: Path, key: bytes) -> None:
        """Write the counts as a sealed file, and forget them."""
        words = [word for word, users in self._users.items() for _ in users]
        save_sealed(path, key, [words, [person for users in self._users.values() for person in users]])
        self._users = {}


class RareWords:
    """Finds the words that are not common."""

    def __init__(self, config: Config, key: ReplacementKey, common: Numbers) -> None:
        """Load what the languages need. Raises DetectorError when it is not installed."""
        self._words = Words.load(config.input.languages)
        self._numbers = _Numbers(key)
        self._common = frozenset(common.tolist())

    def beside(self, record: Record, spans: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """Return the spans of a record with its rare words between them."""
        return [
            sorted([*found, *self._rare(turn.text, found)])
            for turn, found in zip(record.turns, spans, strict=True)
        ]

    def _rare(self, text: str, found: Sequence[Span]) -> list[Span]:
        return [
            Span(start, end, "RARE_WORD", 1.0, "rare-words")
            for start, end in self._words.outside(text, found)
            if self._numbers.word(text[start:end]) not in self._common
        ]


def words_path(folder: Path, shard: ShardSpec) -> Path:
    """Return where a shard's word counts are sealed."""
    return folder / f"{shard.name}.words"


def common_words(
    paths: Iterable[Path], key: bytes, *, people: int | None, left_out: Iterable[str] = ()
) -> Numbers | None:
    """Return the sorted numbers of the words that ``people`` or more use; None for None.

    paths    : sealed counts of every shard.
    left_out : tokens of subjects that do not count, since they are not released.
    """
    if people is None:
        return None
    ignored = np.array(sorted(map(_person, left_out)), np.uint64)
    merge = _Merge(people)
    for path in paths:
        words, users = load_sealed(path, key)
        pairs = np.array([words, users], np.uint64).T
        merge.add(pairs[~np.isin(pairs[:, 1], ignored)])
    return merge.end()


class _Merge:
    """Counts people a word over pairs that come in pieces; the users of a common word are forgotten."""

    def __init__(self, people: int) -> None:
        self._people = people
        self._common = np.empty(0, np.uint64)
        self._waiting = np.empty((0, 2), np.uint64)
        self._new: list[Numbers] = []
        self._size = 0

    def add(self, pairs: Numbers) -> None:
        self._new.append(pairs)
        self._size += len(pairs)
        # As much again as is there: every pair is sorted a few times only.
        if self._size >= max(_MERGED_AT, len(self._waiting)):
            self._merge()

    def end(self) -> Numbers:
        self._merge()
        return self._common

    def _merge(self) -> None:
        pairs = np.unique(np.concatenate([self._waiting, *self._new]), axis=0)
        self._new, self._size = [], 0
        words, counts = np.unique(pairs[:, 0], return_counts=True)
        self._common = np.union1d(self._common, words[counts >= self._people])
        self._waiting = pairs[~np.isin(pairs[:, 0], self._common)]


class _Numbers:
    """Words and people as numbers, under the run key."""

    def __init__(self, key: ReplacementKey) -> None:
        self._key = key
        self._known: dict[str, int] = {}

    def word(self, surface: str) -> int:
        number = self._known.get(surface)
        if number is None:
            if len(self._known) >= _KNOWN_WORDS:
                self._known.clear()
            number = int.from_bytes(self._key.digest("word", folded(surface))[:8])
            self._known[surface] = number
        return number


def _person(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest())
