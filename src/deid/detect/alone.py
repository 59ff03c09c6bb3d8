"""Messages that are one value and nothing else: «401 023 2137», «AB51 ABC»."""

import re
from collections.abc import Sequence

from deid.detect.patterns.alone import FORMS
from deid.ingest.normalize import Normalized, normalize, one_for_one
from deid.types import Detector, Span

_NAME = "alone"
_SCORE = 0.4  # one of several readings
_LONGEST = 64  # characters of a message that is read, marks round the value included
_VALUE = re.compile(
    r"\s*[\"'`(\[「『#*_]{0,3}(?P<v>[0-9A-Za-zÄÖÜ](?:[0-9A-Za-z]|[ .:/+()-]{1,2}(?=[0-9A-Za-z])){3,31})[\"'`)\]」』.。,、!?*_]{0,3}\s*"
)
_DIGIT = re.compile(r"\d")


class WholeValues:
    """Finds values that are a whole message; a ``deid.types.Detector``.

    inner : finds values in their usual forms, such as the scan; what it tells of a message stands.
    """

    __slots__ = ("_inner",)

    def __init__(self, inner: Detector) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        return _NAME

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(form.label for form in FORMS)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return at most one span for each text; linear in the texts that may be one value."""
        found: list[list[Span]] = [[] for _ in texts]
        whole = [(number, span) for number, text in enumerate(texts) if (span := _read(text)) is not None]
        told = self._inner.detect([texts[number] for number, _ in whole])
        for (number, span), others in zip(whole, told, strict=True):
            if not any(other.start < span.end and span.start < other.end for other in others):
                found[number].append(span)
        return found


def _read(text: str) -> Span | None:
    """Return the value that a text is, by the first form that fits."""
    if len(text) > _LONGEST or _DIGIT.search(text) is None:
        return None
    form = one_for_one(text)
    normal = normalize(text) if form is None else Normalized(form)
    match = _VALUE.fullmatch(normal.text)
    if match is None:
        return None
    value = match["v"]
    for alone in FORMS:
        if alone.regex.fullmatch(value) is not None and (alone.accept is None or alone.accept(value)):
            return Span(*normal.original(*match.span("v")), alone.label, _SCORE, _NAME)
    return None
