"""What a scorer is told of an odd unit: its shape, and the words of its line and of the question before it.

Words are told as they are, and by the fields of meaning they are of: so a wording that nobody has seen is
known too. Features are short texts; a scorer knows rows by their hash (CRC-32 of their UTF-8, ISO 3309),
those of words as they are in the upper half of its table, all others in the lower one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from zlib import crc32

from deid.detect.odd.compounds import is_compound
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.shapes import kind_of, looks, masked, parts, size_of
from deid.detect.odd.units import Unit, odd_ones, units_of
from deid.detect.odd.worded import lettered, speaks_of_names, worded_ones
from deid.ingest.normalize import Normalized, normalize
from deid.types import Span

ROWS = 1 << 16
"""Rows of a table of weights."""
HALF = ROWS // 2
"""The first row of a word as it is."""
_BEFORE, _AFTER = 6, 4  # words looked at on either side
_ASKED, _EARLIER = 25, 40  # words of a question, and of what was said round it
_BUCKETS = ("", "1", "2", "3", "3", "6", "6")
_STEM = 6  # letters of a word that are looked at
_PAIRED = 8  # fields of a line of which pairs are told
_KEYS = frozenset(":=|")
_GAP = 3  # characters between two units of one run
_DIGIT = re.compile(r"\d")
_EDGES = "\"'`()[]{}<>«»“”‘’*_~#|,.;:!?=…/\\"
_INNER = re.compile("[a-z0-9]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An odd unit of a text: its range, and the rows of its features.

    like   : whether what is found looks like it.
    worded : whether it is letters alone, side by side.
    """

    start: int
    end: int
    rows: Sequence[int] = field(repr=False)
    like: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What was said before a text: by another speaker last, and the turns round that; both may be empty.

    labels : of the numbers and codes that were found in them, in order.
    """

    question: str = field(default="", repr=False)
    earlier: str = field(default="", repr=False)
    labels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is told, and its fields."""

    text: str = field(repr=False)
    fields: Sequence[str] = field(repr=False)
    is_common: bool = False
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    text: str = field(repr=False)
    units: Sequence[Unit] = field(repr=False)
    words: Sequence[_Word] = field(repr=False)
    asked: Sequence[_Word] = field(repr=False)
    earlier: Sequence[_Word] = field(repr=False)
    fields: Sequence[str]
    asked_fields: Sequence[str]
    earlier_fields: Sequence[str]
    runs: Mapping[int, tuple[str, str]]
    labels: Sequence[str]
    likes: frozenset[str]


def candidates(text: str, before: Before, lexicon: Lexicon, spans: Sequence[Span] = ()) -> list[Candidate]:
    """Return the odd units of a text that no span has, in order.

    spans : what is found in the text already; it is told by its labels.
    """
    if text.isascii():
        return _candidates(text, before, lexicon, spans)
    form = normalize(text)
    plain, moved = form.text.translate(_DASHES), _moved(spans, form)
    return [
        replace(one, start=start, end=end)
        for one in _candidates(plain, before, lexicon, moved)
        for start, end in [form.original(one.start, one.end)]
    ]


def _moved(spans: Sequence[Span], form: Normalized) -> Sequence[Span]:
    """Return spans of a text as they stand in its normalised form."""
    placed = ((span, *form.normalised(span.start, span.end)) for span in spans)
    return [replace(span, start=first, end=last) for span, first, last in placed if first < last]


