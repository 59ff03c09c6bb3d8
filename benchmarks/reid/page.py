"""The leaderboard as a page of tables, the best protected first in each."""

from collections.abc import Mapping, Sequence
from typing import Any

from resultfile import Row, bounds, middle

_SCOPES = {"person": "person", "conversation": "conversation", "message": "comment"}
_INTRODUCTION = (
    "Success of the strongest attacker with its 95 % interval over people; the surest tenth is the rate "
    "among the guesses he is surest of. He knows half of what everybody wrote, as the same tool treats it, "
    "unless a table says otherwise. `python benchmarks/reid_tables.py --data DIR --write --page "
    "benchmarks/reid/README.md` writes this page; [the documentation](../../docs/risk.md) on attacks."
)
_GENERATED = (
    "Of {pool} candidates, {generated} are generated: chains of the words of three people of the half that "
    "is not looked for. They are only ever wrong answers, perhaps easy ones."
)
_INFERRED = (
    "One of a few groups, guessed from everything a person has in the release by whoever knows the values of "
    "four in five others; the excess is over the same guesses about other people."
)
_PIECES = (
    "Where dialogues are cut, every piece has an id of its own, and each guess is about a piece. An attacker "
    "may first join the pieces of a dialogue again: he learns from dialogues he knows, cut alike, how much "
    "two of its pieces resemble each other, and reads each piece together with its likely mates. The better "
    "of both counts."
)


def page(rows: Sequence[Row]) -> str:
    """Return the leaderboard."""
    parts = [
        "# Re-identification: leaderboard", _INTRODUCTION, *_comments(rows), *_varied(rows), *_inferred(rows),
        "## Who spoke: real dialogues (RealPersonaChat), in aggregate, one id a dialogue or piece",
        _chats(rows), *_pieces(rows),
        "## Whose row is it: a table (Adult), eight columns", _tables(rows), *_skipped(rows),
    ]  # fmt: skip
    return "\n\n".join(parts)


def _of(rows: Sequence[Row], what: str) -> list[Mapping[str, Any]]:
    return [row for row in rows if row.get("what") == what]


def _comments(rows: Sequence[Row]) -> list[str]:
    """Return a table a scope: linkage with random halves and with threads kept apart, and what is left."""
    left = {row["name"]: row for row in _of(rows, "utility")}
    plain = left.get("raw", {})
    parts = ["## Who wrote it: synthetic comments (SynthPAI)"]
    for scope, told in _SCOPES.items():
        by_split = {
            split: {r["name"]: r for r in _of(rows, "linkage") if (r["scope"], r["split"]) == (scope, split)}
            for split in ("random", "threads apart")
        }
        lines = []
        for name in sorted(
            by_split["random"], key=lambda name: middle(by_split["random"][name]["top1"]) or 0
        ):
            cells = [
                _told(by_split[s].get(name, {}).get(key)) for s in by_split for key in ("top1", "tail10")
            ]
            lines.append((name, *cells, *_left(left.get(name, {}), plain)))
        parts += [f"### One id a {told}", _markdown(_HEAD, lines)]
    return parts


_HEAD = (
    "treatment", "random: top-1", "surest tenth", "threads apart: top-1", "surest tenth",
    "documents kept", "words changed", "topic, of raw", "perplexity, of raw", "around tags, of raw",
)  # fmt: skip


def _left(row: Mapping[str, Any], raw: Mapping[str, Any]) -> list[str]:
    kept, changed, *models = _learned(row, raw)
    return [kept, changed, _ratio("topic", row, raw), *models]


def _learned(row: Mapping[str, Any], raw: Mapping[str, Any]) -> list[str]:
    """Return what was kept and changed, and what models of it achieve in units of raw."""
    shares = [f"{row[key]:.3f}" if key in row else "–" for key in ("documents", "words_changed")]
    return [*shares, *(_ratio(key, row, raw) for key in ("perplexity", "around_tags"))]


def _ratio(key: str, row: Mapping[str, Any], raw: Mapping[str, Any]) -> str:
    return f"{row[key] / raw[key]:.2f}" if key in row and key in raw else "–"


