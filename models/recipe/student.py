"""The student: summed features of each unit, a few convolutions, one decision a unit."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from deid.detect.tagger.features import ROWS
from distil import IGNORED, Example
from teacher import TAGS, batches

EMBEDDING = 64
DILATIONS = (1, 1, 2, 4, 1)
POOLED_AFTER = 1  # the convolution behind which each unit is told of the whole line
_FEATURES = 44
_BATCH = 1_800  # units, padding included
_RATE = 2e-3
_WARM = 200  # steps, or a tenth of all where those are few
_IDENTITY = slice(1, 3)  # the features that are the word itself


class Convolutions(nn.Module):
    """Unit vectors (batch, length, width in) and mask (batch, length, 1) to logits (batch, length, tags)."""

    def __init__(self, width_in: int, width: int) -> None:
        super().__init__()
        self.enter, self.norm = nn.Linear(width_in, width), nn.LayerNorm(width)
        self.mixes = nn.ModuleList(nn.Linear(3 * width, width) for _ in DILATIONS)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in DILATIONS)
        self.message = nn.Linear(width, width)
        self.leave = nn.Linear(width, len(TAGS))
        self.dropout = nn.Dropout(0.2)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.dropout(self.norm(self.enter(x))) * mask
        for number, (mix, norm, reach) in enumerate(zip(self.mixes, self.norms, DILATIONS, strict=True)):
            wide = functional.pad(x, (0, 0, reach, reach))
            length = x.shape[1]
            near = torch.cat([wide[:, :length], x, wide[:, 2 * reach : 2 * reach + length]], dim=-1)
            x = norm(x + self.dropout(torch.relu(mix(near)))) * mask
            if number == POOLED_AFTER:
                whole = (x - (1 - mask) * 1e4).amax(1, keepdim=True)
                x = (x + torch.relu(self.message(whole))) * mask
        return self.leave(x)


class Student(nn.Module):
    """Features of distinct units, and where each unit stands, to logits."""

    def __init__(self, listed: int, width: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(ROWS, EMBEDDING, mode="sum", padding_idx=0)
        nn.init.normal_(self.table.weight, 0, 0.05)
        self.table.weight.data[0] = 0
        self.convolutions = Convolutions(EMBEDDING + listed, width)

    def forward(self, rows: Tensor, listed: Tensor, places: Tensor, mask: Tensor) -> Tensor:
        units = torch.cat([self.table(rows), listed], dim=-1)
        return self.convolutions(units[places] * mask, mask)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every unit of the training lines: its feature rows and what lists know of it; unit 0 is padding."""

    number: dict[str, int] = field(repr=False)
    rows: NDArray[np.int64] = field(repr=False)
    listed: NDArray[np.float32] = field(repr=False)

    @classmethod
    def of(
        cls,
        examples: Sequence[Example],
        rows_of: Callable[[str], list[int]],
        listed_of: Callable[[str], NDArray[np.float32]],
    ) -> "Vocabulary":
        """Return the units of all examples, numbered."""
        keys = dict.fromkeys(key for example in examples for key in example.keys)
        number = {key: n for n, key in enumerate(keys, 1)}
        rows = np.zeros((len(number) + 1, _FEATURES), np.int64)
        for key, n in number.items():
            found = rows_of(key)[:_FEATURES]
            rows[n, : len(found)] = found
        listed = np.stack([np.zeros_like(listed_of("")), *map(listed_of, keys)])
        return cls(number, rows, listed)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Shares of the distinct units of a batch that lose the word itself, and what lists know of it."""

    identity: float = 0.15
    listed: float = 0.1


@dataclass(frozen=True, slots=True)
class Course:
    """How often the lines are read, the share of the full rate that the steps begin with, and what units lose."""

    passes: int
    rate: float = 1.0
    dropped: Dropped = Dropped()


def train(
    model: Student, vocabulary: Vocabulary, examples: Sequence[Example], *, course: Course, seed: int
) -> Iterator[float]:
    """Train; yields the mean loss of each pass."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    numbers = [[vocabulary.number[key] for key in example.keys] for example in examples]
    lengths = [len(found) for found in numbers]
    table = list(model.table.parameters())
    others = list(model.convolutions.parameters())
    optimizer = torch.optim.AdamW(
        [
            {"params": table, "full": 2 * _RATE * course.rate, "weight_decay": 0.0},
            {"params": others, "full": _RATE * course.rate, "weight_decay": 0.01},
        ],
        betas=(0.9, 0.99),
    )
    plan = [batches(lengths, _BATCH, random.Random(seed + number)) for number in range(course.passes)]
    total, step = sum(map(len, plan)), 0
    warm = min(_WARM, total // 10 + 1)
    model.train()
    for number in range(course.passes):
        losses = []
        for batch in plan[number]:
            step += 1
            scale = min(1, step / warm) * (1 - step / (total + 1))
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * scale
            inputs = _inputs(vocabulary, [numbers[i] for i in batch], course.dropped, rng)
            loss = _loss(model(*inputs), [examples[i] for i in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(others, 1.0)
            optimizer.step()
            losses.append(loss.item())
        yield float(np.mean(losses))
    model.eval()


def network_inputs(
    model: Student, vocabulary: Vocabulary, examples: Sequence[Example]
) -> Iterator[dict[str, NDArray[np.float32]]]:
    """Yield what the convolutions get for each line."""
    for example in examples:
        numbers = [vocabulary.number[key] for key in example.keys]
        with torch.no_grad():
            summed = model.table(torch.from_numpy(vocabulary.rows[numbers])).numpy()
        units = np.concatenate([summed, vocabulary.listed[numbers]], axis=1)
        yield {"x": units[None], "mask": np.ones((1, len(numbers), 1), np.float32)}


def shares(model: Student, vocabulary: Vocabulary, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
    """Return the (units, tags) probabilities that a student gives each line."""
    numbers = [[vocabulary.number[key] for key in example.keys] for example in examples]
    found: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(examples)
    rng = np.random.default_rng(0)  # nothing is dropped, so nothing is drawn of it
    with torch.no_grad():
        for batch in batches(list(map(len, numbers)), 2 * _BATCH, None):
            lines = [numbers[i] for i in batch]
            told = model.eval()(*_inputs(vocabulary, lines, Dropped(0, 0), rng)).softmax(-1).numpy()
            for row, line, i in zip(told, lines, batch, strict=True):
                found[i] = row[: len(line)].copy()
    return found


def _inputs(
    vocabulary: Vocabulary, lines: Sequence[Sequence[int]], dropped: Dropped, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the model's inputs, the features of each distinct unit computed once."""
    size = max(map(len, lines))
    padded = np.zeros((len(lines), size), np.int64)
    for row, line in zip(padded, lines, strict=True):
        row[: len(line)] = line
    distinct, places = np.unique(padded, return_inverse=True)
    rows, listed = vocabulary.rows[distinct].copy(), vocabulary.listed[distinct].copy()
    rows[rng.random(len(distinct)) < dropped.identity, _IDENTITY] = 0
    listed[rng.random(len(distinct)) < dropped.listed] = 0
    return (
        torch.from_numpy(rows),
        torch.from_numpy(listed),
        torch.from_numpy(places.reshape(padded.shape)),
        torch.from_numpy((padded > 0)[..., None].astype(np.float32)),
    )


def _loss(logits: Tensor, examples: Sequence[Example]) -> Tensor:
    """Return cross-entropy to the tags, averaged with that to the teacher's probabilities where there are."""
    tags = torch.full(logits.shape[:2], IGNORED)
    soft = torch.zeros(logits.shape)
    for row, example in enumerate(examples):
        tags[row, : len(example.tags)] = torch.tensor(list(example.tags))
        if example.soft is not None:
            soft[row, : len(example.tags)] = torch.from_numpy(example.soft)
    flat = logits.view(-1, len(TAGS))
    hard = functional.cross_entropy(
        flat, tags.view(-1), ignore_index=IGNORED, reduction="none", label_smoothing=0.02
    )
    soft = soft.view(-1, len(TAGS))
    softened = -(soft * flat.log_softmax(-1)).sum(-1)
    known = (tags.view(-1) != IGNORED).float()
    taught = (soft.sum(-1) > 0).float()
    each = (hard * known + softened * taught) / (known + taught).clamp(min=1)
    return each.sum() / ((known + taught) > 0).float().sum().clamp(min=1)
