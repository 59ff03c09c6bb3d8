"""Tables in a message: the header of a column says what its cells are.

Columns stand between commas, semicolons, tabs or upright strokes (RFC 4180, text/tab-separated-values of
IANA, GitHub Flavored Markdown 4.10). A cell is read as if its header stood before it, so that every word
the patterns know as a cue is known as a header.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.labels import IDENTIFIERS, class_of
from deid.types import Detector, Span

_NAME = "tables"
_SEPARATORS = ("\t", "|", "｜", ";", ",", "，")
_COLUMNS = 24
_LONGEST = 64  # characters of a header
_BORDER = re.compile(r"[\s|｜:+=-]+")
_VALUE = re.compile("[0-9０-９@#$!_-]|[a-z][A-Z.]")
_WORD = re.compile(r"[^\W\d_]")
_NAME_HEADER = re.compile(
    r"(?:full |first |last |given |family |sur|customer |guest |member |contact |holder |payee )?names?|customer|guest|"
    r"(?:お|ご)?(?:名前|氏名)|(?:お客様|会員|担当者?|顧客|契約者|利用者|受取人|申込者)名?|名義人?|姓|名|フリガナ|ふりがな",
    re.IGNORECASE,
)
_NAME_CELL = re.compile(r"[^\W\d_][^\W\d_'’.・=-]{0,24}(?:[ 　・][^\W\d_][^\W\d_'’.-]{0,24}){0,3}")


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell stands in its text, its blanks and quotes left out."""

    start: int
    end: int
    header: str = field(default="", repr=False)


class Tables:
    """Reads the cells of tables with another detector; a ``deid.types.Detector``.

    inner : finds values beside their cues, such as the scan.
    """

    __slots__ = ("_inner",)

    name = _NAME

    def __init__(self, inner: Detector) -> None:
        self._inner = inner

    @property
    def labels(self) -> frozenset[str]:
        return self._inner.labels | {"PERSON"}

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans inside cells, sorted; linear in the texts."""
        cells = [
            (number, cell)
            for number, text in enumerate(texts)
            for cell in _cells(text)
            if _VALUE.search(text, cell.start, cell.end) or _NAME_HEADER.fullmatch(cell.header)
        ]
        called = [f"{cell.header}: {texts[number][cell.start : cell.end]}" for number, cell in cells]
        found: list[set[Span]] = [set() for _ in texts]
        for (number, cell), spans in zip(cells, self._inner.detect(called), strict=True):
            found[number].update(_placed(cell, spans))
            if _names(cell, texts[number]):
                found[number].add(Span(cell.start, cell.end, "PERSON", 0.7, _NAME))
        return [sorted(spans) for spans in found]


def _placed(cell: _Cell, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what lies in the cell itself."""
    moved = cell.start - len(cell.header) - 2
    for span in spans:
        if span.start + moved >= cell.start and class_of(span.label) in IDENTIFIERS:
            yield span.moved(moved, _NAME)


def _names(cell: _Cell, text: str) -> bool:
    called = _NAME_HEADER.fullmatch(cell.header) is not None
    return called and _NAME_CELL.fullmatch(text, cell.start, cell.end) is not None


def _cells(text: str) -> Iterator[_Cell]:
    """Yield the cells under the headers of each table; nothing for a text without a table."""
    if "\n" not in text:
        return
    header: list[str] = []
    separator, place = "", 0
    for line in text.splitlines(keepends=True):
        separator = separator if separator and separator in line else _separator(line)
        row = list(_split(line, separator, place)) if separator else []
        place += len(line)
        if len(row) > 1 and len(row) == len(header):
            yield from (
                _Cell(cell.start, cell.end, called)
                for cell, called in zip(row, header, strict=True)
                if called and cell.start < cell.end
            )
        elif not header or not _BORDER.fullmatch(line):
            header = _header([text[cell.start : cell.end] for cell in row])


def _separator(line: str) -> str:
    """Return what parts the columns of a line; nothing where it has one only, or too many to be a table."""
    for separator in _SEPARATORS:
        if 1 <= line.count(separator) <= _COLUMNS + 1:
            return separator
    return ""


def _header(cells: Sequence[str]) -> list[str]:
    """Return the names of columns; nothing when they are not words."""
    named = [cell for cell in cells if cell]
    wordy = all(len(cell) <= _LONGEST and _WORD.match(cell) for cell in named)
    return list(cells) if len(named) > 1 and wordy and len(cells) <= _COLUMNS else []


def _split(line: str, separator: str, place: int) -> Iterator[_Cell]:
    """Yield the cells of a line; the strokes around a whole row part nothing."""
    bare = line.strip()
    start = place + len(line) - len(line.lstrip())
    if separator in "|｜":
        inner = bare.removeprefix(separator)
        start += len(bare) - len(inner)
        bare = inner.removesuffix(separator)
    for cell in bare.split(separator):
        kept = cell.strip(" \t\r　\"'`*_“”")
        first = start + cell.find(kept)
        yield _Cell(first, first + len(kept))
        start += len(cell) + len(separator)
