"""Cues carried over turns: a question or a line above names the value that a turn sends alone.

A turn that holds something like a value is read once more as if the words that ask for it stood before it:
«端末のIMEIは？» «49-015420-323751-8». So every word the patterns know as a cue is known as a question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from deid.detect.automata import asked_at_once
from deid.detect.said import said, saying
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span, Turn

SOURCE = "carried"
_BACK = 4  # turns
_SAID = 60  # characters of a turn that says digits in words
_ANSWER = 100  # characters of a turn that may hold the answer
_QUESTION = 240
_LEAD = 80
_OWN_LEAD = 60
_LEAST = 0.7
_SURE = 0.9
_AFTER = 24  # characters
# Addresses are the same whatever was asked.
_PLAIN = frozenset({"EMAIL_ADDRESS", "URL"})
_ASKS = re.compile(
    r"[?？]|\b(?:please|pls|plz|give|gimme|send|tell|share|enter|provide|confirm|need|read me|you should (?:have|see|get)|did (?:you|u) (?:get|receive)|whats|what['’]?s|dm me)\b|"
    r"教え|お願い|願います|ください|下さい|頂け|いただけ|送って|入力|ちょうだい|くれ|もらえ|聞いて|聞か|伺|わかり|分かり|どうぞ|だっけ|お持ち|控え|記載|どこで|は[。 ]?$",
    re.IGNORECASE,
)
# Something that is more than a word: a digit, marks inside, capitals, signs apart; and what belongs to it before.
_MARK = re.compile(
    r"[0-9０-９]|[A-Za-z][._@#‐‑‒–−-][A-Za-z]|[A-Z]{4}|[Ａ-Ｚａ-ｚ]{3}|(?<![A-Za-z])[A-Za-z] {1,2}[A-Za-z] {1,2}[A-Za-z](?![A-Za-z])|[A-Z]{2}[−‐–ー][A-Z]"
)
# The same for ``asked_at_once``: found at the first of several digits, and a little wider.
_MARKED = (
    "(?:^|[^0-9０-９])[0-9０-９]|[A-Za-z][._@#‐‑‒–−-][A-Za-z]|(?:^|[^A-Z])[A-Z]{4}|[Ａ-Ｚａ-ｚ]{3}",
    "(?:^|[^A-Za-z])[A-Za-z] {1,2}[A-Za-z] {1,2}[A-Za-z](?:[^A-Za-z]|$)|[A-Z]{2}[−‐–ー][A-Z]",
)
_BEGINS = re.compile(
    r"(?:(?:(?<![A-Za-z])[A-Za-z]{1,2}[ \u3000]{1,2}){1,4}|(?<![A-Za-z])[A-Za-z]{3}[ \u3000]|[ァ-ヺー一-龥]{1,6} )?[^\s、。「」:：は]{0,24}$"
)
_REACH = 32
# Where a question goes on after it has named what it wants: «of the phone», «so i can check».
_GOES_ON = re.compile(
    r"[、。]|[.!,] | (?:of|for|on|from|to|with|at|in|that|you|we|so|and|or|if|before|when|please|pls|again|right|now) |,? (?:please|pls)",
    re.IGNORECASE,
)
_SHORTEST = 6
_NICK = 4  # digits that a name by which somebody is called may have
_ENDING = " \t\r\n　?？!！。.:：…"
Talk = tuple[Sequence[Turn], Sequence[Sequence[Span]]]
"""The turns of a conversation, and what each alone holds; what is sure there stays what it is."""
Scan = Callable[[Sequence[str]], list[list[Span]]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A turn behind words of another one.

    turn, start : the turn, and where in it the reading begins.
    lead        : the words, with what parts them from the turn.
    """

    turn: int
    start: int
    lead: str = field(repr=False)


