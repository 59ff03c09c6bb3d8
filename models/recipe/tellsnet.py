"""The network of told words and its training: convolutions over units, and two looks at all of them."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from deid.detect.tells.network import Entering, length_of
from tellslines import CLASSES, IGNORED, Example

SEED = 5
WIDTH, EMBEDDED, HEADS = 64, 48, 4
BLOCKS = (1, 1, 0, 2, 1, 0, 1)
"""In order: units beside one, at a distance; or, 0, all units of what is read."""
_FURTHEST, _DECAY, _BARRED = 20, 0.2, 1e4
_RATE, _WARM, _DROPPED, _UNSEEN, _BATCH = 2e-3, 200, 0.15, 0.05, 2_200


class Near(nn.Module):
    """Units with those at a distance."""

    def __init__(self, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.norm, self.mix, self.drop = (
            nn.LayerNorm(WIDTH),
            nn.Linear(3 * WIDTH, WIDTH),
            nn.Dropout(_DROPPED),
        )

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        y, reach, size = self.norm(x) * mask, self.reach, x.shape[1]
        wide = functional.pad(y, (0, 0, reach, reach))
        beside = torch.cat([wide[:, :size], y, wide[:, 2 * reach : 2 * reach + size]], -1)
        return x + self.drop(functional.relu(self.mix(beside)))


class All(nn.Module):
    """Units with all others, those further away less."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.then = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.ask, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.back = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(_DROPPED)
        self.slopes = nn.Parameter(torch.linspace(0, 1, HEADS) * 0.2)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        lines, size, width = x.shape
        three = self.ask(self.norm(x)).view(lines, size, 3, HEADS, width // HEADS)
        asks, keys, values = three.permute(2, 0, 3, 1, 4)
        at = torch.arange(size)
        far = (at[:, None] - at).abs().float().clamp(max=_FURTHEST) * _DECAY
        told = asks @ keys.transpose(-1, -2) * (width // HEADS) ** -0.5
        told = told - functional.softplus(self.slopes)[:, None, None] * far
        looks = (told + (mask[:, None, None, :, 0] - 1) * _BARRED).softmax(-1)
        x = x + self.drop(self.out((looks @ values).transpose(1, 2).reshape(lines, size, width)))
        return x + self.drop(self.back(functional.relu(self.inner(self.then(x)))))


class Net(nn.Module):
    """Vectors of units, words and roles to logits, or to probabilities once it is exported."""

    def __init__(self, words: int, width: int) -> None:
        super().__init__()
        self.words = nn.Embedding(words, EMBEDDED, padding_idx=0)
        nn.init.normal_(self.words.weight, 0, 0.1)
        self.roles = nn.Embedding(4, WIDTH)
        self.enter, self.norm = nn.Linear(width + EMBEDDED, WIDTH), nn.LayerNorm(WIDTH)
        self.drop = nn.Dropout(_DROPPED)
        self.blocks = nn.ModuleList(Near(reach) if reach else All() for reach in BLOCKS)
        self.last, self.leave = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, len(CLASSES))
        self.exported = False

    def forward(self, x: Tensor, words: Tensor, roles: Tensor) -> Tensor:
        mask = (roles > 0).float()[..., None]
        units = torch.cat([x, self.words(words).float()], -1)
        x = self.drop(self.norm(self.enter(units)) + self.roles(roles))
        for block in self.blocks:
            x = block(x, mask)
        logits = self.leave(self.last(x))
        return logits.softmax(-1) if self.exported else logits


def train(entering: Entering, readings: Iterable[Sequence[Example]], total: int, width: int) -> Net:
    """Return the network after some readings; what is learnt slows down over them all."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng, dropped = Random(SEED), np.random.default_rng(SEED)
    net = Net(1 + max(entering.words.values()), width)
    optimizer = torch.optim.AdamW(net.parameters(), lr=_RATE, betas=(0.9, 0.99), weight_decay=0.02)
    for number, examples in enumerate(readings):
        plan, losses = _batches([length_of(one.read) for one in examples], rng), []
        for step, batch in enumerate(plan):
            done = (number + step / len(plan)) / total
            for group in optimizer.param_groups:
                group["lr"] = _RATE * min(1.0, (number * len(plan) + step + 1) / _WARM) * (1 - done)
            losses.append(_step(net, optimizer, _tensors([examples[at] for at in batch], entering, dropped)))
        print("reading", number, len(examples), round(float(np.mean(losses[-500:])), 4), flush=True)
    return net.eval()


def _step(net: Net, optimizer: torch.optim.Optimizer, batch: Sequence[Tensor]) -> float:
    *inputs, tags = batch
    logits = net(*inputs).flatten(0, 1)
    loss = functional.cross_entropy(logits, tags.flatten(), ignore_index=IGNORED, label_smoothing=0.01)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return float(loss.item())


def _batches(sizes: Sequence[int], rng: Random) -> list[list[int]]:
    """Return the numbers of lines of like length together, in random order."""
    order = [*range(len(sizes))]
    rng.shuffle(order)
    order.sort(key=sizes.__getitem__)
    made: list[list[int]] = [[]]
    for at in order:
        if sizes[at] * (len(made[-1]) + 1) > _BATCH:
            made.append([])
        made[-1].append(at)
    rng.shuffle(made)
    return made


def _tensors(examples: Sequence[Example], entering: Entering, rng: np.random.Generator) -> list[Tensor]:
    length = max(length_of(one.read) for one in examples)
    inputs = entering.inputs([one.read for one in examples], length)
    x, words, roles = inputs["x"], inputs["words"], inputs["roles"]
    words = np.where((rng.random(words.shape) < _DROPPED) & (words > 3), 0, words)
    seen = rng.random((*words.shape, 1)) > _UNSEEN
    tags = np.full(words.shape, IGNORED)
    for line, one in enumerate(examples):
        tags[line, one.read.first : one.read.first + len(one.tags)] = one.tags
    return [torch.from_numpy(array) for array in (x * seen.astype(np.float32), words, roles, tags)]


def exported(net: Net, width: int) -> bytes:
    """Return the network as an ONNX graph, float32, its words in float16."""
    net.words.half()
    net.exported = True
    whole = torch.ones(2, 16, dtype=torch.long)
    inputs, names = (torch.zeros(2, 16, width), whole, whole), ("x", "words", "roles")
    made = BytesIO()
    with torch.no_grad():
        torch.onnx.export(
            net,
            inputs,
            made,
            input_names=[*names],
            output_names=["shares"],
            dynamic_axes={name: {0: "batch", 1: "length"} for name in (*names, "shares")},
            opset_version=17,
            dynamo=False,
        )
    return made.getvalue()
