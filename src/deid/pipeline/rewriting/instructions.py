"""A plan as instructions for one record: which spans are written more generally, which become tags.

A fact's words are found again wherever the conversation repeats them, the assistant's turns included, and
are treated alike there: an echo says what the statement said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from deid.detect.resolve import resolve
from deid.labels import LabelClass, class_of
from deid.pipeline.quasi.facts import fact_span, read_told, with_facts
from deid.pipeline.quasi.telling import Telling
from deid.pipeline.rewriting.echoes import echoes, voice_of
from deid.transform.apply import Edit, Place, Transformed
from deid.transform.script import language_of
from deid.types import Fact, Span, Turn


class Publishing(Protocol):
    """Says how much of a person's value is published: a plan."""

    @property
    def silenced(self) -> frozenset[str]:
        """Tokens of subjects whose every fact in text is tagged."""
        ...

    def published(self, subject: str, column: str, value: str) -> str | None:
        """Return the value or a generalization of it; None when it is suppressed."""
        ...

    def of_other(self, kind: str, value: str) -> str | None:
        """Return the same for what is said of somebody else."""
        ...

    def of_list(self, path: str, value: str) -> str | None:
        """Return the same for a quasi-identifier in a list, by its declared path."""
        ...


@dataclass(frozen=True, slots=True)
class Decided:
    """A fact and the node it is published as, None for none; ``counted`` is its column, if it has one."""

    fact: Fact
    node: str | None = field(repr=False)
    subject: int
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class Instructions:
    """What is to be written in a record.

    spans        : of each turn, sorted and disjoint, with those of facts and echoes that had none.
    replacements : range of a span → what is written there; None is the tag.
    kept         : range → label of a finding that stays as it is, which is no span.
    """

    spans: list[list[Span]]
    replacements: Mapping[Place, str | None] = field(repr=False)
    kept: Mapping[Place, str] = field(default_factory=dict)


def decide(
    telling: Telling, plan: Publishing, turns: Sequence[Turn], facts: Sequence[Fact], subjects: Sequence[str]
) -> list[Decided]:
    """Return what a plan says of each fact; one that its operator takes out is published as nothing.

    subjects : tokens of the record's subjects.
    """
    decided = []
    for fact in facts:
        speaker = turns[fact.turn].speaker
        if speaker is None:
            continue
        if fact.kind not in telling.through:
            decided.append(Decided(fact, None, speaker))
            continue
        other = telling.of_other(fact)
        told = telling.told(fact)
        if other is not None:
            decided.append(Decided(fact, plan.of_other(*other), speaker))
        elif told is not None:
            decided.append(Decided(fact, plan.published(subjects[speaker], *told), speaker, told[0]))
        elif fact.whose == "speaker":
            decided.append(Decided(fact, None, speaker))  # a birthday without a year
    return decided


def instruct(
    telling: Telling,
    turns: Sequence[Turn],
    spans: Sequence[list[Span]],
    decided: Sequence[Decided],
    silent: frozenset[int],
) -> Instructions:
    """Turn decisions into replacements of spans.

    silent : indices of the subjects who are to tell nothing.
    """
    wanted = _Wanted(telling, turns)
    for one in decided:
        wanted.of_fact(one)
    widened = _with_echoes(turns, with_facts(turns, spans, (one.fact for one in decided)), wanted)
    for number, found in enumerate(widened):
        if turns[number].speaker in silent:
            for span in found:
                if span.label in telling.kinds:
                    wanted.places[number, span.start, span.end] = None
    return Instructions(widened, dict(_on_spans(widened, wanted.places)))


@dataclass(slots=True)
class _Wanted:
    """What is to be written, by place, and the decisions that change words."""

    telling: Telling
    turns: Sequence[Turn]
    places: dict[Place, str | None] = field(default_factory=dict, repr=False)
    changed: list[Decided] = field(default_factory=list, repr=False)

    def of_fact(self, one: Decided) -> None:
        """Take up one decision."""
        fact = one.fact
        if fact.kind not in self.telling.through or self.at(one, (fact.turn, fact.start, fact.end)):
            self.changed.append(one)

    def at(self, one: Decided, place: Place) -> bool:
        """Write what is decided at a place; return whether that changes anything."""
        if one.node is None:
            self.places[place] = None
            return True
        if one.counted is None and one.node == one.fact.value:
            return False
        words = self.telling.words(one.fact, one.node, language_of(self.turns[place[0]].text))
        if words is not None and self.places.get(place, words) is not None:
            self.places[place] = words
        return words is not None


