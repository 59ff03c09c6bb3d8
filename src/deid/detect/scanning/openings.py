"""Which patterns can match which of many texts: the gates of ``deid.detect.scanning.gates``, asked of all texts at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from deid.detect.matching.automata import Held, join
from deid.detect.matching.candidates import Candidates, numbers
from deid.detect.matching.wordsets import LOWER
from deid.detect.patterns.parts import LONG_RUN, PAYLOAD_RUN
from deid.detect.patterns.pattern import Pattern
from deid.detect.scanning.gates import NONE, SHAPE, Gates

Openings = Callable[[Sequence[str]], Mapping[int, Sequence[int]]]
"""Given texts, returns the patterns that can match at all, and the numbers of the texts in which they can."""


def one_by_one(candidates: Candidates) -> Openings:
    """Ask texts one after another."""
    return lambda texts: _by_pattern(((number,), candidates(text)) for number, text in enumerate(texts))


def by_automata(patterns: Sequence[Pattern]) -> Openings:
    """Compile the triggers of patterns, and return what asks them. Needs hyperscan and RE2."""
    gates = Gates(patterns)
    plain = Held(chain(gates.words(digital=False), _long_runs(gates)))
    digital = Held(gates.words(digital=True))

    def openings(texts: Sequence[str]) -> Mapping[int, Sequence[int]]:
        data = [text.encode() for text in texts]
        joined = join(data, LOWER)
        hits, digits = plain(joined), joined.counts(b"0")
        opened: dict[int, list[int]] = {}
        for number, held in enumerate(hits):
            if held and not digits[number]:
                found = gates.open(held, 0, NONE, ascii_=data[number].isascii())
                opened.setdefault(found, []).append(number)
        some = [number for number, count in enumerate(digits) if count]
        more = digital(join([data[number] for number in some], LOWER)) if some else ()
        for number, held in zip(some, more, strict=True):
            text = data[number]
            pieces = gates.pieces(text.translate(SHAPE))
            found = gates.open(hits[number] | held, digits[number], pieces, ascii_=text.isascii())
            opened.setdefault(found, []).append(number)
        return _by_pattern((texts, numbers(found)) for found, texts in opened.items())

    return openings


def _by_pattern(opened: Iterable[tuple[Iterable[int], Iterable[int]]]) -> dict[int, list[int]]:
    """Return the texts of each pattern, given texts and what all of them may hold."""
    wanted: dict[int, list[int]] = {}
    for texts, indexes in opened:
        for index in indexes:
            wanted.setdefault(index, []).extend(texts)
    return wanted


def _long_runs(gates: Gates) -> Iterator[tuple[int, str]]:
    """Yield triggers that are found once where a long run begins, not at each of its characters."""
    for run in (LONG_RUN, PAYLOAD_RUN):
        characters = run[1 : run.index("]")]
        yield from ((index, f"[^{characters}]{run}") for index in gates.with_trigger(run))
