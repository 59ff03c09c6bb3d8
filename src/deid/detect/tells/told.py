"""Handles and secrets told in talks that nothing else found, ordinary words among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

import numpy as np

from deid.detect.asides import is_placeholder
from deid.detect.covered import Covered
from deid.detect.models import model_folder
from deid.detect.odd.facts import LITTLE
from deid.detect.odd.shapes import is_japanese
from deid.detect.tagger.units import words
from deid.detect.tagger.vectors import UnitVectors
from deid.detect.tagger.weights import checked, session
from deid.detect.tells.cues import Cues, read_cues
from deid.detect.tells.network import CUES, FIRST, NETWORK, WORDS, Entering, Floats, Network
from deid.detect.tells.reading import Read, read
from deid.types import Span, Turn

_NAME = "tells"
_SCORE = 0.34  # below any pattern's, and the scorer's of odd values
_NAMES = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
"""What a word of a value is taken for: «copper thistle»."""
_SHORTEST, _LONGEST = 3, 2_000  # characters of a value, and of a turn that is read
_PART = 0.5
"""What each unit of a value must exceed; the surest of them must exceed what its label asks."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring units that are one value, signs left out: their ranges, the label of most of its probability, how sure the surest unit is."""

    places: Sequence[tuple[int, int]]
    label: str
    sure: float

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.places[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.places[-1][1]


@dataclass(frozen=True, slots=True)
class ToldValues:
    """Reads turns with a network, behind those before them; offsets into the texts as given.

    A text alone is not read: of what nobody asked for, too much that is found is nobody's.

    least : the labels in the order of their classes, and what the surest unit of a value of each must exceed.
    """

    network: Network = field(repr=False)
    cues: Cues = field(repr=False)
    least: Mapping[str, float]

    @classmethod
    def load(cls, vectors: UnitVectors) -> "ToldValues":
        """Load the network that is shipped; DetectorError where a file is not the one its manifest names.

        vectors : of units, as the tagger of English names has them.
        """
        folder = model_folder("tells-en")
        manifest = checked(folder, (NETWORK, WORDS, CUES))
        own = (folder / WORDS).read_text(encoding="utf-8").split("\n")
        cues = read_cues((folder / CUES).read_text(encoding="utf-8"), int(manifest["bound"]))
        entering = Entering(vectors, {word: row for row, word in enumerate(own, FIRST)})
        network = Network(entering, session((folder / NETWORK).read_bytes()))
        return cls(network, cues, manifest["thresholds"])

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self.least)

    def beside(self, _: Sequence[str], spans: Sequence[list[Span]]) -> list[list[Span]]:
        """Return the spans of each text as they are."""
        return list(spans)

    def in_talks(
        self, talks: Sequence[Sequence[Turn]], spans: Sequence[list[list[Span]]]
    ) -> list[list[list[Span]]]:
        """Return the spans of each turn, with those of told words that they leave."""
        result = [list(found) for found in spans]
        for (talk, at), run in self.runs(talks):
            if run.sure > self.least[run.label]:
                result[talk][at] += left_of(run, spans[talk][at])
        return result

    def runs(self, talks: Sequence[Sequence[Turn]]) -> Iterator[tuple[tuple[int, int], Run]]:
        """Yield the numbers of a talk and of a turn in it, and what may be a value in it."""
        cut = cache(words)  # held while these talks are read
        opened = [(talk, at) for talk, turns in enumerate(talks) for at in self._opened(turns)]
        reads = [read(talks[talk], at, cut) for talk, at in opened]
        for place, one, shares in zip(opened, reads, self.network.shares(reads), strict=True):
            text = talks[place[0]][place[1]].text
            yield from ((place, run) for run in _runs(text, one, shares, [*self.least]))

    def _opened(self, turns: Sequence[Turn]) -> Iterator[int]:
        for at in self.cues.open([turn.text for turn in turns]):
            text = turns[at].text
            if len(text) <= _LONGEST and not is_japanese(text):
                yield at


def left_of(run: Run, spans: Sequence[Span]) -> list[Span]:
    """Return what spans leave of a value: nothing where one that is no name touches it, else what stands beside the names in it."""
    names = [span for span in spans if span.label in _NAMES]
    if len(names) < len(spans) and Covered(set(spans).difference(names)).touches(run.start, run.end):
        return []
    covered = Covered(names)
    parts = (
        [*some] for named, some in groupby(run.places, lambda place: covered.touches(*place)) if not named
    )
    return [Span(part[0][0], part[-1][1], run.label, _SCORE, _NAME) for part in parts]


def _runs(text: str, one: Read, shares: Floats, labels: Sequence[str]) -> Iterator[Run]:
    told = shares[:, 1 : 1 + len(labels)]
    sure = told.sum(-1)
    parts = (sure > np.float32(_PART)).tolist()
    for is_part, some in groupby(range(len(one.places)), parts.__getitem__):
        units = _solid(some, one.places, text) if is_part else []
        if units and _may_be(text[one.places[units[0]][0] : one.places[units[-1]][1]]):
            label = labels[int(told[units].sum(0).argmax())]
            yield Run([one.places[unit] for unit in units], label, float(sure[units].max()))


def _solid(units: Iterable[int], places: Sequence[tuple[int, int]], text: str) -> list[int]:
    """Return units but those of signs alone."""
    return [unit for unit in units if any(map(str.isalnum, text[slice(*places[unit])]))]


def _may_be(surface: str) -> bool:
    """Whether a value is long enough, and neither a placeholder nor a word that is none."""
    return (
        len(surface) >= _SHORTEST
        and surface.lower() not in LITTLE
        and len(set(surface.lower())) > 1
        and not is_placeholder(surface)
    )
