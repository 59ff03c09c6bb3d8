"""Dialogues cut into pieces, and whoever joins the pieces again before he looks for their speakers.

Where every piece has ids of its own, the attacker learns from the dialogues that he knows, cut and treated by
the same tool, how alike two pieces of one dialogue are: in all that is said in them, and in what one of the
speakers says. A released piece is then read together with those it is likely to belong to, each weighed by
how likely. Which of two speakers is the first in the list of people is told him; profiles are not, which stay
with a dialogue's first piece.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.risk.attack import AttackResult, Trials, joined, judged, strongest
from deid.risk.attacks import ridge
from deid.risk.attacks.linkage import Task, link
from deid.risk.documents import Documents, joined_by, numbered, split_random
from deid.risk.features import Features, extract, inverse_frequency, weighted
from deid.risk.ngrams import Sparse, scipy_module
from deid.risk.rates import Ints, exactly

MARK = "mark"
"""Field of a message that says which it is: the truth, and no attacker's."""

_CANDIDATES = 50  # pieces that one piece is compared with: the likest
_LIKELY = 0.05
_COMMON = 400  # pieces; what stands in more of them tells no dialogue
_COMMON_SAID = 20_000
_ROWS = 1_000
_STEPS = 15


@dataclass(frozen=True, slots=True)
class Pieces:
    """What one speaker says in each piece, one entry a speaker and piece.

    said   : the released text of the speaker.
    around : the released text of both.
    side   : the speaker's side of a dialogue that it is part of, numbered from 0.
    first  : whether the speaker is the first in the list of people.
    sides  : the speaker and dialogue of each side.
    person : the speaker of each side, numbered from 0.
    """

    said: Sequence[str] = field(repr=False)
    around: Sequence[str] = field(repr=False)
    side: Ints = field(repr=False)
    first: NDArray[np.bool_] = field(repr=False)
    sides: Sequence[tuple[str, str]] = field(repr=False)
    person: Ints = field(repr=False)

    def whole(self) -> list[str]:
        """Return the pieces of each side as one text."""
        return joined_by(self.said, self.side)


