"""One resolver: overlapping spans become disjoint ones, once, before anything is replaced.

The better span wins whole: class priority first, then length, then score. What a loser covered beyond
the winner is not given up: it stays masked under the loser's label, because it was reported as personal.
A number inside a web address is part of the address, which is replaced whole; secrets and card data in one
keep their label, because it decides that they are never escrowed.
Two spans that only touch are two identities and are never merged.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from deid.labels import CLASS_PRIORITY, LABELS
from deid.types import Span


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
    for span in sorted(_outside_urls(cluster), key=_rank):
        free = list(_take(span, free, taken, text))
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


def _rank(span: Span) -> tuple[int, int, float, Span]:
    return (CLASS_PRIORITY[LABELS[span.label].cls], span.start - span.end, -span.score, span)
