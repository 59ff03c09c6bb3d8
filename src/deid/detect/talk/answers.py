"""Answers: a question gives the turn that answers it its label, in Japanese and English.

Asked for are names, ages, birthdays, addresses, postcodes, telephone numbers, e-mail addresses, account
names, schools, jobs, places, passwords, codes and the numbers of identity papers and cards. The answer is one
of the next two turns (three for values that do not look like other words), all of another speaker; where the
turn after it corrects it, that one too.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.asides import is_made
from deid.detect.matching.candidates import numbers
from deid.detect.talk.questions import ANY_NUMBER, NO_ANSWER, QUESTIONS, Question, asks_again
from deid.detect.talk.told import after_question, date_pieces, parts_of
from deid.types import Span, Turn

SOURCE = "answers"
_WITHIN = 2
_WITHIN_SHAPED = 3
_ASKED_AGAIN = 2  # times
_TAKEN_BACK = 3
_WORDS = frozenset({"PERSON", "ORGANIZATION", "OCCUPATION", "LOCATION", "USERNAME", "PASSWORD"})
"""Labels whose values look like any other words: these answer soon."""
_LONGEST = 60
_ASKS_BACK = 40
_HAS_DIGIT = re.compile("[0-9０-９]")
_NARROW = {0x3000: " "} | {sign + 0xFEE0: chr(sign) for sign in range(0x21, 0x7F)}
"""Characters in full width, and the same in half: as many."""
_AND_YOU = re.compile(
    r"[,.!、。 ]*(?:(?:and |what about |how about )?(?:you|u|yours|yourself)|wbu|hbu|あなたは|そちらは|そっちは|君は)[ ]*[?？]+\s*$",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\s*(?:\*|(?:(?:maybe|perhaps|try|or|let me try|oh|oops|ugh|sorry|wait|no|typo|correction|actually|my bad|i mean|i meant|meant|make that|should be|it['’]?s(?= (?:actually|with|now)))\b[,:.! ]*)+|"
    r"(?:(?:すみません|すいません|ごめん(?:なさい)?|まちがえ(?:た|ました)|間違え(?:た|ました)|訂正(?:です)?|違った|失礼(?:しました)?|正しくは)[、,。:：!！ 　]*)+)",
    re.IGNORECASE,
)
# What the asker says while the answer is looked for.
_WAITS = re.compile(
    r"(?:sure|ok(?:ay)?|of course|no (?:problem|worries|rush)|thank(?:s| you)|take your time|go (?:on|ahead)|yes|please|"
    r"はい|ええ|うん|お願いします|お願いいたします|どうぞ|お待ちしております|大丈夫です|ありがとうございます|了解です|[ 　,.!、。！])+",
    re.IGNORECASE,
)


def answers(turns: Sequence[Turn], asks: Sequence[int]) -> Iterator[tuple[int, Span]]:
    """Yield the index of each turn that answers a question, and the span of the value, score 0.9.

    asks : which of ``CUES`` each turn holds, a bit for each.
    """
    for index, bits in enumerate(asks):
        if bits and _may_be_answered(turns, index):
            text = turns[index].text
            asking = [QUESTIONS[number] for number in reversed(numbers(bits))]
            wanted = [question for question in asking if question.asks.search(text)]
            if wanted:
                yield from _answered(wanted, turns, index)


def _may_be_answered(turns: Sequence[Turn], asked: int) -> bool:
    """Whether a turn short enough follows, of another speaker; what asks back at its end is not counted."""
    speaker = turns[asked].speaker
    for turn in turns[asked + 1 : asked + 1 + _WITHIN_SHAPED]:
        if turn.speaker != speaker and len(turn.text) <= _LONGEST + _ASKS_BACK:
            return True
    return False


def _answered(
    wanted: Sequence[Question], turns: Sequence[Turn], asked: int, again: int = _ASKED_AGAIN
) -> Iterator[tuple[int, Span]]:
    """Yield the answers, and that of the asker where the answer ends in «and you?».

    again : how often the question may be put once more.
    """
    for index in range(asked + 1, min(len(turns), asked + 1 + _WITHIN_SHAPED)):
        if turns[index].speaker == turns[asked].speaker:
            if not _WAITS.fullmatch(turns[index].text):
                if again and _once_more(turns[index].text, wanted):
                    yield from _answered(wanted, turns, index, again - 1)
                return
            wanted = [question for question in wanted if question.label not in _WORDS | {"AGE"}]
            continue
        if index > asked + _WITHIN:
            wanted = [question for question in wanted if question.label not in _WORDS]
        told = list(_told(wanted, turns[index].text, turns[asked].text))
        yield from _dated(wanted, turns, index)
        for question, start, end in told:
            yield index, Span(start, end, question.label, 0.9, SOURCE)
        if told:
            question = told[0][0]
            yield from _corrected(question, turns, index)
            if _AND_YOU.search(turns[index].text):
                yield from _back(question, turns, index)
            wanted = [
                some
                for some in wanted
                if some.label not in _WORDS and _asked_apart(some, question, turns[asked].text)
            ]
            if len(told) > 1 or not wanted:
                return


def _once_more(text: str, wanted: Sequence[Question]) -> bool:
    """Whether a turn of the asker asks again, and for nothing else."""
    return asks_again(text) and not any(some.asks.search(text) for some in QUESTIONS if some not in wanted)


def _told(wanted: Sequence[Question], text: str, question: str) -> Iterator[tuple[Question, int, int]]:
    """Yield what a turn answers: each of its parts another question, where several were asked; else one."""
    one = next(((some, *found) for some in wanted if (found := _read(some, text))), None)
    several = any(_asked_apart(some, wanted[0], question) for some in wanted[1:])
    split = len(text) <= _LONGEST * 2 and (several or (one is None and _HAS_DIGIT.search(text) is not None))
    parts = parts_of(text) if split else ()
    if len(parts) > 1:
        left = sorted(wanted, key=lambda some: _place(some, question))
        if not several:
            left = [some for some in left if some.label not in _WORDS | {"AGE"}]
        read = list(_parted(left, text, parts, several=several))
        if len(read) > 1 or (one is None and read and read[0][0].label not in _WORDS):
            yield from read
            return
    if one is not None:
        yield one


def _place(question: Question, text: str) -> int:
    found = question.asks.search(text)
    return found.start() if found else len(text)


def _asked_apart(one: Question, other: Question, text: str) -> bool:
    """Whether a text asks two questions, at different places."""
    known = ANY_NUMBER not in (one, other) and one.label != other.label
    return known and _place(one, text) != _place(other, text)


def _parted(
    wanted: Sequence[Question], text: str, parts: Sequence[tuple[int, int]], *, several: bool
) -> Iterator[tuple[Question, int, int]]:
    """Yield the parts that answer a question; where several were asked none answers the same twice."""
    left = list(wanted)
    for start, end in parts:
        found = next(((some, *span) for some in left if (span := _read(some, text[start:end]))), None)
        if found is not None:
            yield found[0], found[1] + start, found[2] + start
            left = [some for some in left if not several or some.label != found[0].label]


def _dated(wanted: Sequence[Question], turns: Sequence[Turn], index: int) -> Iterator[tuple[int, Span]]:
    """Yield the pieces of a date of birth, if that is wanted, that a speaker sends one after another."""
    if all(question.label != "DATE_OF_BIRTH" for question in wanted):
        return
    speaker = turns[index].speaker
    texts = [turn.text for turn in turns[index : index + _WITHIN_SHAPED] if turn.speaker == speaker]
    near = all(turn.speaker == speaker for turn in turns[index : index + len(texts)])
    for number, start, end in date_pieces(texts) if near else ():
        yield index + number, Span(start, end, "DATE_OF_BIRTH", 0.8, SOURCE)


def _corrected(question: Question, turns: Sequence[Turn], answered: int) -> Iterator[tuple[int, Span]]:
    """Yield what one of the next turns of an answer's speaker puts in its place: «*achterberg», «まちがえた 恵里です»."""
    for index in range(answered + 1, min(len(turns), answered + 1 + _TAKEN_BACK)):
        text = turns[index].text
        begins = _CORRECTS.match(text) if turns[index].speaker == turns[answered].speaker else None
        found = _read(question, text[begins.end() :].rstrip("* ")) if begins else None
        if begins and found is not None:
            yield index, Span(found[0] + begins.end(), found[1] + begins.end(), question.label, 0.9, SOURCE)


def _back(question: Question, turns: Sequence[Turn], asked: int) -> Iterator[tuple[int, Span]]:
    """Yield the answer to «and you?», if the next turn is one."""
    for index in range(asked + 1, min(len(turns), asked + 2)):
        found = _read(question, turns[index].text) if turns[index].speaker != turns[asked].speaker else None
        if found is not None:
            yield index, Span(*found, question.label, 0.9, SOURCE)


def _read(question: Question, text: str) -> tuple[int, int] | None:
    """Return the range of the value in an answer; None when it answers something else."""
    text = _AND_YOU.sub("", text).translate(_NARROW)
    begin = after_question(text, word=question.label in _WORDS) if len(text) <= _LONGEST else None
    if begin is None:
        return None
    for pattern in question.answers:
        match = pattern.fullmatch(text, begin)
        if match and not _refuses(match[1], question.label):
            return match.span(1)
    return None


def _refuses(value: str, label: str) -> bool:
    if is_made(value):
        return True
    words = value.lower().split()
    # No word of a name is one of these; «on my way home» may start like a place.
    looked_at = words if label == "PERSON" else words[:1]
    return not NO_ANSWER.isdisjoint(looked_at) or (label == "PERSON" and "name" in words)
