"""Sensitive content: what a person reveals about health, sex life, origin, belief, politics, unions, crime or birth.

The classes are the union of APPI article 2(3), GDPR articles 9 and 10 and CPRA section 1798.140(ae). A word
list of ``words/`` holds one class in one language, in sections of one regular expression a line:

    [alone]   phrases that reveal by themselves
    [cued]    phrases that reveal beside a cue
    [before]  cues in the characters before a cued phrase; ``$`` is where the phrase starts
    [after]   cues in the characters after it; ``^`` is where it ends
    [never]   phrases that mean something else: what overlaps one is dropped
    [NAME]    a part that later lines, and every list when it stands in ``parts_*``, call ``<NAME>``

A space in a line also matches a hyphen, an apostrophe also a curly one or none; ``#`` starts a comment line.
A phrase that begins or ends with a Latin letter or a katakana never starts or ends inside such a word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from deid.detect.matching.candidates import HAS_RE2, numbers
from deid.detect.matching.phrases import EDGES, Edges, Phrases, any_of, held_by
from deid.errors import ConfigError
from deid.ingest.normalize import Normalized, normalize
from deid.types import Span

_NAME = "sensitive"
_LANGUAGES = ("en", "ja")
_LABELS = (
    "HEALTH", "SEXUALITY", "ETHNICITY", "BELIEF", "POLITICS", "UNION", "CRIMINAL", "VICTIM", "SOCIAL_STATUS",
)  # fmt: skip
_ALONE_SCORE = 0.85
_CUED_SCORE = 0.7
_BEFORE = 48  # characters in which a cue may stand
_AFTER = 20
_SECTION = re.compile(r"\[([A-Za-z_]+)\]")
_PART = re.compile(r"<([A-Z_]+)>")


_Sections = Mapping[str, Sequence[str]]
_Hit = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the words around a phrase say about it: one class in one language."""

    label: str
    before: Phrases
    after: Phrases
    never: Phrases

    def cue(self, text: str, start: int, end: int) -> bool:
        """Whether a cue stands near the phrase."""
        if self.before.within(text[max(0, start - _BEFORE) : start]):
            return True
        return bool(self.after.within(text[end : end + _AFTER]))

    def meant(self, hits: Sequence[_Hit], text: str) -> list[_Hit]:
        """Return the hits that overlap no phrase of another meaning."""
        other = self.never.within(text) if hits else []
        return [hit for hit in hits if all(hit[1] <= low or high <= hit[0] for low, high in other)]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a list: phrases that reveal, by themselves or beside a cue."""

    phrases: Phrases
    cued: bool
    around: _Surroundings

    def find(self, text: str) -> list[_Hit]:
        """Return (start, end, score) of every phrase that reveals."""
        found = self.phrases.within(text)
        if not self.cued:
            return [(start, end, _ALONE_SCORE) for start, end in found]
        return [(start, end, _CUED_SCORE) for start, end in found if self.around.cue(text, start, end)]


class SensitiveContent:
    """Finds the phrases that reveal sensitive content; a ``deid.types.Detector``.

    languages : word lists to read, of ``en`` and ``ja``. A text of ASCII alone is read by the English ones
                where they are there. Pickling keeps only the languages.

    Scores: 0.85 for a phrase that reveals by itself, 0.7 for one that needs a cue. Raises ConfigError for an
    unknown language.
    """

    __slots__ = ("_ascii", "_languages", "_whole")

    def __init__(self, languages: Sequence[str] = _LANGUAGES) -> None:
        unknown = [language for language in languages if language not in _LANGUAGES]
        if unknown or not languages:
            raise ConfigError(
                f"sensitive content: no word lists for {unknown or 'no language'}",
                hint=f"languages: {', '.join(_LANGUAGES)}",
            )
        self._languages = tuple(languages)
        self._whole = [_ready(language) for language in self._languages]
        self._ascii = [_ready("en")] if "en" in self._languages else self._whole

    def __reduce__(self) -> tuple[type["SensitiveContent"], tuple[tuple[str, ...]]]:
        return SensitiveContent, (self._languages,)

    @property
    def name(self) -> str:
        return _NAME

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(_LABELS)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start, in offsets of the original."""
        normals = list(map(normalize, texts))
        lines: dict[int, list[_Line]] = {}
        ascii_ = [number for number, normal in enumerate(normals) if normal.text.isascii()]
        others = [number for number, normal in enumerate(normals) if not normal.text.isascii()]
        for scans, some in ((self._ascii, ascii_), (self._whole, others)):
            for scan in scans:
                for number, found in scan.candidates([normals[number].text for number in some]):
                    lines.setdefault(some[number], []).extend(found)
        return [
            _revealed(normal, lines[number]) if number in lines else []
            for number, normal in enumerate(normals)
        ]


