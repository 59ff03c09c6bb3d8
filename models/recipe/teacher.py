"""The teacher: multilingual-e5-small fine-tuned to tag names, its lower layers frozen.

The head is trained first on the frozen encoder, or the model stands at "no name anywhere" for its first
thousands of pieces. The output of the frozen layers is computed once and kept.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from encoder import Encoder
from gold import LABELS, Line

TAGS = ("O", *(f"{mark}-{label}" for label in LABELS for mark in "BI"))
FROZEN = 6
IGNORED = -100
PAD = 1
_LONGEST = 160  # pieces; what is longer is cut
_BATCH = 1_000  # pieces, padding included
_RATE = 4e-4
_DECAY = 0.9  # of the rate, for each layer further down
_WARM = 60


@dataclass(frozen=True, slots=True)
class Encoded:
    """Lines as pieces: ids, tag numbers, and the output of the frozen layers."""

    ids: list[list[int]] = field(repr=False)
    tags: list[list[int]] = field(repr=False)
    features: list[Tensor] = field(repr=False)

    def __len__(self) -> int:
        return len(self.ids)


def read(tokenizer: Tokenizer, line: Line) -> tuple[list[int], list[int]]:
    """Return the piece ids of a line and their tags; every piece of a name is tagged, not its first alone."""
    encoding = tokenizer.encode(line.text)
    offsets = [_stripped(line.text, start, end) for start, end in encoding.offsets]
    tags = [IGNORED if start >= end else 0 for start, end in offsets]
    for number, (start, end) in enumerate(offsets):
        if start < end and any(start < e and s < end for s, e in line.ignored):
            tags[number] = IGNORED
    for s, e, label in line.spans:
        mark = "B"
        for number, (start, end) in enumerate(offsets):
            if start < end and start < e and s < end:
                tags[number] = TAGS.index(f"{mark}-{label}")
                mark = "I"
    return encoding.ids, tags


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def open_tokenizer(path: str) -> Tokenizer:
    """Return the tokenizer, cutting long lines."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.enable_truncation(_LONGEST)
    return tokenizer


def encode(model: Encoder, tokenizer: Tokenizer, lines: Sequence[Line]) -> Encoded:
    """Return the lines as pieces with the frozen layers' output."""
    pairs = [read(tokenizer, line) for line in lines]
    ids = [pair[0] for pair in pairs]
    features = run(ids, lambda x, attention: model.lower(x, attention, FROZEN), torch.bfloat16)
    return Encoded(ids, [pair[1] for pair in pairs], features)


def run(
    ids: Sequence[Sequence[int]], function: Callable[[Tensor, Tensor], Tensor], kept: torch.dtype
) -> list[Tensor]:
    """Return ``function(ids, attention)`` of each line, computed in batches of like length."""
    results: list[Tensor] = [torch.empty(0)] * len(ids)
    with torch.no_grad(), narrowed():
        for batch in batches([len(line) for line in ids], 2 * _BATCH, None):
            x = padded([ids[i] for i in batch], PAD)
            for row, i in zip(function(x, attention_of(x)), batch, strict=True):
                results[i] = row[: len(ids[i])].to(kept).clone()
    return results


