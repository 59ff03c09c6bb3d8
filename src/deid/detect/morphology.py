"""Japanese morphemes by SudachiPy: where each begins, and its part of speech as one letter.

The letters stand for UniDic's parts of speech by their first four levels; those of names and places are
``S`` family name, ``G`` given name, ``P`` other name of a person, ``L`` place, ``N`` country, ``E`` other
proper noun.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from sudachipy import Dictionary, SplitMode

from deid.errors import DetectorError

# Sudachi reads at most 49,149 bytes at once, and no half of a surrogate pair.
_CHUNK = 12_000
_PAUSE = re.compile(r"[。！？!?\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")

BLANK = " "
_PROPER = {
    ("人名", "姓"): "S",
    ("人名", "名"): "G",
    ("人名", "一般"): "P",
    ("地名", "一般"): "L",
    ("地名", "国"): "N",
}
_COMMON = {"サ変可能": "v", "助数詞可能": "c", "形状詞可能": "a", "副詞可能": "d"}
_MARKS = {"句点": ".", "読点": ",", "括弧開": "(", "括弧閉": ")"}
_OTHERS = {
    "代名詞": "r",
    "形状詞": "A",
    "連体詞": "R",
    "副詞": "B",
    "接続詞": "C",
    "感動詞": "I",
    "動詞": "V",
    "形容詞": "J",
    "助動詞": "X",
    "助詞": "p",
    "接頭辞": "h",
    "記号": "k",
    "空白": BLANK,
}


def kind_of(pos: Sequence[str]) -> str:
    """Return the letter of a part of speech; ``?`` for one that UniDic does not have."""
    first, second, third, fourth = pos[:4]
    if first == "名詞" and second == "固有名詞":
        return _PROPER.get((third, fourth), "E")
    if first == "名詞":
        return "0" if second == "数詞" else _COMMON.get(third, "n")
    if first == "接尾辞":
        return "t" if second == "名詞的" else "T"
    if first == "補助記号":
        return _MARKS.get(second, "b")
    return _OTHERS.get(first, "?")


class Morphemes(NamedTuple):
    """Starts of a text's morphemes, which cover it, and the letters of their parts of speech."""

    begins: Sequence[int]
    kinds: str


@dataclass(frozen=True, slots=True)
class Morphology:
    """Sudachi with its core dictionary, its longest units."""

    _tokenizer: Any = field(repr=False)
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
        return cls(make(mode=SplitMode.C), _letters(dictionary))

    def morphemes(self, chunk: str) -> Morphemes:
        """Return the morphemes of what ``chunks`` yields."""
        found = self._tokenizer.tokenize(chunk)
        kinds = self._kinds
        return Morphemes(
            [morpheme.begin() for morpheme in found],
            "".join([kinds.get(morpheme.part_of_speech_id(), "?") for morpheme in found]),
        )


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