class _Scan:
    """Says which lines can find something in a text, by the words of their triggers; without RE2 all of them."""

    __slots__ = ("_held", "_lines")

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = tuple(lines)
        triggers = (
            (number, f"(?i:{trigger})")
            for number, line in enumerate(lines)
            for trigger in line.phrases.triggers()
        )
        self._held = held_by(triggers) if HAS_RE2 else None

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, Sequence[_Line]]]:
        """Yield the numbers of texts, and the lines that may find something in each."""
        if self._held is None:
            yield from enumerate([self._lines] * len(texts))
            return
        for number, held in enumerate(self._held([text.encode(errors="replace") for text in texts])):
            if held:
                yield number, [self._lines[line] for line in reversed(numbers(held))]


@cache
def _ready(language: str) -> _Scan:
    """Return the word lists of a language, read and compiled: constants, made once a process."""
    return _Scan(_load(language))


def _revealed(normalized: Normalized, lines: Sequence[_Line]) -> list[Span]:
    """Return what some lines find in a text."""
    return sorted(
        Span(*normalized.original(start, end), label, score, _NAME)
        for label, hits in _by_label(lines, normalized.text).items()
        for start, end, score in _merge(hits)
    )


def _by_label(lines: Sequence[_Line], text: str) -> dict[str, list[_Hit]]:
    hits: dict[_Surroundings, list[_Hit]] = {}
    for line in lines:
        hits.setdefault(line.around, []).extend(line.find(text))
    found: dict[str, list[_Hit]] = {}
    for around, some in hits.items():
        found.setdefault(around.label, []).extend(around.meant(some, text))
    return found


def _merge(hits: Sequence[_Hit]) -> list[_Hit]:
    """Join the phrases of one class that overlap or touch; the better score stays."""
    merged: list[_Hit] = []
    for start, end, score in sorted(hits):
        if merged and start <= merged[-1][1]:
            first, last, best = merged.pop()
            merged.append((first, max(last, end), max(best, score)))
        else:
            merged.append((start, end, score))
    return merged


def _load(language: str) -> list[_Line]:
    shared = _read(f"parts_{language}.txt", {})
    parts = {name: any_of(lines) for name, lines in shared.items()}
    loaded: list[_Line] = []
    for label in _LABELS:
        loaded += _lines(label, _read(f"{label.lower()}_{language}.txt", parts), EDGES[language])
    return loaded


def _read(name: str, parts: Mapping[str, str]) -> _Sections:
    """Return the lines of each section of a word list, parts filled in."""
    known = dict(parts)
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (files("deid.detect") / "words" / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if title := _SECTION.fullmatch(line):
            known |= {part: any_of(rows) for part, rows in sections.items() if part.isupper()}
            lines = sections.setdefault(title[1], [])
        else:
            lines.append(_fill(line, known))
    return sections


def _fill(line: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda match: parts[match[1]], line)


def _lines(label: str, sections: _Sections, edges: Edges) -> list[_Line]:
    before, after, never = (Phrases(sections.get(name, ()), edges) for name in ("before", "after", "never"))
    around = _Surroundings(label, before, after, never)
    return [
        _Line(Phrases([line], edges), cued, around)
        for name, cued in (("alone", False), ("cued", True))
        for line in sections.get(name, ())
    ]
