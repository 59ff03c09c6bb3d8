"""Values that differ from a found one by a sign or two: a correction, a slip of the keys, the next number of a row.

«口座番号 4410926» … «ごめん桁ずれた 4419026 が正»; «5501-2284 が父、5501-2285 が私». Two long values so much alike are
of one kind, whatever words stand beside the second. A turn that takes something back may tell another of the same length, soon after the first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.talk.counted import is_amount, is_counted, is_year_or_round
from deid.detect.talk.covered import Covered
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span

SOURCE = "twins"
_SCORE = _SURE = 0.7
_SCORE_TAKEN_BACK = 0.65  # below what is looked for in every turn
_TURNS = 4  # at most, from a value to the turn that takes it back
_LEAST = 6  # signs of a value that has a twin without more ado
_LEAST_TAKEN_BACK = 4
_NO_COUNT = 6  # digits of a number that need not be near where something is taken back
_OFF = 2  # signs that may differ: two stand in each other's place
_MOST_KNOWN = 16  # values, those of the next text the last; keeps the time linear
_SHORT = 60  # characters of a turn that takes something back
_NOT = frozenset({"PERSON", "URL", "STREET_ADDRESS", "MEDIA", "EMAIL_ADDRESS"})
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z@/_.-])(?:[0-9]+(?:[ -][0-9]+)+|[0-9A-Za-z][!-.0-~]{2,38}[0-9A-Za-z!#$%&*?])(?![0-9A-Za-z@/_\u0300-\u036f]|[-.][0-9A-Za-z])"
)
_PARTS = re.compile("[ ./_-]+")
_DIGIT = re.compile("[0-9]")
_ROW = re.compile(
    "[A-Za-z]+(?:_[A-Za-z]+)*_[0-9]+"
)  # user_1042: the next of a row in code is another thing's
_MARKED = re.compile("[0-9]|[A-Za-z][._-][A-Za-z]")
TAKES_BACK = re.compile(
    r"違|ちが(?:う|った|い)|間違|まちが|じゃな(?:く|い|かった)|ではな(?:く|い)|でなく|訂正|正しくは|正解は|が正(?!直)|ごめん|すみません|すいません|失礼|誤(?:り|字|って)|打ち(?:間違|ミス)|桁(?:ずれ|が|を)|逆(?:でした|だった)"
    r"|ミス(?:った|りました|です|$)|もとい|やっぱ|\b(?:sorry|oops|typo|actually|i meant?|correction|wrong|wait,? no|no,? wait)\b",
    re.IGNORECASE,
)


# A short number that is all that the turn which takes back tells: «ごめん、3915だった», «sorry, it's 3915».
_BEFORE = re.compile(
    r"[\s、。,.!！…ー〜—-]*(?:it['’]?s|it is|it was|that['’]?s|i meant?|no|not)?[\s:,、]*", re.IGNORECASE
)
_AFTER = re.compile(
    r"\s*(?:だった|でした|です|だ|が正解|が正しい|の(?:方|ほう|間違い)(?:でした|です|だ)?)?(?:わ|よ|ね|！)*[\s。、,.!！…〜]*\Z"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A value that was found, without what parts its groups."""

    label: str
    turn: int
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A text, the values told near it, and those of them that it may take back."""

    text: str = field(repr=False)
    near: Sequence[_Known]
    back: frozenset[_Known]


def twins(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], speakers: Sequence[int | None] = ()
) -> Iterator[tuple[int, Span]]:
    """Yield the number of a text, and the span in it of what is nearly a value found in it, in one before or in the next.

    texts    : of one conversation, or a single one. Linear in them.
    speakers : who says each; one and the same where none are given.
    """
    if not any(spans):
        return
    told = [
        [value for span in some if (value := _known(text, span, index))]
        for index, (text, some) in enumerate(zip(texts, spans, strict=True))
    ]
    near: list[_Known] = []
    for index, text in enumerate(texts):
        near = [
            *near,
            *(told[index] if index == 0 else ()),
            *(told[index + 1] if index + 1 < len(told) else ()),
        ]
        near = near[-_MOST_KNOWN:]
        if near and _MARKED.search(text) is not None:
            line = _Line(text, near, frozenset(_taken_back(texts, index, near, speakers)))
            yield from ((index, span) for span in _alike(line, spans[index]))


def _taken_back(
    texts: Sequence[str], index: int, near: Sequence[_Known], speakers: Sequence[int | None]
) -> Iterator[_Known]:
    """Yield the values that the speaker told lately, where a short text, or the short one before it, takes back."""
    lines = texts[max(0, index - 1) : index + 1]
    if any(len(line) <= _SHORT and TAKES_BACK.search(line) is not None for line in lines):
        for one in near:
            if abs(index - one.turn) <= _TURNS and (not speakers or speakers[one.turn] == speakers[index]):
                yield one


def _known(text: str, span: Span, turn: int) -> _Known | None:
    value = _bare(text[span.start : span.end])
    wanted = class_of(span.label) in IDENTIFIERS and span.label not in _NOT and span.score >= _SURE
    return _Known(span.label, turn, value) if wanted and len(value) >= _LEAST_TAKEN_BACK else None


def _bare(value: str) -> str:
    return _PARTS.sub("", value).lower()


def _alike(line: _Line, found: Sequence[Span]) -> Iterator[Span]:
    covered = Covered(found)
    for token in _TOKEN.finditer(line.text):
        if not covered.holds(*token.span()):
            new = _bare(token[0])
            scored = ((one, _score(token, new, one, line)) for one in reversed(line.near))
            one, score = next(((one, score) for one, score in scored if score), (None, 0.0))
            if one is not None:
                yield Span(*token.span(), one.label, score, SOURCE)


def _score(token: re.Match[str], new: str, old: _Known, line: _Line) -> float:
    """Return how sure it is that a token, ``new`` when bare, is a value told again, or a twin of it; nothing where it is neither."""
    back = old in line.back
    if _is_same(token[0], new, old.value):
        return _SCORE
    if _is_twin(token[0], new, old.value, back=back):
        return 0.0 if is_amount(line.text, *token.span()) else _SCORE
    return _SCORE_TAKEN_BACK if back and _replaces(token, new, old.value) else 0.0


def _is_same(token: str, new: str, old: str) -> bool:
    """Whether a value is told again, where it is more than a word."""
    return new == old and len(token) >= _LEAST and _MARKED.search(token) is not None


def _is_twin(token: str, new: str, old: str, *, back: bool) -> bool:
    """Whether two long values with digits differ little; a row of names in code only where one is taken back."""
    if abs(len(new) - len(old)) > 1 or len(_DIGIT.findall(new)) < _OFF:
        return False
    if _ROW.fullmatch(token) is not None and not back:
        return False
    return new != old and min(len(new), len(old)) >= _LEAST and _is_near(new, old)


def _replaces(token: re.Match[str], new: str, old: str) -> bool:
    """Whether a number is as long as one that is taken back, and no count, sum or date; its digits may all be others."""
    if new == old or not (new.isdigit() and old.isdigit() and len(new) == len(old) >= _LEAST_TAKEN_BACK):
        return False
    if is_year_or_round(new) or is_counted(token.string, *token.span()):
        return False
    return len(new) >= _NO_COUNT or _is_near(new, old) or _is_all(token)


def _is_all(token: re.Match[str]) -> bool:
    """Whether a turn takes something back and tells a number, and nothing else."""
    before = token.string[: token.start()]
    words = list(TAKES_BACK.finditer(before[:_SHORT]))
    apart = words and _BEFORE.fullmatch(before, words[-1].end()) is not None
    return bool(apart) and _AFTER.match(token.string, token.end()) is not None


def _is_near(new: str, old: str) -> bool:
    """Whether one or two signs differ, or one is left out."""
    pairs = list(zip(new, old, strict=False))
    if len(new) == len(old):
        return sum(one != other for one, other in pairs) <= _OFF
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), len(pairs))
    short, long = sorted((new, old), key=len)
    return short[same:] == long[same + 1 :]
