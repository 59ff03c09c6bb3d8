"""Japanese morphemes by SudachiPy: where each begins, and its part of speech as one letter of ``kinds.py``."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, repeat
from threading import local
from typing import Any, NamedTuple

from sudachipy import Dictionary, Morpheme, SplitMode

from deid.detect.kinds import NAMES_OF_PEOPLE, kind_of
from deid.detect.names.kana import to_hiragana
from deid.errors import DetectorError

# Sudachi reads at most 49,149 bytes at once, and no half of a surrogate pair.
_CHUNK = 12_000
_PAUSE = re.compile(r"[。！？!?\n]")
_SHORTEST_READING = 3
_UNKNOWN = repeat("?")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Morphemes(NamedTuple):
    """Starts of a text's morphemes, which cover it, and the letters of their parts of speech."""

    begins: Sequence[int]
    kinds: str


class _Tokenizer(local):
    """A tokenizer, one for each thread that asks: Sudachi refuses two threads at once."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.tokenize = make().tokenize


@dataclass(frozen=True, slots=True)
class Morphology:
    """Sudachi with its core dictionary, its longest units."""

    _tokenizer: _Tokenizer = field(repr=False)
    _kinds: Mapping[int, str] = field(repr=False)

    @classmethod
    def load(cls) -> "Morphology":
        """Read the dictionary, about 0.2 s.

        Raises DetectorError when it is not installed.
        """
        try:
            dictionary: Any = Dictionary(dict="core")
        except Exception as error:  # noqa: BLE001 - the package raises its own untyped errors
            raise DetectorError(
                f"morphology: no Sudachi dictionary ({type(error).__name__})",
                hint="pip install sudachidict-core",
            ) from None
        make = getattr(dictionary, "tokenizer", None) or dictionary.create
        return cls(_Tokenizer(partial(make, mode=SplitMode.C)), _letters(dictionary))

    def readings(self, chunk: str) -> list[tuple[str, str]]:
        """Return of each morpheme the letter of its part of speech, and its reading in katakana."""
        return [
            (self._kinds.get(morpheme.part_of_speech_id(), "?"), morpheme.reading_form())
            for morpheme in self._tokenizer.tokenize(chunk)
        ]

    def morphemes(self, chunk: str) -> Morphemes:
        """Return the morphemes of what ``chunks`` yields."""
        found = list(self._tokenizer.tokenize(chunk))
        letters = map(self._kinds.get, map(Morpheme.part_of_speech_id, found), _UNKNOWN)
        return Morphemes(list(map(Morpheme.begin, found)), "".join(letters))


def read_name(morphology: Morphology, name: str) -> str:
    """Return how a name in kanji is read, its parts in hiragana with a space between; empty where unsure.

    Sure are parts that the dictionary knows as names of people; of three kana or more, for shorter ones are
    too often other words.
    """
    parts = [
        to_hiragana(reading)
        for kind, reading in morphology.readings(name)
        if kind in NAMES_OF_PEOPLE and len(reading) >= _SHORTEST_READING
    ]
    return " ".join(parts)


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, chunk) of a text that Sudachi can read, cut behind a sentence where one ends."""
    readable = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    start = 0
    while len(readable) - start > _CHUNK:
        window = readable[start : start + _CHUNK]
        pauses = [match.end() for match in _PAUSE.finditer(window)]
        size = pauses[-1] if pauses else _CHUNK
        yield start, window[:size]
        start += size
    yield start, readable[start:] if start else readable


def _letters(dictionary: Any) -> dict[int, str]:
    """Return the letters of a dictionary's parts of speech by their number."""
    found: dict[int, str] = {}
    for number in count():
        try:
            pos = dictionary.pos_of(number)
        except Exception:  # noqa: BLE001 - the package raises its own untyped errors past the last one
            return found
        if pos is None:
            return found
        found[number] = kind_of(pos)
    return found
