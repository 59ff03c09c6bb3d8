"""Readings of a text in which values stand as an office would print them.

Patterns know the usual ways to write a number. Hands, phones, scanners and speech have more: a blank between
all signs, a line broken within, other dashes, blanks round the hyphens, digits said in words. What is odd is
written plainly, and read once more; a second reading takes what parts the groups of a number away, whatever
it is. Of both only what lies over a change is told, and nothing that only could be a value.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.said import said
from deid.ingest.normalize import Normalized, normalize
from deid.labels import LabelClass, class_of
from deid.types import Detector, Span

_NAME = "loose"
_LEAST = 0.7
_TOLD = frozenset(
    {LabelClass.SECRET, LabelClass.CODE, LabelClass.PROPERTY, LabelClass.DIRECT, LabelClass.LINKING}
)
_LONGEST = 20_000  # characters of a text that is read again
_JA = "ぁ-ゖァ-ヺー一-鿿々〆ヶ"
_DASHES = "‐‑‒–—−―ー─"
_DIGIT = re.compile("[0-9]")
_MAY = re.compile("[0-9@]|h(?:tt|xx)ps?:|www[.]|[A-Z]-\n|[A-Z] {1,2}[A-Z] ")

# Texts without any of these read the same.
_ODD = re.compile(
    rf"\n|[0-9A-Za-z] [.@]|[.@] [0-9A-Za-z]|[0-9A-Za-z]  ?[0-9A-Za-z](?![0-9A-Za-z])|[0-9A-Za-z]  [0-9A-Za-z]|[0-9A-Za-z] [-{_DASHES}/] [0-9A-Za-z]|[0-9A-Za-z][・･{_DASHES}][0-9A-Za-z]"
    rf"|[0-9][-./ ][0-9A-Za-z]|[A-Za-z][-][0-9]"
)
_BREAK = re.compile(r"(?<=[^\s])[ \t]*\r?\n[ \t]*(?=[^\s])")
_LEFT = re.compile(r"[^\s「」『』、。,]{1,40}$")
_RIGHT = re.compile(r"[^\s「」『』、。,]{1,40}")
_ASCII_END = re.compile("[!-9;-~]+$")
_NEAR = 24
_APART = re.compile(
    rf"(?:(?<![0-9A-Za-z])[0-9A-Za-z+]|(?<![0-9A-Za-z{_JA}])[{_JA}])(?P<gap> {{1,2}})[0-9A-Za-z{_JA}](?:(?P=gap)[0-9A-Za-z{_JA}])+(?![0-9A-Za-z])"
)
_GAPS = re.compile(" {1,2}")
_FEW = 5
_BETWEEN = re.compile(rf"(?<=[0-9A-Za-z{_JA}])(?: {{2,3}}| ?[{_DASHES}] ?| [-/] |[・･])(?=[0-9A-Za-z{_JA}])")
_TOKEN_END = re.compile(rf"[0-9A-Za-z]+$|[{_JA}]$")
_TOKEN = re.compile(rf"[0-9A-Za-z]+|[{_JA}]")
# Dotted quads, mail addresses and hosts with a path, with blanks round their signs.
_GAPPED = re.compile(
    r"(?<![0-9.])[0-9]{1,3}(?: ?[.] ?[0-9]{1,3}){3}(?![0-9.])"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9_+-]{1,40}(?: ?[.] ?[A-Za-z0-9_+-]{1,40}){0,2} ?@ ?[A-Za-z0-9-]{1,40}(?: ?[.] ?[A-Za-z]{2,8}){1,3}(?![A-Za-z0-9])"
    r"|(?:https?://)?(?<![A-Za-z0-9.])(?:[a-z0-9-]{1,40}[.] ?){0,3}[a-z0-9-]{2,40} ?[.] ?(?:com|net|org|jp|co ?[.] ?jp|co ?[.] ?uk|io|me|dev|app)(?:[:/][!-~]{1,400})"
)
_BLANK = re.compile(" ")
_HIDDEN_DOT = re.compile(r"(?<=[0-9])(?:\[[.]\]|[(][.][)])(?=[0-9])")
_SAID_HOST = re.compile(r"(?i:h(?:tt|xx)ps?)://[A-Za-z0-9-]{1,63}(?: dot [A-Za-z0-9-]{1,63}){1,4}")
_SAID_DOT = re.compile(" dot ")
# Three letters in a row that no hexadecimal number has, or a word in Japanese.
_WORDY = re.compile(rf"[a-z]*[g-z][a-z]*(?<=[a-z]{{3}})|[{_JA}]{{2}}")

_GROUP = r"(?:(?=[A-Z]{0,11}[0-9])[0-9A-Z]{1,12}|(?=[a-z]{0,11}[0-9])[0-9a-z]{2,12}|[0-9]{1,2}[A-Za-z])(?![0-9A-Za-z])"
_LETTERS = r"[A-Z]{1,4}(?![A-Za-z0-9])"
_REST = rf"(?: ?[-./_・] ?(?:{_GROUP}|{_LETTERS})| {{1,3}}{_GROUP}| {{1,3}}{_LETTERS}(?= [0-9A-Z]{{0,4}}[0-9])){{1,12}}"
_RUN = re.compile(
    rf"(?<![0-9A-Za-z.@/-])(?<![0-9]:)(?:[A-Z]{{1,4}}[-./])?{_GROUP}{_REST}(?:[- ][A-Z]{{1,2}}(?![A-Za-z0-9]))?(?![0-9A-Za-z@:])"
)
_LETTERED = re.compile(
    rf"(?<![0-9A-Za-z.@/-]){_LETTERS}{_REST}(?:[- ][A-Z]{{1,4}}(?![A-Za-z0-9]))?(?![0-9A-Za-z@:])"
)
# Capitals before a value that are no part of it.
_CALLED = frozenset(
    "A I IS MY ME IM NO ID TO AT ON IN OF WAS THE AND FOR SO IT ITS SSN NHS NHI DNI NIE NIF CPF NIR BSN TFN SIN PAN NRIC FIN RRN OTP CVV CVC"
    " PIN ZIP DOB TEL FAX MOB IBAN BIC ACC ACCT SORT BSB MAC IP DL REF NR NUM CARD VISA AMEX CODE CALL TEXT CELL PP PPT SC UID CAP PLZ CEP".split()
)
_PARTS = re.compile("[ ./_・-]+")
_NO_VALUE = re.compile(
    r"(?:19|20)[0-9]{2}[-./ ]{1,3}[0-9]{1,2}(?:[-./ ]{1,3}[0-9]{1,2})?(?:[ -].*)?|[0-9]{1,2}[-./][0-9]{1,2}(?:[-./](?:19|20)?[0-9]{2})?(?: [0-9].*)?|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9]{1,2}\.[0-9]+|[0-9]+\.[0-9]{1,2}|[0-9]{1,2}(?:\.[0-9]{1,3}){2}"
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A range of a text and what is written in its place."""

    start: int
    end: int
    text: str = field(repr=False)


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
        readings = [
            (number, reading, whole)
            for number, text in enumerate(texts)
            for reading, whole in _readings(text)
        ]
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
        if span.score < _LEAST or class_of(span.label) not in _TOLD:
            continue
        at = bisect_left(starts, span.start if whole else span.end) - (not whole)
        if 0 <= at < len(starts) and _over(span, *reading.changed[at], whole=whole):
            yield Span(*reading.origin.original(span.start, span.end), span.label, span.score, _NAME)


