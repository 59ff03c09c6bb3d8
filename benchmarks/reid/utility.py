"""What a treatment leaves to learn from, measured on raw text of people who are not in the training part.

words changed : share of the raw words, case and punctuation aside, that do not survive in order.
topic         : accuracy of a kernel ridge classifier of a comment's thread topic (eight classes).
perplexity    : of a word bigram model with Witten-Bell smoothing; tags count as words.
around_tags   : the same of a model that learns neither tags nor what follows them, as in training that leaves
                placeholders out of the loss.
"""

import difflib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from deid.risk.attacks import ridge
from deid.risk.documents import numbered
from deid.risk.features import extract
from deid.risk.rates import Ints
from reid.synthpai import Corpus

Words = Callable[[str], list[str]]
"""Reads a text as words, folded."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_TAG = re.compile(r"\[[A-Z_]+(?:_\d+)?\]|<[A-Z_]+>|\*{2,}")
_TESTED = 5  # one person in so many is held out
_COMPARED = 700


def utility(corpus: Corpus, released: Sequence[str], seed: int) -> Mapping[str, float]:
    """Return the measures; people are held out at random."""
    rng = np.random.default_rng(seed)
    train, test = _dealt(corpus.people, released, rng)
    if not len(train):
        return {"words_changed": 1.0}
    left = _left(corpus, released, train, test, rng, words=_words)
    return {**left, "topic": round(_topic(corpus, released, train, test), 4)}


def spoken(corpus: Corpus, released: Sequence[str], seed: int, *, words: Words) -> Mapping[str, float]:
    """Return the measures of texts without topics, read as ``words`` does."""
    rng = np.random.default_rng(seed)
    train, test = _dealt(corpus.people, released, rng)
    return _left(corpus, released, train, test, rng, words=words) if len(train) else {"words_changed": 1.0}


def _dealt(people: Sequence[str], released: Sequence[str], rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return the texts learned from, of which something is left, and those of the people held out."""
    person = numbered(people)
    held = np.isin(person, rng.permutation(int(person.max()) + 1)[: int(person.max()) // _TESTED])
    return np.flatnonzero(~held & np.array([bool(text) for text in released])), np.flatnonzero(held)


def _left(
    corpus: Corpus,
    released: Sequence[str],
    train: Ints,
    test: Ints,
    rng: np.random.Generator,
    *,
    words: Words,
) -> dict[str, float]:
    learned = [released[n] for n in train.tolist()]
    asked = [words(corpus.texts[n]) for n in test.tolist()]
    kinds = len({word for text in corpus.texts for word in words(text)})
    return {
        "words_changed": round(_changed(corpus.texts, released, rng, words), 4),
        "perplexity": round(perplexity([words(text) for text in learned], asked, kinds), 1),
        "around_tags": round(perplexity([around_tags(text, words) for text in learned], asked, kinds), 1),
    }


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def around_tags(text: str, words: Words = _words) -> list[str | None]:
    """Return the words of a text, with None where something was replaced by a tag."""
    first, *others = _TAG.split(text)
    return [*words(first), *(word for piece in others for word in (None, *words(piece)))]


def _changed(raw: Sequence[str], released: Sequence[str], rng: np.random.Generator, words: Words) -> float:
    kept = total = 0
    for n in map(int, rng.choice(len(raw), min(_COMPARED, len(raw)), replace=False)):
        before, after = words(raw[n]), words(released[n])
        blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        kept += sum(block.size for block in blocks)
        total += len(before)
    return 1 - kept / total


def _topic(corpus: Corpus, released: Sequence[str], train: Ints, test: Ints) -> float:
    named = np.array([bool(topic) for topic in corpus.topic])
    train, test = train[named[train]], test[named[test]]
    texts = [released[n] for n in train] + [corpus.texts[n] for n in test]
    space = ridge.space(extract(texts))
    topic = numbered([corpus.topic[n] for n in (*train, *test)])
    known, asked = space[: len(train)], space[len(train) :]
    learned = ridge.fit(ridge.gram(known, known), topic[: len(train)], int(topic.max()) + 1)
    guessed = (ridge.gram(asked, known) @ learned).argmax(1)
    return float((guessed == topic[len(train) :]).mean())


def perplexity(train: Sequence[Sequence[str | None]], test: Sequence[Sequence[str]], kinds: int) -> float:
    """Return the perplexity of ``test``; None in ``train`` is no word, and nothing follows it.

    kinds : different words that there are.
    """
    vocabulary = kinds + 2
    single: Counter[str] = Counter()
    double: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in train:
        words = ["<s>", *row, "</s>"]
        single.update(word for word in words[1:] if word is not None)
        for first, second in pairwise(words):
            if first is not None and second is not None:
                double[first][second] += 1
    total, known = sum(single.values()), len(single)
    surprise = n = 0.0
    for text in test:
        for first, second in pairwise(["<s>", *text, "</s>"]):
            chance = (single[second] + known / vocabulary) / (total + known)
            if following := double.get(first):
                seen, distinct = sum(following.values()), len(following)
                chance = (following[second] + distinct * chance) / (seen + distinct)
            surprise -= math.log(chance)
            n += 1
    return math.exp(surprise / n)
