"""Gold data that the taggers are trained on: lines of text with spans of PERSON, LOCATION, ORGANIZATION.

English words are put together again as people write them (no blank before a full stop, ``don't`` in one
piece). Handles are the patterns' job and the sets disagree on them: their characters are marked to be left
out of the loss. An article of Wikipedia is held out whole where ``reserved.py`` says so.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reserved import held_out

LABELS = ("PERSON", "LOCATION", "ORGANIZATION")

_PLAIN = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}
_WNUT = {
    "person": "PERSON",
    "location": "LOCATION",
    "corporation": "ORGANIZATION",
    "group": "ORGANIZATION",
}
_ONTONOTES = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
}
_STOCKMARK = {
    "人名": "PERSON",
    "地名": "LOCATION",
    "施設名": "LOCATION",
    "法人名": "ORGANIZATION",
    "政治的組織名": "ORGANIZATION",
    "その他の組織名": "ORGANIZATION",
}
# Words that stand close to the one before them.
_CLOSE = re.compile(r"[.,!?;:%)\]}…]+|'(?:s|m|re|ve|ll|d|t)|n't", re.IGNORECASE)
_OPENS = frozenset("@([$#")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    spans   : (start, end, label), in order and disjoint.
    ignored : (start, end) of what is neither right nor wrong.
    """

    text: str = field(repr=False)
    spans: tuple[tuple[int, int, str], ...]
    language: str
    ignored: tuple[tuple[int, int], ...] = ()


def training_lines(data: Path) -> Iterator[Line]:
    """Yield the lines of every permitted training set below the folder of data sets."""
    yield from tweets(data)
    yield from _conll(data / "ud-japanese-gsd-ne/train.bio.gz", _ONTONOTES, "ja")
    yield from _stockmark(data)
    yield from _universal(data / "uner-zh-gsdsimp/zh_gsdsimp-ud-train.iob2.gz", "zh")


def tweets(data: Path) -> Iterator[Line]:
    """Yield the English lines of tweets and comments among them."""
    yield from _conll(data / "wnut17/wnut17train.conll.gz", _WNUT, "en")
    for part in "abeg":
        yield from _conll(data / f"broad-twitter-corpus/{part}.conll.gz", _PLAIN, "en")


def _stockmark(data: Path) -> Iterator[Line]:
    """Yield the sentences of the articles that are not held out."""
    rows = json.loads(_read(data / "stockmark-ner-wikipedia/ner.json.gz"))
    for row in rows:
        if not held_out(str(row["curid"])):
            found = [
                (*entity["span"], _STOCKMARK[entity["type"]])
                for entity in row["entities"]
                if entity["type"] in _STOCKMARK
            ]
            yield Line(row["text"], tuple(sorted(found)), "ja")


def _read(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return handle.read()


def _blocks(path: Path, word: int = 0, tag: int = 1) -> Iterator[tuple[list[str], list[str], str]]:
    """Yield (words, tags, text) of each sentence; text is empty where the file does not tell it."""
    words: list[str] = []
    tags: list[str] = []
    text = ""
    for line in [*_read(path).split("\n"), ""]:
        cells = line.split("\t")
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif len(cells) > tag and cells[word]:
            words.append(cells[word])
            tags.append(cells[tag].strip())
        elif not line.startswith("#") and words:
            yield words, tags, text
            words, tags, text = [], [], ""


def _conll(path: Path, labels: Mapping[str, str], language: str) -> Iterator[Line]:
    for words, tags, _ in _blocks(path):
        yield _joined([word.strip() for word in words], tags, labels, language)


def _joined(words: Iterable[str], tags: Iterable[str], labels: Mapping[str, str], language: str) -> Line:
    text, before = "", ""
    places: list[tuple[int, int]] = []
    ignored: list[tuple[int, int]] = []
    for word in words:
        close = language != "en" or not text or before in _OPENS or _CLOSE.fullmatch(word)
        text += word if close else f" {word}"
        places.append((len(text) - len(word), len(text)))
        if language == "en" and (before == "@" or (word.startswith("@") and len(word) > 1)):
            ignored.append((places[-1][0] - (before == "@"), len(text)))
        before = word
    spans = [
        span
        for span in _spans(places, tags, labels)
        if not any(span[0] < end and start < span[1] for start, end in ignored)
    ]
    return Line(text, tuple(spans), language, tuple(ignored))


def _spans(
    places: Iterable[tuple[int, int]], tags: Iterable[str], labels: Mapping[str, str]
) -> list[tuple[int, int, str]]:
    """Return the entities of BIO tags; an ``I-`` that continues nothing begins one."""
    found: list[tuple[int, int, str]] = []
    before = "O"
    for (start, end), tag in zip(places, tags, strict=True):
        mark, _, kind = tag.partition("-")
        if mark == "I" and before.partition("-")[2] == kind:
            found[-1] = (found[-1][0], end, found[-1][2])
        elif mark != "O":
            found.append((start, end, labels.get(kind, "")))
        before = tag
    return [span for span in found if span[2]]


def _universal(path: Path, language: str) -> Iterator[Line]:
    """Yield the sentences of a Universal NER file, which tells the text as written."""
    for words, tags, text in _blocks(path, word=1, tag=2):
        places, position = [], 0
        for word in words:
            start = text.find(word, position)
            if start < 0:
                break
            position = start + len(word)
            places.append((start, position))
        if len(places) == len(words):
            yield Line(text, tuple(_spans(places, tags, _PLAIN)), language)
