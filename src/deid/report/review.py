"""A sample of messages for human review, and its verdict: how much detection finds, with an interval.

    sheet = header, line*, item*
    item  = "=== " number " [ ] " digest " " record, "    " path, ("| " line of text)*, blank line

The reader puts an x between the brackets of an item that was read. In its text stands what was found, as
``⟦PERSON|Ann⟧``; the reader adds ``⟦+PERSON|Lee⟧`` round what was missed and a minus, ``⟦-PERSON|Will⟧``,
to what was found in vain. ``⟦(⟧`` and ``⟦)⟧`` are those brackets themselves. Nothing else may change: the
digest is of the record, the path and the marked text as they were written, without blanks at ends of lines.

A sheet holds personal information in clear; a verdict holds counts.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.errors import InputError
from deid.labels import LABELS
from deid.risk.rates import Rate, over_trials
from deid.types import Json, Span

_VERSION = 1
_HOW = """\
#
# What was found stands in double brackets with its label: ⟦PERSON|Ann⟧.
# Read each message. Put ⟦+LABEL|…⟧ round what was missed (`deid labels` lists the labels),
# a minus before the label of what is nothing personal, ⟦-LABEL|…⟧, and an x in the item's [ ].
# Change nothing else. This file holds personal information: keep it closed, delete it when done.
#
"""
_HEADER = re.compile(
    r"deid review (?P<version>\d+) · (?P<drawn>\d+) of (?P<messages>\d+) messages · seed \d+"
)
_ITEM = re.compile(r"=== (?P<number>\d+) \[(?P<read>[ xX]?)\] (?P<digest>[0-9a-f]{16})(?: (?P<record>.*))?")
_PATH = "    "
_MARK = re.compile(r"⟦(?P<sign>[+-]?)(?P<label>[A-Z][A-Z0-9_]*)\|(?P<text>(?:[^⟦⟧]|⟦[()]⟧)+)⟧")
_LITERAL = str.maketrans({"⟦": "⟦(⟧", "⟧": "⟦)⟧"})
_LINES = str.maketrans(dict.fromkeys("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message of the sample, with the disjoint, sorted spans that detection found."""

    record: str
    path: str
    text: str = field(repr=False)
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader said of one message: the labels found rightly, found in vain, and missed."""

    record: str
    right: Sequence[str]
    vain: Sequence[str]
    missed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well detection did on a sample. Records are the clusters of every interval, 95 %, two-sided.

    messages  : in the input that the sample was drawn from.
    recall    : share of what is personal that was found.
    precision : share of what was found that is personal; None where nothing was found.
    missing   : share of messages in which something was missed.
    by_label  : label → (right, vain, missed).
    """

    messages: int
    recall: Rate
    precision: Rate | None
    missing: Rate
    by_label: Mapping[str, tuple[int, int, int]]

    def to_json(self) -> Json:
        """Return the numbers; no text."""
        return {
            "messages": self.messages,
            "read": self.missing.trials,
            "recall": self.recall.to_json(),
            "precision": self.precision and self.precision.to_json(),
            "messages_with_a_miss": self.missing.to_json(),
            "labels": {
                label: dict(zip(("right", "vain", "missed"), counts, strict=True))
                for label, counts in sorted(self.by_label.items())
            },
        }


def sheet(drawn: Sequence[Drawn], *, messages: int, seed: int) -> str:
    """Return the sheet of a sample out of ``messages``, drawn with ``seed``."""
    head = f"deid review {_VERSION} · {len(drawn)} of {messages} messages · seed {seed}\n"
    return "".join([head, _HOW, *(_item(number, one) for number, one in enumerate(drawn, 1))])


def read_sheet(content: str) -> tuple[int, list[Read]]:
    """Return the number of messages in the input, and what was said of those drawn.

    Raises InputError, which names the item, for one that was not read or was changed.
    """
    head, _, body = content.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n")
    header = _HEADER.fullmatch(head.rstrip())
    if header is None or int(header["version"]) != _VERSION:
        raise InputError("no sheet of deid review", hint="`deid review export` writes one")
    found = [(int(item["number"]), _read(item, lines)) for item, lines in _items(body)]
    if [number for number, _ in found] != list(range(1, int(header["drawn"]) + 1)):
        raise InputError(
            f"{len(found)} items, not those from 1 to {header['drawn']}", hint="a sheet is handed in whole"
        )
    return int(header["messages"]), [read for _, read in found]


