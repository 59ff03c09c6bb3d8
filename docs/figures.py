"""Put measured figures into the pages that quote them: ``python docs/figures.py [--check]``.

A comment before a sentence or a table says which figures of ``benchmarks/results`` stand in it:

    <!-- figures attack-scale.json: take {cpu_s:.0f} CPU seconds and {peak_mb / 1000:.1f} GB -->

    <!-- figures linkage.json split=random
    rows raw; with `rare_words: 3` = deid anonymize + 3-person words
    : | {} | {top1.value scope=person:.3f} | {words_changed:.3f} | -->

After the colon stands the text as the page has it, with a placeholder for each figure: a metric, perhaps with
``KEY=VALUE`` of the row that it is in (``;`` between several), perhaps divided by a number or another metric,
and a format; ``~`` behind the format leaves out the 0 before the point. ``rows`` repeats the text for each
label, ``{}``, of the result that is named so, or as stands behind ``=``; ``*`` in a ``name`` is that name.
Blanks and line ends count as one. What is behind a mark ends at the first empty line. A test fails where a
page differs from its results.

``{commit:s}``, perhaps with ``KEY=VALUE``, is the commit that a result was measured at, ``+`` behind it where
files were changed. A paragraph or table has results of one commit, or each mark, and each of its ``rows``,
says the commits of its own.
"""  # noqa: INP001 - a script, not a package

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("models/**/*.md")])

_MARK = re.compile(
    r"<!-- figures (?P<file>[\w.-]+)(?P<where>[^\n]*?)(?:\nrows (?P<rows>[^\n]*)\n)?:\s(?P<text>.*?)-->",
    re.DOTALL,
)
_HOLE = re.compile(r"\{(?P<what>[^{}:]+):(?P<form>[^{}]+)\}")
_COMMENTS = re.compile(r"(?:\s|<!--.*?-->)*", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_FIGURE = r"([0-9]*(?:[.,][0-9]+)+|[0-9]+)"
_COMMIT = r"([0-9a-f]{7}\+?)"


@dataclass
class _Line:
    """What a mark, or one of its rows, says: its pattern, its figures, their commits, and those it names."""

    said: str
    figures: list[str]
    commits: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def put(page: str) -> str:
    """Return a page with the figures that its marks name.

    Raises ValueError, naming what is wrong, where a mark names no figure, or the text is not behind it.
    """
    marks = [*_MARK.finditer(page)]
    if len(marks) != page.count("<!-- figures "):
        raise ValueError("a mark is not `<!-- figures FILE KEY=VALUE: TEXT -->`")
    blocks: dict[int, list[tuple[str, _Line]]] = defaultdict(list)
    for mark in marks:
        blocks[_block(page, mark.end())[1]] += [(mark[0], line) for line in _lines(mark)]
    for block in blocks.values():
        _refuse_mixed(block)
        for said, line in block:
            page = _replaced(page, said, line)
    return page


def _refuse_mixed(block: list[tuple[str, _Line]]) -> None:
    """Raise ValueError where figures of several commits stand together and a line does not say its own."""
    if len(set[str]().union(*(line.commits for _, line in block))) < 2:
        return
    for mark, line in block:
        if unsaid := line.commits - line.named:
            raise ValueError(
                f"{mark.splitlines()[0]}: figures of several commits stand together; "
                f"say {', '.join(sorted(unsaid))} beside those of this one"
            )


def _lines(mark: re.Match[str]) -> Iterator[_Line]:
    """Yield each line that a mark speaks of."""
    document = json.loads((RESULTS / mark["file"]).read_text(encoding="utf-8"))
    results = [{**row, "commit": _short(row, document)} for row in document["results"]]
    for row in (mark["rows"] or "").split("; "):
        label, _, name = row.partition(" = ")
        where = _pairs(mark["where"]) | ({"name": name or label} if row else {})
        text = mark["text"].strip().replace("{}", label)
        holes = [*_HOLE.finditer(text)]
        between = re.split(r"\{[^{}]*\}", text)
        line = _Line(_pattern(between[0]), [])
        for hole, after in zip(holes, between[1:], strict=True):
            is_commit = hole["what"].split(" ")[0] == "commit"
            value, commits = _value(results, where, hole["what"])
            line.figures.append(_written(value, hole["form"]))
            line.said += (_COMMIT if is_commit else _FIGURE) + _pattern(after)
            (line.named if is_commit else line.commits).update(commits)
        yield line


def _short(row: dict[str, Any], document: dict[str, Any]) -> str:
    """Return the commit of a result, seven digits, ``+`` behind it where files were changed."""
    commit = str(row.get("commit") or document.get("commit") or "")
    return commit[:7] + "+" * commit.endswith("+")


def _pattern(text: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _written(value: float | str, form: str) -> str:
    written = format(value, form.rstrip("~"))
    return written.removeprefix("0") if form.endswith("~") else written


def _replaced(page: str, mark: str, line: _Line) -> str:
    """Return the page with the figures where the pattern first matches in the block behind the mark."""
    start, end = _block(page, page.index(mark) + len(mark))
    found = re.compile(line.said).search(page, start, end)
    if found is None:
        elsewhere = "stands elsewhere" if re.search(line.said, page) else "reads otherwise"
        raise ValueError(f"{mark.splitlines()[0]}: the paragraph or table behind it {elsewhere}")
    pieces, end = [], 0
    for number, figure in enumerate(line.figures, 1):
        pieces += [page[end : found.start(number)], figure]
        end = found.end(number)
    return "".join([*pieces, page[end:]])


def _block(page: str, start: int) -> tuple[int, int]:
    """Return where the paragraph or table that a mark speaks of begins and ends, behind other marks."""
    skipped = _COMMENTS.match(page, start)
    start = skipped.end() if skipped else start
    blank = _BLANK_LINE.search(page, start)
    return start, blank.start() if blank else len(page)


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.strip().split("=", 1) for pair in text.split(";") if "=" in pair)


def _value(results: list[dict[str, Any]], where: dict[str, str], what: str) -> tuple[float | str, set[str]]:
    """Return a metric, or the quotient of a metric and a number or another metric, and its commits."""
    (over, commits), *under = (_metric(results, where, part.strip()) for part in what.split(" / "))
    return (over / under[0][0], commits | under[0][1]) if under else (over, commits)


def _metric(results: list[dict[str, Any]], where: dict[str, str], said: str) -> tuple[Any, set[str]]:
    if re.fullmatch(r"[0-9.]+", said):
        return float(said), set()
    path, _, more = said.partition(" ")
    own = _pairs(more)
    if "name" in own:
        own["name"] = own["name"].replace("*", where.get("name", ""))
    wanted = where | own
    kind = str if path == "commit" else int | float
    found = [
        (value, row["commit"])
        for row in results
        if all(str(row.get(key, text)) == text for key, text in wanted.items())
        and isinstance(value := _at(row, path.split(".")), kind)
    ]
    if path == "commit":
        found = [*{*found}]
    if len(found) != 1:
        raise ValueError(f"{said} of {wanted}: {len(found)} results have it")
    return found[0][0], {found[0][1]}


def _at(row: Any, path: list[str]) -> object:
    for step in path:
        row = row.get(step) if isinstance(row, dict) else None
    return row


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` name those that would change; return 1 where one is wrong."""
    check, wrong = "--check" in arguments, False
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        try:
            new = put(page)
        except ValueError as error:
            wrong = True
            sys.stderr.write(f"{path.relative_to(ROOT)}: {error}\n")
            continue
        if new != page:
            wrong |= check
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")
            if not check:
                path.write_text(new, encoding="utf-8")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
