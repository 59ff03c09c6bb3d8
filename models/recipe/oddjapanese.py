"""Make the scorer of odd values in Japanese: ``python models/recipe/oddjapanese.py --data DIR [--leave LIST …] [--to DIR]``.

The regression of ``oddvalues.py`` over runs of Japanese texts: of the lists that may be learnt from, filled, of
ordinary numbers (``text/ordinary-ja.txt``), and of real-persona-chat, which holds next to no value; what the
patterns find in it is left out. Dialogues that benchmarks read are not learnt from (``reserved.py``); another
part tells how many marks the threshold lets pass. The lists that judge are never read. Needs scipy; about a minute.
"""

import hashlib
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np

import corpus
import dialogues
import fresh
from deid.detect.odd.grams import candidates
from deid.detect.reread.loose import LooseValues
from deid.detect.scan import Scanner
from deid.types import Span
from oddlines import FAMILIES, NONE, OTHER, Example, filled, lists_in
from oddlines import LABELLED as ENGLISH
from oddlines import class_number as english_number
from oddvalues import arguments_of, fit, matrix, save, scored
from reserved import held_out
from slots import OPTIONAL, Gold

SEED = 7
LABELLED = (*ENGLISH, "CREDIT_CARD", "COOKIE_ID", "JP_HEALTH_INSURANCE")
LISTS = lists_in("ja")
THRESHOLD = 0.6
"""How sure a mark is at least: with a list left out, nearly all of what is marked in it is a value."""
OWN = {
    "SHARE_CODE": 0.45,
    "CARD_SECURITY_CODE": 0.5,
    "DEVICE_ID": 0.45,
    "JP_HEALTH_INSURANCE": 0.45,
    "BANK_ACCOUNT": 0.5,
    "ONE_TIME_CODE": 0.65,
    "NATIONAL_ID": 0.7,
}
"""The same of labels that ask for less or more: with ``codes``, ``traps``, ``errands`` and ``lessons``, ``talks`` and ``offices``
left out, lower marks more of their values and no more of nothing, or fewer wrong marks cost next to no value."""
BACK = 4
"""Turns before that are told to the scorer, as in ``deid.detect.odd.japanese``."""
_LEFT_OUT = 0.2
_WEIGHT, _FAMILY_WEIGHT, _NOTHING_WEIGHT = 1.0, 0.4, 4.0
_FILLED, _FAMILY, _FAMILY_TALKS = 3, 2500, 300
_TALKS = 0.75  # conversations for a template of a list
_KIND = {"AD_ID": "DEVICE_ID", "PASSPORT": "NATIONAL_ID", "DRIVER_LICENSE": "NATIONAL_ID"}
_DEV = 90  # of 256
_TIGHT = 0.3  # of the lines of ordinary numbers lose their blanks


@dataclass(frozen=True, slots=True)
class Said:
    """A text, what was said before it, the last first, and what is to be found in it."""

    text: str = field(repr=False)
    before: Sequence[str] = field(default=(), repr=False)
    gold: Sequence[Gold] = ()


def lines_of(name: str, seed: int) -> Iterator[Said]:
    """Yield the filled texts of a list or family."""
    if name in LISTS:
        count = len(fresh.templates("ja", name))
        single = fresh.generate("ja", count * _FILLED, seed, half=name)
        made = fresh.dialogues("ja", int(count * _TALKS), seed, half=name)
    else:
        single = corpus.generate("ja", _FAMILY, seed, family=name)
        talks = name in {"tuned", "unseen"}
        made = dialogues.generate("ja", _FAMILY_TALKS, seed, family=name) if talks else []
    yield from (Said(message.text, (), message.gold) for message in single)
    for dialogue in made:
        texts = [turn.text for turn in dialogue.turns]
        for at, turn in enumerate(dialogue.turns):
            yield Said(turn.text, texts[max(0, at - BACK) : at][::-1], turn.gold)


def ordinary(seed: int) -> Iterator[Said]:
    """Yield lines with numbers and codes of nobody."""
    rng = Random(f"ordinary/{seed}")
    for said in filled("ordinary-ja.txt", rng):
        *before, text = said.split(" / ") if said.count(" / ") == 1 else [said]
        yield Said(text.replace(" ", "") if rng.random() < _TIGHT else text, before)


