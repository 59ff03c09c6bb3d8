"""The letter or two that a number begins with, where they stand apart from it: «Yの七二一〇五八», «K・8093235», «F 4 4 5 9 8 4».

And the groups of a code that are written apart as its others are: «MBR - 635828», «2724 - 0808 - 40».
"""

import re
from dataclasses import replace

from deid.detect.odd.runs import DIGIT_READ
from deid.detect.patterns.parts import NOT_COUNTED
from deid.detect.reread.edits import CALLED
from deid.detect.stated.sentences import is_japanese
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span

_LONGEST = 5  # characters of a head and what joins it
_HEAD = re.compile(
    r"(?<![0-9A-Za-zＡ-Ｚａ-ｚ])[A-ZＡ-Ｚ]{1,2}(?:(?P<read>の?)|(?P<joined>[・‐‑–—−ー－-]\n?)|[ \u3000]{1,3})\Z"
)
_READ = re.compile(f"[〇零一二三四五六七八九]{{3}}|(?:(?:{DIGIT_READ})[の、・, ー-]?){{3}}")
_NAMES = frozenset({"PERSON", "STREET_ADDRESS", "USERNAME", "EMAIL_ADDRESS", "URL", "DATE_OF_BIRTH"})
_APART = re.compile(r"[0-9０-９](?:[ \u3000]{1,3}[0-9０-９]){2,}")

_CODED = frozenset({"ACCOUNT_ID", "BANK_ACCOUNT", "SHARE_CODE", "DEVICE_ID", "ONE_TIME_CODE"})
_LONGEST_GROUP = 8  # characters of a group and what joins it
_GROUP_BEFORE = re.compile(r"(?<![0-9A-Za-z_/])(?P<letters>[A-Z]{2,4})(?:_ ?- ?| - |_(?=\Z))\Z")
_GROUP_BEHIND = re.compile(r" - [0-9A-Z]{1,6}(?![0-9A-Za-z:/.-])" + NOT_COUNTED)


def with_groups(span: Span, text: str) -> Span:
    """Return a span of a code with its first letters, and with a last group that is as far apart as its others."""
    if span.label not in _CODED:
        return span
    lead = text[max(0, span.start - _LONGEST_GROUP) : span.start]
    before = _GROUP_BEFORE.search(lead) if text[span.start].isdigit() else None
    first = (
        span.start - len(lead) + before.start() if before and before["letters"] not in CALLED else span.start
    )
    behind = _GROUP_BEHIND.match(text, span.end) if " - " in text[span.start : span.end] else None
    return replace(span, start=first, end=behind.end() if behind else span.end)


def with_head(span: Span, text: str) -> Span:
    """Return a span from the letters on that its number begins with; in Japanese, which has no words of one capital."""
    if span.start == 0 or span.label in _NAMES or class_of(span.label) not in IDENTIFIERS:
        return span
    lead = text[max(0, span.start - _LONGEST - 1) : span.start]
    head = _HEAD.search(lead)
    if head is None or not _is_of(head, text, span) or not is_japanese(text):
        return span
    return replace(span, start=span.start - len(lead) + head.start())


def _is_of(head: re.Match[str], text: str, span: Span) -> bool:
    """Whether a head is written as its number is: read, joined to digits, or as far apart as they are."""
    if head["read"] is not None:
        return _READ.match(text, span.start) is not None
    if head["joined"] is not None:
        return text[span.start].isdigit()
    return _APART.fullmatch(text, span.start, span.end) is not None
