"""One resolver: overlapping spans become disjoint ones, once, before anything is replaced.

The better span wins whole: class priority first, then length, then score. What a loser covered beyond
the winner is not given up: it stays masked under the loser's label, because it was reported as personal.
A number inside a web address is part of the address, which is replaced whole; secrets and card data in one
keep their label, because it decides that they are never escrowed. A name that is found in the letters of a
sure number, «NV64-XAG», gives way to it: the taggers read words, and such a code is none.
Two spans that only touch are two identities and are never merged.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from deid.labels import CLASS_PRIORITY, IDENTIFIERS, LABELS, LabelClass
from deid.types import Span

_NAME = "PERSON"
_SURE, _CUED = 0.7, 0.8  # on the scale of ``deid.detect.patterns.pattern``
_JOINS = re.compile(r"[\w.@+-]")


def resolve(spans: Iterable[Span], text: str) -> list[Span]:
    """Return sorted, disjoint spans that cover every character that ``spans`` cover.

    Left-over pieces that hold no letter or digit are dropped.
    """
    ordered = sorted(set(spans))
    if len(ordered) < 2 or _disjoint(ordered):
        return ordered
    kept: list[Span] = []
    for cluster in _clusters(ordered):
        kept += cluster if len(cluster) == 1 else _settle(cluster, text)
    return kept


def _disjoint(ordered: Sequence[Span]) -> bool:
    return all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))


def _clusters(ordered: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield runs of spans that overlap one after another."""
    cluster = [ordered[0]]
    end = ordered[0].end
    for span in ordered[1:]:
        if span.start < end:
            cluster.append(span)
        else:
            yield cluster
            cluster = [span]
        end = max(end, span.end)
    yield cluster


def _settle(cluster: Sequence[Span], text: str) -> list[Span]:
    """Let the best span win, then the best of what remains of the others."""
    taken: list[Span] = []
    free = [(cluster[0].start, max(span.end for span in cluster))]
    codes = [span for span in cluster if _is_code(span, text)]
    for span in sorted(_outside_urls(cluster), key=lambda span: _rank(span, codes, text)):
        first = bisect_right(free, span.start, key=itemgetter(1))
        last = bisect_left(free, span.end, first, key=itemgetter(0))
        free[first:last] = _take(span, free[first:last], taken, text)
        if not free:
            break
    return sorted(taken)


def _outside_urls(cluster: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans but those that lie in a URL and may be escrowed with it."""
    urls = [span for span in cluster if span.label == "URL"]
    for span in cluster:
        inside = any(url.start <= span.start and span.end <= url.end for url in urls)
        if not inside or span.label == "URL" or not LABELS[span.label].escrowed:
            yield span


def _take(
    span: Span, free: Sequence[tuple[int, int]], taken: list[Span], text: str
) -> Iterator[tuple[int, int]]:
    """Give ``span`` the free ranges it covers, and yield the ranges still free."""
    for start, end in free:
        low, high = max(start, span.start), min(end, span.end)
        if low >= high:
            yield start, end
            continue
        whole = (low, high) == (span.start, span.end)
        trimmed = (low, high) if whole else _trim(text, low, high)
        if trimmed:
            taken.append(Span(*trimmed, span.label, span.score, span.source))
        if start < low:
            yield start, low
        if high < end:
            yield high, end


def _trim(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Shrink a left-over piece to its letters and digits."""
    while low < high and not _says_something(text[low]):
        low += 1
    while low < high and not _says_something(text[high - 1]):
        high -= 1
    return (low, high) if low < high else None


def _says_something(character: str) -> bool:
    """Whether a character is a letter, a digit or a mark on one."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _is_code(span: Span, text: str) -> bool:
    """Whether a span is an identifier that a cue, a check digit or its structure makes sure, and is no name."""
    if span.label == _NAME or span.score < _SURE or LABELS[span.label].cls not in IDENTIFIERS:
        return False
    return any(c == "@" or c.isdigit() for c in text[span.start : span.end])


def _gives_way(name: Span, code: Span, text: str) -> bool:
    """Whether a name that meets a code was read out of it, rather than the code out of the name."""
    if name.end <= code.start or code.end <= name.start:
        return False
    if code.start <= name.start and name.end <= code.end:
        return code.score >= _CUED or not _stands_alone(name, text)
    return _stands_alone(code, text)


def _stands_alone(span: Span, text: str) -> bool:
    """Whether no letter, digit or hyphen is written to a span."""
    return not (_JOINS.match(text[span.start - 1 : span.start]) or _JOINS.match(text, span.end))


def _rank(span: Span, codes: Sequence[Span], text: str) -> tuple[int, bool, int, float, Span]:
    """Return what sorts the better span first; a name behind the codes that it was read out of."""
    late = span.label == _NAME and any(_gives_way(span, code, text) for code in codes)
    cls = LabelClass.LINKING if late else LABELS[span.label].cls
    return (CLASS_PRIORITY[cls], late, span.start - span.end, -span.score, span)
