"""What a scorer is told of a run of a Japanese text: its shape, and the letters round it, before it and asked before.

Japanese writes no blanks: words are told by groups of two to four letters. Features are short texts; a scorer
knows rows by their hash, as in ``features.py``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from deid.detect.odd.features import ROWS, Candidate
from deid.detect.odd.runs import Run, runs_of
from deid.detect.odd.shapes import shape
from deid.ingest.normalize import normalize
from deid.types import Span

_BEFORE, _AFTER = 14, 10  # letters looked at on either side
_NEAR = 3  # letters right beside, in their order
_SAID, _ASKED = 60, 80  # letters of the line on either side, and of each text said before
_CUT = re.compile("[。!?\n]")
_CONTENT = re.compile("[ァ-ヺー]{2,}|[一-鿿々]+|[a-z]{2,}|[ぁ-ゖー]{2,}")
_LETTERED = frozenset({"run", "codes"})
_NAMES = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
_FOUND, _ODD = "■", "0"
_SPELT = re.compile("[ーぁぃぅぇぉ]")  # «せきゅりてぃこーど»: words that others write in katakana
_KATAKANA = {code: code + 96 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_CLASSES = str.maketrans(dict.fromkeys(range(48, 58), _ODD) | {code: code + 32 for code in range(65, 91)})
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_SCORE = re.compile(r"\d{1,3}[-/]\d{1,3}")
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,3}")
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d*000")
_WORD = re.compile("[A-Za-z]+")
_SIGNS = frozenset("!#$%&*+=@^~?")
_LETTERS = re.compile("[a-z]{3,}")


def candidates(text: str, before: Sequence[str] = (), spans: Sequence[Span] = ()) -> list[Candidate]:
    """Return the runs of a text that no span lies over, in order.

    before : what was said before, the last first; it may be empty.
    spans  : what others found: its labels are told, its letters are not.
    """
    origin = normalize(text)
    form, taken = origin.text, [origin.normalised(span.start, span.end) for span in spans]
    every = list(runs_of(form))
    named = [span.label in _NAMES for span in spans]
    kept = [
        run for run in every if not any(_stops(*one, form, run) for one in zip(named, taken, strict=True))
    ]
    if not kept:
        return []
    labels = sorted({span.label for span in spans})
    line = Line(form, _masked(form, every, taken), [_bare(one) for one in before], labels)
    said = hashed(line.shared())
    return [
        Candidate(*origin.original(run.start, run.end), sorted(said | hashed(line.own(run)))) for run in kept
    ]


def _stops(named: bool, taken: tuple[int, int], form: str, run: Run) -> bool:  # noqa: FBT001 - of pairs
    """Whether what others found lies over a run; a name read out of a handle's letters or of digits said does not."""
    start, end = taken
    if end <= run.start or run.end <= start:
        return False
    within = run.start <= start and end <= run.end and end - start < run.end - run.start
    lettered = run.way in _LETTERED and not form[run.start : run.end].isalpha()
    return not (named and within and (lettered or run.way == "said"))


def hashed(features: Iterator[str]) -> set[int]:
    """Return the rows of features."""
    return {crc32(feature.encode("utf-8", "replace")) % ROWS for feature in features}


def _bare(text: str) -> str:
    """Return a text said before, masked, without its beginning where it is long."""
    form = normalize(text[-_ASKED:]).text
    return _masked(form, list(runs_of(form)), ())


def _masked(form: str, runs: Sequence[Run], taken: Sequence[tuple[int, int]]) -> str:
    """Return a line in small letters; runs that are no word, and what others found, as signs."""
    low = form.translate(_CLASSES)
    odd = (
        (run.start, run.end, _ODD)
        for run in runs
        if not form[run.start : run.end].isalpha() or run.way != "run"
    )
    for start, end, sign in (*odd, *((start, end, _FOUND) for start, end in taken)):
        low = low[:start] + sign * (end - start) + low[end:]
    return low


