"""Addresses said over turns: «rei dot kano», «at gmail», «dot com»."""

import re
from collections.abc import Callable, Iterator, Sequence

from deid.types import Span, Turn

_SIGN = r"(?:\[at\]|\(at\)|\bat\b|\[dot\]|\(dot\)|\bdot\b|アットマーク|アット|あっと|ドット|どっと)"
_BEGINS = re.compile(rf"\s*(?:(?:then|and|so|it['’]?s|で|それで|次は)\s*)?{_SIGN}", re.IGNORECASE)
_ENDS = re.compile(rf"{_SIGN}\s*$", re.IGNORECASE)
CUES = (f"(?i:^{_BEGINS.pattern})", f"(?i:{_ENDS.pattern})")
"""For ``asked_at_once``: a turn that begins with such a sign, or ends with one."""
_MAY_BEGIN, _MAY_END = 1, 2
_SHORT = 40  # characters of a turn that may go on with an address
_BEFORE = 80
_SIGN_SIZE = 12
_TURNS = 4
_FURTHER = 3
Scan = Callable[[Sequence[str]], list[list[Span]]]


def spoken_emails(turns: Sequence[Turn], signs: Sequence[int], scan: Scan) -> Iterator[tuple[int, Span]]:
    """Yield the pieces of e-mail addresses said over up to four turns of one speaker. Linear in the turns.

    signs : which of ``CUES`` each turn holds, a bit for each.
    scan  : finds addresses in turns put together.
    """
    if not any(signs):  # most conversations
        return
    for index in range(1, len(turns)):
        run = _run(turns, index) if _may_be_said(signs, index) else ()
        if run:
            yield from max(_readings(turns, run, scan), key=len)


def _may_be_said(signs: Sequence[int], index: int) -> bool:
    """Whether an address may go on in a turn, by its cues and those before it."""
    before = signs[max(0, index - _TURNS) : index]
    return bool(signs[index] & _MAY_BEGIN) or any(bits & _MAY_END for bits in before)


def _run(turns: Sequence[Turn], index: int) -> list[int]:
    """Return the turns an address may be said in, if it may begin before this one; else nothing."""
    speaker, text = turns[index].speaker, turns[index].text
    if len(text) > _SHORT:
        return []
    near = range(index - 1, max(-1, index - 1 - _TURNS), -1)
    before = next((number for number in near if turns[number].speaker == speaker), None)
    if before is None:
        return []
    if not (_BEGINS.match(text) or _ENDS.search(turns[before].text[-_SIGN_SIZE:])):
        return []
    later = [
        number
        for number in range(index + 1, min(len(turns), index + 1 + _TURNS))
        if turns[number].speaker == speaker and len(turns[number].text) <= _SHORT
    ]
    return [before, index, *later[: _FURTHER - 1]]


def _readings(turns: Sequence[Turn], run: Sequence[int], scan: Scan) -> Iterator[list[tuple[int, Span]]]:
    """Yield what is found of an address in the first two turns of a run, then in one more and one more."""
    texts = [turns[number].text for number in run]
    texts[0] = texts[0][-_BEFORE:]
    joined = [" ".join(texts[:size]) for size in range(2, len(texts) + 1)]
    for spans in scan(joined):
        found = [span for span in spans if span.label == "EMAIL_ADDRESS" and _crosses(span, texts)]
        yield list(_cut(max(found, key=_length), turns, run, texts)) if found else []


def _crosses(span: Span, texts: Sequence[str]) -> bool:
    return span.start < len(texts[0]) < span.end


def _length(span: Span) -> int:
    return span.end - span.start


def _cut(
    address: Span, turns: Sequence[Turn], run: Sequence[int], texts: Sequence[str]
) -> Iterator[tuple[int, Span]]:
    place = 0
    for number, text in zip(run, texts, strict=True):
        start, end = max(address.start, place), min(address.end, place + len(text))
        moved = len(turns[number].text) - len(text) - place
        if start < end:
            yield number, Span(start + moved, end + moved, "EMAIL_ADDRESS", 0.8, "conversation")
        place += len(text) + 1
