"""Cues carried over turns: a question or a line above names the value that a turn sends alone.

A turn that holds something like a value is read once more as if the words that ask for it stood before it:
«端末のIMEIは？» «49-015420-323751-8». So every word the patterns know as a cue is known as a question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from deid.detect.asides import is_made, is_model
from deid.detect.counted import is_amount
from deid.detect.reread.said import said, saying
from deid.detect.talk.named import AFTER as NAMED_AFTER
from deid.detect.talk.named import BEFORE as NAMED_BEFORE
from deid.detect.talk.named import nouns_after, nouns_before
from deid.detect.talk.questions import NO_ANSWER, asks_again
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span, Turn

SOURCE = "carried"
_BACK = 4  # turns
_ASKED = 3  # questions that are read with an answer
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
    r"教え|お願い|願います|ください|下さい|頂け|いただけ|送って|入力|ちょうだい|くれ|もらえ|聞いて|聞か|伺|わかり|分かり|どうぞ|だっけ|頂戴|お持ち|控え|記載|どこで|は[。 ]?$",
    re.IGNORECASE,
)
# What asks less plainly, where nothing asks so.
_MAY_ASK = re.compile(
    "届きまし|届いた|なに|なん|何|どれ|(?:やろ|だろう?|でしょう?|(?:ます|です|でしょう)か|(?:番号|コード|数字|桁|欄)(?:です|になります)ね?)[。 ]?$"
)
# Something that is more than a word: a digit, marks inside, capitals, signs apart; and what belongs to it before.
_MARK = re.compile(
    r"[0-9０-９]|[A-Za-z][._@#‐‑‒–−-]{1,2}[A-Za-z]|(?<![A-Za-z])[a-z]{8}[a-z]*(?= ?[ぁ-んァ-ヺ一-龥])|[A-Z]{4}|[Ａ-Ｚａ-ｚ]{3}|(?<![A-Za-z])[A-Za-z] {1,2}[A-Za-z] {1,2}[A-Za-z](?![A-Za-z])|[A-Z]{2}[−‐–ー][A-Z]"
)
# A value has more than a digit or two, or a sign within: «8.10», «apt-get it» and «3 seconds» name nobody.
_WEIGHTY = re.compile(
    r"[0-9０-９].{0,6}[0-9０-９].{0,6}[0-9０-９]|[A-Za-z][0-9]|[0-9](?!(?:st|nd|rd|th|am|pm|[kmgt]b|x)(?![A-Za-z]))[A-Za-z]"
    r"|[0-9０-９] ?[-‐–−－ー] ?[0-9０-９]|[0-9０-９] ?(?:丁目|番|号)|[0-9] (?-i:[A-Z])[a-z]"
    r"|[@#_＠]|[A-Za-z][.][A-Za-z]|(?-i:[A-Z]{4}|[A-Z]{2}[−‐–ー][A-Z])|[Ａ-Ｚａ-ｚ]{3}|(?-i:[a-z]{8})[a-z]*(?= ?[ぁ-んァ-ヺ一-龥])"
    r"|(?<![A-Za-z])[A-Za-z] {1,2}[A-Za-z] {1,2}[A-Za-z](?![A-Za-z])|^[A-Za-z]+(?:[‐‑‒–—-]{1,2}[A-Za-z]+)+[^A-Za-z]*$",
    re.IGNORECASE,
)
# What is no word or name of a thing, behind a mere noun.
_LOOKS_ODD = re.compile(
    r"[0-9０-９〇一二三四五六七八九].{0,6}[0-9０-９〇一二三四五六七八九]|[A-Za-zＡ-Ｚａ-ｚ][-_.@#!?‐‑–−ー][0-9A-Za-z]|^_|[a-z]{9}"
)
_KINDS = re.compile(
    "(?<![A-Za-z])(?:LINE|ZOOM|TEAMS|STEAM|DISCORD|SWITCH|IMEI|IBAN|ITIN|NINO|NRIC|IDFA|GAID|AAID|EMAIL|E?MAIL|WIFI|ESTA|SUICA|PASMO|ICOCA|VISA|AMEX|PAYPAY|NETFLIX|AMAZON)(?![A-Za-z])"
)
_TYPED = frozenset({"USERNAME", "PASSWORD", "SHARE_CODE"})
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-龥]")
# Whom a turn speaks to: «jim_p: try that».
_SPOKEN_TO = re.compile(r"[@|_A-Za-z][^\s:,]{0,24}[:,] ")
_NEAR_END = 40  # characters from a value's last mark to the end of its turn
# The same as ``_MARK``, a little wider, and a digit found at the first of several.
_MARKED = (
    "(?:^|[^0-9０-９])[0-9０-９]",
    "[A-Za-z][._@#‐‑‒–−-]{1,2}[A-Za-z]|[a-z]{8} ?[ぁ-んァ-ヺ一-龥]|(?:^|[^A-Z])[A-Z]{4}|[Ａ-Ｚａ-ｚ]{3}",
    "(?:^|[^A-Za-z])[A-Za-z] {1,2}[A-Za-z] {1,2}[A-Za-z](?:[^A-Za-z]|$)|[A-Z]{2}[−‐–ー][A-Z]",
)
# ``_WEIGHTY``, a little wider.
_WEIGHS = (
    r"[0-9０-９].{0,6}[0-9０-９].{0,6}[0-9０-９]|[A-Za-z][0-9]|[0-9][A-Za-z]|[0-9０-９] ?[-‐–−－ー] ?[0-9０-９]|[0-9０-９] ?(?:丁目|番|号)|[0-9] [A-Z][a-z]"
    r"|[@#_＠]|[A-Za-z][.][A-Za-z]|(?:^|[^A-Z])[A-Z]{4}|[A-Z]{2}[−‐–ー][A-Z]|[Ａ-Ｚａ-ｚ]{3}|[a-z]{8} ?[ぁ-んァ-ヺ一-龥]|(?:^|[^A-Za-z])[A-Za-z] {1,2}[A-Za-z] {1,2}[A-Za-z](?:[^A-Za-z]|$)"
    r"|[A-Za-z][‐‑‒–—-]{1,2}[A-Za-z]{1,24}[^A-Za-z\n]{0,24}$"
)
CUES = (*_MARKED, *saying(), _WEIGHS, f"(?i:{_ASKS.pattern})", _MAY_ASK.pattern)
"""For ``asked_at_once``: what a turn holds that has a digit (the first), a value, or a question (the last two)."""
DIGIT = 1
_MAY_BE_VALUE = (1 << len(CUES) - 3) - 1
_MAY_WEIGH = (2 << len(CUES) - 3) - (1 << len(_MARKED))
_PLAINLY, _LESS_PLAINLY = 2 << len(CUES) - 3, 4 << len(CUES) - 3
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
# In Japanese, what is wanted ends where a particle or a verb says what of it: «お客様番号|を頂戴できますか», «部屋番|なに».
_WANTED = re.compile(
    r"(?<=[一-龥々ァ-ヺーA-Za-z])(?:を|は|が|って|も|の?ほう|[、 ]?(?:なん|なに|何|わか|分か|教え|おしえ|いただ|頂|ください|下さい|お?願い|どうぞ|ある|あり|やって|持って|お持ち|だっけ|どれ))"
)
_NICK = 4  # digits that a name by which somebody is called may have
_ENDING = " \t\r\n　?？!！。.:：…"
# A question for a number that does not say which.
_BARE = re.compile(
    "(?:では|じゃあ|はい|うん|その|それでは)?[、 ]?(?:お?番号|コード|ID)(?:を|は|も|が|の?ほう|送|教|おしえ|ちょうだい|どうぞ|$)|.{0,16}(?:読み上げ|ゆっくり)"
)
Talk = tuple[Sequence[Turn], Sequence[Sequence[Span]], Sequence[int], Sequence[int]]
"""The turns of a conversation, what each alone holds, which stays where it is sure, and which ``CUES`` and ``named.CUES``, as bits."""
Scan = Callable[[Sequence[str]], list[list[Span]]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A turn behind words of another one.

    turn, start : the turn, and where in it the reading begins.
    lead        : the words, with what parts them from the turn.
    noun        : whether they are a noun from turns above, and no question: what it leads to has to look like a value.
    """

    turn: int
    start: int
    lead: str = field(repr=False)
    noun: bool = False


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
            if span.start >= len(reading.lead) and _is_answer(span, text, noun=reading.noun):
                here = span.moved(reading.start - len(reading.lead), SOURCE)
                if not _is_aside(talks[number], reading.turn, here):
                    yield number, reading.turn, here


