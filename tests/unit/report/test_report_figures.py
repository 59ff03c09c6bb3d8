import re

import pytest

from deid.report.figures import bars, class_bins, histogram
from deid.report.markup import Html, element, number, table


def widths(svg: str, cls: str) -> list[float]:
    found = re.findall(rf'width="([0-9.]+)%" height="[0-9]+" class="{cls}"', svg)
    return [float(width) for width in found]


def test_bars_are_in_proportion() -> None:
    svg = bars("x", "Title", {"a": 200, "b": 50, "c": 0}).text
    assert widths(svg, "after") == [100.0, 25.0, 0.0]
    assert "<title" in svg
    assert "a 200, b 50, c 0</desc>" in svg
    assert 'aria-labelledby="x-title x-desc"' in svg


@pytest.mark.parametrize("counts", [{}, {"a": 0}])
def test_bars_of_nothing(counts: dict[str, int]) -> None:
    assert "<svg" in bars("x", "Title", counts).text


def test_bins_by_hand() -> None:
    before = [[1, 10], [2, 10], [4, 8], [5, 12], [60, 60]]
    bins = class_bins(before, [[5, 20], [9, 20], [10, 40], [50, 20]], 5)
    assert [b.label for b in bins] == ["1", "2–4", "5–9", "10–24", "25–49", "50+"]
    assert [b.before for b in bins] == [0.1, 0.18, 0.12, 0.0, 0.0, 0.6]
    assert [b.after for b in bins] == [0.0, 0.0, 0.4, 0.4, 0.0, 0.2]
    assert [b.below for b in bins] == [True, True, False, False, False, False]


@pytest.mark.parametrize("k", [1, 2])
def test_the_smallest_k(k: int) -> None:
    bins = class_bins([[1, 1], [2, 2]], [], k)
    assert [b.label for b in bins][:2] == ["1", "2–3"]
    assert [b.below for b in bins][:2] == [True, False]
    assert sum(b.before for b in bins) == pytest.approx(1)
    assert sum(b.after for b in bins) == 0


def test_histogram_draws_each_share_once() -> None:
    svg = histogram("x", "Title", class_bins([[1, 50], [5, 50]], [[5, 100]], 5)).text
    assert svg.count('class="mid value"') == 3
    assert "size 5–9: 50% before, 100% after" in svg
    heights = [int(h) for h in re.findall(r'height="([0-9]+)" class="(?:before|after)"', svg)]
    assert sorted(h for h in heights if h) == [81, 81, 162]


def test_columns_stand_on_the_axis_with_before_on_the_left() -> None:
    svg = histogram("x", "Title", class_bins([[5, 100]], [[5, 50], [1, 50]], 5)).text
    found = re.findall(r'x="([0-9.]+)%" y="([0-9]+)" width="([0-9.]+)%" height="([0-9]+)" class="(\w+)"', svg)
    columns = [(float(x), int(y), float(w), int(h), cls) for x, y, w, h, cls in found if cls != "below"]
    assert {y + h for _, y, _, h, _ in columns} == {196}
    drawn = [column for column in columns if column[3]]
    assert [(h, cls) for _, _, _, h, cls in drawn] == [(81, "after"), (162, "before"), (81, "after")]
    before, after = drawn[1], drawn[2]
    assert before[0] + before[2] <= after[0]
    labels = [int(y) for y in re.findall(r'y="([0-9]+)" class="mid">', svg)]
    values = [int(y) for y in re.findall(r'y="([0-9]+)" class="mid value">', svg)]
    assert min(labels) > 196
    assert values == [110, 29, 110]


def test_bars_stand_below_their_own_label() -> None:
    svg = bars("x", "Title", {"a": 2, "b": 1}).text
    texts = sorted({int(y) for y in re.findall(r'<text x="0" y="([0-9]+)"', svg)})
    rects = sorted({int(y) for y in re.findall(r'<rect x="0.00%" y="([0-9]+)"', svg)})
    assert texts[0] < rects[0] < texts[1] < rects[1]


def test_histogram_of_nothing() -> None:
    assert "<svg" in histogram("x", "Title", class_bins([], [], 5)).text
    assert "<svg" in histogram("x", "Title", []).text


def test_a_small_share_is_not_written_as_zero() -> None:
    assert "&lt;1%" in histogram("x", "T", class_bins([[1, 1], [5, 999]], [], 5)).text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "not computed"),
        (True, "yes"),
        (False, "no"),
        (12345, "12,345"),
        (0.08333, "0.08333"),
        ("a", "a"),
    ],
)
def test_numbers(value: float | str | None, expected: str) -> None:
    assert number(value) == expected


def test_text_is_escaped_and_html_is_not() -> None:
    assert element("p", {"title": '"<'}, "<b>", Html("<i></i>")).text == (
        '<p title="&quot;&lt;">&lt;b&gt;<i></i></p>'
    )


def test_numeric_columns() -> None:
    text = table(("a", "b"), [("x", 1)], numeric=(1,)).text
    assert '<th scope="col" class="num">b</th>' in text
    assert '<td class="num">1</td>' in text
