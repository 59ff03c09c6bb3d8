"""What the turns of conversations hold that may matter to each other, told of all of them in one native pass.

Most turns hold nothing of the kind, and are not looked at again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from deid.detect import carried, questions, spoken
from deid.detect.automata import asked_at_once
from deid.types import Turn


@dataclass(frozen=True, slots=True)
class Cues:
    """What the turns of one conversation hold, an integer a turn: a bit for each expression of a module.

    asks  : the expressions of ``questions.CUES``.
    marks : those of ``carried.CUES``.
    signs : those of ``spoken.CUES``.
    """

    asks: Sequence[int]
    marks: Sequence[int]
    signs: Sequence[int]


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
    first = len(questions.CUES)
    second = first + len(carried.CUES)
    asks, marks = (1 << first) - 1, (1 << len(carried.CUES)) - 1
    return Cues(
        [bits & asks for bits in held],
        [bits >> first & marks for bits in held],
        [bits >> second for bits in held],
    )


@cache
def _asked() -> Callable[[Sequence[str]], list[int]]:
    return asked_at_once((*questions.CUES, *carried.CUES, *spoken.CUES))
