"""Words that few people use: counted in pass A, replaced in pass B like any other finding.

A word that hardly anybody else uses tells whose text it stands in. Its users are counted in people over the
whole data set, outside what is replaced anyhow.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from deid.config import Config
from deid.detect.words import Words
from deid.ingest.record import Record
from deid.pipeline.words.wordnumbers import Numbers, WordNumbers, person_number
from deid.pipeline.working.state import load_sealed, save_sealed
from deid.transform.tokens import ReplacementKey
from deid.types import Span

_MERGED_AT = 1_000_000


class WordUse:
    """Which people use which words of one shard: of each word, up to as many as make it a common one."""

    def __init__(self, config: Config, key: ReplacementKey) -> None:
        """Load what the languages need. Raises DetectorError when it is not installed."""
        self._people = config.transform.rare_words or 0
        self._topics = config.transform.topics
        self._words = Words.load(config.input.languages)
        self._numbers = WordNumbers(key)
        self._users: dict[int, set[int]] = {}

    def add(self, record: Record, spans: Sequence[Sequence[Span]], subjects: Sequence[str]) -> None:
        """Count the words of a record, also of topics that may stay.

        subjects : tokens; what nobody says is the first subject's.
        """
        people = [person_number(token) for token in subjects]
        for turn, found in zip(record.turns, spans, strict=True):
            person = people[turn.speaker or 0]
            replaced = [span for span in found if span.label not in self._topics]
            for start, end in self._words.outside(turn.text, replaced):
                users = self._users.setdefault(self._numbers(turn.text[start:end]), set())
                if len(users) < self._people:
                    users.add(person)

    def save(self, path: Path, key: bytes) -> None:
        """Write the counts as a sealed file, and forget them."""
        words = [word for word, users in self._users.items() for _ in users]
        save_sealed(path, key, [words, [person for users in self._users.values() for person in users]])
        self._users = {}


def common_words(
    paths: Iterable[Path], key: bytes, *, people: int | None, left_out: Iterable[str] = ()
) -> Numbers | None:
    """Return the sorted numbers of the words that ``people`` or more use; None for None.

    paths    : sealed counts of every shard.
    left_out : tokens of subjects that do not count, since they are not released.
    """
    if people is None:
        return None
    ignored = np.array(sorted(map(person_number, left_out)), np.uint64)
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
