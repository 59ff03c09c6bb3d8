"""Lines as a student sees them: units with the tags of the gold data and the teacher's probabilities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from deid.detect.tagger.pieces import unit_shares
from deid.detect.tagger.units import Units
from encoder import Encoder
from gold import Line
from teacher import TAGS, run

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Example:
    """Units of one line.

    tags : their tag numbers, IGNORED where nothing is known.
    soft : (units, tags) probabilities of the teacher; None where the gold is enough.
    """

    keys: Sequence[str] = field(repr=False)
    tags: Sequence[int] = field(repr=False)
    soft: NDArray[Any] | None = field(repr=False)


def hard(line: Line, units: Units) -> list[int]:
    """Return the tag of each unit: that of the name which holds most of its characters."""
    tags = [0] * len(units.keys)
    for s, e, label in line.spans:
        mark = "B"
        for number, (start, end) in enumerate(zip(units.starts, units.ends, strict=True)):
            if 2 * (min(e, end) - max(s, start)) > end - start:
                tags[number] = TAGS.index(f"{mark}-{label}")
                mark = "I"
    for s, e in line.ignored:
        for number, (start, end) in enumerate(zip(units.starts, units.ends, strict=True)):
            if start < e and s < end:
                tags[number] = IGNORED
    return tags


def soft(
    model: Encoder, tokenizer: Tokenizer, lines: Sequence[str], units: Sequence[Units]
) -> list[NDArray[Any]]:
    """Return the teacher's probabilities for the units of each line."""
    encodings = tokenizer.encode_batch(list(lines))
    logits = run([encoding.ids for encoding in encodings], model, torch.float32)
    return [
        unit_shares(
            text,
            encoding.offsets,
            scores.softmax(-1).numpy(),
            list(zip(found.starts, found.ends, strict=True)),
        )
        for text, encoding, scores, found in zip(lines, encodings, logits, units, strict=True)
    ]


def examples(
    lines: Sequence[Line], units_of: Callable[[str], Units], softened: Sequence[NDArray[Any] | None]
) -> list[Example]:
    """Return lines as examples."""
    result = []
    for line, probabilities in zip(lines, softened, strict=True):
        units = units_of(line.text)
        if units.keys:
            result.append(Example(units.keys, hard(line, units), probabilities))
    return result
