"""Documents under attack, and who wrote them: what every attack on text starts from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from deid.errors import InputError
from deid.risk.rates import Ints

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Documents:
    """Texts as they were and as they are released, one entry a document (one message or comment).

    raw, released : the texts; parallel.
    person        : who wrote each, numbered from 0.
    unit          : the pseudonym each is released under, numbered from 0; one person's only.
    thread        : the conversation each stands in, numbered from 0; splits may keep them whole.
    """

    raw: Sequence[str] = field(repr=False)
    released: Sequence[str] = field(repr=False)
    person: Ints = field(repr=False)
    unit: Ints = field(repr=False)
    thread: Ints = field(repr=False)

    def __post_init__(self) -> None:
        sizes = {len(self.raw), len(self.released), len(self.person), len(self.unit), len(self.thread)}
        if len(sizes) != 1:
            raise InputError("documents: texts, people, pseudonyms and threads differ in number")
        if len(np.unique(np.stack([self.unit, self.person]), axis=1).T) != len(np.unique(self.unit)):
            raise InputError("documents: two people share a pseudonym")

    def __len__(self) -> int:
        return len(self.raw)


def numbered(values: Sequence[object]) -> Ints:
    """Return equal values as equal numbers from 0, in the order of first appearance."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def joined_by(texts: Sequence[str], group: Ints) -> list[str]:
    """Return the texts of each group as one, a message a line; groups are numbered from 0."""
    parts: list[list[str]] = [[] for _ in range(int(group.max(initial=-1)) + 1)]
    for text, number in zip(texts, group.tolist(), strict=True):
        parts[number].append(text)
    return ["\n".join(part) for part in parts]


def split_random(documents: Documents, rng: np.random.Generator) -> Mask:
    """Return which documents the attacker knows: half of each person's, the smaller half of an odd number."""
    order = np.lexsort((rng.random(len(documents)), documents.person))
    _, first, counts = np.unique(documents.person[order], return_index=True, return_counts=True)
    place = np.arange(len(order)) - np.repeat(first, counts)
    known = np.zeros(len(documents), bool)
    known[order] = place < np.repeat(counts // 2, counts)
    return known


def split_threads(documents: Documents, rng: np.random.Generator) -> Mask:
    """As ``split_random``, but none of a person's threads has documents on both sides."""
    known = np.zeros(len(documents), bool)
    order = np.argsort(documents.person, kind="stable")
    bounds = np.flatnonzero(np.diff(documents.person[order])) + 1
    for rows in np.split(order, bounds):
        sides = [0, 0]
        threads, inverse = np.unique(documents.thread[rows], return_inverse=True)
        sizes = np.bincount(inverse)
        for thread in rng.permutation(len(threads)):
            side = int(sides[1] < sides[0]) if sides[0] != sides[1] else int(rng.random() < 0.5)
            sides[side] += int(sizes[thread])
            if side == 0:
                known[rows[inverse == thread]] = True
    return known
