"""A finished student read back: the shipped int8 weights as the network that training goes on from.

The inverse of ``export.student``, to what whole numbers lost. Constants of the graphs are met in the order in which
``network.py`` adds them, so a map is told by the operator that reads it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from export import Table
from student import Student


def student(folder: Path) -> tuple[Student, Table]:
    """Return the network of a finished student, and its table of words."""
    scales = np.load(folder / "words-scale.npy").astype(np.float32)
    listed = np.load(folder / "words.npy").astype(np.float32) * scales
    words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    enter, rest = (onnx.load(folder / name) for name in ("enter.onnx", "model.onnx"))
    maps, norms = ([*_maps(enter), *_maps(rest)], [*_norms(enter), *_norms(rest)])
    model = Student(listed.shape[1], len(norms[0][0]))
    rows = np.load(folder / "table.npy") * np.load(folder / "table-scale.npy").astype(np.float32)[:, None]
    model.table.weight.data = torch.from_numpy(rows)
    network = model.convolutions
    _filled([network.norm, *network.norms], norms)
    inner = [*network.mixes]
    inner.insert(2, network.message)  # told behind the second convolution
    _filled([network.enter, *inner, network.leave], maps)
    return model.eval(), Table(words, listed)


def manifest(folder: Path) -> dict[str, Any]:
    """Return what a finished student's manifest says of it, without what export writes anew."""
    about: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {key: value for key, value in about.items() if key not in {"tags", "files"}}


def _filled(modules: list[nn.Module], values: list[tuple[Tensor, Tensor]]) -> None:
    for module, (weight, bias) in zip(modules, values, strict=True):
        module.load_state_dict({"weight": weight, "bias": bias})


def _maps(model: onnx.ModelProto) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield weight and bias of each map; its inputs are x, weights, their scales last but three, … and the bias."""
    constants = _constants(model)
    for node in model.graph.node:
        if node.op_type == "MatMulIntegerToFloat":
            _, whole, _, scale, _, _, bias = node.input
            weight = (constants[whole].astype(np.float32) * constants[scale]).T
            yield torch.from_numpy(np.ascontiguousarray(weight)), torch.from_numpy(constants[bias])


def _norms(model: onnx.ModelProto) -> Iterator[tuple[Tensor, Tensor]]:
    constants = _constants(model)
    for node in model.graph.node:
        if node.op_type == "LayerNormalization":
            yield torch.from_numpy(constants[node.input[1]]), torch.from_numpy(constants[node.input[2]])


def _constants(model: onnx.ModelProto) -> dict[str, NDArray[Any]]:
    return {constant.name: numpy_helper.to_array(constant).copy() for constant in model.graph.initializer}
