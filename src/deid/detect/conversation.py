"""What only a conversation shows: repeated values, answers to questions, numbers sent in pieces.

Scope: one conversation. Order: answers, then split numbers, then propagation over all turns, the
assistant's included. Cost: linear in the turns.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from deid.detect.known_values import KnownValues
from deid.labels import LabelClass, class_of
from deid.types import KnownValue, Span, Turn

# Longest distance, in turns, over which the pieces of one number are joined.
SPLIT_TURNS = 4
_PROPAGATED = frozenset(
    {LabelClass.DIRECT, LabelClass.CODE, LabelClass.PROPERTY, LabelClass.SECRET, LabelClass.LINKING}
)
_MIN_SCORE = 0.7
_PIECE = re.compile(r"[0-9０-９][0-9０-９\s\-‐－ー]{0,11}")
_ASKS_NAME = re.compile(
    r"(?:your|ur) (?:full |first |last |real )?name|who am i (?:talking|speaking|chatting)|(?:should|can|may|do) i call you|"
    r"お?名前(?:は|を|って|教え|聞)|(?:何|なん)て(?:呼|お呼び)|なんとお呼び|どなた(?:ですか|様)",
    re.IGNORECASE,
)
_ANSWER_EN = re.compile(
    r"\s*(?:(?:it'?s|i'?m|i am|its|my name is|my name's|call me|just|oh|um|uh|yeah|sure)[, ]+){0,3}"
    r"([A-Za-z][A-Za-z'’-]{1,20}(?: [A-Za-z][A-Za-z'’-]{1,20}){0,2})\s*[.!~:)☺😊]*\s*",
    re.IGNORECASE,
)
_ANSWER_JA = re.compile(
    r"\s*(?:えっと|えーと|はい|うん|あ)?[、,]?(?:私は|僕は|俺は|名前は)?"
    r"([一-龥々ヶぁ-ゖァ-ヴー]{1,8}?(?:[ 　][一-龥々ぁ-ゖァ-ヴー]{1,6})?|[A-Za-z]{2,15})"
    r"(?:です|だよ|だ|といいます|と言います|って(?:いい|言い)ます|って(?:いう|言う)(?:よ|の|んだ)?|と申します|って呼んで(?:ね|ください)?|かな)?[ねよー〜!！。.]*\s*"
)
_NO_ANSWER = frozenset(
    """
    no yes yeah yep nope nah ok okay sure why what who me you secret idk dunno guess later nothing none maybe hello hi hey thanks sorry please
    秘密 内緒 ひみつ ないしょ なんで なぜ どうして はい いいえ うん ううん え ええ こんにちは こんばんは 何 なに 特に ない 言えない 言いたくない 教えない
    """.split()
)

Scan = Callable[[Sequence[str]], list[list[Span]]]


def widen(turns: Sequence[Turn], spans: Sequence[Sequence[Span]], scan: Scan) -> list[list[Span]]:
    """Return the spans of each turn with those that the conversation adds; they may overlap.

    scan : finds structured identifiers in texts; used on numbers joined over turns.
    """
    result = [list(found) for found in spans]
    for index, span in _answers(turns):
        result[index].append(span)
    for index, span in _split_numbers(turns, scan):
        result[index].append(span)
    added = _propagate(turns, result)
    return [found + more for found, more in zip(result, added, strict=True)]


def _answers(turns: Sequence[Turn]) -> Iterator[tuple[int, Span]]:
    for index, (asked, answer) in enumerate(zip(turns, turns[1:], strict=False), start=1):
        if len(answer.text) > 60 or asked.speaker == answer.speaker or not _ASKS_NAME.search(asked.text):
            continue
        match = _ANSWER_JA.fullmatch(answer.text) or _ANSWER_EN.fullmatch(answer.text)
        if match and match[1].lower().split()[0] not in _NO_ANSWER:
            yield index, Span(match.start(1), match.end(1), "PERSON", 0.8, "conversation")


def _split_numbers(turns: Sequence[Turn], scan: Scan) -> Iterator[tuple[int, Span]]:
    for group in _piece_groups(turns):
        pieces = [turns[index].text.strip() for index in group]
        found = scan(["-".join(pieces)])[0] + scan(["".join(pieces)])[0]
        whole = [span for span in found if span.start == 0 and span.end >= sum(map(len, pieces))]
        if not whole:
            continue
        label = max(whole, key=lambda span: span.score).label
        for index in group:
            text = turns[index].text
            start = len(text) - len(text.lstrip())
            yield index, Span(start, len(text.rstrip()), label, 0.8, "conversation")


def _piece_groups(turns: Sequence[Turn]) -> Iterator[list[int]]:
    """Yield runs of at least two turns of one speaker that are nothing but digits, close together."""
    group: list[int] = []
    for index, turn in enumerate(turns):
        if not _PIECE.fullmatch(turn.text.strip()):
            continue
        if group and (index - group[-1] > SPLIT_TURNS or turn.speaker != turns[group[0]].speaker):
            if len(group) > 1:
                yield group
            group = []
        group.append(index)
    if len(group) > 1:
        yield group


def _propagate(turns: Sequence[Turn], spans: Sequence[Sequence[Span]]) -> list[list[Span]]:
    values = {
        KnownValue(span.label, turn.text[span.start : span.end])
        for turn, found in zip(turns, spans, strict=True)
        for span in found
        if span.score >= _MIN_SCORE and class_of(span.label) in _PROPAGATED and span.end - span.start > 1
    }
    if not values or len(turns) < 2:
        return [[] for _ in turns]
    matcher = KnownValues(sorted(values, key=lambda v: (v.label, v.value)), name="conversation", score=0.75)
    return matcher.detect([turn.text for turn in turns])
