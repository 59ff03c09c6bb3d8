"""Which patterns can match a text, without trying them.

A few RE2 Sets over all triggers are asked once a text. What a number or a code must look like is asked of
the runs of digits and of letters and digits instead, with one character standing for its kind: few shapes
make up nearly all of them, so what a shape allows is remembered. Nothing else of a text is.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from deid.detect.matching.candidates import Candidates, bits, numbers, search_set
from deid.detect.matching.compiled import kept_table
from deid.detect.matching.expressions import TOKEN, needs_more_than_ascii, prefilter
from deid.detect.matching.stretches import Piece, Run
from deid.detect.matching.triggers import forget, piece, words
from deid.detect.matching.wordsets import small, word_set
from deid.detect.patterns.parts import DASH, LONG_RUN, PAYLOAD_RUN
from deid.detect.patterns.pattern import Pattern

_EXACT = 100  # triggers are written by hand and stay as they are
_MEMORY_BYTES = 24 << 20  # ceiling of one automaton, reached by adversarial input only

_DIGITS = "0123456789"
_LETTERS = ascii_lowercase + ascii_uppercase
_SEPARATORS = " /.:,+()[]#_、・の" + re.sub(r"\\(.)", r"\1", DASH)
_ONE_DIGIT = dict.fromkeys(map(ord, _DIGITS), "0")
_ONE_LETTER = dict.fromkeys(map(ord, ascii_lowercase), "a") | dict.fromkeys(map(ord, ascii_uppercase), "A")
_NUMBER = Run(frozenset(_DIGITS + _SEPARATORS), frozenset(_DIGITS + "+("), frozenset(_DIGITS), _ONE_DIGIT)
_CODE = Run(*(frozenset(_DIGITS + _LETTERS),) * 3, fold=_ONE_DIGIT | _ONE_LETTER)
# In UTF-8, where a separator of several bytes lets through others that are made of the same.
_BETWEEN = _SEPARATORS.encode()
NUMBERS = re.compile(rb"[+(0](?:(?<=0)|[+( ]{0,7}0)[0%s]*" % re.escape(_BETWEEN))  # a class first: sooner
_LONG, _PAYLOAD = re.compile(rb"[0Aa+/_-]{16}"), re.compile(rb"[0Aa+/_-]{50}")
CODES = re.compile(rb"(?<![Aa])[Aa]*+0[0Aa]*")
SHAPE = bytes.maketrans(
    (_DIGITS + ascii_lowercase + ascii_uppercase).encode(), b"0" * 10 + b"a" * 26 + b"A" * 26
)

_STRONG = 3  # digits that many texts do not hold
_LONGEST = 64  # bytes of a shape that is remembered
_REMEMBERED = 1 << 14

Allowed = tuple[int, int]
"""The patterns whose piece is there: those that need nothing more, and the others."""

NONE: Allowed = (0, 0)


def by_digits(patterns: Sequence[Pattern]) -> Candidates:
    """Pass on every pattern whose digits a text can hold: for machines without RE2."""
    order = sorted(range(len(patterns)), key=lambda index: patterns[index].digits)
    least = [patterns[index].digits for index in order]
    return lambda text: order[: bisect_right(least, sum(map(text.count, _DIGITS)))]


def by_triggers(patterns: Sequence[Pattern]) -> Candidates:
    """Compile the triggers of patterns, and return what asks them. Needs RE2."""
    gates = Gates(patterns)
    long, payload = (bits(gates.with_trigger(run)) for run in (LONG_RUN, PAYLOAD_RUN))
    plain, digital = (word_set(gates.words(digital=digital)) for digital in (False, True))

    def candidates(text: str) -> Collection[int]:
        data = text.encode()
        lower, shapes = small(data), data.translate(SHAPE)
        digits = lower.count(b"0")
        hits = bits(plain(lower) | digital(lower) if digits else plain(lower))
        if _LONG.search(shapes) is not None:
            hits |= long if _PAYLOAD.search(shapes) is None else long | payload
        pieces = gates.pieces(shapes) if digits else NONE
        return numbers(gates.open(hits, digits, pieces, ascii_=data.isascii()))

    return candidates


class Gates:
    """What a text must hold for each of many patterns; sets of patterns are integers with a bit for each.

    codes, numbers : what the shapes of runs allow.
    """

    __slots__ = ("_free", "_in_ascii", "_least", "_within", "codes", "numbers", "of")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        read = kept_table("gates", [_read_of(pattern) for pattern in patterns], lambda: _rows(patterns))
        self.of = [_Gate(trigger, _RUNS[run], piece, weight) for trigger, run, piece, weight, _ in read]
        self._least = [pattern.digits for pattern in patterns]
        self._free = bits(index for index, gate in enumerate(self.of) if not gate.piece)
        self._in_ascii = bits(index for index, (*_, beyond) in enumerate(read) if not beyond)
        self._within = [
            bits(index for index, least in enumerate(self._least) if least <= digits)
            for digits in range(max(self._least, default=0) + 1)
        ]
        self.numbers, self.codes = _Shapes(self.of, _NUMBER), _Shapes(self.of, _CODE)

    def words(self, *, digital: bool) -> Iterator[tuple[int, str]]:
        """Yield the numbers and the triggers of the patterns that need a digit, or of the others."""
        for index, gate in enumerate(self.of):
            if gate.trigger not in {"", LONG_RUN, PAYLOAD_RUN} and (self._least[index] > 0) == digital:
                yield index, gate.trigger

    def with_trigger(self, trigger: str) -> Iterator[int]:
        """Yield the numbers of the patterns with a trigger."""
        return (index for index, gate in enumerate(self.of) if gate.trigger == trigger)

    def pieces(self, shapes: bytes) -> Allowed:
        """Return what the runs of a text allow, which has each character replaced by its kind."""
        alone = others = 0
        for known, runs in ((self.numbers, NUMBERS), (self.codes, CODES)):
            for run in runs.findall(shapes):
                more, less = known[run.rstrip(_BETWEEN)]
                alone |= more
                others |= less
        return alone, others

    def open(self, hits: int, digits: int, pieces: Allowed, *, ascii_: bool) -> int:
        """Return the set of patterns that can match a text, by the triggers it holds, its digits, its runs and its letters."""
        alone, others = pieces
        found = (alone | hits & (self._free | others)) & self._within[min(digits, len(self._within) - 1)]
        return found & self._in_ascii if ascii_ else found


@dataclass(frozen=True, slots=True)
class _Gate:
    """What must be there for a pattern to match.

    trigger : what the text must hold, for RE2; empty when the piece says enough.
    run     : the kind of run that must hold the piece; None without a piece.
    piece   : what the run must hold, for ``re``.
    weight  : fewest digits of the run.
    """

    trigger: str
    run: Run | None = None
    piece: str = ""
    weight: int = 0


_RUNS = (None, _NUMBER, _CODE)


def _rows(patterns: Sequence[Pattern]) -> list[tuple[str, int, str, int, bool]]:
    """Return the gates of patterns, their runs by number, and whether each needs a character beyond ASCII."""
    found = [_gate(pattern) for pattern in patterns]
    forget()
    return [
        (gate.trigger, _RUNS.index(gate.run), gate.piece, gate.weight, _beyond_ascii(pattern))
        for gate, pattern in zip(found, patterns, strict=True)
    ]


def _read_of(pattern: Pattern) -> tuple[str, str, str, int, str | None]:
    """Return all of a pattern that its gate follows from."""
    return pattern.name, pattern.regex, pattern.trigger, pattern.digits, _needed_cue(pattern)


def _gate(pattern: Pattern) -> _Gate:
    run, found = _heavier(pattern)
    trigger = _written(pattern)
    if found is None:
        return _Gate(trigger or _said(pattern.regex))
    if not trigger and not found.whole:
        letters, said = words(pattern.regex)
        says_little = run is _NUMBER and found.weight < _STRONG
        trigger = said if letters else prefilter(pattern.regex) if says_little else ""
    return _Gate(trigger, run, found.regex, pattern.digits if found.whole else found.weight)


def _beyond_ascii(pattern: Pattern) -> bool:
    """Say whether a match must have a cue that holds a character beyond ASCII."""
    cue = _needed_cue(pattern)
    return cue is not None and needs_more_than_ascii(cue)


def _heavier(pattern: Pattern) -> tuple[Run, Piece | None]:
    """Return the piece that says most: more digits, or letters beside as many."""
    number, code = piece(pattern.regex, _NUMBER), piece(pattern.regex, _CODE)
    digits = number.weight if number is not None else 0
    if code is not None and code.weight >= digits and _with_letters(code, pattern):
        return _CODE, code
    return _NUMBER, number if digits > 1 else None


def _with_letters(code: Piece, pattern: Pattern) -> bool:
    """Say whether a piece must lie in a run of letters and digits, and tells it from a mere number."""
    written = prefilter(code.regex).replace("(?i:", "")
    return ("A" in written or "a" in written) and (code.weight > 0 or (code.whole and pattern.digits > 0))


def _written(pattern: Pattern) -> str:
    """Return the pattern's own trigger, or the cue it asks for. Raises ValueError for one that is no trigger."""
    if pattern.trigger:
        return prefilter(pattern.trigger, loose=_EXACT)
    cue = _needed_cue(pattern)
    if cue is None:
        return ""
    if _is_anchored(cue):
        raise ValueError(f"{pattern.name}: a cue that is anchored needs a trigger beside it")
    return prefilter(f"(?i:{cue})")


