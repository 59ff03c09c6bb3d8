"""I1, attribute inference: from a person's released text to a value the release does not state.

The attacker knows the values of other people in the release and learns from their text: kernel ridge
over characters, words and habits of writing, five folds over people. The control scores the same guesses
against the values of other people, so that guessing the commonest value wins nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from deid.risk.attack import AttackResult, judged, one_each
from deid.risk.attacks import ridge
from deid.risk.case import Case
from deid.risk.documents import joined_by, numbered
from deid.risk.features import extract
from deid.risk.ngrams import Sparse
from deid.risk.rates import Ints, exactly

NAME = "I1 attribute inference"
_FOLDS = 5
_LEAST_PEOPLE = 10  # with one value
_MOST_VALUES = 12
_MOST_PEOPLE = 5_000  # whose values are guessed and learned from: a kernel of 100 MB


def guess(space: Sparse, value: Ints, rng: np.random.Generator) -> Ints:
    """Return the guessed value of each person, learned from the people of the other folds.

    space : one row a person; value : each one's value, numbered from 0.
    """
    kernel = ridge.curved(ridge.gram(space, space))
    fold = rng.permutation(len(value)) % _FOLDS
    values = int(value.max()) + 1
    named = np.zeros(len(value), np.int64)
    for held in range(_FOLDS):
        test, train = np.flatnonzero(fold == held), np.flatnonzero(fold != held)
        learned = ridge.fit(kernel[np.ix_(train, train)], value[train], values)
        named[test] = (kernel[np.ix_(test, train)] @ learned).argmax(1)
    return named


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Infer every field with few values that enough people share; one result a field."""
    fields = list(inferable(case))
    if not fields:
        return []
    released = ridge.space(extract(joined_by(case.documents.released, case.documents.person)))
    raw = ridge.space(extract(joined_by(case.documents.raw, case.documents.person)))
    return [_one(path, value, (released, raw), rng) for path, value, _ in fields]


def _one(path: str, value: Ints, spaces: tuple[Sparse, Sparse], rng: np.random.Generator) -> AttackResult:
    known = np.sort(rng.permutation(np.flatnonzero(value >= 0))[:_MOST_PEOPLE])
    truth = value[known]
    counts = np.bincount(truth)
    commonest = exactly(float(counts.max()) / len(truth))
    bare = AttackResult(
        f"{NAME}: {path}", "ridge", "inference", len(counts), exactly(0), exactly(0), commonest
    )
    released, raw = (guess(space[known], truth, rng) for space in spaces)
    found = judged(bare, one_each(released, truth), released, truth, rng)
    ceiling = judged(bare, one_each(raw, truth), raw, truth, rng).released
    return replace(found, raw=ceiling, tails={})


def inferable(case: Case) -> Iterator[tuple[str, Ints, Sequence[str]]]:
    """Yield fields whose values can be learned: each person's value numbered, -1 for none or a rare one.

    Last come the values, in the order of their numbers.
    """
    people = int(case.person.max(initial=-1)) + 1
    told: dict[str, dict[int, str]] = {}
    for (_, source), person in zip(case.aligned.pairs, case.person.tolist(), strict=True):
        for path, value in source.values.items():
            told.setdefault(path, {})[person] = value
    for path, values in sorted(told.items()):
        common = {v for v, n in Counter(values.values()).items() if n >= _LEAST_PEOPLE}
        kept = {person: value for person, value in values.items() if value in common}
        if 2 <= len(common) <= _MOST_VALUES:
            numbers = np.full(people, -1, np.int64)
            numbers[list(kept)] = numbered(list(kept.values()))
            yield path, numbers, list(dict.fromkeys(kept.values()))
