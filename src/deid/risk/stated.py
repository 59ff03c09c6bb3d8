"""What people state about themselves in text, read as an attacker reads it: ages, places, jobs, families."""

from collections.abc import Sequence

from deid.detect.facts import read_facts
from deid.detect.resolve import resolve
from deid.detect.scan import Scanner
from deid.detect.stated.places import StatedPlaces
from deid.types import Span, Turn

Stated = frozenset[tuple[str, str]]
_WANTED = ("AGE", "LOCATION")


def stated(texts: Sequence[str]) -> list[Stated]:
    """Return (kind, value) of every fact that the writer of each text states of themself.

    Patterns alone: they find less than the run that made the release, and take no model.
    """
    distinct = list(dict.fromkeys(texts))
    found = [Scanner().detect(distinct), StatedPlaces().detect(distinct)]
    told = {
        text: _facts(text, [span for spans in both for span in spans if span.label in _WANTED])
        for text, *both in zip(distinct, *found, strict=True)
    }
    return [told[text] for text in texts]


def _facts(text: str, spans: list[Span]) -> Stated:
    facts = read_facts([Turn("", text, 0)], [resolve(spans, text)], {})
    return frozenset((fact.kind, fact.value) for fact in facts if fact.whose == "speaker")
