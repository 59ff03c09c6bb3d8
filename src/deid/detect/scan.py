"""The scan: every structured identifier of a text in one pass.

Normalise; a few RE2 Sets over all prefilters say which patterns can match; ``re`` confirms; ``accept``
(a check digit) disposes; context scores. A prefilter is its pattern without look-arounds and with its
counted repeats loosened, so it lets through everything the pattern does and stays a small automaton.
Without google-re2 ``re`` asks every pattern whose digits the text can hold: slower, the same spans.

Spans may overlap: the resolver decides. The scale of scores stands in ``deid.detect.patterns.pattern``.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from deid.detect.patterns import ALL
from deid.detect.patterns.parts import GAP, LINK, STRONG_LINK
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
_EXACT = 100  # triggers are written by hand and stay as they are
_MEMORY_BYTES = 24 << 20  # ceiling of one automaton, reached by adversarial input only
_ONE_DIGIT = bytes.maketrans(b"123456789", b"000000000")  # which digits stand where is not asked
_DIGIT_LEVELS = (0, 1, 5)
_COUNTERS = 24  # counting patterns in one Set
_DIGIT_RANGE = re.compile("[0-9]-[0-9]")
_NONZERO = re.compile("[1-9]")
_COUNTING = re.compile(r"\{(?:[4-9]|1[0-9]|20),?\}")
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


def prefilter(regex: str, *, loose: int = _LOOSE) -> str:
    """Return an RE2 expression that is found wherever ``regex`` is.

    Look-arounds and anchors go (they only restrict), counted repeats lose their upper bound, and a lower
    bound beyond ``loose``.
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
            kept.append(_loosen(token, loose))
        elif text != "$":
            kept.append(text)
    return "".join(kept)


def _loosen(repeat: re.Match[str], loose: int) -> str:
    low, high = int(repeat["low"]), repeat["high"]
    exact = repeat["comma"] is None
    if (exact and low <= loose) or (high and int(high) < 3):
        return repeat.group()
    return f"{{{min(low, loose)},}}"


def _form(pattern: Pattern) -> _Form:
    regex = re.compile(pattern.regex, re.ASCII)
    return _Form(pattern, regex, "v" if "v" in regex.groupindex else 0)


@dataclass(frozen=True, slots=True)
class _Union:
    """One RE2 Set: ``members`` are indexes into ALL, asked where a text has ``digits`` digits."""

    digits: int
    match: Callable[[bytes], Sequence[int] | None]
    members: tuple[int, ...]


def _ask_re2() -> Candidates:
    """Compile the prefilters into a few RE2 Sets; one scan by each says which patterns may match."""
    unions = [_union(digits, members) for digits, members in _partition()]

    def candidates(text: str) -> list[int]:
        data = text.encode().translate(_ONE_DIGIT)
        digits = data.count(b"0")
        found: list[int] = []
        for union in unions:
            if digits >= union.digits:
                found += [union.members[i] for i in union.match(data) or ()]
        return found

    return candidates


def _partition() -> list[tuple[int, tuple[int, ...]]]:
    """Split the patterns into Sets, as (fewest digits, members).

    Literals add to the states of an automaton, counters multiply them: those that count go in small
    Sets of their own. Most chat holds few digits or none, and then skips most Sets.
    """
    parts: dict[tuple[int, bool], list[int]] = {}
    for index, pattern in enumerate(ALL):
        level = max(level for level in _DIGIT_LEVELS if pattern.digits >= level)
        parts.setdefault((level, _COUNTING.search(_trigger(pattern)) is not None), []).append(index)
    return [
        (level, tuple(chunk))
        for (level, counting), members in sorted(parts.items())
        for chunk in _chunks(members, _COUNTERS if counting else len(members))
    ]


def _chunks(members: list[int], size: int) -> Iterator[list[int]]:
    return (members[i : i + size] for i in range(0, len(members), size))


def _trigger(pattern: Pattern) -> str:
    """Return what to look for: the pattern's own trigger, the cue it asks for, or the pattern."""
    if pattern.trigger:
        return prefilter(pattern.trigger, loose=_EXACT)
    if pattern.context is not None and pattern.context.cue is not None and pattern.context.alone == 0.0:
        return prefilter(f"(?i:{pattern.context.cue.pattern})")
    heads = (pattern.regex.partition(gap)[0] for gap in (GAP, STRONG_LINK, LINK))
    return prefilter(min(heads, key=len))


def _fold(regex: str) -> str:
    """Let one digit stand for all, as ``_ONE_DIGIT`` does in the text: fewer letters, fewer states."""
    tokens = (token.group() for token in _TOKEN.finditer(regex))
    return "".join(
        token if token[0] in "{\\" else _NONZERO.sub("0", _DIGIT_RANGE.sub("0", token)) for token in tokens
    )


def _union(digits: int, members: tuple[int, ...]) -> _Union:
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    options.log_errors = False
    union = re2.Set.SearchSet(options)
    for index in members:
        union.Add(_fold(_trigger(ALL[index])))
    union.Compile()
    return _Union(digits, union.Match, members)


def _ask_re() -> Candidates:
    """Pass on every pattern whose digits the text can hold."""
    by_digits = sorted((pattern.digits, index) for index, pattern in enumerate(ALL))
    indexes = [index for _, index in by_digits]
    least = [digits for digits, _ in by_digits]
    return lambda text: indexes[: bisect_right(least, sum(map(text.count, "0123456789")))]
