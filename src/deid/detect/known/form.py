"""One searchable form of a known value: folded text without separators (``deid.detect.known.fold``)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from deid.detect.known.cues import Guard
from deid.detect.known.fold import compact, squeeze

Holds = Callable[[str], bool]
"""Whether the texts searched, folded and without separators, hold a form anywhere."""


@dataclass(frozen=True, slots=True)
class Form:
    """One searchable form.

    text : folded, without separators; ``cuts`` are the offsets at which the value itself has one.
    """

    text: str = field(repr=False)
    label: str
    cuts: frozenset[int] = frozenset()
    guard: Guard | None = field(default=None, repr=False)


def plain(folded: str, label: str, holds: Holds, guard: Guard | None = None) -> Iterator[Form]:
    """Yield a folded text as a form, where the texts hold it and it is long enough to mean something."""
    text = compact(folded)
    if len(text) >= (4 if text.isdigit() else 2) and holds(text):
        text, cuts = squeeze(folded)
        yield Form(text, label, cuts, guard)
