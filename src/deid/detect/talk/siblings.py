"""A second value beside a found one: «my plate is KY19 WXA and hers is BD61 QXK», «pin 4482, no sorry 4428».

What is written with the same characters in the same places, near a value whose kind is known, is another of
its kind. Digits alone say less: there nothing but words that count up or take back may stand between.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.talk.counted import is_counted, is_year_or_round
from deid.detect.talk.covered import Covered
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span

_NAME = "siblings"
_SCORE = 0.5
_LEAST = 0.5  # score of the value that is found
_REACH = 60  # characters between the two
_SHORTEST, _LONGEST = 4, 40
_OF_THEIR_OWN = frozenset(
    {
        "PERSON",
        "EMAIL_ADDRESS",
        "URL",
        "STREET_ADDRESS",
        "MEDIA",
        "IP_ADDRESS",
        "COORDINATE",
        "CARD_SECURITY_CODE",
    }
)
_KINDS = str.maketrans(
    {chr(code): "A" for code in range(65, 91)}
    | {chr(code): "a" for code in range(97, 123)}
    | dict.fromkeys("0123456789", "0")
)
_WORD = re.compile(r"[\w@#$€£¥%]")
_AND = re.compile(
    r"[\s,;:/&+()\"'.-]*(?:(?:no+|nope|not|sorry|wait|oops|ugh|i mean|i meant|or|and|then|also|plus|actually|it['’]?s|is|was|are|make that|scratch that|hers|his|her|him|mine|my|our|the|other|old|new|second|first|next|one|two|for|of|me"
    r"|kid|kids|wife|husband|son|daughter|mum|mom|dad|brother|sister|partner|child|work|home|office|spare|backup|both|either|earlier|now|tel|zip|pin|code|number)(?:['’]?s)?(?![A-Za-z])[\s,;:/&+()\"'.-]*){0,6}",
    re.IGNORECASE,
)

# Between two numbers, what makes even a year the second value: «pin 4482, no sorry 1984», «hers is 1984».
_TELLS = re.compile(
    r"(?<![A-Za-z])(?:no+|nope|not|sorry|oops|scratch that|make that|i meant?|hers|his|her|pin|code|zip|number)(?![A-Za-z])",
    re.IGNORECASE,
)


def siblings(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what is written like one of some spans, near it, and overlaps none of them. Linear in the spans."""
    known = [span for span in spans if _has_kind(span)]
    if not known:
        return
    kinds, covered = text.translate(_KINDS), Covered(spans)
    for span in known:
        shape = kinds[span.start : span.end]
        if shape.count("0") < 2:
            continue
        first = max(0, span.start - _REACH - len(shape))
        for start in _places(kinds, shape, first, span.end + _REACH + len(shape)):
            end = start + len(shape)
            if _stands_apart(text, start, end, covered) and _goes_with(text, shape, span, start, end):
                yield Span(start, end, span.label, _SCORE, _NAME)


def _has_kind(span: Span) -> bool:
    named = class_of(span.label) in IDENTIFIERS and span.label not in _OF_THEIR_OWN
    return named and span.score >= _LEAST and _SHORTEST <= span.end - span.start <= _LONGEST


def _places(kinds: str, shape: str, first: int, last: int) -> Iterator[int]:
    at = kinds.find(shape, first, last)
    while at >= 0:
        yield at
        at = kinds.find(shape, at + 1, last)


def _stands_apart(text: str, start: int, end: int, covered: Covered) -> bool:
    """Whether a range is no part of a longer word or number, nor of what is found."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    pointed = re.search(r"[0-9][.,:/-]\Z", text[max(0, start - 2) : start]) or re.match(
        r"[.,:/-][0-9]", text[end : end + 2]
    )
    return _WORD.search(around) is None and pointed is None and not covered.touches(start, end)


def _goes_with(text: str, shape: str, span: Span, start: int, end: int) -> bool:
    """Whether what stands between lets two values be of one kind."""
    between = text[span.end : start] if start > span.end else text[end : span.start]
    if re.search("[Aa]", shape) is not None and len(shape) > _SHORTEST + 1:
        return len(between) <= _REACH
    if _AND.fullmatch(between) is None or is_counted(text, start, end):
        return False
    told = start > span.end and _TELLS.search(between) is not None
    return told or not is_year_or_round(text[start:end])