def carried(talks: Sequence[Talk], scan: Scan) -> Iterator[tuple[int, int, Span]]:
    """Yield a conversation, the index of a turn in it, and the span of a value there that other turns name.

    scan : finds values beside their cues; asked once. Linear in the turns.
    """
    readings = [
        (number, reading)
        for number, index, mark in _marks(talks)
        for reading in _readings(talks[number], index, mark)
    ]
    texts = [
        reading.lead + talks[number][0][reading.turn].text[reading.start :] for number, reading in readings
    ]
    for (number, reading), text, found in zip(readings, texts, scan(texts), strict=True):
        for span in found:
            if span.start >= len(reading.lead) and _is_answer(span, text):
                here = span.moved(reading.start - len(reading.lead), SOURCE)
                if not any(_settles(known, here) for known in talks[number][1][reading.turn]):
                    yield number, reading.turn, here


def _is_answer(span: Span, text: str) -> bool:
    """Whether a span is what the turn was sent for: little follows it, and it does not call somebody."""
    after = text[span.end :]
    called = ": " if sum(map(str.isdigit, text[span.start : span.end])) > _NICK else (": ", ", ")
    said = len(after) <= _AFTER and not after.startswith(called)
    named = span.label not in _PLAIN and class_of(span.label) in IDENTIFIERS
    return said and named and span.score >= _LEAST


def _settles(known: Span, new: Span) -> bool:
    return known.score >= _SURE and known.start <= new.start and new.end <= known.end


def _readings(talk: Talk, index: int, mark: int) -> Iterator[_Reading]:
    """Yield a turn behind its speaker's line above, and its value behind the question it answers."""
    turns, spans = talk
    text = turns[index].text
    if any(s.score >= _SURE and s.start <= mark and not _MARK.search(text, s.end) for s in spans[index]):
        return
    above = turns[index - 1]
    if above.speaker == turns[index].speaker and len(above.text) <= _OWN_LEAD:
        yield _Reading(index, 0, _lead(above.text))
    question = _question(turns, index)
    if question:
        start = _value_start(text, mark)
        yield _Reading(index, start, _lead(question))
        cut = _GOES_ON.search(question, _SHORTEST)
        if cut:
            yield _Reading(index, start, _lead(question[: cut.start()]))


@cache
def _asked() -> Callable[[Sequence[str]], list[int]]:
    return asked_at_once((*saying(), *_MARKED))


def _marks(talks: Sequence[Talk]) -> Iterator[tuple[int, int, int]]:
    """Yield where a turn behind the first may hold an answer: the conversation, the turn, and the character."""
    short = [
        (number, index, turn.text)
        for number, (turns, _) in enumerate(talks)
        for index, turn in enumerate(turns)
        if index and len(turn.text) <= _ANSWER
    ]
    for (number, index, text), held in zip(short, _asked()([text for *_, text in short]), strict=True):
        mark = _mark(text) if held else -1
        if mark >= 0:
            yield number, index, mark


def _mark(text: str) -> int:
    """Return where the first thing stands that is more than a word; negative for none."""
    mark = _MARK.search(text)
    if mark is not None:
        return mark.start()
    return next((start for start, _, _ in said(text)), -1) if len(text) <= _SAID else -1


def _value_start(text: str, mark: int) -> int:
    """Return where a value begins that has a digit or a mark at a place."""
    first = max(0, mark - _REACH)
    before = _BEGINS.search(text[first:mark])
    return first + before.start() if before else mark


def _question(turns: Sequence[Turn], index: int) -> str:
    """Return what another speaker asked last, with chat in between, but no value."""
    for before in range(index - 1, max(-1, index - 1 - _BACK), -1):
        turn = turns[before]
        if turn.speaker != turns[index].speaker and len(turn.text) <= _QUESTION and _ASKS.search(turn.text):
            return turn.text.rstrip(_ENDING)
        if turn.speaker == turns[index].speaker and _MARK.search(turn.text):
            return ""
    return ""


def _lead(text: str) -> str:
    return text.rstrip(_ENDING)[-_LEAD:] + ": "
