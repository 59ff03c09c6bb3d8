"""Ages as bands: 34 → 30s, 30代, 30-34 or 30〜34歳; from the top on, 90+ or 90歳以上.

What an age is, and which written forms count, is decided by ``detect.facts.parse_age``; it also reads
back every form written here, so k-anonymity can be recounted from a released text.
"""

import re

from deid.detect.facts import parse_age
from deid.transform.script import Language

_RANGE = re.compile(r"(-?[0-9]+)(?:-(-?[0-9]+)|(\+))?")
_OTHER_UNIT = re.compile(r"[月週日]|(?<![a-z])(?:months?|mos?|weeks?|wks?|days?)\b", re.IGNORECASE)
_DECADE = 10

Range = tuple[int, int | None]
"""Lowest and highest whole number, both included; None is no highest."""


def parse_range(value: str) -> Range | None:
    """Return the range of ``34``, ``30-34`` or ``90+``; None for anything else."""
    match = _RANGE.fullmatch(value)
    if match is None:
        return None
    low = int(match[1])
    if match[3]:
        return low, None
    high = int(match[2] or low)
    return (low, high) if low <= high else None


def read_age(surface: str) -> Range | None:
    """Return the age a surface states, in years; None when it states none or counts in another unit."""
    if _OTHER_UNIT.search(surface):
        return None
    value = parse_age(surface)
    return None if value is None else parse_range(value)


def widen(numbers: Range, width: int, top: int | None = None) -> Range:
    """Return the whole bands of ``width`` that hold a range; at or above ``top`` there is one open band."""
    low, high = numbers
    if top is not None and (high is None or high >= top):
        # A range across the top is open from its own band on: nothing finer is known.
        return (top if low >= top else low // width * width), None
    end = None if high is None else high // width * width + width - 1
    if top is not None and end is not None:
        end = min(end, top - 1)
    return low // width * width, end


def range_text(numbers: Range) -> str:
    """Write a range for a field: ``30-34``, ``90+``."""
    low, high = numbers
    return f"{low}+" if high is None else f"{low}-{high}"


def age_text(numbers: Range, language: Language) -> str:
    """Write a range for a text: ``30s``, ``30-34``, ``90+``; ``30代``, ``30〜34歳``, ``90歳以上``."""
    low, high = numbers
    if high is None:
        return f"{low}歳以上" if language == "ja" else f"{low}+"
    if low % _DECADE == 0 and low > 0 and high == low + _DECADE - 1:
        return f"{low}代" if language == "ja" else f"{low}s"
    return f"{low}〜{high}歳" if language == "ja" else f"{low}-{high}"
