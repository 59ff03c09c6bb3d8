"""Lines for the scorer of odd values: the units of texts, and what each of them is.

English texts of the lists that may be learnt from, filled, and chat that holds next to no value: the ``test``
part of ``irc-ubuntu`` and the tweets that the taggers learn from; what the patterns find in it counts as
found, right or wrong. The lists that judge (``fresh.JUDGES``) are never read.
"""

import lzma
import re
import string
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import corpus
import dialogues
import fresh
import gold
from deid.detect.odd.features import Before, candidates
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.values import said_before
from deid.detect.reread.loose import LooseValues
from deid.detect.scan import Scanner
from deid.labels import LABELS, LabelClass, class_of
from deid.types import Span, Turn
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
    "PASSPORT",
    "DRIVER_LICENSE",
)
NONE, OTHER = 0, 1
FAMILIES = ("tuned", "unseen", "voices", "kept")
_DEVICES = frozenset({"AD_ID", "COOKIE_ID"})
_OWN_WAYS = frozenset(
    {"EMAIL_ADDRESS", "URL", "AGE", "DATE_OF_BIRTH", "PERSON", "CREDIT_CARD", "IBAN_CODE", "CRYPTO", "MEDIA"}
)
_NATIONAL = re.compile("[A-Z]{2}_")
_MESSAGES, _TALKS, _FAMILY, _FAMILY_TALKS = 4, 3, 1200, 200
_SIGNS = {"#": string.digits, "@": string.ascii_uppercase, "&": string.ascii_lowercase}
_ORDINARY = 3  # times a line is filled
_SPEAKERS = 3  # who seem to take turns in chat
_SAID = re.compile(r"^\[\d\d:\d\d\] <([^>]+)> (.+)", re.MULTILINE)
_HANDLE = re.compile(r"[A-Za-z][\w|^-]{5,}")


def lists_in(language: corpus.Language) -> tuple[str, ...]:
    """Return the lists of a language that may be learnt from."""
    lessons = (one for one in fresh.LESSONS if fresh.has(language, one))
    return ("fresh", "second", "third", "fourth", "fifth", *lessons)


LISTS = lists_in("en")


@dataclass(frozen=True, slots=True)
class Line:
    """One text, what was said before it, and what is to be found in it."""

    text: str = field(repr=False)
    before: Before
    gold: Sequence[Gold]


@dataclass(frozen=True, slots=True)
class Example:
    """The rows of one unit's features, and the number of its class.

    worded : whether the unit is letters alone.
    clean  : whether nothing is to be found in its line.
    """

    rows: Sequence[int] = field(repr=False)
    number: int
    line: int
    worded: bool = False
    clean: bool = False


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
    return (Line(message.text, Before(), message.gold) for message in messages)


def _talks(made: Sequence[dialogues.Dialogue]) -> Iterator[Line]:
    for dialogue in made:
        turns = [Turn(f"[{at}]", turn.text, turn.speaker) for at, turn in enumerate(dialogue.turns)]
        found = [
            [Span(one.start, one.end, one.label, 1.0, "gold") for one in turn.gold] for turn in dialogue.turns
        ]
        for at, turn in enumerate(dialogue.turns):
            yield Line(turn.text, said_before(turns, at, found), turn.gold)


def chat(data: Path, part: str) -> list[Line]:
    """Return the lines of a part of ``irc-ubuntu``, every other one behind the lines before it; handles in them count as found."""
    path = data / "irc-ubuntu" / f"{part}.raw.txt.xz"
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as file:
        said = _SAID.findall(file.read())
    handles, texts = {handle.lower() for handle, _ in said}, [text for _, text in said]
    turns = [Turn(f"[{at}]", text, at % _SPEAKERS) for at, text in enumerate(texts)]
    spans = LooseValues(Scanner()).detect(texts)
    before = [said_before(turns, at, spans) if at % 2 else Before() for at in range(len(turns))]
    known = [[*some, *_handles(text, handles)] for text, some in zip(texts, spans, strict=True)]
    return _found(texts, before, known)


def _handles(text: str, handles: Collection[str]) -> list[Span]:
    return [
        Span(one.start(), one.end(), "USERNAME", 1.0, "gold")
        for one in _HANDLE.finditer(text)
        if one.group().lower() in handles
    ]


def tweets(data: Path) -> list[Line]:
    """Return the tweets and comments that the taggers learn from."""
    texts = [line.text for line in gold.tweets(data)]
    return _found(texts, [Before()] * len(texts), LooseValues(Scanner()).detect(texts))


def ordinary(seed: int) -> Iterator[Line]:
    """Yield lines with numbers, codes and words of nobody."""
    for said in filled("ordinary-en.txt", Random(f"ordinary/{seed}")):
        *before, text = said.split(" / ") if said.count(" / ") == 1 else [said]
        yield Line(text, Before(*before), ())


def filled(name: str, rng: Random) -> Iterator[str]:
    """Yield the lines of a text, some of each, with characters by chance for its signs."""
    path = Path(__file__).parent / "text" / name
    for line in path.read_text(encoding="utf-8").splitlines():
        for _ in range(0 if line.startswith("# ") else _ORDINARY):
            yield "".join(rng.choice(_SIGNS[sign]) if sign in _SIGNS else sign for sign in line)


def _found(texts: Sequence[str], before: Sequence[Before], found: Sequence[Sequence[Span]]) -> list[Line]:
    """Return lines in which what the patterns find is optional."""
    return [
        Line(text, said, [Gold(span.start, span.end, span.label, OPTIONAL) for span in spans])
        for text, said, spans in zip(texts, before, found, strict=True)
    ]


def examples(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[Example]:
    """Yield the odd units of lines: where nothing is found, where all is, and where all but one is."""
    for number, line in enumerate(lines):
        sure = [one for one in line.gold if one.form == OPTIONAL or one.label in _OWN_WAYS]
        rest = [one for one in line.gold if one not in sure]
        yield from _units(line, number, sure, rest, lexicon)
        if rest:
            yield from _units(line, number, line.gold, (), lexicon)
        if len(rest) > 1:
            for one in rest:
                others = [other for other in line.gold if other is not one]
                yield from _units(line, number, others, [one], lexicon, only=True)


def _units(
    line: Line,
    number: int,
    found: Iterable[Gold],
    left: Sequence[Gold],
    lexicon: Lexicon,
    *,
    only: bool = False,
) -> Iterator[Example]:
    spans = [Span(one.start, one.end, one.label, 1.0, "gold") for one in found]
    for unit in candidates(line.text, line.before, lexicon, spans):
        met = [one for one in left if one.start < unit.end and unit.start < one.end]
        if met or not only:
            label = class_number(met[-1].label) if met else NONE
            yield Example(unit.rows, label, number, unit.worded, not line.gold)


def class_number(label: str) -> int:
    """Return the class of a label: its own, that of national numbers, devices or secrets, or ``OTHER``."""
    if label in LABELLED:
        return OTHER + 1 + LABELLED.index(label)
    if label in _DEVICES:
        return class_number("DEVICE_ID")
    if label in _OWN_WAYS or label not in LABELS:
        return OTHER
    if _NATIONAL.match(label):
        return class_number("NATIONAL_ID")
    return class_number("SECRET_KEY") if class_of(label) is LabelClass.SECRET else OTHER
