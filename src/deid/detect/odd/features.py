"""What a scorer is told of an odd unit: its shape, and the words of its line and of the question before it.

Features are short texts; a scorer knows rows by their hash (CRC-32 of their UTF-8, ISO 3309).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from deid.detect.odd.units import Unit, odd_ones, units_of
from deid.ingest.normalize import one_for_one

ROWS = 1 << 16
"""Rows of a table of weights."""
_BEFORE, _AFTER = 6, 4  # words looked at on either side
_ASKED = 25  # words of a question
_BUCKETS = ("", "1", "2", "3", "3", "6", "6")
_STEM = 6  # letters of a word that are looked at
_KEYS = frozenset(":=|")
_REPEAT = re.compile(r"(.)\1+")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile("[A-Za-z]{3,}")
_AMOUNT = re.compile(r"[$€£¥]?[\d.,]+[$€£¥%]?")
_VERSION = re.compile(r"v?\d+\.\d+(?:\.\d+)*[a-z]?\d*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEASURE = re.compile(
    r"\d{1,2}[:h.]\d\d(?:am|pm)?|\d{1,2}(?:am|pm)|\d+(?:st|nd|rd|th|k|kb|mb|gb|m|s|x|h|hr|min|mhz|ghz|hz|px|cm|kg|lbs?)"
)
_ENDING = re.compile(r"\.([a-z]{1,4}\d?)$")
_SIGNS = frozenset("!@#$%^&*?~+")
_CLASSES = str.maketrans(
    {chr(code): "X" for code in range(65, 91)}
    | {chr(code): "x" for code in range(97, 123)}
    | dict.fromkeys("0123456789", "d")
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An odd unit of a text: its range, and the rows of its features, each once."""

    start: int
    end: int
    rows: Sequence[int] = field(repr=False)


def candidates(text: str, question: str = "") -> list[Candidate]:
    """Return the odd units of a text, in order.

    question : what another speaker said before; it may be empty.
    """
    form = one_for_one(text) or text
    units = units_of(form)
    odd = odd_ones(units)
    if not odd:
        return []
    line = _Line(form, units, _words(units, odd), [_fold(word) for word in question.split()[-_ASKED:]])
    shared = _hashed(line.shared())
    return [Candidate(units[at].start, units[at].end, sorted(shared | _hashed(line.own(at)))) for at in odd]


def _hashed(features: Iterator[str]) -> set[int]:
    return {crc32(feature.encode("utf-8", "replace")) % ROWS for feature in features}


def _words(units: Sequence[Unit], odd: Sequence[int]) -> list[str]:
    hidden = frozenset(odd)
    return [_masked(unit.text) if at in hidden else _fold(unit.text) for at, unit in enumerate(units)]


def _masked(text: str) -> str:
    return "#" + shape(text)[:10]


def _fold(word: str) -> str:
    bare = word.lower().strip("\"'`()[]{}<>«»“”‘’*_~#|,.;:!?=…").replace("’", "'")
    return _masked(bare) if _DIGIT.search(bare) else bare[:_STEM] or "."


def shape(text: str) -> str:
    """Return the classes of a text's characters, a run of one written as ``x+``: «AB-123» is ``X+-d+``."""
    return _REPEAT.sub(r"\1+", text.translate(_CLASSES))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str = field(repr=False)
    units: Sequence[Unit] = field(repr=False)
    words: Sequence[str] = field(repr=False)
    asked: Sequence[str] = field(repr=False)

    def shared(self) -> Iterator[str]:
        """Yield what is so of all units of the line."""
        yield "bias"
        yield f"len:{min(len(self.words), 12)}"
        yield from (f"l:{word}" for word in self.words if word[0] != "#")
        if self.asked:
            yield "q"
            yield from (f"q:{word}" for word in self.asked)

    def own(self, at: int) -> Iterator[str]:
        """Yield what is so of one unit."""
        kind = _kind(self.units[at].text)
        yield from _looks(self.units[at].text, kind)
        yield from self._marks(at, kind)
        yield from self._before(at)
        yield from self._after(at)
        if self.asked:
            yield f"qc:{kind}"
        if len(self.words) <= 3:
            yield f"short:{kind}"

    def _marks(self, at: int, kind: str) -> Iterator[str]:
        unit = self.units[at]
        left, right = self.text[max(0, unit.start - 2) : unit.start], self.text[unit.end : unit.end + 1]
        yield f"LR:{left[-1:]}{right}"
        yield f"L2:{left}"
        yield f"cL:{kind}{left[-1:]}"

    def _before(self, at: int) -> Iterator[str]:
        for distance in range(1, min(at, _BEFORE) + 1):
            word, unit = self.words[at - distance], self.units[at - distance]
            yield f"b{_BUCKETS[distance]}:{word}"
            yield f"b:{word}"
            if unit.key or unit.follows[:1] in _KEYS:
                yield "haskey"
                yield f"key:{word}"
        if at < _BEFORE:
            yield f"b{min(at + 1, 3)}:^"
        if at > 1:
            yield f"bb:{self.words[at - 2]} {self.words[at - 1]}"

    def _after(self, at: int) -> Iterator[str]:
        following = self.words[at + 1 : at + 1 + _AFTER]
        for distance, word in enumerate(following, 1):
            yield f"a{'1' if distance == 1 else '4'}:{word}"
        if len(following) < _AFTER:
            yield f"a{min(len(following) + 1, 3)}:$"


def _kind(text: str) -> str:
    """Return which classes of characters a text holds."""
    classes = frozenset(text.translate(_CLASSES))
    found = "".join(kind for kind in "dXx_.-/:" if kind in classes)
    return f"{found}!" if _SIGNS & classes else found


def _looks(text: str, kind: str) -> Iterator[str]:
    size, classes = len(text), text.translate(_CLASSES)
    yield f"s:{shape(text)[:14]}"
    yield f"n:{min(size, 20)}"
    yield f"nd:{min(classes.count('d'), 14)}"
    if size <= 9:
        yield f"ls:{classes}"
    yield f"c:{kind}"
    yield f"tail:{shape(text[-4:])}"
    yield from _figures(text)
    yield from (f"pw:{part.lower()[:8]}" for part in _LETTERS.findall(text)[:3])


def _figures(text: str) -> Iterator[str]:
    """Yield what of common figures a text may be."""
    low = text.lower()
    if _AMOUNT.fullmatch(text):
        yield "int" if text.isdigit() else "money"
    if _VERSION.fullmatch(text):
        yield "version"
    if _YEAR.fullmatch(text):
        yield "year"
    if _MEASURE.fullmatch(low):
        yield "measure"
    if "/" in text:
        yield f"slash:{min(3, text.count('/'))}"
    ending = _ENDING.search(low)
    if ending is not None:
        yield f"ext:{ending[1]}"
