"""The scan: every structured identifier of a text in one pass.

Normalise; one RE2 Set over all prefilters says which patterns can match; ``re`` confirms; ``accept``
(a check digit) disposes; context scores. A prefilter is its pattern without look-arounds and with its
counted repeats loosened, so it lets through everything the pattern does and stays a small automaton.
Without google-re2 ``re`` asks every pattern whose needed characters occur: slower, the same spans.

Spans may overlap: the resolver decides. The scale of scores stands in ``deid.detect.patterns.pattern``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from deid.detect.patterns import ALL
from deid.detect.patterns.pattern import Pattern
from deid.errors import ConfigError
from deid.ingest.normalize import Normalized, normalize
from deid.types import Span

try:
    import re2
except ImportError:
    re2 = None

Engine = Literal["re2", "re"]
Candidates = Callable[[str], Sequence[int]]

_NAME = "scan"
_LOOSE = 12  # a counted repeat beyond this becomes "at least this often" in the prefilter
_MEMORY_BYTES = 64 << 20  # ceiling of the RE2 automaton, reached by adversarial input only
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\{(?P<low>[0-9]+)(?P<comma>,)?(?P<high>[0-9]*)\}|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A pattern ready to run: its compiled expression, and the group its span covers."""

    pattern: Pattern
    regex: re.Pattern[str] = field(repr=False)
    group: str | int

    def find(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Yield (start, end, score) of every accepted match in the normalised text."""
        accept, context, score = self.pattern.accept, self.pattern.context, self.pattern.score
        for match in self.regex.finditer(text):
            start, end = match.span(self.group)
            if start == end or (accept is not None and not accept(text[start:end])):
                continue
            weight = score if context is None else context.score(text, start, end, score)
            if weight > 0.0:
                yield start, end, weight


class Scanner:
    """Finds structured identifiers; a ``deid.types.Detector``.

    engine : "re2", "re", or None for re2 where it is installed. Both give the same spans. Raises
             ConfigError if the engine named is not there. Pickling keeps only its name.
    """

    __slots__ = ("_candidates", "_engine", "_forms")

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine: Engine = engine or ("re" if re2 is None else "re2")
        if self._engine not in {"re2", "re"} or (self._engine == "re2" and re2 is None):
            raise ConfigError(
                f"scan: engine {self._engine!r} is not there", hint="install google-re2, or say re"
            )
        self._forms = tuple(_form(pattern) for pattern in ALL)
        self._candidates = _ask_re2() if self._engine == "re2" else _ask_re()

    def __reduce__(self) -> tuple[type["Scanner"], tuple[Engine]]:
        return Scanner, (self._engine,)

    @property
    def name(self) -> str:
        return _NAME

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(pattern.label for pattern in ALL)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted, in offsets of the original; equal texts are read once."""
        seen: dict[str, list[Span]] = {}
        for text in texts:
            if text not in seen:
                seen[text] = self._scan(text)
        return [list(seen[text]) for text in texts]

    def _scan(self, text: str) -> list[Span]:
        normalized = normalize(text)
        candidates = self._candidates(normalized.text)
        return self._confirm(normalized, candidates) if candidates else []

    def _confirm(self, normalized: Normalized, candidates: Sequence[int]) -> list[Span]:
        best: dict[tuple[int, int, str], float] = {}
        for index in candidates:
            form = self._forms[index]
            for start, end, score in form.find(normalized.text):
                key = (*normalized.original(start, end), form.pattern.label)
                best[key] = max(score, best.get(key, 0.0))
        return [Span(start, end, label, best[start, end, label], _NAME) for start, end, label in sorted(best)]


def prefilter(regex: str) -> str:
    """Return an RE2 expression that is found wherever ``regex`` is.

    Look-arounds and anchors go (they only restrict), counted repeats lose their upper bound.
    """
    kept: list[str] = []
    depth = 0  # of the look-around being dropped
    for token in _TOKEN.finditer(regex):
        text = token.group()
        if depth:
            depth += text.startswith("(") - (text == ")")
        elif text in {"(?=", "(?!", "(?<=", "(?<!"}:
            depth = 1
        elif token["low"] is not None:
            kept.append(_loosen(int(token["low"]), token["high"] or "", exact=token["comma"] is None))
        elif text != "$":
            kept.append(text)
    return "".join(kept)


def _loosen(low: int, high: str, *, exact: bool) -> str:
    if exact and low <= _LOOSE:
        return f"{{{low}}}"
    if high and int(high) < 3:
        return f"{{{low},{high}}}"
    return f"{{{min(low, _LOOSE)},}}"


def _form(pattern: Pattern) -> _Form:
    regex = re.compile(pattern.regex, re.ASCII)
    return _Form(pattern, regex, "v" if "v" in regex.groupindex else 0)


def _ask_re2() -> Candidates:
    """Compile every prefilter into one RE2 Set; one scan of a text returns who may match."""
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    options.log_errors = False
    union = re2.Set.SearchSet(options)
    for pattern in ALL:
        union.Add(prefilter(pattern.regex))
    union.Compile()
    match = union.Match
    return lambda text: match(text.encode()) or ()


def _ask_re() -> Candidates:
    """Group the patterns by the characters they need; a text without them skips the group."""
    groups: dict[str, list[int]] = {}
    for index, pattern in enumerate(ALL):
        groups.setdefault(pattern.needs, []).append(index)
    always = groups.pop("", [])
    needed = [(re.compile(f"[{re.escape(needs)}]"), indexes) for needs, indexes in groups.items()]
    return lambda text: (
        always + [index for regex, indexes in needed if regex.search(text) is not None for index in indexes]
    )
