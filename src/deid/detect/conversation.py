"""What only a conversation shows: repeated values, answers to questions, values sent in pieces.

Scope: one conversation. Order: answers, then values in pieces, then propagation over all turns, the
assistant's included. Cost: linear in the turns and their text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from deid.detect.known_values import KnownValues
from deid.detect.patterns.parts import NOT_COUNTED
from deid.detect.talk.answers import answers
from deid.detect.talk.carried import DIGIT, Scan, carried
from deid.detect.talk.cues import Cues, cues_of
from deid.detect.talk.halves import halves
from deid.detect.talk.let_in import let_in
from deid.detect.talk.parted import parted
from deid.detect.talk.spoken import spoken_emails
from deid.detect.talk.tails import tails
from deid.detect.talk.twins import twins
from deid.labels import IDENTIFIERS, class_of
from deid.types import KnownValue, Span, Turn

# Longest distance, in turns, over which the pieces of one number are joined.
SPLIT_TURNS = 4
_MIN_SCORE = 0.7
_TAGGED = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
# Digits at the end of a turn, with a country code or brackets; one number has at most this many a piece.
_PIECE = re.compile(
    r"(?<![0-9０-９./,:])(?<![0-9０-９][-‐－])([+＋(（]?[0-9０-９](?:[0-9０-９ \-‐－()（）]{0,12}[0-9０-９)）])?)"
    r"[-‐－]?(?:です|だよ|だね|ね|よ|っす)?[ 　.。、,…!！~〜]{0,3}$"
)
# The last piece may be followed by words: «678 at the bank».
_LAST_PIECE = re.compile(
    rf"([0-9０-９](?:[0-9０-９ \-‐－]{{0,12}}[0-9０-９])?)(?![0-9０-９A-Za-z.,:/%-]){NOT_COUNTED}[^0-9０-９]{{0,24}}$"
)
_PIECE_DIGITS = 9
_STRAY = 2  # pieces before a number that may be none of it
_DIGIT = re.compile("[0-9０-９]")
_FROM_THE_END = 25  # where a turn's last digit is at the latest, if it is of a piece
_LONGEST_LEAD = 40
_TOKEN = re.compile(r"(?:.*?[\s　、。:：])?([\w.+@-]{1,64})[\s.,。、…]*", re.ASCII | re.DOTALL)
_HANDLE_LIKE = re.compile(r"[0-9._-]")  # «see me@» is words, «mail moss.ferro@» is not
# What may stand before a later piece: the rest is, and then, 続きは.
_GOES_ON = re.compile(
    r"(?:[\s　,.:;…、。：\-‐－]|\b(?:ok(?:ay)?|so|and|then|next|now|after that|followed by|plus|finally|lastly|continued?|rest|"
    r"the|first|second|third|last|final|other|part|half|bit|set|group|digits?|numbers?|ones?|one|two|three|four|[2-4]|"
    r"it|its|it['’]s|that|that['’]s|is|are|was|comes|goes|ends?|with|in|um+|uh+)\b|"
    r"それから|それで|んで|で|あとは?|次(?:が|は|に)?|続き(?:は|が)?|続いて|残り(?:は|が)?|最後(?:は|が|に)?|後ろ(?:は|が)?|後半(?:は|が)?|"
    r"下[4四４]?(?:桁|けた)(?:は|が)?|えっと|えーと|えと)*",
    re.IGNORECASE,
)
_KANJI = re.compile("[一-龥々]")
Read = Callable[[str], str]
Talk = tuple[Sequence[Turn], Sequence[Sequence[Span]]]
"""The turns of a conversation, and what each alone holds."""


def unread(_name: str) -> str:
    """Read no name: where no dictionary is loaded."""
    return ""


def widen(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], scan: Scan, read: Read = unread
) -> list[list[Span]]:
    """Return the spans of each turn with those that its conversation adds; as ``widen_all`` does."""
    return widen_all([(turns, spans)], scan, read)[0]


def widen_all(talks: Sequence[Talk], scan: Scan, read: Read = unread) -> list[list[list[Span]]]:
    """Return the spans of each turn of many conversations with those that each of these adds; they may overlap.

    scan : finds structured identifiers in texts; used on numbers joined over turns.
    read : how a name in kanji is read, in hiragana, or nothing; so that 美咲 is found as みさき and Misaki.
    """
    cues = cues_of([turns for turns, _ in talks])
    told: list[list[tuple[int, Span]]] = [[] for _ in talks]
    marked = [(*talk, held.marks, held.names) for talk, held in zip(talks, cues, strict=True)]
    for number, index, span in carried(marked, scan):
        told[number].append((index, span))
    widened = (_widened(talk, held, more, scan) for talk, held, more in zip(talks, cues, told, strict=True))
    return [_everywhere(turns, spans, read) for (turns, _), spans in zip(talks, widened, strict=True)]


def _widened(talk: Talk, cues: Cues, told: Iterable[tuple[int, Span]], scan: Scan) -> list[list[Span]]:
    """Return the spans of one conversation, with those told of it, answers and values in pieces."""
    turns, spans = talk
    result = [list(found) for found in spans]
    for index, span in answers(turns, cues.asks):
        # The question knows better than a tagger of names what its answer is.
        result[index] = [found for found in result[index] if not _names_inside(found, span)]
        result[index].append(span)
    numbers = _split_numbers(talk, cues.marks, scan)
    emails = _split_emails(turns, scan), spoken_emails(turns, cues.signs, scan)
    digits = [index for index, held in enumerate(cues.marks) if held & DIGIT]
    pieces = chain(parted(turns, digits, scan), halves(turns, cues.parts), let_in(turns, cues.ways))
    for index, span in chain(told, numbers, *emails, pieces):
        result[index].append(span)
    texts, speakers = [turn.text for turn in turns], [turn.speaker for turn in turns]
    for index, span in [*tails(turns, result, digits), *twins(texts, result, speakers)]:
        result[index].append(span)
    return result


def _everywhere(turns: Sequence[Turn], spans: Sequence[list[Span]], read: Read) -> list[list[Span]]:
    """Return the spans of one conversation, with what is found once found everywhere."""
    added = _propagate(turns, spans, read)
    return [found + more for found, more in zip(spans, added, strict=True)]


def with_readings(values: Iterable[KnownValue], read: Read) -> Iterator[KnownValue]:
    """Yield values, and behind each name in kanji the same name as it is read."""
    for value in values:
        yield value
        if value.label == "PERSON" and _KANJI.search(value.value) and (reading := read(value.value)):
            yield replace(value, value=reading)


def _names_inside(found: Span, answer: Span) -> bool:
    inside = answer.start <= found.start and found.end <= answer.end
    return inside and found.label in _TAGGED and found.label != answer.label


@dataclass(frozen=True, slots=True)
class _Piece:
    """The end of a turn; ``alone`` when nothing else of weight stands in the turn."""

    turn: int
    start: int
    end: int
    alone: bool


def _split_numbers(talk: Talk, marks: Sequence[int], scan: Scan) -> Iterator[tuple[int, Span]]:
    turns, _ = talk
    for group in _piece_groups(talk, [index for index, held in enumerate(marks) if held & DIGIT]):
        for first in range(min(_STRAY, len(group) - 2) + 1):
            label = _label_of(_numbers(turns, group[first:]), scan)
            if label:
                for piece in group[first:]:
                    yield piece.turn, Span(piece.start, piece.end, label, 0.8, "conversation")
                break


def _numbers(turns: Sequence[Turn], group: Sequence[_Piece]) -> list[tuple[str, str]]:
    """Return the ways of joining the pieces of a number, each behind what may lead to it."""
    texts = [_text_of(turns, piece) for piece in group]
    before = turns[group[0].turn].text[: group[0].start]
    leads = dict.fromkeys(("", before[-_LONGEST_LEAD:], _asked(turns, group[0])))
    return [(lead, mark.join(texts)) for lead in leads for mark in ("-", "")]


def _asked(turns: Sequence[Turn], piece: _Piece) -> str:
    """Return what the turn before says, where another speaker asks for a number that begins a turn."""
    if piece.turn == 0 or not piece.alone or turns[piece.turn - 1].speaker == turns[piece.turn].speaker:
        return ""
    return turns[piece.turn - 1].text[-_LONGEST_LEAD:].rstrip("?？。. ") + ": "


def _split_emails(turns: Sequence[Turn], scan: Scan) -> Iterator[tuple[int, Span]]:
    """Yield the pieces of e-mail addresses sent over turns: «me@» «mail.example»."""
    for index, turn in enumerate(turns):
        if "@" in turn.text and (pieces := _email_pieces(turns, index, scan)):
            for piece in pieces:
                yield piece.turn, Span(piece.start, piece.end, "EMAIL_ADDRESS", 0.8, "conversation")


def _email_pieces(turns: Sequence[Turn], at: int, scan: Scan) -> list[_Piece]:
    """Return the longest run of tokens around a turn that is an address; empty for none, or for the turn alone."""
    near = range(max(0, at - SPLIT_TURNS), min(len(turns), at + SPLIT_TURNS + 1))
    own = [index for index in near if turns[index].speaker == turns[at].speaker]
    pieces = [piece for index in own if (piece := _token(index, turns[index].text))]
    here = [number for number, piece in enumerate(pieces) if piece.turn == at]
    windows = [
        pieces[first:end]
        for first in range(len(pieces))
        for end in range(first + 2, len(pieces) + 1)
        if here
        and first <= here[0] < end
        and pieces[end - 1].turn - pieces[first].turn <= SPLIT_TURNS
        and (pieces[first].alone or _HANDLE_LIKE.search(_text_of(turns, pieces[first])))
        and all(piece.alone for piece in pieces[first + 1 : end])
    ]
    windows.sort(key=len, reverse=True)
    joined = ["".join(_text_of(turns, piece) for piece in window) for window in windows]
    for window, text, spans in zip(windows, joined, scan(joined), strict=True):
        if text.count("@") == 1 and any(
            s.label == "EMAIL_ADDRESS" and s.end - s.start == len(text) for s in spans
        ):
            return window
    return []


def _text_of(turns: Sequence[Turn], piece: _Piece) -> str:
    return turns[piece.turn].text[piece.start : piece.end]


def _token(index: int, text: str) -> _Piece | None:
    match = _TOKEN.fullmatch(text)
    if match is None:
        return None
    before, sign = text[: match.start(1)], "@" in match[1] or "." in match[1]
    return _Piece(index, match.start(1), match.end(1), alone=_goes_on(before) if sign else not before.strip())


def _label_of(candidates: Sequence[tuple[str, str]], scan: Scan) -> str | None:
    """Return the label of a number that is whole behind what leads to it, the surest one; None when there is none."""
    found = scan([lead + number for lead, number in candidates])
    whole = [
        span
        for (lead, number), spans in zip(candidates, found, strict=True)
        for span in spans
        if len(lead) - 1 <= span.start <= len(lead) + 1 and span.end == len(lead) + len(number)
    ]
    return max(whole, key=lambda span: span.score).label if whole else None


def _piece_groups(talk: Talk, digits: Sequence[int]) -> Iterator[list[_Piece]]:
    """Yield at least two pieces of one speaker, close together; only the first may follow other words.

    digits : the turns that hold a digit.
    """
    turns, spans = talk
    group: list[_Piece] = []
    for index in digits:
        turn = turns[index]
        piece = _piece(index, turn.text)
        if piece is None or any(_is_part(piece, span) for span in spans[index]):
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
    if _DIGIT.search(text, max(0, len(text) - _FROM_THE_END)) is None:  # most turns, and soon told
        return None
    match = _PIECE.search(text) or _LAST_PIECE.match(text)
    if match is None or sum(character.isdigit() for character in match[1]) > _PIECE_DIGITS:
        return None
    return _Piece(index, match.start(1), match.end(1), alone=_goes_on(text[: match.start(1)]))


def _is_part(piece: _Piece, span: Span) -> bool:
    """Whether a piece is part of a longer value: the number of an address."""
    longer = span.end - span.start > piece.end - piece.start
    sure = span.score >= _MIN_SCORE and class_of(span.label) in IDENTIFIERS
    return longer and sure and span.start <= piece.start and piece.end <= span.end


def _goes_on(before: str) -> bool:
    """Return whether nothing stands before a piece but words that go on with the piece before it."""
    return len(before) <= _LONGEST_LEAD and _GOES_ON.fullmatch(before) is not None


def _leads_to_one(label: str) -> bool:
    """Whether a value is looked for everywhere: an identifier, or a birthday, which is the same written otherwise."""
    return label == "DATE_OF_BIRTH" or class_of(label) in IDENTIFIERS


def _propagate(turns: Sequence[Turn], spans: Sequence[Sequence[Span]], read: Read) -> list[list[Span]]:
    values = {
        KnownValue(span.label, turn.text[span.start : span.end])
        for turn, found in zip(turns, spans, strict=True)
        for span in found
        if span.score >= _MIN_SCORE and _leads_to_one(span.label) and span.end - span.start > 1
    }
    if not values or len(turns) < 2:
        return [[] for _ in turns]
    values = {*with_readings(values, read)}
    matcher = KnownValues(sorted(values, key=lambda v: (v.label, v.value)), name="conversation", score=0.75)
    return matcher.detect([turn.text for turn in turns])
