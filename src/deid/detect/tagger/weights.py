"""A tagger's folder on disk: what is in it, and that it is what its manifest says.

``manifest.json`` tells the language, the tags in order, the thresholds, the temperature and the SHA-256 of
every other file; ``floors`` of labels, where it names any, ask more of the surest unit of a name:

* ``enter.onnx``   what a unit's features and word tell (batch, length, numbers) to its vector (batch, length, width), int8.
* ``model.onnx``   unit vectors (batch, length, width) and mask (batch, length, 1) to logits, int8.
* ``table.npy``    int8 (rows, 64), one row a hashed feature; ``table-scale.npy`` float16, one a row.
* ``words.txt``    a word a line; ``words.npy`` int8 (words, listed), what is known of each, in its last columns
  whether lists have it as a given name, family name, place, part of a place or country, how frequent it is
  (0 to 7, by 7), and 1; ``words-scale.npy`` float16, one a column.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deid.detect.tagger.decode import labels_of
from deid.errors import DetectorError
from deid.store import sha256_file

# Words of a higher tier are misspelt often enough to be met so.
_OFTEN = 4.5
# In a frame of names: the least probability, for words up to a tier of frequency.
_SHORTEST_OWNER = 5
_FRAMED, _RARE, _TIERS = 0.02, 3, 7
FILES = (
    "enter.onnx",
    "model.onnx",
    "table.npy",
    "table-scale.npy",
    "words.txt",
    "words.npy",
    "words-scale.npy",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a tagger computes with."""

    name: str
    floors: Mapping[str, float]
    threshold: float
    common_threshold: float
    doubtful_threshold: float
    doubtful_name_threshold: float
    temperature: float
    enter: bytes = field(repr=False)
    network: bytes = field(repr=False)
    table: NDArray[np.int8] = field(repr=False)
    table_scale: NDArray[np.float16] = field(repr=False)
    words: Mapping[str, int] = field(repr=False)
    listed: NDArray[np.int8] = field(repr=False)
    listed_scale: NDArray[np.float16] = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> "Weights":
        """Read a folder.

        Raises DetectorError when a file is missing or is not the one that the manifest names.
        """
        manifest = checked(folder, FILES)
        words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        return cls(
            folder.name,
            floors_of(manifest),
            float(manifest["threshold"]),
            float(manifest["common_threshold"]),
            float(manifest["doubtful_threshold"]),
            float(manifest["doubtful_name_threshold"]),
            float(manifest["temperature"]),
            (folder / "enter.onnx").read_bytes(),
            (folder / "model.onnx").read_bytes(),
            np.load(folder / "table.npy", allow_pickle=False),
            np.load(folder / "table-scale.npy", allow_pickle=False),
            {word: number for number, word in enumerate(words)},
            np.load(folder / "words.npy", allow_pickle=False),
            np.load(folder / "words-scale.npy", allow_pickle=False),
        )

    def frequent(self) -> frozenset[str]:
        """Return the words of the table that are frequent and on no list of names."""
        none = ~self.listed[:, -7:-2].any(-1)
        often = self.listed[:, -2] * self.listed_scale[-2] * _TIERS > _OFTEN
        rows = none & often
        return frozenset(word for word, number in self.words.items() if rows[number])

    def row_of(self, word: str) -> int | None:
        """Return a word's row in the table, or that of the given name whose «'s» lost its sign: «olenas»; None without."""
        row = self.words.get(word)
        if row is not None or not word.endswith("s") or len(word) < _SHORTEST_OWNER:
            return row
        owner = self.words.get(word[:-1])
        return owner if owner is not None and self.listed[owner, -7] else None

    def framed_threshold_of(self, word: int | None) -> float:
        """Return what the probability must exceed in a unit that stands as names do: next to nothing, but for frequent words."""
        return 1.0 if word is not None and self._tier(word) > _RARE else _FRAMED

    def _tier(self, word: int) -> int:
        return round(float(self.listed[word][-2] * self.listed_scale[-2]) * _TIERS)

    def threshold_of(self, word: int | None, *, doubtful: bool) -> float:
        """Return what the probability of being a name must exceed in a unit.

        word     : its row in the table of words; None when it has none.
        doubtful : whether its form is rarely a name's.

        A unit that a list has as a name or place is asked for least, a frequent word or a doubtful form more.
        """
        tier = 0
        if word is not None:
            given, family, place, part, country, tier, _ = self.listed[word, -7:].tolist()
            if given or family or place or part or country:
                return self.doubtful_name_threshold if doubtful else self.threshold
        least = self.common_threshold if tier else self.threshold
        return max(least, self.doubtful_threshold) if doubtful else least

    @property
    def width(self) -> int:
        """Numbers that enter the network for a unit."""
        return int(self.table.shape[1] + self.listed.shape[1])


def floors_of(manifest: Mapping[str, Any]) -> dict[str, float]:
    """Return what the surest unit of a name of each label must exceed, 0 where the manifest does not say."""
    floors = manifest.get("floors", {})
    return {label: float(floors.get(label, 0.0)) for label in labels_of(manifest["tags"])}


def checked(folder: Path, files: Sequence[str]) -> dict[str, Any]:
    """Return a model's manifest once every file is the one that it names.

    Raises DetectorError when a file is missing or another one.
    """
    manifest = _manifest(folder)
    for name in files:
        path = folder / name
        if not path.is_file() or sha256_file(path) != manifest["files"].get(name):
            raise DetectorError(
                f"model {folder.name}: {name} is not the file its manifest names",
                hint="reinstall deid-toolkit",
            )
    return manifest


def session(network: bytes) -> Any:
    """Return an ONNX session that runs on one thread."""
    import onnxruntime  # noqa: PLC0415 - slow to import, and only wanted where it runs

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DetectorError(
            f"model {folder.name}: no readable manifest ({type(error).__name__})",
            hint="reinstall deid-toolkit",
        ) from None
    return manifest
