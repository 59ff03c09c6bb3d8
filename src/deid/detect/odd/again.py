"""Values that a scorer found in one turn, told again in others without the words that gave them away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deid.detect.counted import is_year_or_round
from deid.detect.covered import Covered
from deid.types import Span, Turn

_SHORTEST = 5  # characters: a shorter one is something else as well
_DIGIT = re.compile(r"\d")
_EDGE = r"[^\W_]"
_MOST = 200
"""Values of one conversation that are looked for; more are a table."""


def told_again(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]
) -> list[list[Span]]:
    """Return ``found`` with the values that it has beside ``spans`` wherever they stand as they stood, and nothing covers them."""
    values: dict[str, Span] = {}
    for turn, before, after in zip(turns, spans, found, strict=True):
        for span in after[len(before) :]:
            value = turn.text[span.start : span.end]
            if _is_of_one(value):
                values.setdefault(value.lower(), span)
    if not values or len(turns) < 2:
        return [*map(list, found)]
    written = "|".join(map(re.escape, sorted([*values][:_MOST], key=len, reverse=True)))
    again = re.compile(rf"(?<!{_EDGE})(?:{written})(?!{_EDGE})", re.IGNORECASE)
    return [
        [*some, *_places(again, values, turn.text, some)] for turn, some in zip(turns, found, strict=True)
    ]


def _places(
    again: re.Pattern[str], values: dict[str, Span], text: str, spans: Sequence[Span]
) -> Iterator[Span]:
    covered = Covered(spans)
    for match in again.finditer(text):
        known = values.get(match[0].lower())
        if known is not None and not covered.touches(*match.span()):
            yield replace(known, start=match.start(), end=match.end())


def _is_of_one(value: str) -> bool:
    """Whether a value is no mere word, year or sum."""
    return len(value) >= _SHORTEST and _DIGIT.search(value) is not None and not is_year_or_round(value)
