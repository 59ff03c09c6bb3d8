"""Sets of words that say which expressions a text can hold.

An expression with an endless repeat or a choice at both ends makes a Set of many build a new state at nearly
every text it has not seen. The words that its matches must hold make a small one (``deid.detect.matching.spellings``),
which is asked first.
"""

from collections.abc import Callable, Iterable
from string import ascii_lowercase, ascii_uppercase

from deid.detect.matching.candidates import search_set
from deid.detect.matching.expressions import folded
from deid.detect.matching.spellings import spellings

_MEMORY_BYTES = 24 << 20  # ceiling of one automaton, reached by adversarial input only
_DIGITS = "0123456789"
SMALL = dict.fromkeys(map(ord, _DIGITS), "0") | {ord(c): c.lower() for c in ascii_uppercase}
LOWER = bytes.maketrans((_DIGITS + ascii_uppercase).encode(), b"0" * 10 + ascii_lowercase.encode())

Held = Callable[[bytes], set[int]]
"""Given a text that ``small`` wrote, returns the numbers of the triggers that it may hold."""


def small(data: bytes) -> bytes:
    """Return a text in UTF-8 with small ASCII letters, every digit as 0; as many bytes."""
    return data.translate(LOWER)


def word_set(triggers: Iterable[tuple[int, str]]) -> Held:
    """Compile numbered triggers, which are RE2 expressions. Needs RE2.

    They share many of their words, and a Set that holds each once has fewer states. What is no word has a Set
    of its own, since its states multiply those of all others.
    """
    wanted: tuple[dict[str, set[int]], ...] = ({}, {})
    for number, trigger in triggers:
        for kind, spelled in zip(wanted, spellings(folded(trigger, SMALL)), strict=True):
            for word in spelled:
                kind.setdefault(word, set()).add(number)
    match, match_others = (search_set(kind, memory_bytes=_MEMORY_BYTES) for kind in wanted)
    members, members_of_others = (list(kind.values()) for kind in wanted)

    def held(data: bytes) -> set[int]:
        found: set[int] = set()
        for word in match(data) or ():
            found |= members[word]
        for other in match_others(data) or ():
            found |= members_of_others[other]
        return found

    return held