def _is_anchored(cue: str) -> bool:
    """Say whether a cue asks where its window begins or ends, of which a text knows nothing."""
    return any(token.group() in {"^", "$", r"\A", r"\Z"} for token in TOKEN.finditer(cue))


def _needed_cue(pattern: Pattern) -> str | None:
    """Return the cue that every match must have beside it; None where one may do without."""
    context = pattern.context
    if context is None or context.cue is None or context.alone > 0.0:
        return None
    cue: str = context.cue.pattern
    return cue


def _said(regex: str) -> str:
    letters, said = words(regex)
    return said if letters else prefilter(regex)


class _Shapes(dict[bytes, Allowed]):
    """Shape of a run → the patterns whose piece it holds: those that need nothing more, and the others."""

    def __init__(self, gates: Sequence[_Gate], run: Run) -> None:
        super().__init__()
        found = [(index, gate) for index, gate in enumerate(gates) if gate.run is run]
        members: dict[tuple[str, int], int] = {}
        for index, gate in found:
            members[gate.piece, gate.weight] = members.get((gate.piece, gate.weight), 0) | 1 << index
        self._pieces = [(weight, re.compile(piece), held) for (piece, weight), held in members.items()]
        self._alone = bits(index for index, gate in found if not gate.trigger)
        self._match = search_set(map(prefilter, (piece for piece, _ in members)), memory_bytes=_MEMORY_BYTES)

    def __missing__(self, shape: bytes) -> Allowed:
        if len(shape) > _LONGEST:
            return self._split(self._pieces[number][2] for number in self._match(shape) or ())
        digits, text = shape.count(b"0"), shape.decode(errors="replace")
        likely = (self._pieces[number] for number in self._match(text.encode()) or ())
        known = self._split(held for weight, piece, held in likely if weight <= digits and piece.search(text))
        if len(self) >= _REMEMBERED:
            self.clear()
        self[shape] = known
        return known

    def _split(self, members: Iterable[int]) -> Allowed:
        held = 0
        for some in members:
            held |= some
        return held & self._alone, held & ~self._alone
