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
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from deid.detect.tagger.pieces import FILES as PIECES
from deid.detect.tagger.weights import FILES
from encoder import Encoder
from student import Student
from teacher import TAGS

Inputs = Sequence[Mapping[str, NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class Table:
    """The words that lists and the teacher know something of: a row of numbers each."""

    words: Sequence[str] = field(repr=False)
    listed: NDArray[np.float32] = field(repr=False)


def student(model: Student, table: Table, inputs: Inputs, folder: Path, about: Mapping[str, Any]) -> None:
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
    network = model.convolutions.eval()
    width = network.enter.in_features
    _onnx(
        network,
        (torch.randn(2, 9, width), torch.ones(2, 9, 1)),
        ("x", "mask"),
        folder / "model.onnx",
        ["MatMul", "Gemm"],
    )
    _fix_scales(folder / "model.onnx", inputs)
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


def _fix_scales(path: Path, inputs: Inputs) -> None:
    """Put constant scales where the quantized network measures those of each batch.

    A scale measured over a batch makes what is found in one text depend on the texts beside it.
    """
    model = onnx.load(path)
    graph = model.graph
    measured = [node for node in graph.node if node.op_type == "DynamicQuantizeLinear"]
    ranges = _ranges(model, [node.input[0] for node in measured], inputs)
    for node in measured:
        low, high = ranges[node.input[0]]
        scale = max(high - low, 1e-6) / 255
        zero = np.clip(round(-low / scale), 0, 255)
        quantized, scale_name, zero_name = node.output
        graph.initializer.extend(
            [
                numpy_helper.from_array(np.array(scale, np.float32), scale_name),
                numpy_helper.from_array(np.array(zero, np.uint8), zero_name),
            ]
        )
        fixed = helper.make_node("QuantizeLinear", [node.input[0], scale_name, zero_name], [quantized])
        graph.node.insert(list(graph.node).index(node), fixed)
        graph.node.remove(node)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _ranges(model: onnx.ModelProto, names: Sequence[str], inputs: Inputs) -> dict[str, tuple[float, float]]:
    """Return the range that each tensor keeps to, but for one value in ten thousand at either end."""
    spied = onnx.ModelProto()
    spied.CopyFrom(model)
    inner = [name for name in dict.fromkeys(names) if name not in {found.name for found in model.graph.input}]
    spied.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in inner
    )
    session = onnxruntime.InferenceSession(spied.SerializeToString(), providers=["CPUExecutionProvider"])
    seen: dict[str, list[NDArray[np.float32]]] = {name: [] for name in names}
    for feed in inputs:
        values = dict(zip(inner, session.run(inner, dict(feed)), strict=True))
        for name, found in seen.items():
            found.append((values.get(name) if name in values else feed[name]).ravel())
    return {name: _kept(np.concatenate(found)) for name, found in seen.items()}


def _kept(values: NDArray[np.float32]) -> tuple[float, float]:
    low, high = np.quantile(values, [1e-4, 1 - 1e-4])
    return min(float(low), 0.0), max(float(high), 0.0)


def _rows(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return int8 rows and the scale of each."""
    scale = (np.abs(values).max(1) / 127).astype(np.float16)
    safe = np.where(scale > 0, scale.astype(np.float32), 1.0)
    return np.rint(values / safe[:, None]).clip(-127, 127).astype(np.int8), scale
