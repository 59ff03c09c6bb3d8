"""Show two result files of one benchmark side by side, and fail when ours lost 10 %.

    python benchmarks/compare.py OLD NEW

A loss is a metric that got worse by more than a tenth and, where the old one has an interval, left it too.
Peers are shown and not judged. A case of ours that fails is a loss. Exit code: 0 no loss, 1 a loss, 2 a file
cannot be read.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.errors import InputError
from resultfile import bounds, load, middle, table

LIMIT = 0.1
# +1: more is better, -1: less is better. Other numbers of a row are facts, not merits.
MERITS: Mapping[str, int] = {
    "messages_per_s": 1, "messages_per_cpu_s": 1, "mb_per_s": 1, "coverage": 1, "typed": 1, "precision": 1,
    "exact_f": 1, "coverage_at_vain_3": 1,
    "peak_mb": -1, "peak_process_mb": -1, "seconds": -1, "alarms": -1, "vain": -1, "ncp": -1,
}  # fmt: skip
# What tells rows apart that have no name of their own.
_IDENTITY = ("method", "rows", "columns", "sensitive", "suppression")


@dataclass(frozen=True, slots=True)
class Change:
    """One metric of one row, then and now.

    gain : relative change in [-1, inf), positive when it got better.
    lost : whether it counts as a loss.
    """

    row: str
    metric: str
    old: float
    new: float
    gain: float
    lost: bool


def changes(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    """Yield every metric that both results have."""
    rows = dict(_named(new))
    for name, before in _named(old):
        after = rows.get(name, {})
        for metric, direction in MERITS.items():
            was, now = middle(before.get(metric)), middle(after.get(metric))
            if was is not None and now is not None:
                gain = _gain(was, now, direction)
                lost = gain < -LIMIT and _outside(before[metric], now, direction) and "peer" not in before
                yield Change(name, metric, was, now, gain, lost)


def failures(new: Mapping[str, object]) -> list[str]:
    """Return the rows of ours that could not be measured because something failed."""
    return [name for name, row in _named(new) if "failed" in row and "peer" not in row]


def unmatched(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """Return the rows measured only in the old and only in the new result."""
    before, after = (
        {name: row for name, row in _named(result) if not {"skipped", "failed"} & row.keys()}
        for result in (old, new)
    )
    return sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())


def _named(result: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    rows = result["results"]
    for row in rows if isinstance(rows, list) else ():
        own = row.get("name") or " ".join(f"{key}={row[key]}" for key in _IDENTITY if key in row)
        yield str(own), row


def _gain(was: float, now: float, direction: int) -> float:
    """Return the relative change for the better; what was 0 has changed by the whole of what it is."""
    if was == now:
        return 0.0
    return direction * (now - was) / abs(was) if was else direction * float("inf")


def _outside(metric: object, now: float, direction: int) -> bool:
    """Return whether a value left an interval on its bad side; there is always room to leave none."""
    interval = bounds(metric)
    return interval is None or (now < interval[0] if direction > 0 else now > interval[1])


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """Return what makes the two hard to compare: machine and settings that are not the same."""
    told = []
    for part in ("machine", "settings"):
        before, after = old.get(part), new.get(part)
        if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
            continue
        told += [
            f"{part}: {key} differs: {before.get(key)} / {after.get(key)}"
            for key in sorted(before.keys() | after.keys())
            if before.get(key) != after.get(key)
        ]
    return told


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    arguments = parser.parse_args()
    try:
        old, new = load(arguments.old), load(arguments.new)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    found = list(changes(old, new))
    print(_table(found))
    for name, rows in zip(("old", "new"), unmatched(old, new), strict=True):
        print("".join(f"only in the {name} file: {row}\n" for row in rows), end="")
    print("".join(f"{line}\n" for line in differences(old, new)), end="")
    lost, failed = [change for change in found if change.lost], failures(new)
    print(f"{len(found)} metrics, {len(lost)} lost more than {LIMIT:.0%}; {len(failed)} cases failed")
    return int(bool(lost or failed))


def _table(found: Iterable[Change]) -> str:
    return table(
        ("row", "metric", "old", "new", "change", ""),
        (
            (c.row, c.metric, f"{c.old:.4g}", f"{c.new:.4g}", f"{c.gain:+.1%}", "LOSS" if c.lost else "")
            for c in found
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
