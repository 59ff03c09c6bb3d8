"""Make the scorer of odd values: ``python models/recipe/oddvalues.py --data DIR [--leave LIST …] [--to DIR]``.

A multinomial logistic regression over hashed features, fitted by L-BFGS (Liu and Nocedal, Mathematical
Programming 45, 1989), words of each unit left out by chance, of every other one most of them, so that it
leans on fields of meaning more than on a line. Needs scipy; about a minute and a half.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from deid.detect.odd.compounds import hold_compounds
from deid.detect.odd.features import HALF, ROWS
from deid.detect.odd.gate import SHAPES, near_of
from deid.detect.odd.lexicon import Lexicon, packed
from deid.detect.odd.scorer import FILES, LENGTH, NOTHING, WORDS
from deid.detect.odd.values import labels_of
from deid.store import sha256_file
from fresh import LESSONS
from oddlines import (
    FAMILIES,
    LABELLED,
    LISTS,
    NONE,
    Example,
    Line,
    chat,
    examples,
    lines_of,
    ordinary,
    tweets,
)

SEED = 7
_LEFT_OUT, _WORDS_LEFT_OUT = 0.15, 0.7
_CHAT = "dev"
"""The part of the chat that chooses thresholds and words, and is not learnt from."""
_WEIGHTS = {
    **dict.fromkeys(LISTS, 1.0),
    **dict.fromkeys(FAMILIES, 0.4),
    "test": 2.0,
    "tweets": 2.0,
    "ordinary": 4.0,
}
_PENALTY, _STEPS = 2e-5, 60
_COMMONEST = 91  # tier of the eight thousand most common words
_SEEN = 2  # units that must have a feature
_WORD = re.compile("[a-z]{2,}")
_GATE_SHARE, _MET, _COMMON, _RARE = 12, 24, 1.5, 20
_LOWEST = 0.35
_FALSE, _FALSE_IN_CLEAN, _FALSE_IN_CHAT = 4.0, 24.0, 45.0
"""Right marks that outweigh a false one: beside values, in a line without any, and in the chat that chooses."""
_NO_JUDGES = ("traps",)
"""Lists that are learnt from and choose no threshold: half of their lines hold nothing, unlike chat."""
_MODELS = Path(__file__).parents[1]
_FIELDS = _MODELS / "values-en" / "fields.txt"

Matrix = Any
Floats = NDArray[np.float32]


def thinned(units: Sequence[Example]) -> list[Example]:
    """Return units with features left out: of every other one most words."""
    rng = np.random.default_rng(SEED)
    kept = []
    for at, unit in enumerate(units):
        rows = np.array(unit.rows)
        share = np.where(rows < HALF, _LEFT_OUT / 2, _WORDS_LEFT_OUT if at % 2 else _LEFT_OUT)
        kept.append(Example(rows[rng.random(len(rows)) >= share], unit.number, unit.line))
    return kept


def matrix(units: Sequence[Example], kept: float = 1.0) -> Matrix:
    """Return the features of units, a row of length ``LENGTH`` each; ``kept`` is the share of them that stays."""
    rng = np.random.default_rng(SEED)
    rows = [np.asarray(unit.rows) for unit in units]
    if kept < 1:
        rows = [row[rng.random(len(row)) < kept] for row in rows]
    sizes = np.array([len(row) for row in rows])
    values = np.repeat(LENGTH / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    return sparse.csr_matrix((values, np.concatenate(rows), bounds), shape=(len(rows), ROWS))


def fit(
    features: Matrix, numbers: NDArray[np.int64], weights: Floats, classes: int = NOTHING + len(LABELLED)
) -> Floats:
    """Return a table (``ROWS``, classes) of weights."""
    used = np.flatnonzero(np.bincount(features.indices, minlength=ROWS) >= _SEEN)
    inputs = features[:, used].tocsr()
    turned = inputs.T.tocsr()
    wanted = np.eye(classes, dtype=np.float32)[numbers]
    shares = (weights / weights.sum())[:, None]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(-1, classes).astype(np.float32)
        likely = softmax(inputs @ table)
        missed = -np.log(np.maximum(likely[np.arange(len(numbers)), numbers], 1e-30))
        slope = turned @ ((likely - wanted) * shares) + _PENALTY * table
        total = float((shares[:, 0] * missed).sum() + _PENALTY / 2 * (table**2).sum())
        return total, slope.ravel().astype(np.float64)

    start = np.zeros(len(used) * classes)
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    table = np.zeros((ROWS, classes), np.float32)
    table[used] = found.x.reshape(-1, classes)
    return table


def softmax(sums: Floats) -> Floats:
    """Return shares that add up to one in each row."""
    raised = np.exp(sums - sums.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


@dataclass(frozen=True, slots=True)
class Scored:
    """What a table makes of units: the label each is most like, and how sure some label is."""

    best: NDArray[np.int64]
    sure: Floats


def scored(units: Sequence[Example], table: Floats) -> Scored:
    """Return what a table makes of units."""
    shares = softmax(matrix(units) @ table)[:, NOTHING:]
    return Scored(shares.argmax(1), shares.sum(1))


def thresholds(
    judged: Sequence[tuple[Sequence[Example], Scored]],
    chats: Sequence[tuple[Sequence[Example], Scored]],
    *,
    worded: bool,
) -> list[float]:
    """Return the least surety of each label for units of letters alone, or for all others: where right marks outweigh false ones most.

    judged, chats : what tables made of lists that they did not learn from, and of chat, one a table.
    """
    both = [*judged, *chats]
    best = np.concatenate([found.best for _, found in both])
    sure = np.concatenate([found.sure for _, found in both])
    right = np.array([unit.number > NONE for units, _ in both for unit in units])
    wanted = np.array([unit.worded == worded for units, _ in both for unit in units])
    clean = np.array([unit.clean for units, _ in both for unit in units])
    costs = np.where(clean, _FALSE_IN_CLEAN, _FALSE)
    costs[sum(len(units) for units, _ in judged) :] = _FALSE_IN_CHAT / len(chats)
    gains = np.where(right, 1.0, -costs)
    kept = [wanted & (best == number) for number in range(len(LABELLED))]
    return [_least(sure[some], gains[some]) for some in kept]


def _least(sure: Floats, gains: NDArray[np.float64]) -> float:
    order = np.argsort(-sure, kind="stable")
    total = np.where(sure[order] >= _LOWEST, np.cumsum(gains[order]), 0.0)
    return float(sure[order][total.argmax()]) if len(total) and total.max() > 0 else 1.0


def gate(texts: Sequence[Line], lexicon: Lexicon, quiet: Sequence[Line]) -> list[str]:
    """Return the words of fields that ask, and those that stand near values much more often than in chat."""
    hits = Counter(word for line in texts if line.gold for word in _words_of(line))
    near = Counter(word for line in quiet for word in _words_of(line))
    asking = {word for word in lexicon.asking if near[word] <= _COMMON * hits[word] + _RARE}
    often = {word for word, count in hits.items() if count >= max(_MET, _GATE_SHARE * (near[word] + 1))}
    return sorted(asking | often)


def _words_of(line: Line) -> set[str]:
    text = list(line.text)
    for gold in line.gold:
        text[gold.start : gold.end] = " " * (gold.end - gold.start)
    said = "\n".join(("".join(text), line.before.question, line.before.earlier))
    words = _WORD.findall(said.lower())
    return {word for word in words if word.isascii()}


def common_words(folder: Path, least: int = 1) -> Iterator[str]:
    """Yield the words of the English tagger's table that have a frequency: ``least`` is that of its tiers."""
    words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    tiers = np.load(folder / "words.npy")[:, -2]
    return (word for word, tier in zip(words, tiers, strict=True) if tier >= least)