def _candidates(text: str, before: Before, lexicon: Lexicon, spans: Sequence[Span]) -> list[Candidate]:
    units = units_of(text)
    taken = _taken(units, spans)
    free = (
        [unit._replace(text="") if at in taken else unit for at, unit in enumerate(units)] if taken else units
    )
    naming = _speak_of_names(text, before, lexicon)
    asked = bool(before.question or before.earlier)
    odd = sorted(
        {
            *lettered(free, odd_ones(free), lexicon),
            *worded_ones(free, lexicon, asked=asked, naming=naming),
        }
    )
    if not odd:
        return []
    hidden = frozenset(odd)
    words = [_told(unit, at, hidden, taken, lexicon) for at, unit in enumerate(units)]
    asked_words = [_plain(word, lexicon) for word in before.question.split()[-_ASKED:]]
    earlier = [_plain(word, lexicon) for word in before.earlier.split()[-_EARLIER:]]
    likes = frozenset(size_of(text[span.start : span.end]) for span in spans)
    runs = dict(_runs(units, odd))
    of_all = _fields(words), _fields(asked_words), _fields(earlier)
    line = _Line(text, units, words, asked_words, earlier, *of_all, runs, before.labels, likes)
    shared = _hashed(_shared(line), 0) | _hashed(_words_shared(line), HALF)
    return [_candidate(line, at, shared) for at in odd]


def _speak_of_names(text: str, before: Before, lexicon: Lexicon) -> bool:
    said = f"{text} {before.question} {before.earlier}".lower()
    return speaks_of_names(_INNER.findall(said), lexicon)


def _candidate(line: _Line, at: int, shared: set[int]) -> Candidate:
    unit, size = line.units[at], line.runs[at][0]
    rows = shared | _hashed(_own(line, at), 0) | _hashed(_words_own(line, at), HALF)
    worded = unit.text.isalpha() and unit.end - unit.start == len(unit.text)
    return Candidate(unit.start, unit.end, sorted(rows), size in line.likes, worded)


def _hashed(features: Iterator[str], first: int) -> set[int]:
    return {first + crc32(feature.encode("utf-8", "replace")) % HALF for feature in features}


def _taken(units: Sequence[Unit], spans: Sequence[Span]) -> dict[int, str]:
    """Return the units that spans have, with their labels."""
    return {
        at: span.label
        for span in spans
        for at, unit in enumerate(units)
        if span.start < unit.end and unit.start < span.end
    }


def _told(unit: Unit, at: int, hidden: frozenset[int], taken: dict[int, str], lexicon: Lexicon) -> _Word:
    label = taken.get(at)
    if label is not None:
        return _Word(f"@{label}", (f"@{label}",))
    if at not in hidden:
        return _plain(unit.text, lexicon)
    low = unit.text.lower()
    if not unit.text.isalpha() or not lexicon.is_known(low):
        return _Word(masked(unit.text), (), is_joined=unit.text.isalpha() and is_compound(low, lexicon))
    return replace(_plain(unit.text, lexicon), is_common=lexicon.is_common(low))


def _plain(word: str, lexicon: Lexicon) -> _Word:
    if word.isalpha() and word.isascii():  # most are
        low = word.lower()
        return _Word(low[:_STEM], lexicon.of(low))
    bare = word.lower().strip(_EDGES).replace("’", "'")
    fields = tuple(dict.fromkeys(one for part in _INNER.findall(bare) for one in lexicon.of(part)))
    return _Word(masked(bare) if _DIGIT.search(bare) else bare[:_STEM] or ".", fields)


def _shared(line: _Line) -> Iterator[str]:
    """Yield what is so of all units of a line."""
    yield "bias"
    yield f"len:{min(len(line.words), 12)}"
    yield f"odd:{min(len(line.runs), 6)}"
    said, asked = line.fields, line.asked_fields
    yield from (f"lf:{one}" for one in said)
    if line.asked:
        yield "q"
        yield from (f"qf:{one}" for one in asked)
    if line.earlier:
        yield "e"
        yield from (f"ef:{one}" for one in line.earlier_fields)
    yield from (f"fb:{one}" for one in line.labels)
    every = sorted({*said[:_PAIRED], *asked[:_PAIRED]})
    yield from (f"ff:{one} {other}" for one, other in combinations(every, 2))


def _fields(words: Sequence[_Word]) -> list[str]:
    return list(dict.fromkeys(one for word in words for one in word.fields))


def _words_shared(line: _Line) -> Iterator[str]:
    yield from (f"l:{word.text}" for word in line.words if word.text[0] != "#")
    yield from (f"q:{word.text}" for word in line.asked)
    yield from (f"e:{word.text}" for word in line.earlier)


