"""What one id gives away where ids cannot be linked: by how much text stands under it.

    python benchmarks/oneid.py --data DIR [--only WORD] [--write]

SynthPAI: place, work and relationship of the author, guessed from one person's, conversation's or comment's
text (``reid/singly.py``), on raw text and on three releases. RealPersonaChat in aggregate: pieces of 60, 30
and 15 words linked to one of 100 speakers, dialogues apart, one split (``reid/pieces.py``), and what they
leave to learn.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from deid.errors import DeidError
from deid.risk.attack import strongest
from deid.risk.authorship import Scope
from reid import comments, ours, personachat, pieces, raw, singly, synthpai
from reid.treatments import TREATMENTS
from resultfile import Row, add_write, document, save

NAME = "one-id"
_TIDY = f"{ours.ANONYMIZE}, personal words 0.1, tidy"
RELEASES: tuple[tuple[str, Scope], ...] = (
    (raw.NAME, "person"),
    (_TIDY, "person"),
    (_TIDY, "conversation"),
    (f"{ours.ANONYMIZE}, personal words 0.18 written over, plain", "message"),
)
"""Treatment, and what has one id: the last two as shipped."""
_TAGS = {"personal_words": 0.1, "style": "tidy"}
_OVER = {"personal_words": 0.2, "PERSONAL_WORD": "surrogate", "style": "plain"}
WORDS: tuple[tuple[str, Mapping[str, object], int], ...] = (
    ("personal words 0.1, tidy", _TAGS, 60),
    ("personal words 0.1, tidy", _TAGS, 30),
    ("personal words 0.2 written over, plain", _OVER, 60),
    ("personal words 0.2 written over, plain", _OVER, 30),
    ("personal words 0.2 written over, plain", _OVER, 15),
)
"""Treatment, its configuration, and how many words of a speaker have one id."""
_SPEAKERS = 100


def main() -> int:
    """Measure, print a line a row, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the data sets")
    parser.add_argument("--seed", type=int, default=20260501)
    parser.add_argument("--only", metavar="WORD", default="", help="parts whose name holds it")
    add_write(parser)
    arguments = parser.parse_args()
    rows: list[Row] = []
    try:
        for name, part in parts_of(arguments.data, arguments.seed).items():
            if arguments.only in name:
                for row in part():
                    rows.append(row)
                    print(row, flush=True)
    except DeidError as error:
        print(f"{error}", file=sys.stderr)
        return error.exit_code
    if arguments.write:
        save(arguments.write, document(NAME, {"seed": arguments.seed, "speakers": _SPEAKERS}, rows))
    return 0


def parts_of(data: Path, seed: int) -> Mapping[str, Callable[[], Iterator[Row]]]:
    """Return every part by its name, nothing measured yet."""
    return {
        **{
            f"inferred: {name}, one id a {scope}": partial(inferred_rows, data, name, scope, seed)
            for name, scope in RELEASES
        },
        "linked: raw": partial(untouched_row, data, seed),
        **{
            f"linked: {name}, {words} words an id": partial(linked_row, data, name, changes, words, seed)
            for name, changes, words in WORDS
        },
    }


def inferred_rows(data: Path, name: str, scope: Scope, seed: int) -> Iterator[Row]:
    """Yield a row an attribute of one release of the comments."""
    start, corpus = time.process_time(), synthpai.read(data)
    for attribute, found in singly.results(corpus, TREATMENTS[name](corpus), scope, seed):
        told = found.to_json()
        rates = {key: told[key] for key in ("attacker", "released", "control", "excess")}
        spent = round(time.process_time() - start, 1)
        yield {
            "name": name, "what": "inference", "scope": scope, "attack": attribute, **rates, "cpu_s": spent,
        }  # fmt: skip


def untouched_row(data: Path, seed: int) -> Iterator[Row]:
    """Yield what raw dialogues leave to learn, which the others are measured by."""
    corpus = some_speakers(personachat.read(data), seed)
    yield {"name": raw.NAME, "what": "words", **personachat.left(corpus, corpus.texts, seed)}


def linked_row(data: Path, name: str, changes: Mapping[str, object], words: int, seed: int) -> Iterator[Row]:
    """Yield the row of dialogues that are cut at a number of words: rates of single pieces."""
    start, corpus = time.process_time(), some_speakers(personachat.read(data), seed)
    release = {"name": "real-persona-chat", "format": "parquet", "max_words": words}
    cut, treated = personachat.cut(
        corpus, "real-persona-chat", {"mode": "anonymize", "transform": changes, "release": release}
    )
    found = pieces.attacked(cut, 1, seed)
    yield {
        "name": name,
        "what": "words",
        "words": words,
        **comments.told(strongest([found.alone, found.joined])),
        **personachat.left(corpus, treated, seed),
        "cpu_s": round(time.process_time() - start, 1),
    }


def some_speakers(corpus: synthpai.Corpus, seed: int) -> synthpai.Corpus:
    """Return the dialogues of a hundred speakers, drawn at random."""
    people = sorted(set(corpus.people))
    drawn = np.random.default_rng(seed).permutation(len(people))[:_SPEAKERS].tolist()
    chosen = {people[n] for n in drawn}
    kept = [n for n, person in enumerate(corpus.people) if person in chosen]
    talks = {corpus.place[n][0] for n in kept}
    return synthpai.Corpus(
        [record for record in corpus.records if record["conversation_id"] in talks],
        [corpus.place[n] for n in kept],
        [corpus.texts[n] for n in kept],
        [corpus.masked[n] for n in kept],
        [corpus.people[n] for n in kept],
        [corpus.topic[n] for n in kept],
    )


if __name__ == "__main__":
    sys.exit(main())
