"""The accurate tagger: a transformer over sub-word pieces, its decisions taken unit by unit.

The encoder is multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672), fine-tuned; ``models/recipe``
tells how. Its folder holds ``model.onnx``, ``tokenizer.json`` and a manifest with their SHA-256.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.detect.cutting import fitting
from deid.detect.models import model_folder
from deid.detect.tagger.decode import named_over, probabilities, spans_of
from deid.detect.tagger.units import Units
from deid.detect.tagger.weights import checked, floors_of, session
from deid.errors import DetectorError, extra_hint
from deid.types import Span

FILES = ("model.onnx", "tokenizer.json")
_LONGEST = 1_500  # characters read at once, where they fit
_SURROGATE = re.compile("[\ud800-\udfff]")  # no tokenizer reads one
_PIECES = 500  # sub-word pieces read at once; the encoder has 512 places


@dataclass(frozen=True, slots=True)
class PieceTagger:
    """PERSON, LOCATION and ORGANIZATION by the transformer; the score is a calibrated probability."""

    floors: Mapping[str, float]
    _threshold: float
    _temperature: float
    _tokenizer: Any = field(repr=False)
    _session: Any = field(repr=False)
    name: str = "names-accurate"

    @classmethod
    def load(cls) -> "PieceTagger":
        """Load the model, to run on one thread.

        Raises DetectorError when it or the package ``tokenizers`` is not installed, or is not the pinned one.
        """
        try:
            from tokenizers import Tokenizer  # noqa: PLC0415 - an extra
        except ImportError:
            raise DetectorError(
                "detect.use: accurate: the package tokenizers is not installed",
                hint=extra_hint("accurate"),
            ) from None
        folder = model_folder("names-accurate")
        if not folder.is_dir():
            raise DetectorError(
                "detect.use: accurate: its model is not installed",
                hint="pip install ./models/names-accurate, from a checkout",
            )
        manifest = checked(folder, FILES)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()  # what is too long is cut here, and read all the same
        return cls(
            floors_of(manifest),
            float(manifest["threshold"]),
            float(manifest["temperature"]),
            tokenizer,
            session((folder / "model.onnx").read_bytes()),
        )

    @property
    def labels(self) -> frozenset[str]:
        """Labels of its tags."""
        return frozenset(self.floors)

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        """Return the spans of texts that are cut into units, sorted and disjoint."""
        return [self._spans(own) for own in units]

    def shares(self, units: Units) -> NDArray[np.float32]:
        """Return the probabilities (units, tags) of a text's units."""
        parts = [self._part(units, *part) for part in _parts(units)]
        return np.concatenate(parts) if parts else np.zeros((0, 1 + 2 * len(self.floors)), np.float32)

    def _spans(self, units: Units) -> list[Span]:
        named = named_over(self.shares(units), self._threshold)
        return sorted(spans_of(named, self.floors, (units.starts, units.ends), self.name))

    def _part(self, units: Units, first: int, last: int) -> NDArray[np.float32]:
        starts, ends = units.starts[first:last], units.ends[first:last]
        text = _SURROGATE.sub("\ufffd", units.text[starts[0] : ends[-1]])
        places = [(start - starts[0], end - starts[0]) for start, end in zip(starts, ends, strict=True)]
        return unit_shares(text, *self._read(text, [start for start, _ in places]), places)

    def _read(
        self, text: str, borders: Sequence[int]
    ) -> tuple[Sequence[tuple[int, int]], NDArray[np.float32]]:
        """Return the offsets of all pieces of a text, and their (pieces, tags) probabilities.

        borders : where units start; a text of too many pieces is cut there, a unit of too many inside.
        """
        offsets: list[tuple[int, int]] = []
        shares = []
        for start, end in fitting(text, self._fits, lambda start, end: _border(borders, start, end)):
            encoding = self._tokenizer.encode(text[start:end])
            offsets += [(start + first, start + last) for first, last in encoding.offsets]
            shares.append(self._shares(encoding.ids))
        return offsets, np.concatenate(shares)

    def _fits(self, text: str) -> bool:
        return len(self._tokenizer.encode(text).ids) <= _PIECES

    def _shares(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return (pieces, tags) probabilities; one text at a time, since int8 scales are measured over a batch."""
        pieces = np.array([ids], np.int64)
        (logits,) = self._session.run(None, {"ids": pieces, "attention": np.ones_like(pieces)})
        return probabilities(logits[0], self._temperature)


def unit_shares(
    text: str,
    offsets: Sequence[tuple[int, int]],
    shares: NDArray[np.float32],
    places: Sequence[tuple[int, int]],
) -> NDArray[np.float32]:
    """Return (units, tags) probabilities from those of pieces.

    A unit's share of a label is the mean over its characters. What the piece over its first character gives
    to ``B`` goes to ``B`` when that piece starts there too, and to ``I`` otherwise.
    """
    piece_at = np.zeros(len(text), np.int64)  # piece 0 stands for the whole text: no name
    begins = np.zeros(len(text), bool)
    for number, (start, end) in enumerate(offsets):
        first = start + (len(text[start:end]) - len(text[start:end].lstrip()))
        if first < end:
            piece_at[first:end] = number
            begins[first] = True
    labels = shares[:, 1::2] + shares[:, 2::2]
    ratio = shares[:, 1::2] / np.maximum(labels, 1e-9)
    result = np.zeros((len(places), shares.shape[1]), np.float32)
    for row, (start, end) in zip(result, places, strict=True):
        share = labels[piece_at[start:end]].mean(0)
        first_share = ratio[piece_at[start]] * begins[start]
        row[1::2], row[2::2] = share * first_share, share * (1 - first_share)
        row[0] = max(0.0, 1.0 - float(share.sum()))
    return result


def _border(borders: Sequence[int], start: int, end: int) -> int:
    """Return the border nearest the middle of a range, or the middle where none is inside."""
    middle = (start + end) // 2
    inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
    return min(inside, key=lambda border: abs(border - middle), default=middle)


def _parts(units: Units) -> Iterator[tuple[int, int]]:
    """Yield (first, end) of runs of units that are read at once."""
    first = 0
    for number, end in enumerate(units.ends):
        if end - units.starts[first] > _LONGEST and number > first:
            yield first, number
            first = number
    if units.keys:
        yield first, len(units.keys)
