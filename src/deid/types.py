"""The values that flow between stages: frozen, small, and silent about text.

A path names a leaf of a record: ``messages[3].content``, ``profile.name``. The same path with
empty brackets, ``messages[].content``, names a field of the configuration.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from deid.errors import SpanError

Json = dict[str, Any]
"""One decoded record."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range that a detector says identifies someone. It never holds text.

    start, end : offsets in Unicode code points of the original text, 0 <= start < end.
    label      : entity label, one of ``deid.labels.LABELS``.
    score      : confidence in [0, 1]; rules with a checksum say 1.0.
    source     : name of the detector that found it.
    """

    start: int
    end: int
    label: str
    score: float = 1.0
    source: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"{self.source or 'span'}: bad range [{self.start}, {self.end})")

    def moved(self, by: int, source: str | None = None) -> "Span":
        """Return the span ``by`` code points further on, with its own source or another."""
        source = self.source if source is None else source
        return Span(self.start + by, self.end + by, self.label, self.score, source)


@dataclass(frozen=True, slots=True)
class Turn:
    """One text leaf of a record, in the record's order.

    path    : where the text stands.
    speaker : index into the record's subjects; None when the speaker is not a subject
              (an assistant, or an unknown third party).
    """

    path: str
    text: str = field(repr=False)
    speaker: int | None = 0


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value the controller knows about a subject, from a declared profile field.

    label   : label its occurrences in text get.
    subject : index into the record's subjects.
    """

    label: str
    value: str = field(repr=False)
    subject: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A quasi-identifier that a subject states, about themself or about somebody else.

    kind       : label of the fact, such as AGE or LOCATION.
    value      : canonical value, such as a number of years as text or a hierarchy leaf.
    turn       : index of the turn it stands in.
    start, end : the characters that state the value, as in ``Span``.
    whose      : ``speaker``, or what the other is to them: ``mother``, ``child``, ``friend``, ``other`` …
    aspect     : ``living``, ``origin`` or ``work`` of a LOCATION; ``only`` where the speaker says that nobody
                 else is of the kind; empty for the rest.
    """

    kind: str
    value: str = field(repr=False)
    turn: int
    start: int
    end: int
    whose: str = "speaker"
    aspect: str = ""


class Detector(Protocol):
    """Finds spans. Never edits text, never logs it, keeps no state between calls."""

    @property
    def name(self) -> str:
        """Short name that becomes ``Span.source``."""
        ...

    @property
    def labels(self) -> frozenset[str]:
        """Every label it may return."""
        ...

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return one list of spans per text, sorted by start; a text alone or in a batch gives the same."""
        ...
