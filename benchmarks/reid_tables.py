"""Find people again: the leaderboard of treatments on synthetic comments, real chat and a table.

    python benchmarks/reid_tables.py --data DIR [--keep FILE] [--write] [--page PATH]

SynthPAI: who wrote it, by scope and split, with 10 to 1,000 candidates and one, three or half of the posts
known; which attributes the text gives away; what the treatment leaves to learn. RealPersonaChat in aggregate:
dialogue → speaker, every dialogue under an id of its own. Adult: who is found by eight known columns, and
whom a row singles out, by k. ``--keep`` writes every part as soon as it is measured, and takes what is there
as measured; ``--page`` writes all of them as a page. ``--only`` with ``--merge`` measures some parts again
and keeps the other rows of the results as they stand there, each with the commit it was measured at.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from deid.errors import DeidError, InputError
from deid.risk.attack import strongest
from linkage import attacked
from measure import Unavailable
from reid import adult, comments, dealt, inferred, personachat, pieces, synthpai
from reid.page import page
from reid.treatments import LOOKED_INTO, PEERS, TREATMENTS
from reid.utility import utility
from resultfile import RESULTS, Row, add_write, beside, document, load, save

NAME = "reid"
Part = Callable[[], Iterable[Row]]
"""Some rows of the table, measured together."""


def main() -> int:
    """Measure, print the page, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the data sets")
    parser.add_argument("--splits", type=int, default=2, metavar="N", help="of each kind (default: 2)")
    parser.add_argument("--seed", type=int, default=20260501)
    parser.add_argument("--only", metavar="WORD", default="", help="parts whose name holds it")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="rows as they are measured, to go on from")
    parser.add_argument("--merge", action="store_true", help="beside the other rows of benchmarks/results")
    parser.add_argument("--page", type=Path, metavar="PATH", help="write the leaderboard as a page")
    add_write(parser)
    arguments = parser.parse_args()
    settings = {"splits": arguments.splits, "seed": arguments.seed}
    try:
        parts = {
            name: part
            for name, part in parts_of(arguments.data, arguments.splits, arguments.seed).items()
            if arguments.only in name
        }
        rows = measured(parts, arguments.keep, settings)
        if arguments.merge:
            earlier = load(RESULTS / f"{NAME}.json")
            rows = beside(earlier, settings, rows, is_measured=lambda row: part_of(row) in parts)
    except DeidError as error:
        print(f"{error}", file=sys.stderr)
        return error.exit_code
    shown = page(rows)
    print(shown)
    if arguments.page:
        arguments.page.write_text(shown + "\n", encoding="utf-8")
    if arguments.write:
        save(arguments.write, document(NAME, settings, rows))
    return 0


def parts_of(data: Path, splits: int, seed: int) -> Mapping[str, Part]:
    """Return every part of the table by its name, nothing measured yet."""
    chats = partial(personachat.read, data)
    corpus = partial(synthpai.read, data)
    return {
        **{f"synthpai: {name}": partial(comment_rows, corpus, name, splits, seed) for name in TREATMENTS},
        **{
            f"real-persona-chat: {name}": partial(chat_row, chats, name, splits, seed)
            for name in personachat.TREATMENTS
        },
        **{
            f"real-persona-chat: {name}": partial(pieces_row, chats, name, splits, seed)
            for name in personachat.PIECES
        },
        **{f"adult: {name}": partial(table_rows, data, name, seed) for name in adult.TREATMENTS},
    }


def part_of(row: Row) -> str:
    """Return the name of the part that a row is of."""
    what = str(row.get("what", ""))
    return f"{what if what in ('real-persona-chat', 'adult') else 'synthpai'}: {row['name']}"


def measured(parts: Mapping[str, Part], keep: Path | None, settings: Mapping[str, object]) -> list[Row]:
    """Return the rows of all parts, those in ``keep`` as they stand there.

    Raises InputError where ``keep`` was measured with other settings.
    """
    done = _kept(keep, settings)
    rows: list[Row] = []
    for name, part in parts.items():
        if name not in done:
            done[name] = list(part())
            print(name, file=sys.stderr)
            if keep is not None:
                with keep.open("a", encoding="utf-8") as lines:
                    line = {"part": name, "settings": dict(settings), "rows": done[name]}
                    lines.write(json.dumps(line) + "\n")
        rows += done[name]
    return rows


