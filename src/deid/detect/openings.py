"""Which patterns can match which of many texts: the gates of ``deid.detect.gates``, asked of all texts at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from deid.detect.automata import Held, join
from deid.detect.candidates import Candidates
from deid.detect.gates import NONE, SHAPE, Gates
from deid.detect.patterns.parts import LONG_RUN, PAYLOAD_RUN
from deid.detect.patterns.pattern import Pattern
from deid.detect.wordsets import LOWER

Openings = Callable[[Sequence[str]], Mapping[int, Sequence[int]]]
"""Given texts, returns the patterns that can match at all, and the numbers of the texts in which they can."""


def one_by_one(candidates: Candidates) -> Openings:
    """Ask texts one after another."""
    return lambda texts: _by_pattern(map(candidates, texts))


def by_automata(patterns: Sequence[Pattern]) -> Openings:
    """Compile the triggers of patterns, and return what asks them. Needs hyperscan and RE2."""
    gates = Gates(patterns)
    plain = Held(chain(gates.words(digital=False), _long_runs(gates)))
    digital = Held(gates.words(digital=True))

    def openings(texts: Sequence[str]) -> Mapping[int, Sequence[int]]:
        data = [text.encode() for text in texts]
        joined = join(data, LOWER)
        hits = plain(joined)
        opened = [
            gates.open(held, 0, NONE, ascii_=text.isascii()) if held else ()
            for held, text in zip(hits, data, strict=True)
        ]
        digits = joined.counts(b"0")
        some = [number for number, count in enumerate(digits) if count]
        more = digital(join([data[number] for number in some], LOWER)) if some else ()
        for number, held in zip(some, more, strict=True):
            text = data[number]
            pieces = gates.pieces(text.translate(SHAPE))
            opened[number] = gates.open(
                hits[number] | held, digits[number], pieces, ascii_=text.isascii()
            )
        return _by_pattern(opened)

    return openings


def _by_pattern(opened: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    wanted: dict[int, list[int]] = {}
    for number, indexes in enumerate(opened):
        for index in indexes:
            wanted.setdefault(index, []).append(number)
    return wanted


def _long_runs(gates: Gates) -> Iterator[tuple[int, str]]:
    """Yield triggers that are found once where a long run begins, not at each of its characters."""
    for run in (LONG_RUN, PAYLOAD_RUN):
        characters = run[1 : run.index("]")]
        yield from ((index, f"[^{characters}]{run}") for index in gates.with_trigger(run))
