"""Further candidates, generated: people whose comments are chains of the words of three others.

Real data sets of authors end; a pool does not. Generated people are only ever the wrong answer, and perhaps
an easy one. Who lends them words must not be looked for: they would hold what he says only in the
release, and mislead the attacker as no stranger does.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

_DONORS = 3
_MOST_WORDS = 60
_END = ""


def padded(
    texts: Sequence[str], people: Sequence[str], extra: int, each: int, rng: np.random.Generator
) -> tuple[list[str], list[str]]:
    """Return the comments of ``extra`` further people, ``each`` of everybody, and who wrote each."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for text, person in zip(texts, people, strict=True):
        said[person].append(text)
    names = sorted(said)
    made, owner = [], []
    for number in range(extra):
        donors = rng.choice(len(names), min(_DONORS, len(names)), replace=False)
        chains = _chains([text for donor in donors.tolist() for text in said[names[donor]]])
        made += [_walk(chains, rng) for _ in range(each)]
        owner += [f"generated {number}"] * each
    return made, owner


def _chains(texts: Sequence[str]) -> dict[str, list[str]]:
    following: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        words = [_END, *text.split(), _END]
        for first, second in pairwise(words):
            following[first].append(second)
    return following


def _walk(following: dict[str, list[str]], rng: np.random.Generator) -> str:
    words: list[str] = []
    word = _END
    while len(words) < _MOST_WORDS:
        choices = following[word]
        word = choices[int(rng.integers(len(choices)))]
        if word == _END:
            break
        words.append(word)
    return " ".join(words)
