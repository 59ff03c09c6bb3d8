"""Public data sets of names, as texts with gold spans and the words they are made of.

A gold span has one of our labels, or ``OTHER`` for an entity that is no name of a person, place or body
(a product, a date): it need not be found, and masking it is not vain. English words are put together as
people write (``detok.py``), or taken from the text where the corpus keeps it; Japanese and Chinese ones
stand without blanks. Handles (``@name``) belong to the patterns: an entity with one is left out, and so are
its words. A hashtag's sign is no part of a name.

Words are the corpus's own: UD short units in ``ud-japanese-gsd``, UD words in Chinese, what blanks divide
in Korean; ``stockmark`` comes without words, and its characters stand for them.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from detok import blanks
from heldout import held_out
from slots import Gold

OTHER = "OTHER"
# A blank before the second half of a contraction, where a corpus keeps the text but for that: «do n't».
_SPLIT = re.compile(r"(?<=\w) (?=(?:n['’]t|['’](?:s|m|re|ve|ll|d))\b)", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w@＠])[@＠]\w+")

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
_KLUE = {"PS": "PERSON", "LC": "LOCATION", "OG": "ORGANIZATION"}
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
Sentence = tuple[str, list[Token]]
"""The text as the corpus states it, or ``""``, and its tagged words."""
Gaps = Callable[[Sequence[str]], Sequence[str]]
"""What stands before each word."""


def nothing(words: Sequence[str]) -> list[str]:
    """Return the gaps of a script without blanks."""
    return [""] * len(words)


def tagged(
    tokens: Sequence[Token], labels: Mapping[str, str], *, text: str = "", gaps: Gaps = blanks
) -> Example:
    """Return an example from tagged words; an ``I-`` that continues nothing begins an entity.

    text : the words stand in it in this order; where they do not, or it is empty, they are put together.
    """
    text = _SPLIT.sub("", text)
    words = _aligned(text, tokens) if text else None
    if words is None:
        text, words = _joined([word for word, _ in tokens], gaps)
    gold: list[Gold] = []
    before = "O"
    for (start, end), (_, tag) in zip(words, tokens, strict=True):
        mark, _, kind = tag.partition("-")
        if mark == "I" and before.partition("-")[2] == kind:
            gold[-1] = Gold(gold[-1].start, end, gold[-1].label)
        elif mark != "O":
            gold.append(Gold(start, end, labels.get(kind, OTHER)))
        before = tag
    return without_handles(Example(text, tuple(gold), tuple(words)))


def _aligned(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]] | None:
    words: list[tuple[int, int]] = []
    position = 0
    for word, _ in tokens:
        start = text.find(word, position)
        if start < 0 or text[position:start].strip():
            return None
        position = start + len(word)
        words.append((start, position))
    return words


def _joined(words: Sequence[str], gaps: Gaps) -> tuple[str, list[tuple[int, int]]]:
    text, places = "", []
    for word, gap in zip(words, gaps(words), strict=True):
        start = len(text) + len(gap)
        text += gap + word
        places.append((start, len(text)))
    return text, places


def behind_hashes(text: str, start: int, end: int) -> int:
    """Return where a stretch begins without the ``#`` it opens with."""
    return end - len(text[start:end].lstrip("#＃"))


def without_handles(example: Example) -> Example:
    """Return the example without entities and words that hold a part of a handle, and no ``#`` in a name."""
    text = example.text
    handles = [match.span() for match in HANDLE.finditer(text)] if "@" in text or "＠" in text else []
    gold = tuple(
        replace(span, start=behind_hashes(text, span.start, span.end))
        for span in example.gold
        if not meets((span.start, span.end), handles) and text[span.start : span.end].strip("#＃")
    )
    return Example(text, gold, tuple(word for word in example.words if not meets(word, handles)))


