"""What the text under one id gives away about its author, to whoever links no ids (I1, one id at a time).

He knows the values of four in five people and learns from them either what stands under each of their ids or
all that each of them wrote; the better of both counts. Groups and people are those of ``reid.inferred``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.risk import authorship
from deid.risk.attack import AttackResult, Trials, judged, strongest
from deid.risk.attacks import ridge
from deid.risk.documents import joined_by, numbered
from deid.risk.features import extract
from deid.risk.ngrams import Sparse
from deid.risk.rates import Ints, exactly
from reid.inferred import sought
from reid.synthpai import Corpus

_FOLDS = 5
_LEAST_PEOPLE = 10  # with one value
_MOST_LEARNED = 3_000  # a kernel of 36 MB


@dataclass(frozen=True, slots=True)
class Read:
    """A release as the attacker reads it.

    space : a row a person, then a row an id.
    owner : the person of each id, numbered from 0.
    """

    space: Sparse = field(repr=False)
    owner: Ints = field(repr=False)

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.owner.max()) + 1


def results(
    corpus: Corpus, released: Sequence[str], scope: authorship.Scope, seed: int
) -> Iterator[tuple[str, AttackResult]]:
    """Yield each attribute with the better attacker's result; ids that hold no text are not guessed."""
    rng = np.random.default_rng(seed)
    read = _read(corpus, released, scope)
    profiles = {str(record["user_id"]): sought(record["profile"]) for record in corpus.records}
    people = list(dict.fromkeys(corpus.people))
    for name in ("location", "occupation", "relationship"):
        value = _values([profiles[person].get(name) for person in people])
        if value.max() < 1:  # nobody's, or everybody's the same
            continue
        found = [_one(name, read, value, by_id=by_id, rng=rng) for by_id in (False, True)]
        yield name, strongest(found)


def _read(corpus: Corpus, released: Sequence[str], scope: authorship.Scope) -> Read:
    documents = corpus.documents(released)
    unit = authorship.units_of(documents, scope)
    owner = np.zeros(int(unit.max()) + 1, np.int64)
    owner[unit] = documents.person
    texts = joined_by(released, unit)
    said = np.flatnonzero([bool(text.strip()) for text in texts])
    whole = joined_by(released, documents.person)
    space = ridge.space(extract([*whole, *(texts[n] for n in said.tolist())]))
    return Read(space, owner[said])


def _values(told: Sequence[str | None]) -> Ints:
    """Return each person's value numbered from 0; -1 for none, or one of few people."""
    common = {value for value, people in Counter(told).items() if value and people >= _LEAST_PEOPLE}
    known = [n for n, value in enumerate(told) if value in common]
    numbers = np.full(len(told), -1, np.int64)
    numbers[known] = numbered([told[n] for n in known])
    return numbers


def _one(name: str, read: Read, value: Ints, *, by_id: bool, rng: np.random.Generator) -> AttackResult:
    asked = np.flatnonzero(value[read.owner] >= 0)
    owner = read.owner[asked]
    named = np.zeros(len(asked), np.int64)
    fold = rng.permutation(read.people) % _FOLDS
    for held in range(_FOLDS):
        test = np.flatnonzero(fold[owner] == held)
        known = np.flatnonzero((fold != held) & (value >= 0))
        rows, truth = known, value[known]
        if by_id:
            learned = np.flatnonzero(fold[owner] != held)
            learned = np.sort(rng.permutation(learned)[:_MOST_LEARNED])
            rows, truth = read.people + asked[learned], value[owner[learned]]
        named[test] = _guessed(read.space, rows, truth, read.people + asked[test])
    truth = value[owner]
    guessing = exactly(float(np.bincount(truth).max()) / len(truth))
    bare = AttackResult(
        name,
        "by id" if by_id else "by person",
        "inference",
        int(truth.max()) + 1,
        exactly(0),
        exactly(0),
        guessing,
    )
    blocks = np.zeros(len(asked), np.int64)
    return judged(bare, Trials(named == truth, owner, np.zeros(len(asked)), blocks), named, truth, rng)


def _guessed(space: Sparse, known: Ints, truth: Ints, asked: Ints) -> Ints:
    learned = ridge.fit(ridge.curved(ridge.gram(space[known], space[known])), truth, int(truth.max()) + 1)
    found: Ints = (ridge.curved(ridge.gram(space[asked], space[known])) @ learned).argmax(1)
    return found