def part_of(dialogue: str) -> str:
    """Return what a dialogue of real-persona-chat is for: ``test`` is what benchmarks read."""
    if held_out(dialogue):
        return "test"
    return "dev" if hashlib.sha256(f"d{dialogue}".encode()).digest()[0] < _DEV else "train"


def chat(data: Path, part: str) -> tuple[int, list[Said]]:
    """Return how many lines a part of real-persona-chat has, and those that hold a run."""
    said: list[Said] = []
    count = 0
    with lzma.open(data / "real-persona-chat" / "dialogues.jsonl.xz", "rt", encoding="utf-8") as lines:
        for dialogue in map(json.loads, lines):
            if part_of(str(dialogue["dialogue_id"])) == part:
                texts = [utterance[1] for utterance in dialogue["utterances"]]
                count += len(texts)
                said += [
                    Said(text, texts[max(0, at - BACK) : at][::-1])
                    for at, text in enumerate(texts)
                    if candidates(text)
                ]
    return count, said


def quiet(lines: Sequence[Said]) -> Iterator[Example]:
    """Yield the runs of lines without values that no pattern finds anything in."""
    found = LooseValues(Scanner()).detect([line.text for line in lines])
    for number, (line, spans) in enumerate(zip(lines, found, strict=True)):
        for unit in candidates(line.text, line.before, spans):
            yield Example(unit.rows, NONE, number)


def examples(lines: Sequence[Said]) -> Iterator[Example]:
    """Yield the runs of lines, but those that may be found or not; a value sees the others found, not itself."""
    for number, line in enumerate(lines):
        spans = [Span(gold.start, gold.end, gold.label, 0.5, "gold") for gold in line.gold]
        for at, gold in enumerate(line.gold):
            for unit in candidates(line.text, line.before, [*spans[:at], *spans[at + 1 :]]):
                if gold.form != OPTIONAL and gold.start < unit.end and unit.start < gold.end:
                    yield Example(unit.rows, class_number(gold.label), number)
        for unit in candidates(line.text, line.before, spans):
            yield Example(unit.rows, NONE, number)


def class_number(label: str) -> int:
    """Return the class of a label: its own, else the one it has in English."""
    own = _KIND.get(label, label)
    return OTHER + 1 + LABELLED.index(own) if own in LABELLED else english_number(own)


def main() -> None:
    """Read, fit, write."""
    arguments = arguments_of(__doc__, "values-ja")
    units, weights = _read([name for name in (*LISTS, *FAMILIES) if name not in arguments.leave])
    usual = [*examples([*ordinary(SEED)])]
    silent = [*quiet(chat(arguments.data, "train")[1])]
    every = [*units, *usual, *silent]
    weights += [_NOTHING_WEIGHT] * len(usual) + [_WEIGHT] * len(silent)
    numbers = np.array([unit.number for unit in every])
    classes = OTHER + 1 + len(LABELLED)
    table = fit(matrix(every, 1 - _LEFT_OUT), numbers, np.array(weights, np.float32), classes)
    least = [OWN.get(label, THRESHOLD) for label in LABELLED]
    save(arguments.to, table, (least, least), (), ("Japanese", LABELLED))
    for part in ("dev", "test"):
        count, lines = chat(arguments.data, part)
        told = scored([*quiet(lines)], table)
        marked = int((told.sure >= np.array(least)[told.best]).sum())
        print(f"{part}: {marked} marks in {count} lines of chat, {len(lines)} with a run")


def _read(names: Sequence[str]) -> tuple[list[Example], list[float]]:
    units: list[Example] = []
    weights: list[float] = []
    for name in names:
        own = _WEIGHT if name in LISTS else _FAMILY_WEIGHT
        new = list(examples([*lines_of(name, SEED)]))
        units += new
        weights += [own * (_NOTHING_WEIGHT if unit.number == NONE else 1.0) for unit in new]
    return units, weights


if __name__ == "__main__":
    main()
