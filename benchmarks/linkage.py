"""Who wrote it? Author linkage on releases of SynthPAI by several treatments, and what each leaves to learn.

    python benchmarks/linkage.py --data DIR [--treatments raw,…] [--write]

278 synthetic people with at least six comments; half of each one's are released, the attacker knows the other
half as the same tool treats it. Rates are the strongest attacker's, with 95 % intervals over people;
``tail10`` and ``tail1`` are the rates among the surest tenth and hundredth of guesses. The pool is everybody.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from deid.errors import DeidError
from deid.risk import authorship
from deid.risk.attack import strongest
from measure import Unavailable
from reid import commercialmask, ours, presidiomask, raw, redacted, regexmask, synthpai
from reid.synthpai import Corpus
from reid.utility import utility
from resultfile import Row, add_write, bounds, document, middle, save, table

NAME = "linkage"
TREATMENTS: Mapping[str, Callable[[Corpus], Sequence[str]]] = {
    raw.NAME: raw.treat,
    regexmask.NAME: regexmask.treat,
    commercialmask.NAME: commercialmask.treat,
    presidiomask.NAME: presidiomask.treat,
    ours.PSEUDONYMIZE: ours.pseudonymize,
    ours.ANONYMIZE: ours.anonymize,
    **{name: partial(ours.without_rare_words, people=people) for people, name in ours.RARE_WORDS.items()},
    **{
        name: partial(ours.without_personal_words, share=share) for share, name in ours.PERSONAL_WORDS.items()
    },
    **{
        name: partial(ours.evened_out, share=share, style=style)
        for (share, style), name in ours.STYLES.items()
    },
    **{
        name: partial(ours.written_over, share=share, style=style)
        for (share, style), name in ours.WRITTEN_OVER.items()
    },
    redacted.NAME: redacted.treat,
}
_SCOPES: tuple[authorship.Scope, ...] = ("person", "conversation", "message")
_SPLITS: tuple[authorship.Split, ...] = ("random", "threads apart")
_PEERS = (commercialmask.NAME, presidiomask.NAME, regexmask.NAME)


def rows(corpus: Corpus, names: Sequence[str], splits: int, seed: int) -> Iterator[Row]:
    """Yield a row a treatment, scope and split, then one on what the treatment leaves to learn."""
    for name in names:
        start = time.process_time()
        try:
            released = TREATMENTS[name](corpus)
        except Unavailable as missing:
            yield {"name": name, "peer": name, "skipped": str(missing)}
            continue
        yield from attacked(corpus, name, released, splits, seed)
        measured = dict(utility(corpus, released, seed))
        yield _row(name, {"what": "utility", **measured, "cpu_s": round(time.process_time() - start, 1)})


def attacked(corpus: Corpus, name: str, released: Sequence[str], splits: int, seed: int) -> Iterator[Row]:
    """Yield a row a split and scope."""
    documents = corpus.documents(released)
    texts = authorship.read(released)
    for split in _SPLITS:
        plan = authorship.Plan(split=split, splits=splits)
        for scope in _SCOPES:
            unit = authorship.units_of(documents, scope)
            results = authorship.results_of(texts, documents, unit, plan, np.random.default_rng(seed))
            best = strongest(results)
            rates = {"top1": best.released, "tail10": best.tails[0.1], "tail1": best.tails[0.01]}
            shown = {key: dict(rate.to_json()) for key, rate in rates.items()}
            extra = {"attacker": best.attacker, "pool": best.pool, "chance": round(1 / best.pool, 5)}
            yield _row(name, {"what": "linkage", "split": split, "scope": scope, **shown, **extra})


def _row(name: str, values: Mapping[str, object]) -> Row:
    return {"name": name, **({"peer": name} if name in _PEERS else {}), **values}


def shown(found: Sequence[Row]) -> str:
    """Return the leaderboard: treatments by their linkage at each scope, utility beside it."""
    head = ("treatment", "scope", "random top-1", "tail", "threads apart top-1", "tail")
    lines = []
    for row in (r for r in found if r.get("what") == "linkage" and r["split"] == "random"):
        other = next(
            r
            for r in found
            if (r["name"], r.get("scope"), r.get("split")) == (row["name"], row["scope"], "threads apart")
        )
        cells = [_cell(side[key]) for side in (row, other) for key in ("top1", "tail10")]
        lines.append((str(row["name"]), str(row["scope"]), *cells))
    learned = [
        (
            str(r["name"]),
            *(str(r.get(key, "–")) for key in ("words_changed", "topic", "perplexity", "around_tags")),
        )
        for r in found
        if r.get("what") == "utility"
    ]
    skipped = [f"{row['name']}: {row['skipped']}" for row in found if "skipped" in row]
    return "\n\n".join(
        filter(
            None,
            (
                table(head, lines),
                table(("treatment", "words changed", "topic", "perplexity", "around tags"), learned),
                "\n".join(skipped),
            ),
        )
    )


def _cell(rate: object) -> str:
    low_high = bounds(rate)
    return "–" if low_high is None else f"{middle(rate):.3f} [{low_high[0]:.3f}, {low_high[1]:.3f}]"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the data sets")
    parser.add_argument("--treatments", default=",".join(TREATMENTS), metavar="A,B", help="default: all")
    parser.add_argument("--splits", type=int, default=3, metavar="N", help="of each kind (default: 3)")
    parser.add_argument("--seed", type=int, default=20260501)
    add_write(parser)
    arguments = parser.parse_args()
    names = [name.strip() for name in arguments.treatments.split(",")]
    if unknown := [name for name in names if name not in TREATMENTS]:
        parser.error(f"no treatment {unknown[0]}; one of: {', '.join(TREATMENTS)}")
    try:
        corpus = synthpai.read(arguments.data)
        found = list(rows(corpus, names, arguments.splits, arguments.seed))
    except DeidError as error:
        print(f"{error}", file=sys.stderr)
        return error.exit_code
    print(shown(found))
    if arguments.write:
        settings = {
            "data": "SynthPAI",
            "people": len(set(corpus.people)),
            "comments": len(corpus.texts),
            "splits": arguments.splits,
            "seed": arguments.seed,
        }
        save(arguments.write, document(NAME, settings, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
