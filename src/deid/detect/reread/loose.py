"""Readings of a text in which values stand as an office would print them.

Patterns know the usual ways to write a number. Hands, phones, scanners and speech have more: a blank between
all signs, a line broken within, other dashes, blanks round the hyphens, digits said in words. What is odd is
written plainly, and read once more; a second reading takes what parts the groups of a number away, whatever
it is. Of both only what lies over a change is told, and nothing that only could be a value. A long text is
read in windows.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from deid.detect.matching.automata import asked_at_once
from deid.detect.reread.edits import (
    ASKED,
    Edit,
    breaks,
    dashed,
    dotted,
    gapped,
    is_odd,
    lettered,
    quartered,
    runs,
    squeezed,
)
from deid.detect.reread.said import said, saying
from deid.detect.scanning.readings import Readings
from deid.ingest.normalize import Normalized, normalize
from deid.labels import IDENTIFIERS, class_of
from deid.types import Detector, Span

_NAME = "loose"
_LEAST = 0.7
_SAYINGS = len(saying())
_SAYS = (1 << _SAYINGS) - 1
# In the order of ``ASKED``.
_PLAINLY = (dotted, gapped, quartered, squeezed, dashed)
_AS_ONE = (runs, lettered)
_LONGEST = 20_000  # characters of a text that is read in one
_STEP = 16_000  # characters of a longer text that a window decides
_AT_ONCE = 1 << 20  # characters
_MARGIN = 500  # characters on both sides of them that it reads as well: a value and its cue


class _Window(NamedTuple):
    """A part of a text, or all of it.

    number     : which text.
    first      : where the part begins in it.
    start, end : where the values begin that it decides on, in the part.
    """

    number: int
    first: int
    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"_Window({self.number}, {self.first})"

    def placed(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield the spans that it decides on, in offsets of the text."""
        for span in spans:
            if self.start <= span.start < self.end:
                yield span.moved(self.first) if self.first else span


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
        result = self._inner.detect(texts)
        more: dict[int, set[Span]] = {}
        for windows in _together(texts):
            for number, spans in self._read(windows):
                more.setdefault(number, set(result[number])).update(spans)
        for number, every in more.items():
            result[number] = sorted(every)
        return result

    def _read(self, windows: Sequence[_Window]) -> Iterator[tuple[int, list[Span]]]:
        """Yield the number of a text, and what a reading of a part of it adds."""
        readings = list(_readings(windows))
        found = self._inner.detect([reading.origin.text for _, reading, _ in readings])
        for (window, reading, whole), spans in zip(readings, found, strict=True):
            more = list(window.placed(_placed(reading, spans, whole=whole)))
            if more:
                yield window.number, more


def _together(texts: Sequence[str]) -> Iterator[list[_Window]]:
    """Yield the parts of texts that are read at once, so that of a long text not all readings are held."""
    windows: list[_Window] = []
    size = 0
    for number, text in enumerate(texts):
        whole = len(text) <= _LONGEST
        for window in (_Window(number, 0, 0, len(text), text),) if whole else _windows(number, text):
            windows.append(window)
            size += len(window.text)
            if size > _AT_ONCE:
                yield windows
                windows, size = [], 0
    yield windows


def _windows(number: int, text: str) -> Iterator[_Window]:
    """Yield the parts of a long text that are read on their own, which overlap."""
    for start in range(0, len(text), _STEP):
        first, end = max(0, start - _MARGIN), start + _STEP
        yield _Window(number, first, start - first, end - first, text[first : end + _MARGIN])


def _placed(reading: _Reading, spans: Sequence[Span], *, whole: bool) -> Iterator[Span]:
    """Yield what lies over a change, in offsets of the original."""
    starts = [start for start, _ in reading.changed]
    for span in spans:
        if span.score < _LEAST or class_of(span.label) not in IDENTIFIERS:
            continue
        # Two numbers a hyphen apart, «109-102», are no code at the end of an Indian address.
        if whole and span.label == "STREET_ADDRESS" and reading.origin.text[span.start : span.end].isascii():
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
    """Return what says how texts may be read otherwise: said digits have the lower bits, then ``_PLAINLY`` and ``_AS_ONE``."""
    return asked_at_once((*saying(), *ASKED))


def _readings(windows: Sequence[_Window]) -> Iterator[tuple[_Window, _Reading, bool]]:
    """Yield a window, a reading of it, and whether a value must be all of a change there."""
    texts = Readings([window.text for window in windows]).texts[: len(windows)]
    for window, text, bits in zip(windows, texts, _asked()(texts), strict=True):
        if bits or "\n" in text:
            words = said(text) if bits & _SAYS else ()
            if words or is_odd(text):
                yield from ((window, *reading) for reading in _read(window.text, words, bits >> _SAYINGS))


def _read(text: str, words: Sequence[tuple[int, int, str]], held: int) -> Iterator[tuple[_Reading, bool]]:
    """Yield the plain reading of a text, if it is another, and those without separators.

    held : which of ``ASKED`` the text holds as it stands; what was edited may hold more.
    """
    reading = _edited(_Reading(normalize(text), ()), [Edit(*word) for word in words])
    reading = _edited(reading, list(breaks(reading.origin.text)))
    for bit, edits in enumerate(_PLAINLY):
        if reading.changed or held >> bit & 1:
            reading = _edited(reading, list(edits(reading.origin.text)))
    if reading.changed:
        yield reading, False
    for bit, grouped in enumerate(_AS_ONE, len(_PLAINLY)):
        if reading.changed or held >> bit & 1:
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
