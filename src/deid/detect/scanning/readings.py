"""Texts as they are read: normalised, and behind them the plain forms of those that have another.

Nearly all chat reads as it is written. That is asked of the code points of many texts at once, and only the texts
that hold something else are read one by one (``deid.ingest.normalize``, ``deid.detect.scanning.plain``).
"""

import re
import sys
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from deid.detect.scanning.plain import plain, plain_text
from deid.ingest.normalize import STABLE, Normalized, normalize, one_for_one

_MARKS = {"！": "!", "？": "?"}  # nearly all that Japanese chat has of wide characters
# What a text may hold that reads otherwise; the last is of two blanks together.
_MARK, _ODD, _BLANKS = 1, 2, 4
_AT_ONCE = 1 << 21  # characters; each takes some 20 bytes
_RANGE = re.compile("(.)-(.)", re.DOTALL)


def _kinds() -> npt.NDArray[np.uint8]:
    """Return code point → what it is; a dash that reads otherwise is no stable one either."""
    kinds = np.full(sys.maxunicode + 1, _ODD, np.uint8)
    for first, last in _RANGE.findall(STABLE):
        kinds[ord(first) : ord(last) + 1] = 0
    kinds[list(map(ord, _MARKS))] = _MARK
    return kinds


_KINDS = _kinds()


class Readings:
    """Readings of many texts, and the way back to the originals.

    texts  : the first are of the texts themselves.
    owners : the number of the text that each is a reading of.
    """

    __slots__ = ("_mapped", "owners", "texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.owners = list(range(len(texts)))
        self._mapped: dict[int, Normalized] = {}
        for number in _read_otherwise(self.texts):
            self._read(number)

    def _read(self, number: int) -> None:
        """Normalise a text, and put its plain form behind the others."""
        text = self.texts[number]
        form = one_for_one(text)
        if form is None:
            self._mapped[number] = normalize(text)
            form = self._mapped[number].text
        self.texts[number] = form
        other = plain_text(form)
        if other is not None:
            self.texts.append(other)
            self.owners.append(number)

    def original(self, number: int, start: int, end: int) -> tuple[int, int]:
        """Return the original range of a range of a reading."""
        owner = self.owners[number]
        if number != owner and number not in self._mapped:
            normal = plain(self._mapped.get(owner) or Normalized(self.texts[owner]))
            self._mapped[number] = normal or Normalized(self.texts[number])
        mapped = self._mapped.get(number)
        return (start, end) if mapped is None else mapped.original(start, end)


def _read_otherwise(texts: list[str]) -> list[int]:
    """Return the numbers of the texts that may read otherwise than they are written; replaces marks in the others."""
    if not texts:
        return []
    joined = "\n".join([*texts, ""])
    if len(joined) > _AT_ONCE:
        return list(range(len(texts)))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    kinds = _KINDS[codes]
    blank = codes == ord(" ")
    kinds[1:][blank[1:] & blank[:-1]] |= _BLANKS
    held = np.bitwise_or.reduceat(kinds, starts[:-1])
    marked = np.flatnonzero(held == _MARK).tolist()
    if marked:
        for mark, plain_mark in _MARKS.items():
            joined = joined.replace(mark, plain_mark)
        for number in marked:
            texts[number] = joined[starts[number] : starts[number + 1] - 1]
    others: list[int] = np.flatnonzero(held > _MARK).tolist()
    return others
