"""A trained student as the folder that detection loads; the teacher as one ONNX file."""

import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

import network
from deid.detect.tagger.pieces import FILES as PIECES
from deid.detect.tagger.weights import FILES
from encoder import Encoder
from student import Student
from teacher import TAGS


@dataclass(frozen=True, slots=True)
class Table:
    """The words that lists and the teacher know something of: a row of numbers each."""

    words: Sequence[str] = field(repr=False)
    listed: NDArray[np.float32] = field(repr=False)


def student(
    model: Student, table: Table, inputs: network.Inputs, folder: Path, about: Mapping[str, Any]
) -> None:
    """Write a student's folder: int8 everywhere, and a manifest with the digests.

    inputs : what the network gets for some lines; the scales of its activations are fixed by them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, scale = _rows(model.table.weight.detach().numpy())
    np.save(folder / "table.npy", rows)
    np.save(folder / "table-scale.npy", scale)
    columns, scale = _rows(table.listed.T)
    np.save(folder / "words.npy", np.ascontiguousarray(columns.T))
    np.save(folder / "words-scale.npy", scale)
    (folder / "words.txt").write_text("\n".join(table.words), encoding="utf-8")
    enter, rest = network.built(model.convolutions.eval(), inputs)
    onnx.save(enter, folder / "enter.onnx")
    onnx.save(rest, folder / "model.onnx")
    _manifest(folder, FILES, about)


def teacher(model: Encoder, tokenizer: Path, folder: Path, about: Mapping[str, Any]) -> None:
    """Write the teacher's folder: dense maps and embeddings in int8, the tokenizer, and a manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    for block in model.eval().blocks:
        block.exported = True
    ids = torch.ones(2, 9, dtype=torch.long)
    _onnx(model, (ids, ids), ("ids", "attention"), folder / "model.onnx", ["MatMul", "Gemm", "Gather"])
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    _manifest(folder, PIECES, about)


def _manifest(folder: Path, files: Sequence[str], about: Mapping[str, Any]) -> None:
    digests = {name: sha256((folder / name).read_bytes()).hexdigest() for name in files}
    manifest = {**about, "tags": list(TAGS), "files": digests}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def _onnx(
    model: torch.nn.Module,
    inputs: tuple[torch.Tensor, ...],
    names: Sequence[str],
    path: Path,
    quantized: Sequence[str],
) -> None:
    logging.getLogger().setLevel(logging.ERROR)
    full = path.with_suffix(".fp32.onnx")
    axes = {name: {0: "batch", 1: "length"} for name in (*names, "logits")}
    with torch.no_grad():
        torch.onnx.export(
            model,
            inputs,
            str(full),
            input_names=list(names),
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(
        str(full),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # seven bits: older processors add pairs of products in 16
        op_types_to_quantize=list(quantized),
    )
    full.unlink()


def _rows(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return int8 rows and the scale of each."""
    scale = (np.abs(values).max(1) / 127).astype(np.float16)
    safe = np.where(scale > 0, scale.astype(np.float32), 1.0)
    return np.rint(values / safe[:, None]).clip(-127, 127).astype(np.int8), scale
