"""Find people again: the leaderboard of treatments on synthetic comments, real chat and a table.

    python benchmarks/reid_tables.py --data DIR [--write] [--page PATH]

RealPersonaChat in aggregate: dialogue → speaker, every dialogue under an id of its own. Adult: who is found
by eight known columns, and whom a row singles out, by k. SynthPAI's rows are those of ``linkage.py``, read
from its result. ``--page`` writes all of them as a page.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deid.errors import DeidError
from reid import adult, personachat
from resultfile import RESULTS, Row, add_write, bounds, document, load, middle, save

NAME = "reid"
_MEANING = (
    "Success of the strongest attacker with its 95 % interval over people; the surest tenth is the rate "
    "among the guesses he is surest of."
)


def main() -> int:
    """Measure, print the page, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the data sets")
    parser.add_argument("--splits", type=int, default=2, metavar="N", help="of the dialogues (default: 2)")
    parser.add_argument("--seed", type=int, default=20260501)
    parser.add_argument("--page", type=Path, metavar="PATH", help="write the leaderboard as a page")
    add_write(parser)
    arguments = parser.parse_args()
    try:
        rows = [
            *chat_rows(arguments.data, arguments.splits, arguments.seed),
            *table_rows(arguments.data, arguments.seed),
        ]
    except DeidError as error:
        print(f"{error}", file=sys.stderr)
        return error.exit_code
    linkage: Any = load(RESULTS / "linkage.json")["results"]
    shown = page(linkage, rows)
    print(shown)
    if arguments.page:
        arguments.page.write_text(shown + "\n", encoding="utf-8")
    if arguments.write:
        settings = {"splits": arguments.splits, "seed": arguments.seed}
        save(arguments.write, document(NAME, settings, rows))
    return 0


def chat_rows(data: Path, splits: int, seed: int) -> Iterator[Row]:
    """Yield a row a treatment of the dialogues: rates over all speakers."""
    corpus = personachat.read(data)
    for name, treat in personachat.TREATMENTS.items():
        start = time.process_time()
        found = personachat.attacked(corpus, treat(corpus), splits, seed)
        rates = {"top1": found.released, "control": found.control, "tail10": found.tails[0.1]}
        yield {
            "name": name,
            "what": "real-persona-chat",
            "attacker": found.attacker,
            "pool": found.pool,
            **{key: dict(rate.to_json()) for key, rate in rates.items()},
            "cpu_s": round(time.process_time() - start, 1),
        }


def table_rows(data: Path, seed: int) -> Iterator[Row]:
    """Yield a row a treatment of the table and attacker."""
    whole, hierarchies = adult.read(data)
    for name, treat in adult.TREATMENTS.items():
        released = treat(whole, hierarchies)
        for row in adult.told(list(adult.attacked(whole, released, seed))):
            yield {"name": name, "what": "adult", "rows": len(released), **row}


def page(linkage: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> str:
    """Return the leaderboard: rates with their 95 % intervals, the best protected first in each table."""
    comments = [
        (row["name"], row["scope"], row["split"], _told(row["top1"]), _told(row["tail10"]))
        for row in sorted(linkage, key=lambda row: middle(row.get("top1")) or 0)
        if row.get("what") == "linkage"
    ]
    chats = [
        (str(row["name"]), _told(row["top1"]), _told(row["tail10"]), _told(row["control"]))
        for row in sorted(rows, key=lambda row: middle(row.get("top1")) or 0)
        if row.get("what") == "real-persona-chat"
    ]
    tables = [
        (str(row["name"]), str(row["attack"]), str(row["attacker"]), _told(row["released"]))
        for row in rows
        if row.get("what") == "adult"
    ]
    return "\n\n".join(
        (
            "# Re-identification: leaderboard",
            _MEANING,
            "## Who wrote it: synthetic comments (SynthPAI), half of each person's known",
            _markdown(("treatment", "one id a", "split", "top-1", "surest tenth"), comments),
            "## Who spoke: real dialogues (RealPersonaChat), in aggregate, one id a dialogue",
            _markdown(("treatment", "top-1", "surest tenth", "control"), chats),
            "## Whose row is it: a table (Adult), eight columns",
            _markdown(("treatment", "attack", "attacker", "success"), tables),
        )
    )


def _told(rate: object) -> str:
    low_high = bounds(rate)
    return "–" if low_high is None else f"{middle(rate):.3f} ({low_high[0]:.3f} to {low_high[1]:.3f})"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