def _is_answer(span: Span, text: str, *, noun: bool) -> bool:
    """Whether a span is what the turn was sent for: little follows it, and it does not call somebody."""
    after = text[span.end :]
    called = ": " if sum(map(str.isdigit, text[span.start : span.end])) > _NICK else (": ", ", ")
    said = len(after) <= _AFTER and not after.startswith(called)
    named = span.label not in _PLAIN and class_of(span.label) in IDENTIFIERS
    value = text[span.start : span.end]
    word = value.lower() in NO_ANSWER or (noun and not _looks_odd(value, span.label))
    return said and named and not word and span.score >= _LEAST


def _is_aside(talk: Talk, index: int, span: Span) -> bool:
    """Whether a range of a turn is known better, or is an amount or a thing that the turn speaks of."""
    turns, spans, _, _ = talk
    text, start, end = turns[index].text, span.start, span.end
    thing = is_made(text[start:end]) or is_amount(text, start, end) or is_model(text, start, end)
    return thing or any(_settles(known, span) for known in spans[index])


def _looks_odd(value: str, label: str) -> bool:
    typed = label not in _TYPED or _JAPANESE.search(value) is None
    return typed and _LOOKS_ODD.search(value) is not None


def _settles(known: Span, new: Span) -> bool:
    return known.score >= _SURE and known.start <= new.start and new.end <= known.end


