"""Lines for the scorer of odd values: the units of texts, and what each of them is.

English texts of the lists that may be learnt from, filled, and the ``test`` part of ``irc-ubuntu``, which
holds next to no value; what the patterns find in it is left out, right or wrong. The lists that judge
(``fresh.JUDGES``) are never read.
"""

import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import dialogues
import fresh
from deid.detect.loose import LooseValues
from deid.detect.odd.features import candidates
from deid.detect.scan import Scanner
from deid.labels import LABELS, LabelClass, class_of
from slots import OPTIONAL, Gold

LABELLED = (
    "PASSWORD",
    "USERNAME",
    "ONE_TIME_CODE",
    "SHARE_CODE",
    "ACCOUNT_ID",
    "POSTAL_CODE",
    "PHONE_NUMBER",
    "CARD_SECURITY_CODE",
    "LICENSE_PLATE",
    "DEVICE_ID",
    "BANK_ACCOUNT",
    "MAC_ADDRESS",
    "NATIONAL_ID",
    "SECRET_KEY",
    "IP_ADDRESS",
)
NONE, OTHER = 0, 1
LISTS = ("fresh", "second", "third", "fourth", "fifth")
FAMILIES = ("tuned", "unseen", "voices", "kept")
_OWN_WAYS = frozenset(
    {"EMAIL_ADDRESS", "URL", "AGE", "DATE_OF_BIRTH", "PERSON", "CREDIT_CARD", "IBAN_CODE", "CRYPTO", "MEDIA"}
)
_NATIONAL = re.compile("[A-Z]{2}_")
_MESSAGES, _TALKS, _FAMILY, _FAMILY_TALKS = 5, 2, 2500, 300
_SAID = re.compile(r"^\[\d\d:\d\d\] <[^>]+> (.+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """One text, the question before it, and what is to be found in it."""

    text: str = field(repr=False)
    asked: str = field(repr=False)
    gold: Sequence[Gold]


@dataclass(frozen=True, slots=True)
class Example:
    """The rows of one unit's features, and the number of its class."""

    rows: Sequence[int] = field(repr=False)
    number: int
    line: int


def lines_of(name: str, seed: int) -> list[Line]:
    """Return the filled texts of a list or family."""
    if name in LISTS:
        count = len(fresh.templates("en", name))
        single = fresh.generate("en", count * _MESSAGES, seed, half=name)
        return [*_alone(single), *_talks(fresh.dialogues("en", count * _TALKS, seed, half=name))]
    single = corpus.generate("en", _FAMILY, seed, family=name)
    if name in {"tuned", "unseen"}:
        made = dialogues.generate("en", _FAMILY_TALKS, seed, family=name)
        return [*_alone(single), *_talks(made)]
    return list(_alone(single))


def _alone(messages: Sequence[corpus.Message]) -> Iterator[Line]:
    return (Line(message.text, "", message.gold) for message in messages)


def _talks(made: Sequence[dialogues.Dialogue]) -> Iterator[Line]:
    for dialogue in made:
        turns = dialogue.turns
        for at, turn in enumerate(turns):
            before = [one.text for one in turns[max(0, at - 2) : at] if one.speaker != turn.speaker]
            yield Line(turn.text, before[-1] if before else "", turn.gold)


def chat(data: Path, part: str) -> list[Line]:
    """Return the lines of a part of ``irc-ubuntu``; what the patterns find in them is optional."""
    path = data / "irc-ubuntu" / f"{part}.raw.txt.xz"
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as file:
        texts = _SAID.findall(file.read())
    found = LooseValues(Scanner()).detect(texts)
    return [
        Line(text, "", [Gold(span.start, span.end, span.label, OPTIONAL) for span in spans])
        for text, spans in zip(texts, found, strict=True)
    ]


def examples(lines: Sequence[Line]) -> Iterator[Example]:
    """Yield the odd units of lines, but those that may be found or not."""
    for number, line in enumerate(lines):
        for unit in candidates(line.text, line.asked):
            met = [gold for gold in line.gold if gold.start < unit.end and unit.start < gold.end]
            if not any(gold.form == OPTIONAL for gold in met):
                yield Example(unit.rows, class_number(met[-1].label) if met else NONE, number)


def class_number(label: str) -> int:
    """Return the class of a label: its own, that of national numbers or of secrets, or ``OTHER``."""
    if label in LABELLED:
        return OTHER + 1 + LABELLED.index(label)
    if label in _OWN_WAYS or label not in LABELS:
        return OTHER
    if _NATIONAL.match(label):
        return class_number("NATIONAL_ID")
    return class_number("SECRET_KEY") if class_of(label) is LabelClass.SECRET else OTHER
