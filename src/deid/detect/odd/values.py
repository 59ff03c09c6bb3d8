"""Odd units that nothing else found, where a word of their world is near: a learnt scorer says what they are.

Most messages hold no such word, told of all of them in one native pass.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from deid.detect.asides import is_placeholder
from deid.detect.models import model_folder
from deid.detect.odd.compounds import hold_compounds
from deid.detect.odd.features import Before, Candidate, candidates
from deid.detect.odd.gate import SHAPE, SHAPES, WORD, near_of
from deid.detect.odd.lexicon import Lexicon
from deid.detect.odd.scorer import Scorer, Sure
from deid.detect.odd.shapes import is_japanese
from deid.detect.odd.sizes import is_measured
from deid.detect.odd.taken import without_doubtful_names
from deid.labels import IDENTIFIERS, LabelClass, class_of
from deid.types import Span, Turn

_NAME = "odd"
_SCORE = 0.35  # below any pattern's
_SHORTEST = 3  # characters of a value
_SHORTEST_PLATE = 4  # «23A» is a seat
_LONGEST = 2_000  # characters of a text that is read: time grows with the square of its units
_AT_ONCE = 20_000  # characters of texts that are read in one pass, which may hold a candidate in four
_JOINT = 3  # characters between two units of one value
_WORD = re.compile(r"\w")
# Ranges of hours and years, scores, what all telephones answer: «13:00-15:30», «1939-1945», «6-4 3-6», «*#06#».
NOBODYS = re.compile(
    r"[0-9]{1,2}:[0-9]{2} ?[-~–] ?[0-9]{1,2}:[0-9]{2}|(?:1[5-9]|20)[0-9]{2} ?[-~–] ?(?:1[5-9]|20)[0-9]{2}"
    r"|[0-9]{1,2}[-–][0-9]{1,2}(?:,? [0-9]{1,2}[-–][0-9]{1,2})+|\*#[0-9]{2,3}#?"
)
_BESIDE = 0.95
"""How sure it must be of a value beside one that is found."""
_FAINT = 0.3  # of its threshold: how sure it must be of a group beside one that it is sure of
_BESIDE_OTHERS = frozenset({"PERSON", "USERNAME", "EMAIL_ADDRESS", "URL", "STREET_ADDRESS"})
_WORDED = frozenset({"PASSWORD", "USERNAME", "SHARE_CODE", "SECRET_KEY"})
_WITHIN = 4  # turns back to a question and its word


@dataclass(frozen=True, slots=True)
class Mark:
    """A range that the scorer marks."""

    start: int
    end: int
    label: str
    sure: float


class SpanLike(Protocol):
    """What has a label."""

    @property
    def label(self) -> str: ...


class OddValues:
    """Finds the values that are left when the others have read; offsets into the texts as given."""

    __slots__ = ("_near", "_scorer")

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._near = near_of(scorer.gate, SHAPES)

    @classmethod
    def load(cls) -> "OddValues":
        """Load the scorer that is shipped; DetectorError where it is not the one its manifest names."""
        return cls(Scorer.load(model_folder("values-en")))

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self._scorer.labels)

    @property
    def lexicon(self) -> Lexicon:
        """What it knows of words."""
        return self._scorer.lexicon

    def beside(self, texts: Sequence[str], spans: Sequence[list[Span]]) -> list[list[Span]]:
        """Return the spans of each text, with those of odd units that they leave."""
        result = list(spans)
        held = enumerate(zip(self._held(texts), spans, strict=True))
        asked = [at for at, (near, found) in held if near or labels_of(found)]
        with self.lexicon.reading():
            for some in _passes(asked, texts):
                left = self._left([(texts[at], Before(), spans[at]) for at in some])
                for at, more in zip(some, left, strict=True):
                    result[at] = spans[at] + more
        return result

    def in_talks(
        self, talks: Sequence[Sequence[Turn]], spans: Sequence[list[list[Span]]]
    ) -> list[list[list[Span]]]:
        """Return the spans of each turn, with those of odd units that they leave; a what was said before counts as near."""
        near = iter(self._held([turn.text for turns in talks for turn in turns]))
        with self.lexicon.reading():
            return [
                self._in_turns(turns, found, [next(near) for _ in turns])
                for turns, found in zip(talks, spans, strict=True)
            ]

    def _held(self, texts: Sequence[str]) -> list[int]:
        """Return what each text holds that asks for the scorer: a word of the gate, a shape, words run together."""
        near = self._near(texts)
        joined = hold_compounds(
            [text for text, held in zip(texts, near, strict=True) if not held], self.lexicon
        )
        left = iter(joined)
        return [held or SHAPE * next(left) for held in near]

    def _in_turns(
        self, turns: Sequence[Turn], spans: list[list[Span]], near: Sequence[int]
    ) -> list[list[Span]]:
        result = list(spans)
        answered = [bool(labels_of(some)) for some in spans]
        for at, held in enumerate(near):
            if held or any(answered[max(0, at - _WITHIN) : at + 1]) or _is_reached(near, at):
                (left,) = self._left([(turns[at].text, said_before(turns, at, result), spans[at])])
                result[at] = spans[at] + left
                answered[at] = bool(labels_of(result[at]))
        return result

    def _left(self, asked: Sequence[tuple[str, Before, Sequence[Span]]]) -> list[list[Span]]:
        """Return the spans of odd units of some texts, each with what was said before it and what is found in it; in one pass."""
        units = [self._units(*one) for one in asked]
        told = self._scorer.tell([unit for some in units for unit in some])
        return [
            _spans(list(zip(some, islice(told, len(some)), strict=True)), text, labels_of(spans))
            for some, (text, _, spans) in zip(units, asked, strict=True)
        ]

    def _units(self, text: str, before: Before, spans: Sequence[Span]) -> list[Candidate]:
        if len(text) > _LONGEST or is_japanese(text):
            return []
        return [
            unit
            for unit in candidates(text, before, self.lexicon, without_doubtful_names(spans))
            if not is_placeholder(text[unit.start : unit.end])
        ]


def _spans(told: Sequence[tuple[Candidate, Sure]], text: str, answers: Sequence[str]) -> list[Span]:
    marks = _marks(told, answers)
    if not marks:
        return []
    marks = _grown(marks, _marks(told, answers, _FAINT), text)
    whole = (mark for mark in joined(marks, text) if _may_be(mark, text))
    return [Span(mark.start, mark.end, mark.label, _SCORE, _NAME) for mark in whole]


def _marks(told: Sequence[tuple[Candidate, Sure]], answers: Sequence[str], share: float = 1.0) -> list[Mark]:
    """Return the units that are sure enough: of a share of what their label asks for."""
    return [
        Mark(unit.start, unit.end, label, sure)
        for unit, (label, sure, least) in told
        if sure >= share * least and (unit.like or _is_another(label, sure, answers))
    ]


def _passes(asked: Sequence[int], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the numbers of texts that are read together: some characters of them, or one that is longer."""
    some: list[int] = []
    size = 0
    for at in asked:
        size += len(texts[at])
        if some and size > _AT_ONCE:
            yield some
            some, size = [], len(texts[at])
        some.append(at)
    if some:
        yield some