def _readings(talk: Talk, index: int, mark: int) -> Iterator[_Reading]:
    """Yield a turn behind its speaker's line above, and its value behind the question it answers."""
    turns, spans, _, _ = talk
    text = turns[index].text
    if any(s.score >= _SURE and s.start <= mark and not _MARK.search(text, s.end) for s in spans[index]):
        return
    if _MARK.search(text, mark) and not _WEIGHTY.search(text, _value_start(text, mark)):
        return
    start = _value_start(text, mark)
    behind = dict.fromkeys(_behind(talk, index, start))
    for begins, lead in behind:
        yield _Reading(index, begins, _lead(lead))
    for noun in _nouns(talk, index):
        if (start, noun) not in behind:
            yield _Reading(index, start, _lead(noun), noun=True)


def _nouns(talk: Talk, index: int) -> Iterator[str]:
    turns, _, marks, named = talk
    if any(named[max(0, index - NAMED_BEFORE) : index]):
        yield from nouns_before(turns, named, partial(_holds_value, turns, marks), index)
    if any(named[index + 1 : index + 1 + NAMED_AFTER]):
        yield from nouns_after(turns, named, index)


def _behind(talk: Talk, index: int, start: int) -> Iterator[tuple[int, str]]:
    """Yield where a reading begins in a turn, and the words of others that it is read behind."""
    turns, _, marks, _ = talk
    above = turns[index - 1] if index else None
    if above and above.speaker == turns[index].speaker and len(above.text) <= _OWN_LEAD:
        yield 0, above.text
    for asked in _questions(turns, marks, index):
        yield from ((start, lead) for lead in _asking(turns, index, asked))


