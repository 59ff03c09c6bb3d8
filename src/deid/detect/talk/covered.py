"""What some spans cover of a text, asked many times."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from deid.types import Span


class Covered:
    """The ranges of some spans of one text; an answer takes the logarithm of their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ranges = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ranges]
        self._reach = list(accumulate((end for _, end in ranges), max))  # the farthest end up to each

    def touches(self, start: int, end: int) -> bool:
        """Whether a span shares a character with a range."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def holds(self, start: int, end: int) -> bool:
        """Whether a whole range lies in one span."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