def _with_echoes(turns: Sequence[Turn], spans: list[list[Span]], wanted: _Wanted) -> list[list[Span]]:
    """Add spans where words of a changed fact stand elsewhere, and say what is written there."""
    result = list(spans)
    done = set()
    for one in wanted.changed:
        stated = turns[one.fact.turn]
        surface = stated.text[one.fact.start : one.fact.end]
        alike = (one.fact.kind, one.fact.value, surface, one.node, stated.speaker)
        if alike in done:  # said again: its echoes are those of the first time
            continue
        done.add(alike)
        for number, turn in enumerate(turns):
            voice = voice_of(turn, stated)
            for start, end in echoes(one.fact, surface, turn.text, result[number], voice=voice):
                if not any(span.start <= start and end <= span.end for span in result[number]):
                    echo = fact_span(one.fact.kind, start, end)
                    result[number] = resolve([*result[number], echo], turn.text)
                hit = [span for span in result[number] if span.start < end and start < span.end]
                for span in hit:
                    # What the label's own operator takes out is left to it, wherever it stands.
                    if (number, span.start, span.end) not in wanted.places and (
                        span.label != one.fact.kind or one.fact.kind in wanted.telling.through
                    ):
                        wanted.at(one, (number, span.start, span.end))
    return result


def _on_spans(
    spans: Sequence[Sequence[Span]], places: Mapping[Place, str | None]
) -> Iterator[tuple[Place, str | None]]:
    """Yield what is written for each span that holds a place; where two are to be written it is a tag."""
    by_turn: dict[int, list[Place]] = {}
    for place in places:
        by_turn.setdefault(place[0], []).append(place)
    for number, wanted in by_turn.items():
        for span in spans[number]:
            inside = [place for place in wanted if place[1] < span.end and span.start < place[2]]
            if not inside or class_of(span.label) is not LabelClass.QUASI:
                continue
            words = {places[place] for place in inside}
            yield (number, span.start, span.end), words.pop() if len(words) == 1 else None


def released_facts(
    telling: Telling,
    turns: Sequence[Turn],
    facts: Sequence[Fact],
    draft: Transformed,
    seen: Sequence[Sequence[Span]],
    written: Mapping[Place, str | None],
) -> Iterator[tuple[int, str, str]]:
    """Yield subject, column and value of what the released text states beside what the plan wrote there.

    seen    : findings in the released texts.
    written : what the plan wrote; a turn in which nothing was replaced states what it stated before.
    """
    texts = [Turn(t.path, text, t.speaker) for t, text in zip(turns, draft.texts, strict=True)]
    changed = [
        Turn(t.path, t.text, t.speaker if edits else None)
        for t, edits in zip(texts, draft.edits, strict=True)
    ]
    stated = [_not_invented(spans, edits) for spans, edits in zip(seen, draft.edits, strict=True)]
    again = read_told(telling, changed, stated) if any(draft.edits) else []
    same = [fact for fact in facts if not draft.edits[fact.turn]]
    for fact in (*same, *again):
        told = telling.told(fact)
        speaker = turns[fact.turn].speaker
        if told is None or speaker is None or _in_plan(fact, draft.edits[fact.turn], written):
            continue
        yield speaker, *told


def _in_plan(fact: Fact, edits: Sequence[Edit], written: Mapping[Place, str | None]) -> bool:
    return any(
        (fact.turn, edit.start, edit.end) in written
        and edit.new_start < fact.end
        and fact.start < edit.new_end
        for edit in edits
    )


def _not_invented(spans: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """Return findings that no name, number or tag of our own writing made: an invented Jaclyn is no place."""
    ours = [edit for edit in edits if class_of(edit.label) is not LabelClass.QUASI]
    return [s for s in spans if not any(e.new_start < s.end and s.start < e.new_end for e in ours)]
