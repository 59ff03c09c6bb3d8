"""The recall–vain-mask curves of a result of ``names.py`` as one SVG, a panel a data set.

    python benchmarks/namecurve.py [RESULT] [-o SVG]

Across: words masked in vain, 0 to 10 %; up: persons covered, 0 to 100 %. The dashed line is 3 %. A detector
without scores, or with one score, is a dot. Colours follow the reader's light or dark setting.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deid.report.markup import Html, element
from deid.store import write_bytes
from resultfile import RESULTS, load

_LIMIT, _MARK = 0.10, 0.03
_W, _H, _TOP, _LEFT, _COLUMNS, _CELL = 250, 180, 34, 40, 2, (330, 260)
_COLOURS = ("#1b6ca8", "#c8553d", "#5b8c5a", "#8e6c8a", "#b8860b", "#607d8b")
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.axis{stroke:#999;fill:none}.mark{stroke:#999;"
    "stroke-dasharray:4 4}@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)

Points = Sequence[Sequence[float]]
"""Threshold, coverage and vain of each point."""


def curves(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Points]]:
    """Return data set → engine → points, from the rows of a result."""
    found: dict[str, dict[str, Points]] = {}
    for row in rows:
        parts = str(row.get("name")).split("/")
        if parts[0] == "names" and parts[-1] == "curve":
            found.setdefault(parts[1], {})[parts[2]] = row["points"]
    return found


def drawing(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the SVG document."""
    panels = curves(rows)
    engines = list(dict.fromkeys(engine for lines in panels.values() for engine in lines))
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(engines)}
    drawn = [_panel(place, name, lines, colours) for place, (name, lines) in enumerate(panels.items())]
    width = _CELL[0] * _COLUMNS
    height = _CELL[1] * -(-len(panels) // _COLUMNS) + 18 * len(engines) + 10
    legend = [
        element(
            "text",
            {"x": "40", "y": f"{height - 18 * (len(engines) - n) + 8}", "style": f"fill:{colours[name]}"},
            name,
        )
        for n, name in enumerate(engines)
    ]
    head = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", "role": "img"}
    title = element("title", {}, "Persons covered against words masked in vain")
    return element("svg", head, title, element("style", {}, _STYLE), *drawn, *legend).text + "\n"


def _panel(place: int, name: str, lines: Mapping[str, Points], colours: Mapping[str, str]) -> Html:
    x, y = _CELL[0] * (place % _COLUMNS) + _LEFT, _CELL[1] * (place // _COLUMNS) + _TOP
    mark = f"{_W * _MARK / _LIMIT:.1f}"
    parts = [
        element("text", {"x": "0", "y": "-10"}, name),
        element("path", {"class": "axis", "d": f"M0 0V{_H}H{_W}"}),
        element("line", {"class": "mark", "x1": mark, "x2": mark, "y1": "0", "y2": f"{_H}"}),
        *(_tick(f"{share:.0%}", -34, _H * (1 - share) + 4) for share in (0, 0.5, 1)),
        *(_tick(f"{share:.0%}", _W * share / _LIMIT - 8, _H + 16) for share in (0, _MARK, _LIMIT)),
        *(part for engine, points in lines.items() for part in _line(engine, points, colours[engine])),
    ]
    return element("g", {"transform": f"translate({x} {y})"}, *parts)


def _tick(text: str, x: float, y: float) -> Html:
    return element("text", {"x": f"{x:.0f}", "y": f"{y:.0f}"}, text)


def _line(engine: str, points: Points, colour: str) -> Iterator[Html]:
    shown = [(_W * vain / _LIMIT, _H * (1 - coverage)) for _, coverage, vain in points if vain <= _LIMIT]
    told = element("title", {}, engine)
    if len(shown) > 1:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shown)
        yield element("path", {"d": path, "style": f"fill:none;stroke:{colour};stroke-width:2"}, told)
    for x, y in shown[:1]:
        yield element(
            "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4", "style": f"fill:{colour}"}, told
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("result", type=Path, nargs="?", default=RESULTS / "names.json")
    parser.add_argument("-o", "--out", type=Path, default=RESULTS / "names.svg")
    arguments = parser.parse_args()
    rows: Any = load(arguments.result)["results"]
    write_bytes(arguments.out, drawing(rows).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
