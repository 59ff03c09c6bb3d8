"""Readings of a text in which values stand as an office would print them.

Patterns know the usual ways to write a number. Hands, phones, scanners and speech have more: a blank between
all signs, a line broken within, other dashes, blanks round the hyphens, digits said in words. What is odd is
written plainly, and read once more; a second reading takes what parts the groups of a number away, whatever
it is. Of both only what lies over a change is told, and nothing that only could be a value.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from deid.detect.automata import asked_at_once
from deid.detect.edits import (
    MAY,
    Edit,
    breaks,
    dashed,
    dotted,
    gapped,
    is_odd,
    lettered,
    runs,
    squeezed,
)
from deid.detect.said import said, saying
from deid.ingest.normalize import Normalized, normalize
from deid.labels import IDENTIFIERS, class_of
from deid.types import Detector, Span

_NAME = "loose"
_LEAST = 0.7
_SAYS = (1 << len(saying())) - 1
_LONGEST = 20_000  # characters of a text that is read again


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text with edits.

    origin  : the text, and where its characters come from.
    changed : ranges in it that an edit wrote or closed, sorted.
    """

    origin: Normalized = field(repr=False)
    changed: tuple[tuple[int, int], ...]


class LooseValues:
    """Reads odd ways of writing a value with another detector; a ``deid.types.Detector``.

    inner : finds values in their usual forms, such as the scan; what it finds in the text itself is told too.
    """

    __slots__ = ("_inner",)

    def __init__(self, inner: Detector) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def labels(self) -> frozenset[str]:
        return self._inner.labels

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted; linear in the texts."""
        readings = list(_readings(texts))
        read = [reading.origin.text for _, reading, _ in readings]
        found = self._inner.detect([*texts, *read])
        result = found[: len(texts)]
        for (number, reading, whole), spans in zip(readings, found[len(texts) :], strict=True):
            more = set(_placed(reading, spans, whole=whole))
            if more:
                result[number] = sorted(more.union(result[number]))
        return result


def _placed(reading: _Reading, spans: Sequence[Span], *, whole: bool) -> Iterator[Span]:
    """Yield what lies over a change, in offsets of the original."""
    starts = [start for start, _ in reading.changed]
    for span in spans:
        if span.score < _LEAST or class_of(span.label) not in IDENTIFIERS:
            continue
        at = bisect_left(starts, span.start if whole else span.end) - (not whole)
        if 0 <= at < len(starts) and _over(span, *reading.changed[at], whole=whole):
            yield Span(*reading.origin.original(span.start, span.end), span.label, span.score, _NAME)


def _over(span: Span, start: int, end: int, *, whole: bool) -> bool:
    """Whether a span holds a change, or all of it."""
    if whole:
        return span.start <= start and end <= span.end
    return span.start < start < span.end if start == end else span.start < end and start < span.end


@cache
def _asked() -> Callable[[Sequence[str]], list[int]]:
    """Return what says whether texts may be read otherwise: said digits have the lower bits."""
    return asked_at_once((*saying(), *MAY))


def _readings(texts: Sequence[str]) -> Iterator[tuple[int, _Reading, bool]]:
    """Yield the number of a text, a reading of it, and whether a value must be all of a change there."""
    some = [(number, normalize(text)) for number, text in enumerate(texts) if len(text) <= _LONGEST]
    held = _asked()([normal.text for _, normal in some])
    for (number, normal), bits in zip(some, held, strict=True):
        if bits:
            words = said(normal.text) if bits & _SAYS else ()
            if words or is_odd(normal.text):
                yield from ((number, *reading) for reading in _read(normal, words))


def _read(normal: Normalized, words: Sequence[tuple[int, int, str]]) -> Iterator[tuple[_Reading, bool]]:
    """Yield the plain reading of a text, if it is another, and those without separators."""
    reading = _edited(_Reading(normal, ()), [Edit(*word) for word in words])
    for edits in (breaks, dotted, gapped, squeezed, dashed):
        reading = _edited(reading, list(edits(reading.origin.text)))
    if reading.changed:
        yield reading, False
    for grouped in (runs, lettered):
        joined = list(grouped(reading.origin.text))
        if joined:
            yield _edited(_Reading(reading.origin, ()), joined), True


def _edited(reading: _Reading, edits: Sequence[Edit]) -> _Reading:
    """Return a reading with some ranges written anew; those must be sorted and apart."""
    if not edits:
        return reading
    before = reading.origin
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    changed: list[tuple[int, int]] = []
    moved_from: list[int] = []
    shifts = [0]
    at = size = 0
    for edit in [*edits, Edit(len(before.text), len(before.text), "")]:
        before.append_origins(at, edit.start, starts, ends)
        kept = before.text[at : edit.start]
        size += len(kept)
        if edit.start < len(before.text):
            first, last = before.original(edit.start, edit.end)
            starts.extend([first] * len(edit.text))
            ends.extend([last] * len(edit.text))
            changed.append((size, size + len(edit.text)))
            moved_from.append(edit.end)
            shifts.append(size + len(edit.text) - edit.end)
        parts += [kept, edit.text]
        size += len(edit.text)
        at = edit.end
    older = [_moved(place, moved_from, shifts) for place in reading.changed]
    return _Reading(Normalized("".join(parts), (starts, ends)), tuple(_apart(sorted({*changed, *older}))))


def _apart(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted ranges with those that overlap as one."""
    apart: list[tuple[int, int]] = []
    for start, end in places:
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _moved(place: tuple[int, int], ends: Sequence[int], shifts: Sequence[int]) -> tuple[int, int]:
    """Return where a range of the text before some edits stands after them."""
    start, end = (at + shifts[bisect_right(ends, at)] for at in place)
    return start, max(start, end)
