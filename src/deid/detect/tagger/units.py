"""Texts as units: the words and morphemes that get one decision each.

A unit's key is all that a unit's features are computed from, so a key met again costs a look-up.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from deid.detect.kinds import BLANK
from deid.types import Span

_URL = r"(?:https?://|www\.)\S+"
_ADDRESS = r"[\w.+-]+@[\w-]+\.[\w.-]+"
_HANDLE = r"@\w+"
_TAIL = r"(?<=\w)['’](?:s|m|re|ve|ll|d|t)\b"
# Runs of letters and digits; a run of one sign; line ends. Without an address, which begins as a word may.
_PLAIN = rf"[^\W_]+|{_TAIL}|\n+|([^\w\s])\1*|_+"
_WORD = re.compile(_PLAIN, re.IGNORECASE)
_WORD_OR_ADDRESS = re.compile(rf"{_URL}|{_ADDRESS}|{_HANDLE}|{_PLAIN}", re.IGNORECASE)
_ADDRESSED = re.compile(r"@|://|www\.", re.IGNORECASE)
_REPEATED = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")
# Marks a word that stands close to what precedes it.
CLOSE = "\x1f"
_LONGEST = 40


class Units(NamedTuple):
    """A text, the half-open ranges of its units, in order, and the keys of their features.

    frames : tells of the text where units begin that stand as names do, so that less is asked of them.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    keys: Sequence[str]
    frames: Callable[[str], Iterable[int]] | None = None

    def __repr__(self) -> str:
        return "Units(…)"


class UnitTagger(Protocol):
    """Finds names in texts that are cut into units."""

    @property
    def labels(self) -> frozenset[str]:
        """Labels it may return."""

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        """Return the spans of each text, sorted and disjoint."""


def words(text: str) -> Units:
    """Return the units of a text in Latin script."""
    starts, ends, keys = [], [], []
    before = -1
    plain = _REPEATED.search(text) is None  # asked once a text: most have no letter three times running
    pattern = _WORD_OR_ADDRESS if _ADDRESSED.search(text) else _WORD
    for match in pattern.finditer(text):
        start, end = match.span()
        word = match[0]
        key = word[:_LONGEST] if plain and word.isalpha() else _key(word)
        starts.append(start)
        ends.append(end)
        keys.append(CLOSE + key if start == before else key)
        before = end
    return Units(text, starts, ends, keys)


def _key(word: str) -> str:
    """Return a word with what is rare and tells nothing taken out: digits, repeated letters, addresses."""
    if word.isalpha():
        return (_REPEATED.sub(r"\1\1", word) if len(word) > 3 else word)[:_LONGEST]
    head = word[0]
    if head == "@" and len(word) > 1:
        return "@"
    if len(word) > 4 and (word[:4].lower() in ("http", "www.") or "@" in word):
        return "://"
    if head == "\n":
        return "\n"
    return _DIGIT.sub("0", word)[:_LONGEST]


# Katakana, or Latin letters and digits: what morphology cuts as it likes.
_RUN = re.compile(r"[ァ-ヴｦ-ﾟ](?:[ァ-ヴー・･ｦ-ﾟ]*[ァ-ヴーｦ-ﾟ])?|[A-Za-zＡ-Ｚａ-ｚÀ-ÿ0-9０-９]+")
_NUMBER = re.compile(r"[0-9０-９.,，．]+")


def joined(text: str, begins: Sequence[int], kinds: Sequence[str]) -> Units:
    """Return the units of a Japanese text from its morphemes; runs of katakana and of Latin letters stay whole.

    A key is the surface, a tab, and the letter of the part of speech.
    """
    starts: list[int] = []
    ends: list[int] = []
    keys: list[str] = []
    run_until = 0
    for begin, end, kind in zip(begins, [*begins, len(text)][1:], kinds, strict=True):
        if begin == end:  # one sign that the dictionary reads as several
            continue
        if begin < run_until:  # inside a run that a unit already holds
            if end > run_until:
                run_until = ends[-1] = end
                keys[-1] = f"{_surface(text[starts[-1] : end])}\t{kind}"
            continue
        first = text[begin]
        if "ぁ" <= first <= "ゟ" or "一" <= first <= "鿿":
            run_until = end
            keys.append(f"{text[begin:end]}\t{kind}")
        elif kind == BLANK and first != "\n":
            continue
        else:
            run = _RUN.match(text, begin)
            run_until = max(end, run.end()) if run else end
            keys.append(f"{_surface(text[begin:run_until])}\t{kind}")
        starts.append(begin)
        ends.append(run_until)
    return Units(text, starts, ends, keys)


def _surface(word: str) -> str:
    return _NUMBER.sub("0", word)[:_LONGEST]
