"""A finished tagger read back: the shipped int8 weights as the network that training goes on from.

The inverse of ``export.student`` and ``export.teacher``, to what whole numbers lost. Maps have lost their names in the
graphs; they are met in the order in which they read a text, and told by the operator that reads them.
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

from encoder import Encoder, Packed
from export import Table
from student import Student

_INNER = ("qkv", "out", "inner", "outer")
"""Maps of a layer of the teacher, in the order in which they are met."""
_HEADS, _EPSILON = 12, 1e-12


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


def teacher(folder: Path) -> Encoder:
    """Return the network of the finished teacher."""
    model = onnx.load(folder / "model.onnx")
    constants, maps = _constants(model), list(_whole_maps(model))
    pieces, width = constants["words.weight_quantized"].shape
    positions, tags = len(constants["places.weight"]), len(maps[-1])
    layers, inner = len(maps) // len(_INNER), len(maps[2])
    sizes = Packed(width, layers, _HEADS, inner, pieces, positions, _EPSILON, None, {})
    encoder = Encoder(sizes, pieces, tags)
    state = {name: constants[name] for name in encoder.state_dict() if name in constants}
    words = constants["words.weight_quantized"].astype(np.float32) - constants["words.weight_zero_point"]
    state["words.weight"] = words * constants["words.weight_scale"]
    places = [f"blocks.{layer}.{name}.weight" for layer in range(layers) for name in _INNER]
    state |= zip([*places, "head.weight"], maps, strict=True)
    encoder.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(w)) for name, w in state.items()})
    return encoder.eval()


def manifest(folder: Path) -> dict[str, Any]:
    """Return what a finished tagger's manifest says of it, without what export writes anew."""
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


def _whole_maps(model: onnx.ModelProto) -> Iterator[NDArray[np.float32]]:
    """Yield the weights of each map of the teacher, (out, in)."""
    constants = _constants(model)
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            whole, zero = node.input[1], node.input[3]
            scale = constants[whole.removesuffix("_quantized") + "_scale"]
            yield ((constants[whole].astype(np.float32) - constants[zero]) * scale).T


def _norms(model: onnx.ModelProto) -> Iterator[tuple[Tensor, Tensor]]:
    constants = _constants(model)
    for node in model.graph.node:
        if node.op_type == "LayerNormalization":
            yield torch.from_numpy(constants[node.input[1]]), torch.from_numpy(constants[node.input[2]])


def _constants(model: onnx.ModelProto) -> dict[str, NDArray[Any]]:
    return {constant.name: numpy_helper.to_array(constant).copy() for constant in model.graph.initializer}
