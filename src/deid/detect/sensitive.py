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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from deid.detect.scan import prefilter
from deid.errors import ConfigError
from deid.ingest.normalize import normalize
from deid.types import Span

try:
    import re2
except ImportError:
    re2 = None

_NAME = "sensitive"
_LANGUAGES = ("en", "ja")
_LABELS = (
    "HEALTH", "SEXUALITY", "ETHNICITY", "BELIEF", "POLITICS", "UNION", "CRIMINAL", "VICTIM", "SOCIAL_STATUS",
)  # fmt: skip
_ALONE_SCORE = 0.85
_CUED_SCORE = 0.7
_BEFORE = 32  # characters in which a cue may stand, within the sentence
_AFTER = 20
_MEMORY_BYTES = 64 << 20  # ceiling of the RE2 automaton
_WORDS = "A-Za-z", "ァ-ヴー"  # scripts whose words have an edge to see
_LEFT = f"(?:(?![{_WORDS[0]}{_WORDS[1]}])" + "".join(f"|(?<![{s}])(?=[{s}])" for s in _WORDS) + ")"
_RIGHT = f"(?:(?<![{_WORDS[0]}{_WORDS[1]}])" + "".join(f"|(?<=[{s}])(?![{s}])" for s in _WORDS) + ")"
_SENTENCE_END = re.compile(r"[。！？!?\n]|\.(?= )")
_SECTION = re.compile(r"\[([A-Za-z_]+)\]")
_PART = re.compile(r"<([A-Z_]+)>")

_Sections = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One class in one language, ready to run; a section that is empty has no expression."""

    label: str
    trigger: str = field(repr=False)
    alone: re.Pattern[str] | None = field(repr=False)
    cued: re.Pattern[str] | None = field(repr=False)
    before: re.Pattern[str] | None = field(repr=False)
    after: re.Pattern[str] | None = field(repr=False)
    never: re.Pattern[str] | None = field(repr=False)

    def find(self, text: str) -> list[tuple[int, int, float]]:
        """Return (start, end, score) of every revealing phrase of the normalised text."""
        found = [(*match.span(), _ALONE_SCORE) for match in _matches(self.alone, text)]
        found += [
            (*match.span(), _CUED_SCORE) for match in _matches(self.cued, text) if self._has_cue(text, match)
        ]
        if not found:
            return found
        other = [match.span() for match in _matches(self.never, text)]
        return [hit for hit in found if all(hit[1] <= low or high <= hit[0] for low, high in other)]

    def _has_cue(self, text: str, match: re.Match[str]) -> bool:
        start, end = match.span()
        lead = _SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1]
        if self.before is not None and self.before.search(lead):
            return True
        tail = _SENTENCE_END.split(text[end : end + _AFTER], maxsplit=1)[0]
        return self.after is not None and self.after.search(tail) is not None


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
        rules = {language: _load(language) for language in self._languages}
        self._whole = _Scan([rule for loaded in rules.values() for rule in loaded])
        self._ascii = _Scan(rules["en"]) if "en" in rules else self._whole

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
        return [self._detect(text) for text in texts]

    def _detect(self, text: str) -> list[Span]:
        normalized = normalize(text)
        scan = self._ascii if normalized.text.isascii() else self._whole
        found: dict[str, list[tuple[int, int, float]]] = {}
        for rule in scan.candidates(normalized.text):
            found.setdefault(rule.label, []).extend(rule.find(normalized.text))
        return sorted(
            Span(*normalized.original(start, end), label, score, _NAME)
            for label, hits in found.items()
            for start, end, score in _merge(hits)
        )


class _Scan:
    """Says which rules can find something in a text: one RE2 Set over the triggers of all of them.

    Without google-re2 every rule is asked: slower, the same spans.
    """

    __slots__ = ("_match", "_rules")

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._rules = tuple(rules)
        self._match: Callable[[bytes], Sequence[int]] | None = None if re2 is None else _compile_set(rules)

    def candidates(self, text: str) -> Sequence[_Rule]:
        """Return the rules that may find something."""
        if self._match is None:
            return self._rules
        return [self._rules[index] for index in self._match(text.encode()) or ()]


def _compile_set(rules: Sequence[_Rule]) -> Callable[[bytes], Sequence[int]]:
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    options.log_errors = False
    options.case_sensitive = False
    union = re2.Set.SearchSet(options)
    for rule in rules:
        union.Add(prefilter(rule.trigger))
    union.Compile()
    match: Callable[[bytes], Sequence[int]] = union.Match
    return match


def _matches(pattern: re.Pattern[str] | None, text: str) -> Iterator[re.Match[str]]:
    return iter(()) if pattern is None else pattern.finditer(text)


def _merge(hits: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Join the phrases of one class that overlap or touch; the better score stays."""
    merged: list[tuple[int, int, float]] = []
    for start, end, score in sorted(hits):
        if merged and start <= merged[-1][1]:
            first, last, best = merged.pop()
            merged.append((first, max(last, end), max(best, score)))
        else:
            merged.append((start, end, score))
    return merged


def _load(language: str) -> list[_Rule]:
    shared = _read(f"parts_{language}.txt", {})
    parts = {name: _join(lines) for name, lines in shared.items()}
    return [_rule(label, _read(f"{label.lower()}_{language}.txt", parts)) for label in _LABELS]


def _read(name: str, parts: Mapping[str, str]) -> _Sections:
    """Return the lines of each section of a word list, parts filled in."""
    known = dict(parts)
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (files("deid.detect") / "words" / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if title := _SECTION.fullmatch(line):
            known |= {part: _join(rows) for part, rows in sections.items() if part.isupper()}
            lines = sections.setdefault(title[1], [])
        else:
            lines.append(_PART.sub(lambda match: known[match[1]], line))
    return sections


def _join(lines: Sequence[str]) -> str:
    """Return one group of alternatives, the longer first, since the first that fits wins."""
    return f"(?:{'|'.join(sorted(lines, key=len, reverse=True))})"


def _rule(label: str, sections: _Sections) -> _Rule:
    phrases = [*sections.get("alone", ()), *sections.get("cued", ())]
    return _Rule(
        label,
        _loose(_join(phrases)),
        _expression(sections.get("alone", ())),
        _expression(sections.get("cued", ())),
        _expression(sections.get("before", ())),
        _expression(sections.get("after", ())),
        _expression(sections.get("never", ())),
    )


def _expression(lines: Sequence[str]) -> re.Pattern[str] | None:
    if not lines:
        return None
    return re.compile(f"{_LEFT}{_loose(_join(lines))}{_RIGHT}", re.ASCII | re.IGNORECASE)


def _loose(regex: str) -> str:
    return regex.replace(" ", "[ -]").replace("'", "['’]?")