def _own(line: _Line, at: int) -> Iterator[str]:
    """Yield what is so of one unit, but for words as they are."""
    unit = line.units[at]
    kind = kind_of(unit.text)
    yield from looks(unit.text, kind)
    yield from _marks(line, unit, kind)
    size, run_kind = line.runs[at]
    yield f"run:{size}"
    yield f"runs:{run_kind}"
    if line.likes:
        yield f"like:{size in line.likes}"
    if unit.text.isalpha():
        yield f"worded:{line.words[at].text[0] == '#'}"
        yield f"common:{line.words[at].is_common}"
        yield f"joined:{line.words[at].is_joined}"
        yield from (f"own:{one}" for one in line.words[at].fields)
        if line.words[at].is_joined:
            yield from (f"jl:{one}" for one in line.fields)
    if line.asked:
        yield f"qc:{kind}"
        yield from (f"q2:{one} {size}" for one in line.asked_fields)
    yield from (f"fb2:{one} {size}" for one in line.labels)
    yield from (f"e2:{one} {size}" for one in line.earlier_fields)
    if len(line.words) <= 3:
        yield f"short:{kind}"
    yield from (f"l2:{one} {size}" for one in line.fields)
    yield from _fields_near(line, at, size)


def _fields_near(line: _Line, at: int, size: str) -> Iterator[str]:
    for distance in range(1, min(at, _BEFORE) + 1):
        for one in line.words[at - distance].fields:
            yield f"bf{_BUCKETS[distance]}:{one}"
            yield f"nf:{one} {size}"
            if _is_key(line.units[at - distance]):
                yield f"keyf:{one}"
    for distance, word in enumerate(line.words[at + 1 : at + 1 + _AFTER], 1):
        for one in word.fields:
            yield f"af{'1' if distance == 1 else '4'}:{one}"
            yield f"nf:{one} {size}"


def _runs(units: Sequence[Unit], odd: Sequence[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield for each odd unit the size and kind of its characters and those of the odd ones beside it, a blank between them."""
    first = 0
    for last in range(1, len(odd) + 1):
        if last == len(odd) or not _are_one(units, *odd[last - 1 : last + 1]):
            written = " ".join(units[one].text for one in odd[first:last])
            looks_like = size_of(written), kind_of(written)
            yield from ((one, looks_like) for one in odd[first:last])
            first = last


def _are_one(units: Sequence[Unit], left: int, right: int) -> bool:
    """Whether nothing but marks stands between an odd unit and the next."""
    near = units[right].start - units[left].end <= _GAP
    return near and all(unit.start == unit.end for unit in units[left + 1 : right])


def _is_key(unit: Unit) -> bool:
    return unit.key or unit.follows[:1] in _KEYS


def _marks(line: _Line, unit: Unit, kind: str) -> Iterator[str]:
    left, right = line.text[max(0, unit.start - 2) : unit.start], line.text[unit.end : unit.end + 1]
    yield f"LR:{left[-1:]}{right}"
    yield f"L2:{left}" if not left.isalnum() else "L2"
    yield f"cL:{kind}{left[-1:]}"


def _words_own(line: _Line, at: int) -> Iterator[str]:
    """Yield the words round a unit as they are, and those within it."""
    yield from parts(line.units[at].text)
    for distance in range(1, min(at, _BEFORE) + 1):
        word = line.words[at - distance].text
        yield from (f"b{_BUCKETS[distance]}:{word}", f"b:{word}")
        if _is_key(line.units[at - distance]):
            yield from ("haskey", f"key:{word}")
    if at < _BEFORE:
        yield f"b{min(at + 1, 3)}:^"
    if at > 1:
        yield f"bb:{line.words[at - 2].text} {line.words[at - 1].text}"
    following = line.words[at + 1 : at + 1 + _AFTER]
    for distance, told in enumerate(following, 1):
        yield f"a{'1' if distance == 1 else '4'}:{told.text}"
    if len(following) < _AFTER:
        yield f"a{min(len(following) + 1, 3)}:$"