Sets = dict[str, list[Example]]


def fitted(sets: Sets, without: str = "") -> Floats:
    """Return the table of all sets but one."""
    used = [name for name in sets if name not in (without, _CHAT)]
    units = [unit for name in used for unit in sets[name]]
    weights = [weight for name in used for weight in [_WEIGHTS[name]] * len(sets[name])]
    numbers = np.array([unit.number for unit in units])
    return fit(matrix(thinned(units)), numbers, np.array(weights, np.float32))


def main() -> None:
    """Read, fit, choose the thresholds and the words, write."""
    arguments = arguments_of(__doc__, "values-en")
    names = [name for name in (*LISTS, *FAMILIES) if name not in arguments.leave]
    known = packed(common_words(_MODELS / "names-en"), common_words(_MODELS / "names-en", _COMMONEST))
    lexicon = Lexicon.read(_FIELDS.read_text(encoding="utf-8"), known)
    texts = {name: lines_of(name, SEED) for name in names}
    quiet = {part: chat(arguments.data, part) for part in ("test", _CHAT)} | {
        "tweets": tweets(arguments.data)
    }
    words = gate(
        [line for lines in texts.values() for line in lines], lexicon, [*quiet["test"], *quiet[_CHAT]]
    )
    sets = {name: list(examples(lines, lexicon)) for name, lines in texts.items()}
    sets |= {name: list(examples(_near(lines, words, lexicon), lexicon)) for name, lines in quiet.items()}
    sets["ordinary"] = list(examples(list(ordinary(SEED)), lexicon))
    judged, chats = [], []
    for name in [name for name in LESSONS if name in sets and name not in _NO_JUDGES]:
        table = fitted(sets, name)
        judged.append((sets[name], scored(sets[name], table)))
        chats.append((sets[_CHAT], scored(sets[_CHAT], table)))
    least = [thresholds(judged, chats, worded=worded) for worded in (False, True)]
    save(arguments.to, fitted(sets), least, words, known=known)
    print(*(dict(zip(LABELLED, some, strict=True)) for some in least), f"{len(words)} words")