def _over(span: Span, start: int, end: int, *, whole: bool) -> bool:
    """Whether a span holds a change, or all of it."""
    if whole:
        return span.start <= start and end <= span.end
    return span.start < start < span.end if start == end else span.start < end and start < span.end


def _readings(text: str) -> Iterator[tuple[_Reading, bool]]:
    """Yield the plain reading of an odd text, and that without separators; whether a value must be all of a change."""
    if len(text) > _LONGEST:
        return
    normal = normalize(text)
    words = said(normal.text)
    if not words and (not _MAY.search(normal.text) or not _ODD.search(normal.text)):
        return
    reading = _edited(_Reading(normal, ()), [_Edit(*word) for word in words])
    for edits in (_breaks, _dotted, _gapped, _squeezed, _dashed):
        reading = _edited(reading, list(edits(reading.origin.text)))
    if reading.changed:
        yield reading, False
    for run in (_RUN, _LETTERED):
        runs = list(_runs(run, reading.origin.text))
        if runs:
            yield _edited(_Reading(reading.origin, ()), runs), True


def _breaks(text: str) -> Iterator[_Edit]:
    """Yield the line breaks within a value."""
    for found in _BREAK.finditer(text):
        left, right = (
            _LEFT.search(text[max(0, found.start() - 40) : found.start()]),
            _RIGHT.match(text, found.end()),
        )
        if left is None or right is None:
            continue
        mark = _joint(left[0], right[0])
        near = text[max(0, found.start() - _NEAR) : found.start()]
        if mark is None and _DIGIT.search(near) and near[-1] not in ":.!?：」)":
            mark = " "
        if mark is not None:
            yield _Edit(found.start(), found.end(), mark)


