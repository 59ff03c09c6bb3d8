"""Which expressions each of many texts may hold, asked of all the texts at once.

A member of the detector that asks text by text pays for the asking where nothing is found, which is nearly
everywhere. Asked in one native pass, a text that holds nothing costs no more than its bytes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from string import ascii_lowercase, ascii_uppercase

import numpy as np

from deid.detect.matching.automata import HAS_HYPERSCAN, Automaton, Held, Numbers, join
from deid.detect.matching.candidates import candidates_of
from deid.detect.matching.wordsets import LOWER

Asking = Callable[[Sequence[str]], list[int]]
"""Given texts, returns an integer for each: a bit for each expression that may match it."""

_FOLDS = "İıſ\u212a"
"""Letters that ``re`` takes for one of a to z where case is ignored."""
_WORD = re.compile("[a-z]+")
_LETTERS = bytes(
    ord(chr(code).lower()) if chr(code) in ascii_lowercase + ascii_uppercase else ord(" ")
    for code in range(256)
)


def asking(triggers: Sequence[str]) -> Asking:
    """Return what asks RE2 expressions of many texts, without regard to case.

    It says yes too often rather than too seldom: who must know asks again, of the few texts that are left.
    """
    if not HAS_HYPERSCAN:
        return _one_by_one(triggers)
    held = Held(enumerate(f"(?i:{trigger})" for trigger in triggers))
    every = (1 << len(triggers)) - 1

    def ask(texts: Sequence[str]) -> list[int]:
        data = [(text if text.isascii() else text.lower()).encode(errors="replace") for text in texts]
        found = held(join(data, LOWER))
        for number in _folded(texts):
            found[number] = every
        return found

    return ask


def asking_words(groups: Sequence[Iterable[str]]) -> Asking:
    """Return what says which groups of words each of many texts holds one of, in letters a to z of any case.

    groups : words, or several with a space between; what is no such letter parts them, as it parts those of a text.
    """
    held: dict[str, int] = {}
    for number, words in enumerate(groups):
        for word in sorted(words):
            plain = word.encode().translate(_LETTERS).decode()
            held[plain] = held.get(plain, 0) | 1 << number
    if not HAS_HYPERSCAN:
        return _words_one_by_one(held)
    members, every = list(held.values()), (1 << len(groups)) - 1
    automaton = Automaton([f" {word} " for word in held], literal=True)

    def ask(texts: Sequence[str]) -> list[int]:
        found = [0] * len(texts)
        joined = join([text.encode(errors="replace") for text in texts], _LETTERS)

        def settle(which: Numbers, where: Numbers) -> None:
            owners = np.searchsorted(joined.ends, where)
            for owner, number in zip(owners.tolist(), which.tolist(), strict=True):
                found[owner] |= members[number]

        automaton.scan(joined.data, settle)
        for number in _folded(texts):
            found[number] = every
        return found

    return ask


def _words_one_by_one(held: Mapping[str, int]) -> Asking:
    """Return what asks texts one by one; of several words the first is looked for."""
    firsts: dict[str, int] = {}
    for word, bits in held.items():
        first = word.split()[0]
        firsts[first] = firsts.get(first, 0) | bits

    def ask(texts: Sequence[str]) -> list[int]:
        words = (_WORD.findall(text.lower()) for text in texts)
        return [reduce(or_, (firsts.get(word, 0) for word in some), 0) for some in words]

    return ask


def _folded(texts: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the texts that hold such a letter."""
    every = "\n".join(texts)
    if any(letter in every for letter in _FOLDS):
        yield from (number for number, text in enumerate(texts) if any(letter in text for letter in _FOLDS))


def _one_by_one(triggers: Sequence[str]) -> Asking:
    candidates = candidates_of(triggers)
    return lambda texts: [sum(1 << number for number in candidates(text)) for text in texts]