def _kept(keep: Path | None, settings: Mapping[str, object]) -> dict[str, list[Row]]:
    if keep is None or not keep.exists():
        return {}
    found = [json.loads(line) for line in keep.read_text(encoding="utf-8").splitlines()]
    if any(line["settings"] != settings for line in found):
        raise InputError(f"{keep}: measured with other settings", hint="name another file")
    return {line["part"]: line["rows"] for line in found}


def comment_rows(read: Callable[[], synthpai.Corpus], name: str, splits: int, seed: int) -> Iterator[Row]:
    """Yield the rows of one treatment of the comments."""
    start, corpus = time.process_time(), read()
    peer = {"peer": name} if name in PEERS else {}
    try:
        released = TREATMENTS[name](corpus)
    except Unavailable as missing:
        yield {"name": name, **peer, "skipped": str(missing)}
        return
    yield from attacked(corpus, name, released, splits, seed)
    if name in LOOKED_INTO:
        documents = corpus.documents(released)
        for row in (*comments.varied(documents, splits, seed), *comments.hidden(corpus, documents, seed)):
            yield {"name": name, "what": "linkage, varied", **row}
    for result in inferred.results(corpus, released, seed):
        yield {"name": name, "what": "inference", **peer, **_rates(result.to_json())}
    kept = {"documents": round(sum(map(bool, released)) / len(released), 4)}
    # Dealt out, everybody's raw text is in the training part: what is learned there says nothing.
    left = kept if name == dealt.NAME else {**kept, **utility(corpus, released, seed)}
    yield {"name": name, "what": "utility", **peer, **left, "cpu_s": _since(start)}


def _rates(found: Mapping[str, object]) -> Row:
    return {key: found[key] for key in ("attack", "pool", "released", "control", "raw", "excess")}


def chat_row(read: Callable[[], synthpai.Corpus], name: str, splits: int, seed: int) -> Iterator[Row]:
    """Yield the row of a treatment of the dialogues: rates over all speakers."""
    start, corpus = time.process_time(), read()
    treated = personachat.TREATMENTS[name](corpus)
    found = personachat.attacked(corpus, treated, splits, seed)
    yield {
        "name": name,
        "what": "real-persona-chat",
        **comments.told(found),
        "control": dict(found.control.to_json()),
        "documents": round(sum(map(bool, treated)) / len(treated), 4),
        **({} if name == dealt.NAME else personachat.left(corpus, treated, seed)),
        "cpu_s": _since(start),
    }


def pieces_row(read: Callable[[], synthpai.Corpus], name: str, splits: int, seed: int) -> Iterator[Row]:
    """Yield the row of a pipeline that cuts the dialogues: rates of single pieces, joined again or not."""
    start, corpus = time.process_time(), read()
    cut, treated = personachat.cut(corpus, personachat.PIECES[name])
    found = pieces.attacked(cut, splits, seed)
    best = strongest([found.alone, found.joined])
    yield {
        "name": name,
        "what": "real-persona-chat",
        **comments.told(best),
        "control": dict(best.control.to_json()),
        "alone": dict(found.alone.released.to_json()),
        "joined": dict(found.joined.released.to_json()),
        "mates": round(found.mates, 4),
        "pieces": round(len(cut.said) / len(cut.sides), 2),
        "documents": round(sum(map(bool, treated)) / len(treated), 4),
        **personachat.left(corpus, treated, seed),
        "cpu_s": _since(start),
    }


def table_rows(data: Path, name: str, seed: int) -> Iterator[Row]:
    """Yield a row an attacker, of one treatment of the table."""
    start = time.process_time()
    whole, hierarchies = adult.read(data)
    released = adult.TREATMENTS[name](whole, hierarchies)
    rows: Sequence[Row] = list(adult.told(list(adult.attacked(whole, released, seed))))
    for row in rows:
        yield {"name": name, "what": "adult", "rows": len(released), **row, "cpu_s": _since(start)}


def _since(start: float) -> float:
    return round(time.process_time() - start, 1)


if __name__ == "__main__":
    sys.exit(main())