def _joint(left: str, right: str) -> str | None:
    """Return what joins two ends of lines if they are parts of one value."""
    ends, begins = left[-1], right[0]
    tail = _ASCII_END.search(left)
    left = tail[0] if tail else left
    if ends in ":：;!?！？)」|" or begins in "([|「-*#":
        return None
    if re.fullmatch(f"[{_JA}]", ends) and re.fullmatch(f"[0-9{_JA}]", begins):
        return ""
    if _DIGIT.search(left[-12:]) and re.fullmatch(f"[{_JA}]", begins) and re.search(f"[{_JA}]", left):
        return ""
    if ends == "-" and left[:-1].isupper() and right[:3].isupper():
        return ""
    if not _DIGIT.search(left[-12:] + right[:12]):
        return "" if ends in "./" and re.match("[a-z/]", begins) and "." in left + right else None
    return "" if _is_code(left[-12:]) and _is_code(right) else None


def _is_code(part: str) -> bool:
    bare = part.strip("-./+_")
    return not bare or (_WORDY.search(bare) is None) or (bare.isalnum() and bool(_DIGIT.search(bare)))


def _squeezed(text: str) -> Iterator[_Edit]:
    """Yield the blanks within values whose signs all stand apart."""
    for run in _APART.finditer(text):
        bare = _GAPS.sub("", run[0])
        digits = len(_DIGIT.findall(bare))
        if bare.isdigit() or (digits > 1 and len(bare) >= _FEW) or (len(bare) > _FEW and bare.isascii()):
            for gap in _GAPS.finditer(text, *run.span()):
                yield _Edit(gap.start(), gap.end(), "")


def _dashed(text: str) -> Iterator[_Edit]:
    """Yield odd separators between the groups of a value, and a hyphen or stroke for them."""
    for found in _BETWEEN.finditer(text):
        left, right = (
            _TOKEN_END.search(text[max(0, found.start() - 16) : found.start()]),
            _TOKEN.match(text, found.end()),
        )
        if left is None or right is None or not _DIGIT.search(left[0] + right[0]):
            continue
        wordy = _WORDY.search(left[0]) or _WORDY.search(right[0])
        if wordy is None or (found[0] in _DASHES and not _WORDY.search(right[0] + left[0][-2:])):
            mark = "/" if "/" in found[0] else "-"
            if found[0] != mark:
                yield _Edit(found.start(), found.end(), mark)


def _dotted(text: str) -> Iterator[_Edit]:
    """Yield the dots of hosts and addresses that brackets or words hide."""
    for found in _HIDDEN_DOT.finditer(text):
        yield _Edit(found.start(), found.end(), ".")
    for address in _SAID_HOST.finditer(text):
        for found in _SAID_DOT.finditer(text, *address.span()):
            yield _Edit(found.start(), found.end(), ".")


def _gapped(text: str) -> Iterator[_Edit]:
    """Yield the blanks round the signs of addresses of the net."""
    for address in _GAPPED.finditer(text):
        for gap in _BLANK.finditer(text, *address.span()):
            yield _Edit(gap.start(), gap.end(), "")


def _runs(form: re.Pattern[str], text: str) -> Iterator[_Edit]:
    """Yield the groups of numbers, written as one."""
    for run in form.finditer(text):
        solid = _PARTS.sub("", run[0])
        called = _PARTS.split(run[0])[0] in _CALLED
        if solid != run[0] and 3 < len(solid) < 40 and not called and _NO_VALUE.fullmatch(run[0]) is None:
            yield _Edit(run.start(), run.end(), solid)


def _edited(reading: _Reading, edits: Sequence[_Edit]) -> _Reading:
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
    for edit in [*edits, _Edit(len(before.text), len(before.text), "")]:
        _copied(before, at, edit.start, starts, ends)
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


def _copied(before: Normalized, start: int, end: int, starts: "array[int]", ends: "array[int]") -> None:
    """Append where the characters of a range come from."""
    if before.offsets is None:
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
    else:
        starts.extend(before.offsets[0][start:end])
        ends.extend(before.offsets[1][start:end])


def _moved(place: tuple[int, int], ends: Sequence[int], shifts: Sequence[int]) -> tuple[int, int]:
    """Return where a range of the text before some edits stands after them."""
    start, end = (at + shifts[bisect_right(ends, at)] for at in place)
    return start, max(start, end)
