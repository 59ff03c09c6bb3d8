"""What only a conversation shows: repeated values, answers to questions, numbers sent in pieces.

Scope: one conversation. Order: answers, then split numbers, then propagation over all turns, the
assistant's included. Cost: linear in the turns.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from deid.detect.known_values import KnownValues
from deid.labels import LabelClass, class_of
from deid.types import KnownValue, Span, Turn

# Longest distance, in turns, over which the pieces of one number are joined.
SPLIT_TURNS = 4
_PROPAGATED = frozenset(
    {LabelClass.DIRECT, LabelClass.CODE, LabelClass.PROPERTY, LabelClass.SECRET, LabelClass.LINKING}
)
_MIN_SCORE = 0.7
# Digits at the end of a turn, with a country code or brackets; one number has at most this many a piece.
_PIECE = re.compile(
    r"(?<![0-9０-９\-./,:])([+＋(（]?[0-9０-９](?:[0-9０-９ \-‐－()（）]{0,12}[0-9０-９)）])?)[ 　.。、,]{0,3}$"
)
_PIECE_DIGITS = 9
_LONGEST_ANSWER = 60
_ASKS_NAME = re.compile(
    r"(?:your|ur) (?:full |first |last |real )?name|who am i (?:talking|speaking|chatting)|(?:should|can|may|do) i call you|"
    r"お?名前(?:は|を|って|教え|聞)|(?:何|なん)て(?:呼|お呼び)|なんとお呼び|どなた(?:ですか|様)",
    re.IGNORECASE,
)
_ASKS_AGE = re.compile(
    r"how old (?:(?:are|r) )?(?:you|u)\b|your age|what age are you|何歳|なんさい|お?年齢(?:は|を|って|教え|聞)|おいくつ",
    re.IGNORECASE,
)
_ANSWER_AGE = re.compile(
    r"\s*(?:(?:i'?m|i am|it'?s|just|only|turned|um|well|oh|えっと|今|私は)[,、 ]*){0,3}"
    r"([1-9][0-9](?:歳|才| years old| yrs?| yo)?)(?![0-9%.:,][0-9]|[0-9%])",
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
        if asked.speaker == answer.speaker:
            continue
        if _ASKS_NAME.search(asked.text) and len(answer.text) <= _LONGEST_ANSWER:
            match = _ANSWER_JA.fullmatch(answer.text) or _ANSWER_EN.fullmatch(answer.text)
            if match and match[1].lower().split()[0] not in _NO_ANSWER:
                yield index, Span(match.start(1), match.end(1), "PERSON", 0.8, "conversation")
        elif _ASKS_AGE.search(asked.text) and (match := _ANSWER_AGE.match(answer.text)):
            yield index, Span(match.start(1), match.end(1), "AGE", 0.8, "conversation")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Digits that end a turn; ``alone`` when the turn holds nothing else."""

    turn: int
    start: int
    end: int
    alone: bool


def _split_numbers(turns: Sequence[Turn], scan: Scan) -> Iterator[tuple[int, Span]]:
    for group in _piece_groups(turns):
        texts = [turns[piece.turn].text[piece.start : piece.end] for piece in group]
        label = _label_of(["-".join(texts), "".join(texts)], scan)
        if label:
            for piece in group:
                yield piece.turn, Span(piece.start, piece.end, label, 0.8, "conversation")


def _label_of(candidates: Sequence[str], scan: Scan) -> str | None:
    """Return the label of a number that fills a whole candidate, the surest one; None when there is none."""
    whole = [
        span
        for text, spans in zip(candidates, scan(candidates), strict=True)
        for span in spans
        if span.start <= 1 and span.end == len(text)
    ]
    return max(whole, key=lambda span: span.score).label if whole else None


def _piece_groups(turns: Sequence[Turn]) -> Iterator[list[_Piece]]:
    """Yield at least two pieces of one speaker, close together; only the first may follow other words."""
    group: list[_Piece] = []
    for index, turn in enumerate(turns):
        piece = _piece(index, turn.text)
        if piece is None:
            continue
        goes_on = (
            group
            and piece.alone
            and index - group[-1].turn <= SPLIT_TURNS
            and turn.speaker == turns[group[0].turn].speaker
        )
        if not goes_on:
            if len(group) > 1:
                yield group
            group = []
        group.append(piece)
    if len(group) > 1:
        yield group


def _piece(index: int, text: str) -> _Piece | None:
    match = _PIECE.search(text)
    if match is None or sum(character.isdigit() for character in match[1]) > _PIECE_DIGITS:
        return None
    return _Piece(index, match.start(1), match.end(1), alone=not text[: match.start(1)].strip())


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
