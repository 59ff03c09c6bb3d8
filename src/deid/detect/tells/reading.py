"""A turn as the network reads it: its units, behind those of the last turns, each with who says it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from deid.detect.tagger.units import Units
from deid.types import Turn

OTHER, SAME, OWN = 1, 2, 3
"""Whose a turn is: another's than who speaks now, an earlier one of the same speaker, the one that is read."""
WITHIN = 3
"""Turns before the one that is read."""
_LAST, _EARLIER, _MOST = 12, 6, 40  # units: of the turn before, of those before it, of the one that is read
_TAIL = 160  # characters of a turn before that are cut into units, at most
_MARK = "\x02"
MARKS = {role: f"{_MARK}{role}" for role in (OTHER, SAME, OWN)}
"""Keys of what stands before each turn."""


class Read(NamedTuple):
    """The units before and of a turn, in order.

    keys   : of all units, marks of turns among them.
    roles  : whose turn each is of.
    first  : the number of the turn's own first unit.
    places : ranges of the turn's own units.
    """

    keys: Sequence[str]
    roles: Sequence[int]
    first: int
    places: Sequence[tuple[int, int]]

    def __repr__(self) -> str:
        return f"Read({len(self.keys)})"


def is_mark(key: str) -> bool:
    """Whether a key is of what stands before a turn."""
    return key.startswith(_MARK)


def read(turns: Sequence[Turn], at: int, units: Callable[[str], Units]) -> Read:
    """Return one turn as it is read: its first units, behind the last ones of the turns before it.

    units : cuts a text into words (``tagger.units.words``).
    """
    keys: list[str] = []
    roles: list[int] = []
    for role, some in _before(turns, at, units):
        keys += MARKS[role], *some
        roles += [role] * (1 + len(some))
    own = units(turns[at].text)
    places = [*islice(zip(own.starts, own.ends, strict=True), _MOST)]
    keys += MARKS[OWN], *own.keys[:_MOST]
    roles += [OWN] * (1 + len(places))
    return Read(keys, roles, len(keys) - len(places), places)


def _before(
    turns: Sequence[Turn], at: int, units: Callable[[str], Units]
) -> Iterator[tuple[int, Sequence[str]]]:
    for back in range(min(WITHIN, at), 0, -1):
        turn = turns[at - back]
        role = SAME if turn.speaker == turns[at].speaker else OTHER
        yield role, units(_tail(turn.text)).keys[-(_LAST if back == 1 else _EARLIER) :]


def _tail(text: str) -> str:
    """Return the end of a text, from a blank on: what a turn costs tells nothing of the length of those before it."""
    return text if len(text) <= _TAIL else text[-_TAIL:].partition(" ")[2]