def marked(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return records whose messages say which they are."""
    found: list[Mapping[str, Any]] = []
    number = 0
    for record in records:
        messages = [{**message, MARK: number + n} for n, message in enumerate(record["messages"])]
        number += len(messages)
        found.append({**record, "messages": messages})
    return found


def read(
    records: Sequence[Mapping[str, Any]],
    released: Sequence[Mapping[str, Any]],
    wanted: Mapping[tuple[str, str], int],
) -> Pieces:
    """Return what was released of the wanted sides.

    records : as ``marked`` returns them.
    wanted  : (speaker, dialogue) → the number of the speaker; every speaker has sides.
    """
    said_in = {m[MARK]: (r, m["speaker"]) for r in records for m in r["messages"]}
    rows: list[tuple[tuple[str, str], bool, str, str]] = []
    for piece in sorted(released, key=lambda one: one["messages"][0][MARK]):
        talk = said_in[piece["messages"][0][MARK]][0]
        first = talk["participants"][0]["user_id"]
        parts: dict[str, list[str]] = {}
        for message in piece["messages"]:
            parts.setdefault(said_in[message[MARK]][1], []).append(message["content"] or "")
        around = "\n".join(message["content"] or "" for message in piece["messages"])
        for speaker, texts in parts.items():
            side = (speaker, talk["conversation_id"])
            if side in wanted and "".join(texts).strip():
                rows.append((side, speaker == first, "\n".join(texts), around))
    sides = list(dict.fromkeys(row[0] for row in rows))
    return Pieces(
        [row[2] for row in rows],
        [row[3] for row in rows],
        numbered([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        sides,
        np.array([wanted[side] for side in sides], np.int64),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What attackers achieve on pieces.

    alone  : who takes every piece by itself.
    joined : who reads it together with its likely mates.
    mates  : share of the pieces whose likeliest mate is of the same side.
    """

    alone: AttackResult
    joined: AttackResult
    mates: float


def attacked(pieces: Pieces, splits: int, seed: int) -> Found:
    """Attack every released piece; half of each speaker's dialogues are known, whole."""
    rng = np.random.default_rng(seed)
    whole, person = pieces.whole(), pieces.person
    held = len(whole)
    dialogues = Documents(whole, whole, person, np.arange(held), np.arange(held))
    features = extract([*whole, *pieces.said])
    told = Likeness.of(pieces, features.characters[held:])
    trials: tuple[dict[str, list[_Part]], ...] = ({}, {})
    right = []
    for _ in range(splits):
        known = split_random(dialogues, rng)
        shown = np.flatnonzero(~known[pieces.side])
        task = _task(features, known, pieces, shown)
        weights, share = _mates(told, pieces.side, np.flatnonzero(known[pieces.side]), shown)
        right.append(share)
        for kept, of_units in zip(trials, (None, weights), strict=True):
            for name, part in _guessed(task, person[pieces.side[shown]], of_units).items():
                kept.setdefault(name, []).append(part)
    alone, together = (_strongest(kept, int(person.max()) + 1, rng) for kept in trials)
    return Found(alone, together, float(np.mean(right)))


_Part = tuple[Trials, Ints]


def _task(features: Features, known: NDArray[np.bool_], pieces: Pieces, shown: Ints) -> Task:
    rows = np.flatnonzero(known)
    one = np.arange(len(shown))
    candidates = int(pieces.person.max()) + 1
    space = ridge.space(features)
    return Task(features, space, rows, pieces.person[rows], len(known) + shown, one, candidates, len(shown))


def _guessed(task: Task, owner: Ints, of_units: Sparse | None) -> dict[str, _Part]:
    found = {}
    for name, guesses in link(replace(task, of_units=of_units)).items():
        named = guesses.ranked[:, 0].astype(np.int64)
        block = np.zeros(len(named), np.int64)
        found[name] = (Trials(named == owner, owner, guesses.confidence, block), named)
    return found


def _strongest(kept: Mapping[str, Sequence[_Part]], pool: int, rng: np.random.Generator) -> AttackResult:
    results = []
    for name, parts in kept.items():
        trials, named = joined([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
        chance = exactly(1 / pool)
        bare = AttackResult("pieces", name, "linkability", pool, exactly(0), exactly(0), chance)
        results.append(judged(bare, trials, named, trials.person, rng))
    return strongest(results)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two pieces are: in all that is said in them, and in what the speaker says."""

    around: Sparse = field(repr=False)
    said: Sparse = field(repr=False)
    first: NDArray[np.bool_] = field(repr=False)

    @classmethod
    def of(cls, pieces: Pieces, characters: Sparse) -> "Likeness":
        """Weigh what is said; ``characters`` are counts of what each speaker says."""
        counts = extract(pieces.around)
        both = [_weighed(part, _COMMON) for part in (counts.words, counts.characters)]
        around = scipy_module("sparse").hstack(both).tocsr() * np.float32(0.5**0.5)
        return cls(around, _weighed(characters, _COMMON_SAID), pieces.first)

    def pairs(self, rows: Ints) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """Return pairs of pieces, as places in ``rows``, and what speaks for each being of one side."""
        around, said = self.around[rows], self.said[rows]
        left, right = _likest(around, self.first[rows])
        topic, own = (_products(side, left, right) for side in (around, said))
        told = [topic, own, np.sqrt(np.maximum(topic, 0)), np.sqrt(np.maximum(own, 0)), topic * own]
        return left, right, np.stack([*told, np.ones(len(left))], axis=1)


def _weighed(counts: Sparse, most: int) -> Sparse:
    documents = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = counts[:, np.flatnonzero((documents > 1) & (documents <= most))].tocsr()
    return weighted(kept, inverse_frequency(kept))


def _likest(around: Sparse, first: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return for each piece the others most like it, of a speaker in the same place."""
    left, right = [], []
    across = around.T.tocsr()
    few = min(_CANDIDATES, around.shape[0] - 1)
    for start in range(0, around.shape[0], _ROWS):
        likeness = (around[start : start + _ROWS] @ across).toarray()
        own = np.arange(start, start + len(likeness))
        likeness[first[own, None] != first] = -1
        likeness[own - start, own] = -1
        best = np.argpartition(-likeness, few, axis=1)[:, :few]
        alike = np.take_along_axis(likeness, best, 1) > 0
        left.append(np.repeat(own, few)[alike.ravel()])
        right.append(best.ravel()[alike.ravel()])
    return np.concatenate(left), np.concatenate(right)


def _products(side: Sparse, left: Ints, right: Ints) -> NDArray[np.float64]:
    step = 200_000
    parts = [
        np.asarray(side[left[n : n + step]].multiply(side[right[n : n + step]]).sum(1)).ravel()
        for n in range(0, len(left), step)
    ]
    return np.concatenate(parts).astype(np.float64)


def _mates(told: Likeness, side: Ints, known: Ints, shown: Ints) -> tuple[Sparse, float]:
    """Return piece × piece: how likely both are of one side, learned from known pieces; and how well."""
    left, right, what = told.pairs(known)
    learned = logistic(what, side[known[left]] == side[known[right]])
    left, right, what = told.pairs(shown)
    likely = 1 / (1 + np.exp(-what @ learned))
    order = np.lexsort((likely, left))
    last = np.flatnonzero(np.append(np.diff(left[order]) != 0, True))
    best = order[last]
    share = (side[shown[left[best]]] == side[shown[right[best]]]).sum() / len(shown)
    kept = likely > _LIKELY
    sparse = scipy_module("sparse")
    cells = (likely[kept].astype(np.float32), (left[kept], right[kept]))
    alone = sparse.identity(len(shown), dtype=np.float32, format="csr")
    return (sparse.csr_matrix(cells, shape=alone.shape) + alone).tocsr(), float(share)


def logistic(told: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(told.shape[1])
    ridge_of = 1e-3 * np.eye(len(weights))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-told @ weights))
        slope = told.T @ (same - chance) - 1e-3 * weights
        weights += np.linalg.solve((told.T * (chance * (1 - chance))) @ told + ridge_of, slope)
    return weights