def _asking(turns: Sequence[Turn], index: int, question: str) -> Iterator[str]:
    """Yield a question, with its topic, and what of it names what is wanted."""
    yield question
    topic = _topic(turns, index) if _BARE.match(question) else ""
    if topic:
        yield topic + question
        yield topic
    cuts = {cut.start() for cut in (_GOES_ON.search(question, _SHORTEST), _WANTED.search(question)) if cut}
    for cut in sorted(cuts):
        yield question[:cut]


def _holds_value(turns: Sequence[Turn], marks: Sequence[int], index: int) -> bool:
    """Whether a turn holds something like a value; «LINE» and «IMEI» only say of what kind one is."""
    return bool(marks[index] & _MAY_BE_VALUE) and _MARK.search(_KINDS.sub(" ", turns[index].text)) is not None


def _marks(talks: Sequence[Talk]) -> Iterator[tuple[int, int, int]]:
    """Yield where a turn may hold an answer: the conversation, the turn, and the character."""
    for number, (turns, _, marks, _) in enumerate(talks):
        for index, held in enumerate(marks):
            if held & _MAY_WEIGH and len(turns[index].text) <= _ANSWER:
                mark = _mark(turns[index].text)
                if mark >= 0:
                    yield number, index, mark


def _mark(text: str) -> int:
    """Return where the first thing stands that is more than a word; negative for none, or for one far from the end."""
    mark = _MARK.search(text, _addressed(text))
    if mark is not None:
        return mark.start() if _MARK.search(text, max(mark.start(), len(text) - _NEAR_END)) else -1
    return next((start for start, _, _ in said(text)), -1) if len(text) <= _SAID else -1


def _addressed(text: str) -> int:
    """Return how much of a turn says whom it is meant for; what has many digits is no name."""
    name = _SPOKEN_TO.match(text)
    return name.end() if name and sum(map(str.isdigit, name[0])) <= _NICK else 0


def _value_start(text: str, mark: int) -> int:
    """Return where a value begins that has a digit or a mark at a place."""
    first = max(0, mark - _REACH)
    before = _BEGINS.search(text[first:mark])
    return first + before.start() if before else mark


def _questions(turns: Sequence[Turn], marks: Sequence[int], index: int) -> Iterator[str]:
    """Yield what another speaker asked last, with chat in between, but no value; at least what may ask.

    Behind a turn that asks once more without a name («please read it out») what was asked before it as well.
    """
    asked = _asked_before(turns, marks, index, index, plainly=True)
    if asked is None:
        asked = _asked_before(turns, marks, index, index, plainly=False)
    for _ in range(_ASKED):
        if asked is None:
            return
        yield turns[asked].text.rstrip(_ENDING)
        again = asks_again(turns[asked].text)
        asked = _asked_before(turns, marks, index, asked, plainly=True) if again else None


def _asked_before(
    turns: Sequence[Turn], marks: Sequence[int], index: int, end: int, *, plainly: bool
) -> int | None:
    """Return the last turn before another that asks the speaker of a turn; None where a value of theirs lies between."""
    bit, asks = (_PLAINLY, _ASKS) if plainly else (_LESS_PLAINLY, _MAY_ASK)
    for before in range(end - 1, max(-1, end - 1 - _BACK), -1):
        turn, held = turns[before], marks[before]
        if turn.speaker == turns[index].speaker:
            if _holds_value(turns, marks, before):
                return None
        elif held & bit and len(turn.text) <= _QUESTION and asks.search(turn.text):
            return before
    return None


def _topic(turns: Sequence[Turn], index: int) -> str:
    """Return what the answerer said before, if it was short and of no value: «注文のことで» before «番号をどうぞ»."""
    for before in range(index - 1, max(-1, index - 1 - _BACK), -1):
        text = turns[before].text.rstrip(_ENDING)
        if turns[before].speaker == turns[index].speaker:
            return text if len(text) <= _OWN_LEAD and not _MARK.search(text) else ""
    return ""


def _lead(text: str) -> str:
    return text.rstrip(_ENDING)[-_LEAD:] + ": "
