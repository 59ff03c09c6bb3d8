"""Word vectors out of the teacher: what it makes of each word by itself, reduced to a few numbers.

A word in Latin script is shown as it is and with a capital. The hidden states over its pieces are averaged
and reduced by principal components; lists' bits and the frequency tier stand beside.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from encoder import Encoder
from teacher import attention_of, batches, padded
from wordlists import BITS, Words

WIDTH = 64
LISTED = len(BITS) + 2  # bits, tier, and one for "in the table"
_PIECES = 4_000
_SAMPLE = 40_000


def table(model: Encoder, tokenizer: Tokenizer, words: Words, *, capital: bool) -> NDArray[np.float32]:
    """Return one row a word: WIDTH numbers of about unit size, then LISTED numbers from 0 to 1."""
    surfaces = list(words.bits)
    hidden = _hidden(model, tokenizer, surfaces)
    if capital:
        hidden = np.concatenate([hidden, _hidden(model, tokenizer, [w.title() for w in surfaces])], axis=1)
    return np.concatenate([_reduced(hidden), _listed(words)], axis=1)


def _hidden(model: Encoder, tokenizer: Tokenizer, surfaces: Sequence[str]) -> NDArray[np.float32]:
    ids = [encoding.ids for encoding in tokenizer.encode_batch(list(surfaces))]
    rows = np.zeros((len(surfaces), model.head.in_features), np.float32)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in batches([len(line) for line in ids], _PIECES, None):
            x = padded([ids[i] for i in batch], 1)
            attention = attention_of(x)
            states = model.hidden(model.lower(x, attention, 0), attention, 0).float()
            inside = attention.float()
            inside[:, 0] = 0  # the first and the last piece stand for the line
            inside[torch.arange(len(batch)), attention.sum(1) - 1] = 0
            mean = (states * inside[..., None]).sum(1) / inside.sum(1, keepdim=True).clamp(min=1)
            rows[batch] = mean.numpy()
    return rows


def _reduced(hidden: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = hidden - hidden.mean(0)
    sample = centred[np.random.default_rng(0).permutation(len(centred))[:_SAMPLE]]
    _, _, directions = np.linalg.svd(sample, full_matrices=False)
    reduced = centred @ directions[:WIDTH].T
    # The first components would drown the others: their sizes are evened half-way.
    return (reduced / np.sqrt(reduced.std(0) * reduced.std())).astype(np.float32)


def _listed(words: Words) -> NDArray[np.float32]:
    rows = [
        [*((bits >> place) & 1 for place in range(len(BITS))), words.tiers.get(word, 0) / 7, 1]
        for word, bits in words.bits.items()
    ]
    return np.array(rows, np.float32)
