"""What a scorer of odd values takes for somebody's already."""

from collections.abc import Sequence

from deid.types import Span

_NAMES = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
_SURE = 0.9


def without_doubtful_names(spans: Sequence[Span]) -> list[Span]:
    """Return spans but the names that their detector is not sure of.

    A tagger of names reads words: what it half takes for one, «BADGER-LANTERN-60» or the «Postleitzahl» before a
    number, is a value or tells of one as well, and both are told; the resolver says which of them it is.
    """
    return [span for span in spans if span.label not in _NAMES or span.score >= _SURE]