@dataclass(frozen=True, slots=True)
class Line:
    """A text, the same masked, what was said before it, masked, the last first, and labels of what others found."""

    text: str = field(repr=False)
    masked: str = field(repr=False)
    before: Sequence[str] = field(repr=False)
    found: Sequence[str] = ()

    def shared(self) -> Iterator[str]:
        """Yield what is so of all runs of the line."""
        yield "bias"
        yield from (f"f:{label}" for label in self.found)
        for gram in _grams(self.masked):
            yield f"l:{gram}"
        for back, one in enumerate(self.before):
            place = "q" if back == 0 else "p"
            yield f"has{place}"
            for gram in _grams(one):
                yield f"{place}:{gram}"

    def own(self, run: Run) -> Iterator[str]:
        """Yield what is so of one run."""
        yield from _looks(self.text[run.start : run.end], run.way)
        kind = _kind(self.text[run.start : run.end], run.way)
        left, right = self.masked[: run.start], self.masked[run.end :]
        for gram in _grams(left[-_SAID:] + "|" + right[:_SAID]):
            yield f"l{kind[0]}:{gram}"
        yield from _beside(left, right, kind)
        yield from (f"f{kind}:{label}" for label in self.found)
        if not (left + right).strip():
            yield f"alone:{kind}"
            for gram in _grams(self.before[0]) if self.before else ():
                yield f"Q:{gram}"
        yield f"size:{min(len(left) + len(right), 40) // 8}"


def _beside(left: str, right: str, kind: str) -> Iterator[str]:
    """Yield the letters right beside a run in their order, and groups near it."""
    near = left[-_BEFORE:]
    before = "^" + (near if near.endswith("\n") else _CUT.split(near)[-1])
    after = _CUT.split(right[:_AFTER])[0] + "$"
    for size in range(1, _NEAR + 2):
        yield f"L:{before[-size:]}"
        yield f"R:{after[:size]}"
    yield f"LR:{before[-1:]}{after[:1]}"
    yield f"k:{kind}{before[-2:]}"
    yield f"K:{kind}{after[:2]}"
    for gram in _pieces(before, (2, 3, 4)):
        yield f"b:{gram}"
    for gram in _pieces(after, (2, 3)):
        yield f"a:{gram}"


def _grams(text: str) -> Iterator[str]:
    """Yield groups of letters of the words of a text: of kanji singly too, of kana three and more."""
    for word in _CONTENT.findall(text):
        if word[0] < "ぁ":
            yield word[:8]
        elif word[0] < "ァ":
            yield from _pieces(word, (3, 4))
        elif word[0] < "一":
            yield word[:10]
            yield from _pieces(word, (3,))
            if _SPELT.search(word) is not None:
                yield from _pieces(word.translate(_KATAKANA), (3, 4))
        else:
            yield from _pieces(word, (1, 2))


def _pieces(text: str, sizes: Sequence[int]) -> Iterator[str]:
    for size in sizes:
        for at in range(len(text) - size + 1):
            yield text[at : at + size]


def _kind(text: str, way: str) -> str:
    """Return which classes of letters a run holds: digits alone (``d``), letters alone (``w``), both (``m``)."""
    if way not in _LETTERED:
        return "s" if way == "said" else "g"
    bare = [letter for letter in text if letter.isascii() and letter.isalnum()]
    digits = sum(letter.isdigit() for letter in bare)
    head = "d" if digits == len(bare) else "m" if digits else "w"
    return head + (
        "!" if _SIGNS & set(text) else "_" if "_" in text else "-" if len(bare) < len(text) else ""
    )


def _looks(text: str, way: str) -> Iterator[str]:
    """Yield the shape of a run."""
    kind = _kind(text, way)
    classes = shape(text)
    digits = sum(letter.isdigit() for letter in text)
    yield f"w:{way}"
    yield f"c:{kind}"
    yield f"s:{classes[:16]}"
    yield f"n:{min(len(text), 24)}"
    yield f"nd:{min(digits, 16)}"
    yield f"cn:{kind}{min(len(text), 16)}"
    if way != "said":
        yield f"g:{[len(group) for group in re.split(r'[^0-9A-Za-z]+', text)][:6]}"
    yield from _figures(text)
    yield from (f"pw:{part[:8]}" for part in _LETTERS.findall(text.lower())[:3])


def _figures(text: str) -> Iterator[str]:
    """Yield what of common figures and words a run may be."""
    for name, known in (
        ("year", _YEAR),
        ("time", _TIME),
        ("score", _SCORE),
        ("version", _VERSION),
        ("amount", _AMOUNT),
        ("word", _WORD),
    ):
        if known.fullmatch(text):
            yield name
    if text.isalpha() and text.isascii():
        yield (
            "upper" if text.isupper() else "lower" if text.islower() else "Title" if text.istitle() else "mIx"
        )
