"""The scan: every structured identifier of a text in one pass.

Thousands of texts go through each stage together, so that one without an identifier costs next to nothing:

1. ``readings`` normalises, and reads the plain form of unusual blanks and dashes as well;
2. ``openings`` says which patterns can match which texts (``gates``: what must be there; ``matching.automata``:
   asked of all texts in one native pass, or ``matching.wordsets``: of one after another with RE2);
3. ``matching.sieves`` refuses most of those, with an automaton for each pattern;
4. ``re`` confirms, pattern by pattern; ``accept`` (a check digit) disposes; context scores.

Without google-re2 ``re`` asks every pattern whose digits the text can hold: slower, the same spans.

Spans may overlap: the resolver decides. The scale of scores stands in ``deid.detect.patterns.pattern``.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from deid.detect.matching import automata, candidates
from deid.detect.patterns import ALL
from deid.detect.scanning import gates, openings
from deid.detect.scanning.forms import form_of, sieve_of
from deid.detect.scanning.openings import Openings
from deid.detect.scanning.readings import Readings
from deid.errors import ConfigError
from deid.types import Span

Engine = Literal["hyperscan", "re2", "re"]

_NAME = "scan"
_TOGETHER = 4096  # texts that are read at once: a pattern's own tables are fetched once for all of them
_CHARACTERS = 1 << 20  # of texts that are read at once, about; they are held several times

_Place = tuple[int, int, str]
"""Start and end in the original text, and the label."""


class Scanner:
    """Finds structured identifiers; a ``deid.types.Detector``.

    engine : "re2", "re", or None for re2 where it is installed. Both give the same spans. Raises
             ConfigError if the engine named is not there. Pickling keeps only its name.
    """

    __slots__ = ("_engine", "_openings", "_sifts")

    def __init__(self, engine: Engine | None = None) -> None:
        there = engines()
        self._engine: Engine = engine or there[0]
        if self._engine not in there:
            raise ConfigError(
                f"scan: engine {self._engine!r} is not there",
                hint="install google-re2 and hyperscan, or say re",
            )
        self._openings = _openings_of(self._engine)
        self._sifts = self._engine != "re"

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
        distinct = list(dict.fromkeys(texts))
        found: list[list[Span]] = []
        for some in _batches(distinct):
            found += self._scan(some)
        if len(distinct) == len(texts):
            return found
        by_text = dict(zip(distinct, found, strict=True))
        return [list(by_text[text]) for text in texts]

    def _scan(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; a pattern reads all its texts at once, while it is in the cache."""
        readings = Readings(texts)
        read, owners = readings.texts, readings.owners
        best: dict[int, dict[_Place, float]] = {}
        for index, numbers in self._openings(read).items():
            left = sieve_of(index)(numbers, read) if self._sifts else numbers
            if not left:  # most often: then ``re`` need not compile the pattern
                continue
            form = form_of(index)
            search = form.regex.search
            for number in left:
                match = search(read[number])
                if match is None:  # most often
                    continue
                places = best.setdefault(owners[number], {})
                for start, end, score in form.find(read[number], match):
                    place = (*readings.original(number, start, end), form.pattern.label)
                    places[place] = max(score, places.get(place, 0.0))
        found: list[list[Span]] = [[] for _ in texts]
        for number, places in best.items():
            found[number] = [Span(*place, score, _NAME) for place, score in sorted(places.items())]
        return found


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield texts in batches, smaller ones where texts are long."""
    for first in range(0, len(texts), _TOGETHER):
        some = texts[first : first + _TOGETHER]
        size = sum(map(len, some))
        step = max(1, _TOGETHER * _CHARACTERS // max(size, _CHARACTERS))
        for at in range(0, len(some), step):
            yield some[at : at + step]


def engines() -> tuple[Engine, ...]:
    """Return the engines that are there, the fastest first."""
    if not candidates.HAS_RE2:
        return ("re",)
    return ("hyperscan", "re2", "re") if automata.HAS_HYPERSCAN else ("re2", "re")


@cache
def _openings_of(engine: Engine) -> Openings:
    """Return what asks which patterns can match: constants, made once a process."""
    if engine == "hyperscan":
        return openings.by_automata(ALL)
    return openings.one_by_one((gates.by_triggers if engine == "re2" else gates.by_digits)(ALL))
