"""Runs of Latin letters and digits in Japanese texts that nothing else found: a learnt scorer says what they are.

Most chat holds no such run, so that the scorer is seldom asked; of Japanese it reads letters, not words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from deid.detect.asides import is_made, is_placeholder
from deid.detect.matching.automata import asked_at_once
from deid.detect.models import model_folder
from deid.detect.odd.grams import candidates
from deid.detect.odd.runs import DIGIT_READ
from deid.detect.odd.scorer import Scorer
from deid.detect.odd.shapes import is_japanese
from deid.detect.odd.sizes import barred, is_measured, may_be
from deid.detect.odd.taken import without_doubtful_names
from deid.detect.odd.values import NOBODYS, Mark, joined
from deid.types import Span, Turn

_NAME = "odd"
_SCORE = 0.35  # below any pattern's
_LONGEST = 2_000  # characters of a text that is read: time grows with the square of its runs
_BACK = 4  # turns before that a value may answer
_MANY = frozenset({"USERNAME"})  # of another label, what others found is what the words speak of
_SENTENCE = re.compile(r"(?<![A-Za-z'])(?:[a-z']{2,}[,.]? (?:[0-9]+ )?){4}[a-z']{2,}")  # five words in a row
_LATIN = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_KANJI = "[〇零一二三四五六七八九]"
_MAY = (
    f"[{_LATIN}][!-/:-@_ ・‐‑–—−ー－の]{{0,2}}[{_LATIN}]",
    "[0-9]\ufe0f?\u20e3",
    f"{_KANJI}[の、・,ー-]?{_KANJI}[の、・,ー-]?{_KANJI}",
    f"(?:{DIGIT_READ})(?:[の、・, ー-]?(?:{DIGIT_READ})){{2}}",
)
"""What a text with a run holds, all of it in one line: what one text holds must tell nothing of the next."""


class JapaneseValues:
    """Finds the values that are left when the others have read; offsets into the texts as given."""

    __slots__ = ("_may", "_scorer")

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._may = asked_at_once(_MAY)

    @classmethod
    def load(cls) -> "JapaneseValues":
        """Load the scorer that is shipped; DetectorError where it is not the one its manifest names."""
        return cls(Scorer.load(model_folder("values-ja")))

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self._scorer.labels)

    def beside(self, texts: Sequence[str], spans: Sequence[list[Span]]) -> list[list[Span]]:
        """Return the spans of each text, with those of runs that they leave."""
        result = list(spans)
        for at in self._with_runs(texts, [at for at, text in enumerate(texts) if _is_japanese(text)]):
            result[at] = spans[at] + self._left(texts[at], (), spans[at])
        return result

    def in_talks(
        self, talks: Sequence[Sequence[Turn]], spans: Sequence[list[list[Span]]]
    ) -> list[list[list[Span]]]:
        """Return the spans of each turn, with those of runs that they leave; what was said before is near."""
        places = [(talk, at) for talk, turns in enumerate(talks) for at in _near_japanese(turns)]
        result = [list(found) for found in spans]
        texts = [talks[talk][at].text for talk, at in places]
        for number in self._with_runs(texts, range(len(texts))):
            talk, at = places[number]
            result[talk][at] += self._left(texts[number], _before(talks[talk], at), spans[talk][at])
        return result

    def _with_runs(self, texts: Sequence[str], numbers: Sequence[int]) -> Iterator[int]:
        """Yield which of some texts may hold a run."""
        held = self._may([texts[number] for number in numbers])
        return (number for number, bits in zip(numbers, held, strict=True) if bits)

    def _left(self, text: str, before: Iterable[str], spans: Sequence[Span]) -> list[Span]:
        if len(text) > _LONGEST:
            return []
        asked = [*before]
        known = {span.label for span in spans} - _MANY
        marks = [
            Mark(run.start, run.end, *told)
            for run in candidates(text, asked, without_doubtful_names(spans))
            for value in [text[run.start : run.end]]
            for short in [barred(value, text, asked)]
            if not is_placeholder(value)
            if (told := self._scorer.label(run.rows, barred=short)) is not None and told[0] not in known
        ]
        return [
            Span(mark.start, mark.end, mark.label, _SCORE, _NAME)
            for mark in joined(marks, text)
            if may_be(text[mark.start : mark.end], mark.label, text, asked)
            and not is_measured(text, mark.start, mark.end)
            and not is_made(text[mark.start : mark.end])
            and not is_placeholder(text[mark.start : mark.end])
            and NOBODYS.fullmatch(text, mark.start, mark.end) is None
        ]


def _is_japanese(text: str) -> bool:
    return not text.isascii() and is_japanese(text)


def _near_japanese(turns: Sequence[Turn]) -> Iterator[int]:
    """Yield the turns that are Japanese, and those that may answer one: no sentences of another language."""
    last = -1 - _BACK
    for at, turn in enumerate(turns):
        last = at if _is_japanese(turn.text) else last
        if last == at or (at - last <= _BACK and _SENTENCE.search(turn.text) is None):
            yield at


def _before(turns: Sequence[Turn], at: int) -> Iterable[str]:
    """Yield what was said in the turns before one, the last first."""
    return (turns[one].text for one in range(at - 1, max(-1, at - 1 - _BACK), -1))
