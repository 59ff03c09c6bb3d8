"""Words whose use keeps to few people, rare or not: counted in pass A, replaced in pass B.

What links two conversations of one person is what they say again and others do not: a hobby, a habit such as
«tbh», an ending such as «だもん». A word that one person says once is rarer and links nothing. So words are
ranked by how much oftener two records that hold one are by the same person than any two records are. Records
are counted, not occurrences: within a record one pseudonym stands for all of them anyway. A word is held
against the records that have words of its script: where half of the people write Japanese, «the» tells who
does not, and so does every other word of theirs.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deid.config import Config
from deid.detect.words import Words, folded
from deid.ingest.record import Record
from deid.pipeline.words.standins import StandIn, wants_stand_ins
from deid.pipeline.words.wordnumbers import Numbers, WordNumbers, person_number
from deid.pipeline.working.state import load_sealed, save_sealed
from deid.transform.tokens import ReplacementKey
from deid.types import Span

_EVERY_RECORD = (" ", " あ")
"""Stands in every record of a person with words of the script: its row counts these. No word has a space."""

_DOUBT = 0.5
"""Pairs added to what chance explains, so that a word seen twice is not sure to be telling."""


class PersonalUse:
    """How often which people use which words of one shard."""

    def __init__(self, config: Config, key: ReplacementKey) -> None:
        """Load what the languages need. Raises DetectorError when it is not installed."""
        self._words = Words.load(config.input.languages)
        self._numbers = WordNumbers(key)
        self._records: Counter[tuple[int, int]] = Counter()
        self._occurrences: Counter[tuple[int, int]] = Counter()
        self._readable = wants_stand_ins(config)
        self._surfaces: dict[int, str] = {}

    def add(self, record: Record, spans: Sequence[Sequence[Span]], subjects: Sequence[str]) -> None:
        """Count the words of a record; ``subjects`` are tokens. What nobody says is the first subject's."""
        people = [person_number(token) for token in subjects]
        said: Counter[tuple[int, int]] = Counter()
        for turn, found in zip(record.turns, spans, strict=True):
            person = people[turn.speaker or 0]
            for start, end in self._words.outside(turn.text, found, grammar=True):
                number = self._numbers(turn.text[start:end])
                said[number, person] += 1
                said[self._numbers(_EVERY_RECORD[number & 1]), person] = 0
                if self._readable:
                    self._surfaces.setdefault(number, folded(turn.text[start:end]))
        self._occurrences.update(said)
        self._records.update(said.keys())

    def save(self, path: Path, key: bytes) -> None:
        """Write the counts as a sealed file, and forget them; with the words where they may stand in."""
        pairs = sorted(self._records)
        counts = [self._records[pair] for pair in pairs], [self._occurrences[pair] for pair in pairs]
        rows = [[word for word, _ in pairs], [person for _, person in pairs], *counts]
        save_sealed(path, key, {"rows": rows, "surfaces": sorted(self._surfaces.items())})
        self._records, self._occurrences, self._surfaces = Counter(), Counter(), {}


def personal_words(
    paths: Iterable[Path],
    key: ReplacementKey,
    *,
    share: float | None,
    left_out: Iterable[str] = (),
) -> Numbers | None:
    """Return the sorted numbers of the words to replace, up to ``share`` of all words; None for None.

    paths    : counts of every shard, sealed under the key's digest "sidecar". All rows are held, 32 bytes for
               each word of each person.
    share    : in (0, 1), of the occurrences outside of findings.
    left_out : tokens of subjects that do not count, since they are not released.
    """
    if share is None:
        return None
    rows = _rows(paths, key, left_out)
    marks = list(map(WordNumbers(key), _EVERY_RECORD))
    of_people = [rows[rows[:, 0] == mark, 2].astype(np.float64) for mark in marks]
    return _chosen(rows[~np.isin(rows[:, 0], np.array(marks, np.uint64))], of_people, share)


def stand_ins(
    paths: Sequence[Path], key: ReplacementKey, chosen: Numbers, *, people: int, left_out: Iterable[str] = ()
) -> tuple[StandIn, ...]:
    """Return those of the chosen words that ``people`` or more use, each with how often they say it.

    The arguments are those of ``personal_words``, counted with words that stand in.
    """
    rows = _rows(paths, key, left_out)
    rows = rows[np.isin(rows[:, 0], chosen)]
    words, first, users = np.unique(rows[:, 0], return_index=True, return_counts=True)
    said = np.add.reduceat(rows[:, 3], first) if len(words) else words
    common = {
        word: count
        for word, count, who in zip(words.tolist(), said.tolist(), users.tolist(), strict=True)
        if who >= people
    }
    surfaces: dict[int, str] = {}
    for path in paths:
        sealed = load_sealed(path, key.digest("sidecar"))["surfaces"]
        surfaces |= {number: word for number, word in sealed if number in common}
    return tuple(sorted((word, common[number]) for number, word in surfaces.items()))


def _rows(paths: Iterable[Path], key: ReplacementKey, left_out: Iterable[str]) -> Numbers:
    """Return word, person, records and occurrences over all shards, sorted, of those who stay."""
    tables = [np.array(load_sealed(path, key.digest("sidecar"))["rows"], np.uint64).T for path in paths]
    rows = _summed(np.concatenate([np.empty((0, 4), np.uint64), *tables]))
    ignored = np.array(sorted(map(person_number, left_out)), np.uint64)
    return rows[~np.isin(rows[:, 1], ignored)]


def _summed(rows: Numbers) -> Numbers:
    """Add up the counts of each word and person over shards."""
    if not len(rows):
        return rows
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    new = np.any(rows[1:, :2] != rows[:-1, :2], axis=1)
    first = np.flatnonzero(np.concatenate([[True], new]))
    return np.concatenate([rows[first, :2], np.add.reduceat(rows[:, 2:], first, axis=0)], axis=1)


def _chosen(rows: Numbers, of_people: Sequence[NDArray[np.float64]], share: float) -> Numbers:
    """Take the most telling words first, while they fit; ties fall by keyed number, so at random.

    of_people : records of each person in each script.
    """
    words, first = np.unique(rows[:, 0], return_index=True)
    if not len(words):
        return words
    together = np.array([((counts / max(1.0, counts.sum())) ** 2).sum() for counts in of_people])
    telling = _telling(rows[:, 2].astype(np.float64), first, together[(words & 1).astype(np.int64)])
    sizes = np.add.reduceat(rows[:, 3], first).astype(np.int64)
    room = int(share * int(sizes.sum()))
    taken = []
    for index in np.argsort(-telling, kind="stable").tolist():
        if telling[index] <= 1:
            break
        if sizes[index] <= room:
            room -= int(sizes[index])
            taken.append(index)
    return words[np.sort(np.array(taken, np.int64))]


def _telling(
    records: NDArray[np.float64], first: NDArray[np.int64], together: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return of each word: pairs of its records by one person / such pairs by chance; 1 tells nothing.

    records  : of each word and person, a word's from ``first`` on.
    together : of each word, the chance that two records of its script are one person's.
    """
    of_word = np.add.reduceat(records, first)
    by_one = np.add.reduceat(records * (records - 1), first)
    found: NDArray[np.float64] = by_one / (of_word * (of_word - 1) * together + _DOUBT)
    return found
