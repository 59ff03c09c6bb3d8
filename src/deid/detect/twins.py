"""Values that differ from a found one by a sign or two: a correction, a slip of the keys, the next number of a row.

«口座番号 4410926» … «ごめん桁ずれた 4419026 が正»; «5501-2284 が父、5501-2285 が私». Two long values so much alike are
of one kind, whatever words stand beside the second. A turn that takes something back may tell another of the same length.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.asides import is_amount
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span

SOURCE = "twins"
_SCORE = _SURE = 0.7
_LEAST = 6  # signs of a value that has a twin without more ado
_LEAST_TAKEN_BACK = 4
_OFF = 2  # signs that may differ: two stand in each other's place
_MOST_KNOWN = 16  # values, those of the next text the last; keeps the time linear
_SHORT = 60  # characters of a turn that takes something back
_NOT = frozenset({"PERSON", "URL", "STREET_ADDRESS", "MEDIA", "EMAIL_ADDRESS"})
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z@/_.-])(?:[0-9]+(?:[ -][0-9]+)+|[0-9A-Za-z][!-.0-~]{2,38}[0-9A-Za-z!#$%&*?])(?![0-9A-Za-z@/_])"
)
_PARTS = re.compile("[ ./_-]+")
_DIGIT = re.compile("[0-9]")
_MARKED = re.compile("[0-9]|[A-Za-z][._-][A-Za-z]")
TAKES_BACK = re.compile(
    r"違|ちが(?:う|った|い)|間違|まちが|じゃな(?:く|い|かった)|ではな(?:く|い)|でなく|訂正|正しくは|正解は|が正(?!直)|ごめん|すみません|すいません|失礼|誤(?:り|字|って)|打ち(?:間違|ミス)|桁(?:ずれ|が|を)|逆(?:でした|だった)"
    r"|ミス(?:った|りました|です|$)|もとい|やっぱ|\b(?:sorry|oops|typo|actually|i meant?|correction|wrong|wait,? no|no,? wait)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A value that was found, without what parts its groups."""

    label: str
    value: str = field(repr=False)


def twins(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> Iterator[tuple[int, Span]]:
    """Yield the number of a text, and the span in it of what is nearly a value found in it, in one before or in the next.

    texts : of one conversation, or a single one. Linear in them.
    """
    if not any(spans):
        return
    told = [
        [value for span in some if (value := _known(text, span))]
        for text, some in zip(texts, spans, strict=True)
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
            back = _takes_back(texts, index)
            yield from ((index, span) for span in _alike(text, spans[index], near, back=back))


def _takes_back(texts: Sequence[str], index: int) -> bool:
    """Whether a short text, or the short one before it, says that something was wrong."""
    lines = texts[max(0, index - 1) : index + 1]
    return any(len(line) <= _SHORT and TAKES_BACK.search(line) is not None for line in lines)


def _known(text: str, span: Span) -> _Known | None:
    value = _bare(text[span.start : span.end])
    wanted = class_of(span.label) in IDENTIFIERS and span.label not in _NOT and span.score >= _SURE
    return _Known(span.label, value) if wanted and len(value) >= _LEAST_TAKEN_BACK else None


def _bare(value: str) -> str:
    return _PARTS.sub("", value).lower()


def _alike(text: str, found: Sequence[Span], known: Sequence[_Known], *, back: bool) -> Iterator[Span]:
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if any(span.start <= start and end <= span.end for span in found):
            continue
        bare = _bare(token[0])
        one = next(
            (
                one
                for one in reversed(known)
                if _is_same(token[0], one)
                or (_is_twin(bare, one.value, back=back) and not is_amount(text, start, end))
            ),
            None,
        )
        if one is not None:
            yield Span(start, end, one.label, _SCORE, SOURCE)


def _is_same(new: str, old: _Known) -> bool:
    """Whether a value is told again, where it is more than a word."""
    return _bare(new) == old.value and len(new) >= _LEAST and _MARKED.search(new) is not None


def _is_twin(new: str, old: str, *, back: bool) -> bool:
    """Whether two values with digits differ little; where something is taken back, digits may all be others."""
    if abs(len(new) - len(old)) > 1 or len(_DIGIT.findall(new)) < _OFF:
        return False
    if back and new != old and new.isdigit() and old.isdigit() and len(new) == len(old) >= _LEAST_TAKEN_BACK:
        return True
    return new != old and min(len(new), len(old)) >= _LEAST and _is_near(new, old)


def _is_near(new: str, old: str) -> bool:
    """Whether one or two signs differ, or one is left out."""
    pairs = list(zip(new, old, strict=False))
    if len(new) == len(old):
        return sum(one != other for one, other in pairs) <= _OFF
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), len(pairs))
    short, long = sorted((new, old), key=len)
    return short[same:] == long[same + 1 :]
