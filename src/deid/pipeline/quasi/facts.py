"""The facts of a record that are counted or taken out, and the findings that cover their words."""

from collections.abc import Iterable, Sequence

from deid.detect.facts import read_facts
from deid.detect.resolve import resolve
from deid.pipeline.quasi.telling import Telling
from deid.types import Fact, Span, Turn

_SCORE = 0.7
_SOURCE = "stated-facts"


def read_told(telling: Telling, turns: Sequence[Turn], spans: Sequence[Sequence[Span]]) -> list[Fact]:
    """Return the facts that are counted or taken out; spans are disjoint, one list a turn."""
    if not telling.kinds:
        return []
    facts = read_facts(turns, spans, telling.places.surfaces, kinds=telling.kinds)
    births = [fact for fact in facts if fact.kind == "DATE_OF_BIRTH"]
    return [fact for fact in facts if fact.kind in telling.kinds and not _is_part(fact, births)]


def _is_part(fact: Fact, births: Sequence[Fact]) -> bool:
    """Return whether a fact is the day and month of a date of birth that is read whole."""
    return fact in births and any(
        whole.turn == fact.turn
        and whole.start <= fact.start
        and fact.end <= whole.end
        and whole.end - whole.start > fact.end - fact.start
        for whole in births
    )


def with_facts(turns: Sequence[Turn], spans: Sequence[list[Span]], facts: Iterable[Fact]) -> list[list[Span]]:
    """Return spans that cover every fact."""
    result = list(spans)
    for fact in facts:
        found = result[fact.turn]
        if not any(span.start <= fact.start and fact.end <= span.end for span in found):
            span = fact_span(fact.kind, fact.start, fact.end)
            result[fact.turn] = resolve([*found, span], turns[fact.turn].text)
    return result


def fact_span(kind: str, start: int, end: int) -> Span:
    """Return the finding of words that state something of a kind."""
    return Span(start, end, kind, _SCORE, _SOURCE)