def _near(lines: Sequence[Line], words: Sequence[str], lexicon: Lexicon) -> list[Line]:
    wanted, texts = frozenset(words), [line.text for line in lines]
    shaped, joined = near_of((), SHAPES)(texts), hold_compounds(texts, lexicon)
    return [
        line
        for line, *asks in zip(lines, shaped, joined, strict=True)
        if any(asks) or labels_of(line.gold) or line.before.labels or not wanted.isdisjoint(_words_of(line))
    ]


def save(
    folder: Path,
    table: Floats,
    least: float | Sequence[Sequence[float]],
    words: Sequence[str],
    kind: tuple[str, Sequence[str]] = ("English", LABELLED),
    known: NDArray[np.uint8] | None = None,
) -> None:
    """Write a scorer: int8, a scale a column, what it knows of words, and the manifest.

    least : the threshold of all labels, or one of each, and those of units of letters alone.
    kind  : its language and labels.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scale = (np.abs(table).max(0) / 127).astype(np.float32)
    np.save(folder / "table.npy", np.round(table / np.maximum(scale, 1e-12)).astype(np.int8))
    np.save(folder / "scale.npy", scale)
    if known is not None:
        np.save(folder / "known.npy", known)
        (folder / "fields.txt").write_bytes(_FIELDS.read_bytes())
    files = FILES if known is None else (*FILES, *WORDS)
    bound: Mapping[str, Any] = {"threshold": round(least, 4)} if isinstance(least, float) else {}
    if not isinstance(least, float):
        bound = dict(
            zip(("thresholds", "worded"), ([round(one, 3) for one in some] for some in least), strict=True)
        )
    manifest = {
        "name": folder.name,
        "language": kind[0],
        "licence": "CC-BY-SA-4.0",
        "labels": kind[1],
        **bound,
        "gate": words,
        "files": {name: sha256_file(folder / name) for name in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def arguments_of(description: str | None, name: str) -> argparse.Namespace:
    """Return what the command line of such a recipe says; ``name`` is the model that it makes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument(
        "--leave", nargs="*", default=(), metavar="LIST", help="lists that are not learnt from"
    )
    parser.add_argument("--to", type=Path, default=_MODELS / name)
    return parser.parse_args()


if __name__ == "__main__":
    main()
