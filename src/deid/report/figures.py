"""Plots as inline SVG: no script, no font, no image; sizes in per cent, so text keeps its size on a phone.

Colours come from the page's classes, so that light and dark follow the reader's setting. Every plot has a
title and a description, and every number in it stands in a table as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deid.report.markup import Html, element, joined, number

_ROW = 38
_TOP, _BASE, _HEIGHT = 34, 196, 222
_WIDTH = 0.34
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Bin:
    """Persons in classes of a size range.

    label         : the range, such as ``5–9``.
    before, after : share of all persons, in [0, 1].
    below         : whether the range lies below the k that is required.
    """

    label: str
    before: float
    after: float
    below: bool


def bars(name: str, title: str, counts: Mapping[str, int]) -> Html:
    """Return horizontal bars, one a row: label and count above, length in proportion to the largest.

    name : prefix of the ids in the drawing, unique in the page.
    """
    largest = max(counts.values(), default=0) or 1
    rows = [_bar(i, label, count, count / largest) for i, (label, count) in enumerate(counts.items())]
    told = ", ".join(f"{label} {number(count)}" for label, count in counts.items())
    return _svg(name, (title, told), _ROW * len(counts), rows)


def _bar(index: int, label: str, count: int, share: float) -> Html:
    top = index * _ROW
    return joined(
        [
            element("text", {"x": "0", "y": f"{top + 14}"}, label),
            element("text", {"x": "100%", "y": f"{top + 14}", "class": "end"}, count),
            _rect(0, top + 21, 100, 8, "track"),
            _rect(0, top + 21, 100 * share, 8, "after"),
        ]
    )


def class_bins(before: Iterable[Sequence[int]], after: Iterable[Sequence[int]], k_required: int) -> list[Bin]:
    """Return shares of persons by class size, with k as one of the borders.

    before, after : pairs (class size, persons in classes of that size), in any order.
    """
    sizes = [{int(size): int(persons) for size, persons in side} for side in (before, after)]
    k = max(k_required, 2)
    starts = [*sorted({1, 2, *(k * step for step in _STEPS)}), 0]
    return [
        Bin(_range(low, high - 1), _share(sizes[0], low, high), _share(sizes[1], low, high), low < k)
        for low, high in pairwise(starts)
    ]


def _range(low: int, high: int) -> str:
    if high < low:
        return f"{low}+"
    return str(low) if low == high else f"{low}–{high}"


def _share(sizes: Mapping[int, int], low: int, high: int) -> float:
    total = sum(sizes.values())
    inside = sum(n for size, n in sizes.items() if low <= size and (size < high or high == 0))
    return inside / total if total else 0.0


def histogram(name: str, title: str, bins: Sequence[Bin]) -> Html:
    """Return the class-size histogram: two columns a range, before and after, as shares of persons."""
    told = "; ".join(f"size {b.label}: {b.before:.0%} before, {b.after:.0%} after" for b in bins)
    largest = max((share for b in bins for share in (b.before, b.after)), default=0) or 1
    width = 100 / max(len(bins), 1)
    below = width * sum(b.below for b in bins)
    back = [
        _rect(0, 0, below, _BASE, "below"),
        element("text", {"x": f"{below / 2:.2f}%", "y": "16", "class": "mid warn"}, "below k"),
    ]
    columns = [_columns(b, width * i, width, largest) for i, b in enumerate(bins)]
    line = element("line", {"x1": "0", "x2": "100%", "y1": f"{_BASE}", "y2": f"{_BASE}", "class": "axis"})
    return _svg(name, (title, told), _HEIGHT, [*back, *columns, line])


def _columns(item: Bin, left: float, width: float, largest: float) -> Html:
    middle = left + width / 2
    parts = [element("text", {"x": f"{middle:.2f}%", "y": f"{_BASE + 19}", "class": "mid"}, item.label)]
    for share, offset, cls in ((item.before, -_WIDTH, "before"), (item.after, 0.0, "after")):
        height = round((_BASE - _TOP) * share / largest)
        x = middle + offset * width
        parts.append(_rect(x, _BASE - height, _WIDTH * width * 0.94, height, cls))
        if share:
            centre = x + _WIDTH * width / 2
            parts.append(_value(centre, _BASE - height - 5, share))
    return joined(parts)


def _value(x: float, y: int, share: float) -> Html:
    text = "<1%" if share < 0.005 else f"{share:.0%}"
    return element("text", {"x": f"{x:.2f}%", "y": f"{y}", "class": "mid value"}, text)


def _rect(x: float, y: int, width: float, height: int, cls: str) -> Html:
    box = {"x": f"{x:.2f}%", "y": f"{y}", "width": f"{width:.2f}%", "height": f"{height}"}
    return element("rect", {**box, "class": cls})


def _svg(name: str, words: tuple[str, str], height: int, parts: Sequence[Html]) -> Html:
    attributes = {
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
        "width": "100%",
        "height": str(height),
    }
    title = element("title", {"id": f"{name}-title"}, words[0])
    desc = element("desc", {"id": f"{name}-desc"}, words[1])
    return element("svg", attributes, title, desc, *parts)
