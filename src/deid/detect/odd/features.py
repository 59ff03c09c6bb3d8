"""What a scorer is told of an odd unit: its shape, and the words of its line and of the question before it.

Words are told as they are, and by the fields of meaning they are of: so a wording that nobody has seen is
known too. Features are short texts; a scorer knows rows by their hash (CRC-32 of their UTF-8, ISO 3309),
those of words as they are in the upper half of its table, all others in the lower one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.detect.odd.facts import Facts, Word, facts_of, hidden, word_of
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.rows import Line, fields_of, own, shared, words_own, words_shared
from deid.detect.odd.shapes import kind_of, size_of
from deid.detect.odd.units import Unit, odd_ones, units_of
from deid.detect.odd.worded import lettered, speaks_of_names, worded_ones
from deid.ingest.normalize import Normalized, normalize
from deid.types import Span

ROWS = 1 << 16
"""Rows of a table of weights."""
HALF = ROWS // 2
"""The first row of a word as it is."""
_ASKED, _EARLIER = 25, 40  # words of a question, and of what was said round it
_GAP = 3  # characters between two units of one run
_INNER = re.compile("[a-z0-9]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_TAKEN = Facts(Word(b".", ()), 0)


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
    facts = [facts_of(unit.text, lexicon) for unit in units]
    taken = _taken(units, spans) if spans else {}
    odd = _odd(*_free(units, facts, taken), before, lambda: _speak_of_names(text, before, lexicon))
    if not odd:
        return []
    asked = [word_of(word, lexicon) for word in before.question.split()[-_ASKED:]]
    earlier = [word_of(word, lexicon) for word in before.earlier.split()[-_EARLIER:]]
    line = Line(
        text=text,
        units=units,
        words=(words := _told(units, facts, taken, odd, lexicon)),
        asked=asked,
        earlier=earlier,
        fields=fields_of(words),
        asked_fields=fields_of(asked),
        earlier_fields=fields_of(earlier),
        runs=dict(_runs(units, odd)),
        labels=[label.encode() for label in before.labels],
        likes=frozenset(size_of(text[span.start : span.end]) for span in spans),
    )
    of_all = _hashed(shared(line), 0) | _hashed(words_shared(line), HALF)
    return [_candidate(line, at, of_all) for at in odd]


def _free(
    units: Sequence[Unit], facts: Sequence[Facts], taken: Mapping[int, str]
) -> tuple[Sequence[Unit], Sequence[Facts]]:
    """Return units and their facts, of those that spans have no letters."""
    if not taken:
        return units, facts
    free = [unit._replace(text="") if at in taken else unit for at, unit in enumerate(units)]
    return free, [_TAKEN if at in taken else one for at, one in enumerate(facts)]


def _odd(
    units: Sequence[Unit], facts: Sequence[Facts], before: Before, naming: Callable[[], bool]
) -> list[int]:
    """Return the units that may be a value, in order."""
    asked = bool(before.question or before.earlier)
    worded = worded_ones(units, facts, asked=asked, naming=naming)
    odd = odd_ones(units, facts)
    return sorted({*lettered(units, odd, facts), *worded}) if odd else worded


def _speak_of_names(text: str, before: Before, lexicon: Lexicon) -> bool:
    said = f"{text} {before.question} {before.earlier}".lower()
    return speaks_of_names(_INNER.findall(said), lexicon)


def _candidate(line: Line, at: int, of_all: set[int]) -> Candidate:
    unit, size = line.units[at], line.runs[at][0]
    rows = of_all.union(_hashed(own(line, at), 0), _hashed(words_own(line, at), HALF))
    worded = unit.text.isalpha() and unit.end - unit.start == len(unit.text)
    return Candidate(unit.start, unit.end, sorted(rows), size in line.likes, worded)


def _hashed(codes: Iterable[int], first: int) -> set[int]:
    return {first + code % HALF for code in codes}


def _told(
    units: Sequence[Unit],
    facts: Sequence[Facts],
    taken: Mapping[int, str],
    odd: Sequence[int],
    lexicon: Lexicon,
) -> list[Word]:
    """Return units as words: what spans have by its label, what may be a value by its shape."""
    words = [one.word for one in facts]
    for at in odd:
        words[at] = hidden(units[at].text, facts[at], lexicon)
    for at, label in taken.items():
        told = f"@{label}".encode()
        words[at] = Word(told, (told,))
    return words


def _taken(units: Sequence[Unit], spans: Sequence[Span]) -> dict[int, str]:
    """Return the units that spans have, with their labels."""
    return {
        at: span.label
        for span in spans
        for at, unit in enumerate(units)
        if span.start < unit.end and unit.start < span.end
    }


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
