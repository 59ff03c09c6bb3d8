"""Make the scorer of odd values: ``python models/recipe/oddvalues.py --data DIR [--leave LIST …] [--to DIR]``.

A multinomial logistic regression over hashed features, fitted by L-BFGS (Liu and Nocedal, Mathematical
Programming 45, 1989), a part of the features of each unit left out by chance, so that it leans on no line.
Its threshold lets ``ALLOWED`` units pass in 10,000 lines of chat. Needs scipy; about half a minute.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from deid.detect.odd.features import ROWS
from deid.detect.odd.scorer import LENGTH, NOTHING
from deid.store import sha256_file
from oddlines import FAMILIES, LABELLED, LISTS, Example, Line, chat, examples, lines_of

SEED = 7
ALLOWED = 40
"""Marks in 10,000 lines of chat that the threshold allows; the words that must be near leave about one in eight."""
_LEFT_OUT = 0.2
_WEIGHTS = {**dict.fromkeys(LISTS, 1.0), **dict.fromkeys(FAMILIES, 0.4)}
_CHAT_WEIGHT = 2.0
_PENALTY, _STEPS = 2e-5, 70
_SEEN = 2  # units that must have a feature
_WORD = re.compile("[a-z]{2,}")
_GATE_SHARE = 12

_LICENCES = {"English": "CC-BY-4.0", "Japanese": "CC-BY-SA-4.0"}

Matrix = Any
Floats = NDArray[np.float32]


def matrix(units: Sequence[Example], kept: float = 1.0) -> Matrix:
    """Return the features of units, a row of length ``LENGTH`` each; ``kept`` is the share of them that stays."""
    rng = np.random.default_rng(SEED)
    rows = [np.array(unit.rows) for unit in units]
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


def sure(units: Sequence[Example], table: Floats) -> Floats:
    """Return how sure some label is of each unit."""
    shares: Floats = softmax(matrix(units) @ table)[:, NOTHING:].sum(1)
    return shares


def gate(
    texts: Sequence[Line], units: Sequence[Example], found: Floats, least: float, quiet: Sequence[Line]
) -> list[str]:
    """Return the words that stand near the values found much more often than in chat."""
    hits = Counter(
        word
        for unit, how in zip(units, found, strict=True)
        if how >= least and unit.number >= NOTHING
        for word in _words_of(texts[unit.line])
    )
    near = Counter(word for line in quiet for word in _words_of(line))
    return sorted(word for word, count in hits.items() if count >= _GATE_SHARE * (near[word] + 2))


def _words_of(line: Line) -> set[str]:
    text = list(f"{line.text}\n{line.asked}".lower())
    for gold in line.gold:
        text[gold.start : gold.end] = " " * (gold.end - gold.start)
    return {word for word in _WORD.findall("".join(text)) if word.isascii()}


def main() -> None:
    """Read, fit, choose the threshold and the words, write."""
    arguments = _arguments()
    texts, units, weights = _read(name for name in (*LISTS, *FAMILIES) if name not in arguments.leave)
    quiet = chat(arguments.data, "test")
    silent = list(examples(quiet))
    every = [*units, *silent]
    numbers = np.array([unit.number for unit in every])
    table = fit(
        matrix(every, 1 - _LEFT_OUT), numbers, np.array([*weights, *[_CHAT_WEIGHT] * len(silent)], np.float32)
    )
    other = chat(arguments.data, "dev")
    passing = np.sort(sure(list(examples(other)), table))[::-1]
    least = float(passing[round(ALLOWED * len(other) / 10_000)])
    words = gate(texts, units, sure(units, table), least, [*quiet, *other])
    save(arguments.to, table, least, words)
    print(f"threshold {least:.3f}, {len(words)} words")


def _read(names: Iterator[str]) -> tuple[list[Line], list[Example], list[float]]:
    texts: list[Line] = []
    units: list[Example] = []
    weights: list[float] = []
    for name in names:
        lines = lines_of(name, SEED)
        new = [Example(one.rows, one.number, one.line + len(texts)) for one in examples(lines)]
        texts += lines
        units += new
        weights += [_WEIGHTS[name]] * len(new)
    return texts, units, weights


def save(
    folder: Path,
    table: Floats,
    least: float,
    words: Sequence[str],
    kind: tuple[str, Sequence[str]] = ("English", LABELLED),
) -> None:
    """Write a scorer: int8, a scale a column, and the manifest; ``kind`` is its language and labels."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = (np.abs(table).max(0) / 127).astype(np.float32)
    np.save(folder / "table.npy", np.round(table / np.maximum(scale, 1e-12)).astype(np.int8))
    np.save(folder / "scale.npy", scale)
    manifest = {
        "name": folder.name,
        "language": kind[0],
        "licence": _LICENCES[kind[0]],
        "labels": kind[1],
        "threshold": round(least, 4),
        "gate": words,
        "files": {name: sha256_file(folder / name) for name in ("table.npy", "scale.npy")},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument(
        "--leave", nargs="*", default=(), metavar="LIST", help="lists that are not learnt from"
    )
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "values-en")
    return parser.parse_args()


if __name__ == "__main__":
    main()