def _grown(marks: Sequence[Mark], faint: Sequence[Mark], text: str) -> list[Mark]:
    """Return marks with the fainter ones that stand in a row with them: the other groups of a value."""
    sure = set(marks)
    return [mark for row in _rows(faint, text) if not sure.isdisjoint(row) for mark in row]


def _answers(span: SpanLike) -> bool:
    """Whether a finding is a number or code of somebody's: the word near it then speaks of it, as a rule."""
    return class_of(span.label) in IDENTIFIERS and span.label not in _BESIDE_OTHERS


def _is_another(label: str, sure: float, answers: Sequence[str]) -> bool:
    """Whether a value that looks like none of those found is one of its own: surely so, and of another kind."""
    if not answers:
        return True
    own = class_of(label)
    code = own is LabelClass.CODE and any(class_of(answer) is own for answer in answers)
    return sure >= _BESIDE and label not in answers and not code


def _may_be(mark: Mark, text: str) -> bool:
    """Whether a mark is long enough, and of a label that such a text can have: a word is a handle or a secret."""
    surface = text[mark.start : mark.end]
    is_word = surface.isalpha() and not surface.isupper()
    long = len(surface) >= (_SHORTEST_PLATE if mark.label == "LICENSE_PLATE" else _SHORTEST)
    worded = not is_word or mark.label in _WORDED
    nobodys = NOBODYS.fullmatch(surface) is not None or len(set(surface.lower())) == 1
    return long and worded and not nobodys and not is_measured(text, mark.start, mark.end)


def _is_reached(near: Sequence[int], at: int) -> bool:
    """Whether a turn may answer one that holds a word of the gate."""
    return any(held & WORD for held in near[max(0, at - _WITHIN) : at])


def said_before(turns: Sequence[Turn], at: int, spans: Sequence[Sequence[Span]] = ()) -> Before:
    """Return what was said in the last turns: by another speaker last, and the rest.

    spans : what was found in each turn.
    """
    back = range(at - 1, max(-1, at - 1 - _WITHIN), -1)
    asked = next((one for one in back if turns[one].speaker != turns[at].speaker), None)
    rest = "\n".join(turns[one].text for one in reversed(back) if one != asked)
    labels = (label for some in spans[max(0, at - _WITHIN) : at] for label in labels_of(some))
    return Before("" if asked is None else turns[asked].text, rest, tuple(dict.fromkeys(labels)))


def labels_of(spans: Sequence[SpanLike]) -> list[str]:
    """Return the labels of the numbers and codes among findings."""
    return [span.label for span in spans if _answers(span)]


def joined(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return marks, those with a mark or two between them as one, labelled by the surest."""
    return [
        Mark(row[0].start, row[-1].end, best.label, best.sure)
        for row in _rows(marks, text)
        for best in [max(row, key=lambda one: one.sure)]
    ]


def _rows(marks: Sequence[Mark], text: str) -> list[list[Mark]]:
    """Return marks in rows: those of one value have no letter or digit between them."""
    rows: list[list[Mark]] = []
    for mark in marks:
        end = rows[-1][-1].end if rows else None
        if end is not None and mark.start - end <= _JOINT and not _WORD.search(text, end, mark.start):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return rows