def _varied(rows: Sequence[Row]) -> list[str]:
    """Return the tables by number of candidates and by what is known; the leaderboard's rows are in both."""
    plain, varied = _of(rows, "linkage"), _of(rows, "linkage, varied")
    names = {row["name"] for row in varied}
    plain = [row for row in plain if row["name"] in names and row["scope"] != "message"]
    pools = [row for row in [*varied, *plain] if "known" not in row and row["split"] == "random"]
    known = [row for row in [*varied, *plain] if "asked" not in row]
    generated = next((row for row in varied if "generated" in row), None)
    return [
        "### By number of candidates, random halves",
        *([] if generated is None else [_GENERATED.format(**generated)]),
        _markdown(
            ("treatment", "one id a", "candidates", "top-1", "surest tenth"),
            [
                (r["name"], _SCOPES[r["scope"]], _candidates(r), _told(r["top1"]), _told(r["tail10"]))
                for r in sorted(pools, key=lambda r: (r["name"], r["scope"], r["pool"]))
            ],
        ),
        "### By what is known of a person",
        _markdown(
            ("treatment", "one id a", "split", "known posts", "top-1", "surest tenth"),
            [
                (
                    *(r["name"], _SCOPES[r["scope"]], r["split"], str(r.get("known", "half"))),
                    *(_told(r["top1"]), _told(r["tail10"])),
                )
                for r in sorted(
                    known, key=lambda r: (r["name"], r["scope"], r["split"], r.get("known", 1_000))
                )
            ],
        ),
    ]  # fmt: skip


def _candidates(row: Mapping[str, Any]) -> str:
    return f"{row['pool']} ({row['generated']} generated)" if "generated" in row else str(row["pool"])


def _inferred(rows: Sequence[Row]) -> list[str]:
    lines = [
        (
            *(row["name"], row["attack"], str(row["pool"])),
            *(_told(row[key]) for key in ("released", "control", "excess", "raw")),
        )
        for row in sorted(_of(rows, "inference"), key=lambda r: (r["attack"], middle(r["excess"])))
    ]
    head = ("treatment", "attribute", "groups", "guessed", "control", "excess", "from raw text")
    return ["### What the text gives away of its author", _INFERRED, _markdown(head, lines)]


def _chats(rows: Sequence[Row]) -> str:
    held = _of(rows, "real-persona-chat")
    plain = next((row for row in held if row["name"] == "raw"), {})
    head = ("documents kept", "words changed", "perplexity, of raw", "around tags, of raw")
    return _markdown(
        ("treatment", "top-1", "surest tenth", "control", *head),
        [
            (r["name"], *(_told(r[key]) for key in ("top1", "tail10", "control")), *_learned(r, plain))
            for r in sorted(held, key=lambda r: middle(r["top1"]) or 0)
        ],
    )


def _pieces(rows: Sequence[Row]) -> list[str]:
    """Return the table of dialogues that were cut; none where none were measured."""
    cut = [row for row in _of(rows, "real-persona-chat") if "pieces" in row]
    told = [
        (
            str(row["name"]),
            f"{middle(row['pieces']):.2f}",
            _told(row["alone"]),
            _told(row["joined"]),
            f"{middle(row['mates']):.3f}",
        )
        for row in cut
    ]
    head = ("treatment", "pieces a side", "each by itself", "joined again first", "likeliest mate is one")
    return [_PIECES, _markdown(head, told)] if told else []


def _tables(rows: Sequence[Row]) -> str:
    return _markdown(
        ("treatment", "attack", "attacker", "success"),
        [(r["name"], r["attack"], r["attacker"], _told(r["released"])) for r in _of(rows, "adult")],
    )


def _skipped(rows: Sequence[Row]) -> list[str]:
    lines = [f"- {row['name']}: {row['skipped']}" for row in rows if "skipped" in row]
    return ["## Not measured", "\n".join(lines)] if lines else []


def _told(rate: object) -> str:
    low_high = bounds(rate)
    return "–" if low_high is None else f"{middle(rate):.3f} ({low_high[0]:.3f} to {low_high[1]:.3f})"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