def batches(lengths: Sequence[int], pieces: int, rng: random.Random | None) -> list[list[int]]:
    """Return line numbers in batches of like length; shuffled with a generator of random numbers."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (rng.random() * 6 if rng else 0))
    result: list[list[int]] = [[]]
    for i in order:
        if result[-1] and (len(result[-1]) + 1) * lengths[i] > pieces:
            result.append([])
        result[-1].append(i)
    if rng:
        rng.shuffle(result)
    return result


def padded(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    """Return rows of numbers as one tensor."""
    result = torch.full((len(rows), max(map(len, rows))), value)
    for row, numbers in zip(result, rows, strict=True):
        row[: len(numbers)] = torch.tensor(numbers)
    return result


def narrowed() -> torch.autocast:
    """Return what computes in bfloat16, where the processor is no slower for it."""
    fit = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
    return torch.autocast("cpu", torch.bfloat16, enabled=fit)


def attention_of(ids: Tensor) -> Tensor:
    """Return 1 for a piece, 0 for padding."""
    attention = (ids != PAD).long()
    attention[:, 0] = 1
    return attention


def stacked(rows: Sequence[Tensor]) -> Tensor:
    """Return rows of vectors as one tensor, zeros behind the shorter ones."""
    result = torch.zeros(len(rows), max(len(row) for row in rows), rows[0].shape[1])
    for target, row in zip(result, rows, strict=True):
        target[: len(row)] = row
    return result


def train_head(model: Encoder, data: Encoded, seed: int, *, lines: int = 4_000, passes: int = 3) -> float:
    """Train the head alone on the frozen encoder; return the last mean loss."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    chosen = rng.sample(range(len(data)), min(lines, len(data)))
    states = []
    with torch.no_grad(), narrowed():
        for batch in batches([len(data.ids[i]) for i in chosen], 2 * _BATCH, None):
            rows = [chosen[i] for i in batch]
            attention = attention_of(padded([data.ids[i] for i in rows], PAD))
            hidden = model.hidden(stacked([data.features[i] for i in rows]), attention, FROZEN)
            tags = padded([data.tags[i] for i in rows], IGNORED)
            states.append((hidden[tags != IGNORED].float(), tags[tags != IGNORED]))
    x, y = torch.cat([a for a, _ in states]), torch.cat([b for _, b in states])
    model.head.weight.data.normal_(0, 0.02)
    optimizer = torch.optim.AdamW(model.head.parameters(), lr=5e-3, weight_decay=0.01)
    losses: list[float] = []
    for _ in range(passes):
        losses = []
        for part in torch.randperm(len(y)).split(1024):
            loss = functional.cross_entropy(model.head(x[part]), y[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return float(np.mean(losses))


def train(model: Encoder, passes: Sequence[Encoded], seed: int) -> Iterator[float]:
    """Train the upper layers on each pass in turn, the rate falling over all; yield each step's loss."""
    plan = [
        (data, batch)
        for number, data in enumerate(passes)
        for batch in batches([len(line) for line in data.ids], _BATCH, random.Random(seed + number))
    ]
    losses = (partial(_loss, model, data, batch) for data, batch in plan)
    yield from descend(model, losses, len(plan), Rates(_RATE, 5 * _RATE, _DECAY, _WARM), seed)


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of the top layer and the head, what each layer below has of the one above, and the steps to the full rate."""

    top: float
    head: float
    decay: float
    warm: int


def descend(
    model: Encoder, losses: Iterable[Callable[[], Tensor]], steps: int, rates: Rates, seed: int
) -> Iterator[float]:
    """Train the upper layers by one step a loss, the rate falling over all; yield each loss."""
    for frozen in (model.words, model.places, model.norm, *model.blocks[:FROZEN]):
        frozen.requires_grad_(False)  # noqa: FBT003 - torch's own signature
    groups = [{"params": list(model.head.parameters()), "full": rates.head}]
    for depth, block in enumerate(reversed(model.blocks[FROZEN:])):
        groups.append({"params": list(block.parameters()), "full": rates.top * rates.decay**depth})
    optimizer = torch.optim.AdamW(groups, lr=rates.top, weight_decay=0.01, betas=(0.9, 0.98))
    trained = [parameter for group in groups for parameter in group["params"]]
    torch.manual_seed(seed)
    model.train()
    for step, loss_of in enumerate(losses):
        scale = min(1, (step + 1) / rates.warm) * (steps - step) / steps
        for group in optimizer.param_groups:
            group["lr"] = group["full"] * scale
        loss = loss_of()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        yield loss.item()
    model.eval()


def _loss(model: Encoder, data: Encoded, batch: Sequence[int]) -> Tensor:
    attention = attention_of(padded([data.ids[i] for i in batch], PAD))
    with narrowed():
        logits = model.upper(stacked([data.features[i] for i in batch]), attention, FROZEN)
    tags = padded([data.tags[i] for i in batch], IGNORED)
    return functional.cross_entropy(
        logits.float().view(-1, len(TAGS)), tags.view(-1), ignore_index=IGNORED, label_smoothing=0.02
    )
