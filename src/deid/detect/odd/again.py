"""Values that a scorer found in a text, told again in it or in others of a conversation without the words that gave them away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deid.detect.odd.sizes import is_measured
from deid.detect.talk.counted import is_amount, is_counted, is_year_or_round
from deid.detect.talk.covered import Covered
from deid.types import Span

_SHORTEST = 5  # characters: a shorter one is something else as well
_DIGIT = re.compile(r"\d")
_LEFT, _RIGHT = r"(?<![0-9A-Za-zÀ-ɏ])(?<![0-9][.,-])(?<![$€£¥])", r"(?![0-9A-Za-zÀ-ɏ]|[.,-][0-9])"
_MOST = 200
"""Values of one conversation that are looked for; more are a table."""


def told_again(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]
) -> list[list[Span]]:
    """Return ``found`` with the values that it has beside ``spans`` wherever they stand as they stood, and nothing covers them."""
    values: dict[str, Span] = {}
    for text, before, after in zip(texts, spans, found, strict=True):
        for span in after[len(before) :]:
            value = text[span.start : span.end]
            if _is_of_one(value):
                values.setdefault(value.lower(), span)
    if not values:
        return [*map(list, found)]
    written = "|".join(map(re.escape, sorted([*values][:_MOST], key=len, reverse=True)))
    again = re.compile(rf"{_LEFT}(?:{written}){_RIGHT}", re.IGNORECASE)
    return [[*some, *_places(again, values, text, some)] for text, some in zip(texts, found, strict=True)]


def _places(
    again: re.Pattern[str], values: dict[str, Span], text: str, spans: Sequence[Span]
) -> Iterator[Span]:
    covered = Covered(spans)
    for match in again.finditer(text):
        known = values.get(match[0].lower())
        place = match.span()
        if known is not None and not _is_of_things(text, *place) and not covered.touches(*place):
            yield replace(known, start=match.start(), end=match.end())


def _is_of_things(text: str, start: int, end: int) -> bool:
    return is_counted(text, start, end) or is_amount(text, start, end) or is_measured(text, start, end)


def _is_of_one(value: str) -> bool:
    """Whether a value is no mere word, year or sum."""
    return len(value) >= _SHORTEST and _DIGIT.search(value) is not None and not is_year_or_round(value)