def meets(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Return whether a range shares a character with another."""
    return any(start < place[1] and place[0] < end for start, end in others)


def with_handles(tokens: Sequence[Token]) -> list[Token]:
    """Return the words with every ``@`` that begins an entity and what follows it made one, under its tag."""
    joined: list[Token] = []
    for word, tag in tokens:
        if joined and joined[-1][0] == "@" and joined[-1][1] != "O":
            joined[-1] = (f"@{word}", joined[-1][1])
        else:
            joined.append((word, tag))
    return joined


def sentences(lines: Iterable[str], *, word: int = 0, tag: int = 1) -> Iterator[Sentence]:
    """Yield each block of tab-separated lines; of the comments, only ``# text =`` is read."""
    tokens: list[Token] = []
    text = ""
    for line in lines:
        if line.startswith(("# ", "## ")):
            text = line.strip().removeprefix("# text = ") if line.startswith("# text = ") else text
            continue
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) > tag and cells[word]:
            tokens.append((cells[word].strip() or cells[word], cells[tag].strip()))
        elif tokens:
            yield text, tokens
            text, tokens = "", []
    if tokens:
        yield text, tokens


@dataclass(frozen=True, slots=True)
class Conll:
    """Files of tab-separated words and tags; ``word`` and ``tag`` are columns."""

    files: tuple[str, ...]
    labels: Mapping[str, str]
    gaps: Gaps = field(default=blanks, repr=False)
    word: int = 0
    tag: int = 1
    prepare: Callable[[Sequence[Token]], Sequence[Token]] = field(default=list, repr=False)

    def __call__(self, data: Path) -> Iterator[Example]:
        """Yield the sentences of all files."""
        for name in self.files:
            with gzip.open(data / name, "rt", encoding="utf-8") as lines:
                for text, tokens in sentences(lines, word=self.word, tag=self.tag):
                    yield tagged(self.prepare(tokens), self.labels, text=text, gaps=self.gaps)


def _klue(data: Path) -> Iterator[Example]:
    """Yield the Korean sentences, tagged by the character; their words are what blanks divide."""
    for example in Conll(("klue-ner-dev/klue-ner-v1.1_dev.tsv.gz",), _KLUE, nothing)(data):
        words = tuple(match.span() for match in re.finditer(r"\S+", example.text))
        yield replace(example, words=words)


def _stockmark(data: Path) -> Iterator[Example]:
    """Yield the sentences of the Wikipedia articles that are kept from training."""
    with gzip.open(data / "stockmark-ner-wikipedia" / "ner.json.gz", "rt", encoding="utf-8") as handle:
        rows = json.load(handle)
    for row in rows:
        if not held_out(row["curid"]):
            continue
        text = row["text"]
        places = [(*found["span"], _STOCKMARK.get(found["type"], OTHER)) for found in row["entities"]]
        gold = [Gold(start, end, label) for start, end, label in places]
        words = tuple((n, n + 1) for n, character in enumerate(text) if not character.isspace())
        yield without_handles(Example(text, tuple(sorted(gold, key=lambda span: span.start)), words))


def _uner(file: str, gaps: Gaps) -> Conll:
    return Conll((file,), _PLAIN, gaps, word=1, tag=2)


_GSD = ("ud-japanese-gsd-ne/dev.bio.gz", "ud-japanese-gsd-ne/test.bio.gz")

NAME_SETS: Mapping[str, NameSet] = {
    "wnut17 dev": NameSet("en", Conll(("wnut17/emerging.dev.conll.gz",), _WNUT)),
    "broad-twitter h": NameSet(
        "en", Conll(("broad-twitter-corpus/h.conll.gz",), _PLAIN, prepare=with_handles)
    ),
    "uner-en-ewt dev": NameSet("en", _uner("uner-en-ewt/en_ewt-ud-dev.iob2.gz", blanks)),
    "ud-japanese-gsd dev+test": NameSet("ja", Conll(_GSD, _ONTONOTES, nothing)),
    "stockmark held-out": NameSet("ja", _stockmark),
    "uner-zh test": NameSet("zh", _uner("uner-zh-gsdsimp/zh_gsdsimp-ud-test.iob2.gz", nothing)),
    "klue": NameSet("ko", _klue),
}
"""Name → data set."""