def verdict(messages: int, read: Sequence[Read]) -> Verdict:
    """Return what a sample says of all ``messages``. Raises InputError where nothing in it is personal."""
    records = {record: number for number, record in enumerate(dict.fromkeys(one.record for one in read))}
    rng = np.random.default_rng(0)

    def share(outcomes: Sequence[tuple[str, bool]]) -> Rate:
        hit = np.array([good for _, good in outcomes])
        return over_trials(hit, np.array([records[record] for record, _ in outcomes], np.int64), rng)

    recall = [(one.record, good) for one in read for good in _outcomes(one.right, one.missed)]
    if not recall:
        raise InputError(
            "nothing in the sample is personal: it tells nothing about recall", hint="draw more messages"
        )
    precision = [(one.record, good) for one in read for good in _outcomes(one.right, one.vain)]
    counts = [
        Counter(label for one in read for label in getattr(one, of)) for of in ("right", "vain", "missed")
    ]
    return Verdict(
        messages,
        share(recall),
        share(precision) if precision else None,
        share([(one.record, bool(one.missed)) for one in read]),
        {label: (counts[0][label], counts[1][label], counts[2][label]) for label in set().union(*counts)},
    )


def _outcomes(good: Sequence[str], bad: Sequence[str]) -> list[bool]:
    return [True] * len(good) + [False] * len(bad)


def _item(number: int, one: Drawn) -> str:
    record, marked = _writable(one.record).translate(_LINES).strip(), _marked(_writable(one.text), one.spans)
    head = f"=== {number} [ ] {_digest(record, one.path, marked)} {record}".rstrip()
    lines = "".join(f"| {line}\n" for line in marked.split("\n"))
    return f"{head}\n{_PATH}{one.path}\n{lines}\n"


def _writable(text: str) -> str:
    """Return a text as a file can hold it: half a surrogate pair becomes a question mark."""
    return text.encode(errors="replace").decode()


def _digest(record: str, path: str, marked: str) -> str:
    """Return what tells a changed item; editors drop blanks at the ends of lines, and carriage returns."""
    lines = marked.replace("\r\n", "\n").split("\n")
    whole = "\n".join([record, path, *(line.rstrip() for line in lines)])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _marked(text: str, spans: Sequence[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts.append(text[at : span.start].translate(_LITERAL))
        parts.append(f"⟦{span.label}|{text[span.start : span.end].translate(_LITERAL)}⟧")
        at = span.end
    return "".join([*parts, text[at:].translate(_LITERAL)])


def _items(body: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Yield the head of each item and the lines behind it."""
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in body.split("\n"):
        found = _ITEM.fullmatch(line.rstrip())
        if found is not None:
            if head is not None:
                yield head, lines
            head, lines = found, []
        elif line.strip():
            lines.append(line)
    if head is not None:
        yield head, lines


def _read(item: re.Match[str], lines: Sequence[str]) -> Read:
    number, (path, *text) = item["number"], lines or [""]
    if item["read"] not in {"x", "X"}:
        raise InputError(f"item {number}: not marked as read", hint="put an x between its brackets")
    signs: dict[str, list[str]] = {"": [], "-": [], "+": []}

    def as_written(mark: re.Match[str]) -> str:
        if mark["label"] not in LABELS:
            raise InputError(f"item {number}: a mark without a label", hint="`deid labels` lists them")
        signs[mark["sign"]].append(mark["label"])
        return str(mark["text"]) if mark["sign"] == "+" else f"⟦{mark['label']}|{mark['text']}⟧"

    marked = _MARK.sub(as_written, "\n".join(line[2:] for line in text))
    written = _digest(item["record"] or "", path.strip(), marked)
    if written != item["digest"] or not all(line.startswith("|") for line in text):
        raise InputError(
            f"item {number}: is not as it was written", hint="only ⟦+LABEL|…⟧ and a minus may be added"
        )
    return Read(item["record"] or "", signs[""], signs["-"], signs["+"])
