"""Public data sets of names, as texts with gold spans and the words they are made of.

A gold span has one of our labels, or ``OTHER`` for an entity that is no name of a person, place or body
(a product, a date): it need not be found, and masking it is not vain. English words are joined by a space,
Japanese ones by nothing. broad-twitter cuts ``@`` off its handle and calls both a person: they are put
together again, one entity. ``stockmark`` comes without words: its characters stand for them.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from slots import Gold

OTHER = "OTHER"
_STOCKMARK_N = 1_500

_PLAIN = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}
_WNUT = {
    "person": "PERSON",
    "location": "LOCATION",
    "corporation": "ORGANIZATION",
    "group": "ORGANIZATION",
}
_ONTONOTES = {
    "PERSON": "PERSON",
    "PET_NAME": "PERSON",
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


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence or message.

    gold  : its entities, in order and disjoint.
    words : half-open ranges, in order.
    """

    text: str = field(repr=False)
    gold: tuple[Gold, ...]
    words: tuple[tuple[int, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NameSet:
    """A data set: its language, and how it is read from the folder of data sets."""

    language: str
    read: Callable[[Path], Iterable[Example]] = field(repr=False)


Token = tuple[str, str]
"""A word and its tag: ``O``, ``B-x`` or ``I-x``."""


def tagged(tokens: Sequence[Token], labels: Mapping[str, str], *, gap: str = " ") -> Example:
    """Return an example from tagged words; an ``I-`` that continues nothing begins an entity."""
    words: list[tuple[int, int]] = []
    gold: list[Gold] = []
    before, position = "O", 0
    for word, tag in tokens:
        start, end = position, position + len(word)
        words.append((start, end))
        mark, _, kind = tag.partition("-")
        if mark == "I" and before.partition("-")[2] == kind:
            gold[-1] = Gold(gold[-1].start, end, gold[-1].label)
        elif mark != "O":
            gold.append(Gold(start, end, labels.get(kind, OTHER)))
        before, position = tag, end + len(gap)
    return Example(gap.join(word for word, _ in tokens), tuple(gold), tuple(words))


def with_handles(tokens: Sequence[Token]) -> list[Token]:
    """Return the words with every ``@`` that begins an entity and what follows it made one, under its tag."""
    joined: list[Token] = []
    for word, tag in tokens:
        if joined and joined[-1][0] == "@" and joined[-1][1] != "O":
            joined[-1] = (f"@{word}", joined[-1][1])
        else:
            joined.append((word, tag))
    return joined


def sentences(lines: Iterable[str], *, word: int = 0, tag: int = 1) -> Iterator[list[Token]]:
    """Yield the tagged words of each block of tab-separated lines; comments are passed over."""
    tokens: list[Token] = []
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) > tag and cells[word].strip():
            tokens.append((cells[word].strip(), cells[tag].strip()))
        elif not line.startswith("# ") and tokens:
            yield tokens
            tokens = []
    if tokens:
        yield tokens


@dataclass(frozen=True, slots=True)
class Conll:
    """Files of tab-separated words and tags; ``word`` and ``tag`` are columns."""

    files: tuple[str, ...]
    labels: Mapping[str, str]
    gap: str = " "
    word: int = 0
    tag: int = 1
    prepare: Callable[[Sequence[Token]], Sequence[Token]] = field(default=list, repr=False)

    def __call__(self, data: Path) -> Iterator[Example]:
        """Yield the sentences of all files."""
        for name in self.files:
            with gzip.open(data / name, "rt", encoding="utf-8") as lines:
                for tokens in sentences(lines, word=self.word, tag=self.tag):
                    yield tagged(self.prepare(tokens), self.labels, gap=self.gap)


def _stockmark(data: Path) -> Iterator[Example]:
    """Yield evenly spaced sentences of the Wikipedia set."""
    with gzip.open(data / "stockmark-ner-wikipedia" / "ner.json.gz", "rt", encoding="utf-8") as handle:
        rows = json.load(handle)
    step = max(1, len(rows) // _STOCKMARK_N)
    for row in rows[: step * _STOCKMARK_N : step]:
        text = row["text"]
        places = [(*found["span"], _STOCKMARK.get(found["type"], OTHER)) for found in row["entities"]]
        gold = [Gold(start, end, label) for start, end, label in places]
        words = tuple((n, n + 1) for n, character in enumerate(text) if not character.isspace())
        yield Example(text, tuple(sorted(gold, key=lambda span: span.start)), words)


_GSD = ("ud-japanese-gsd-ne/dev.bio.gz", "ud-japanese-gsd-ne/test.bio.gz")

NAME_SETS: Mapping[str, NameSet] = {
    "wnut17 dev": NameSet("en", Conll(("wnut17/emerging.dev.conll.gz",), _WNUT)),
    "broad-twitter h": NameSet(
        "en", Conll(("broad-twitter-corpus/h.conll.gz",), _PLAIN, prepare=with_handles)
    ),
    "uner-en-ewt dev": NameSet("en", Conll(("uner-en-ewt/en_ewt-ud-dev.iob2.gz",), _PLAIN, word=1, tag=2)),
    "ud-japanese-gsd dev+test": NameSet("ja", Conll(_GSD, _ONTONOTES, gap="")),
    "stockmark": NameSet("ja", _stockmark),
}
"""Name → data set."""
