"""What the turns of conversations hold that may matter to each other, told of all of them in one native pass.

Most turns hold nothing of the kind, and are not looked at again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain

from deid.detect.matching.automata import asked_at_once
from deid.detect.talk import carried, halves, let_in, named, questions, spoken
from deid.types import Turn

_ALL = (questions.CUES, carried.CUES, spoken.CUES, named.CUES, let_in.CUES, halves.CUES)
_SIZES = [*map(len, _ALL)]
_PLACES = [*zip(accumulate(_SIZES, initial=0), _SIZES, strict=False)]
"""The first bit of each, and how many it has."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What the turns of one conversation hold, an integer a turn: a bit for each expression of a module.

    asks  : the expressions of ``questions.CUES``.
    marks : those of ``carried.CUES``.
    signs : those of ``spoken.CUES``.
    names : those of ``named.CUES``.
    ways  : those of ``let_in.CUES``.
    parts : those of ``halves.CUES``.
    """

    asks: Sequence[int]
    marks: Sequence[int]
    signs: Sequence[int]
    names: Sequence[int]
    ways: Sequence[int]
    parts: Sequence[int]


def cues_of(talks: Sequence[Sequence[Turn]]) -> list[Cues]:
    """Return the cues of each conversation. Linear in the turns and their text."""
    held = _asked()([turn.text for turn in chain.from_iterable(talks)])
    found: list[Cues] = []
    at = 0
    for turns in talks:
        found.append(_parted(held[at : at + len(turns)]))
        at += len(turns)
    return found


def _parted(held: Sequence[int]) -> Cues:
    return Cues(*([bits >> first & (1 << size) - 1 for bits in held] for first, size in _PLACES))


@cache
def _asked() -> Callable[[Sequence[str]], list[int]]:
    return asked_at_once((*chain.from_iterable(_ALL),))
