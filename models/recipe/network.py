"""The student's network as an ONNX graph: int8 maps with constant scales, in as few passes over memory as go.

A scale measured over a batch would make what is found in one text depend on the texts beside it, so the input
of each map keeps the scale that it has on some lines. Units are put beside their neighbours as bytes, and a map
is one ``MatMulIntegerToFloat`` of ONNX Runtime: integer products, scales and bias at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from student import DILATIONS, POOLED_AFTER, Convolutions
from teacher import TAGS

_OWN = "com.microsoft"  # the runtime's own operators
_OUTSIDE = 1e-4  # share of a map's inputs beyond either end of its range
_STEPS = 63  # seven bits with a sign: older processors add pairs of products in 16 bits
_END = np.iinfo(np.int64).max

Inputs = Sequence[Mapping[str, NDArray[np.float32]]]
"""What the network gets for some lines: ``x`` (1, length, width) and ``mask`` (1, length, 1)."""


class Bytes(NamedTuple):
    """Names of a tensor of bytes, of the size of their step, and of the byte that stands for 0."""

    name: str
    step: str
    zero: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and constants in the making; every method returns the name of what it adds."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, value: NDArray[np.generic]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def floats(self, values: Tensor | float) -> str:
        return self.constant(torch.as_tensor(values).detach().numpy().astype(np.float32))

    def whole(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: float) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name


def built(network: Convolutions, lines: Inputs) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """Return the graph of a unit by itself, and that of a line of units.

    The first goes from ``x`` (batch, length, numbers) to ``vectors`` (batch, length, width), which can be kept;
    the second from those as ``x`` and ``mask`` (batch, length, 1) to ``logits``.

    lines : some that fix the scales.
    """
    met = entered(network, lines)
    enter = Graph()
    _normed(enter, network.norm, _mapped(enter, _bytes(enter, "x", met[network.enter]), network.enter))
    graph = Graph()
    x = graph.node("Mul", "x", "mask")
    for number, (mix, norm, reach) in enumerate(zip(network.mixes, network.norms, DILATIONS, strict=True)):
        near = _beside(graph, _bytes(graph, x, met[mix]), reach)
        change = graph.node("Relu", _mapped(graph, near, mix))
        x = graph.node("Mul", _normed(graph, norm, x, change), "mask")
        if number == POOLED_AFTER:
            x = _with_whole(graph, x, network.message, met[network.message])
    _mapped(graph, _bytes(graph, x, met[network.leave]), network.leave)
    width = network.enter.out_features
    return (
        _model(enter, {"x": network.enter.in_features}, ("vectors", width)),
        _model(graph, {"x": width, "mask": 1}, ("logits", len(TAGS))),
    )


def entered(network: Convolutions, lines: Inputs) -> dict[nn.Module, NDArray[np.float32]]:
    """Return what enters each map of a network on some lines, all numbers in a row."""
    seen: dict[nn.Module, list[NDArray[np.float32]]] = {}

    def note(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen.setdefault(module, []).append(inputs[0].numpy().ravel())

    hooks = [
        found.register_forward_pre_hook(note) for found in network.modules() if isinstance(found, nn.Linear)
    ]
    with torch.no_grad():
        for line in lines:
            network(torch.from_numpy(line["x"]), torch.from_numpy(line["mask"]))
    for hook in hooks:
        hook.remove()
    return {module: np.concatenate(values) for module, values in seen.items()}


def _bytes(graph: Graph, x: str, values: NDArray[np.float32]) -> Bytes:
    """Add a tensor as bytes, on the scale of some of its values."""
    low, high = np.quantile(values, [_OUTSIDE, 1 - _OUTSIDE])
    low, high = min(float(low), 0.0), max(float(high), 0.0)
    size = max(high - low, 1e-6) / 255
    zero = np.array(np.clip(round(-low / size), 0, 255), np.uint8)
    step, byte = graph.floats(size), graph.constant(zero)
    return Bytes(graph.node("QuantizeLinear", x, step, byte), step, byte)


def _mapped(graph: Graph, x: Bytes, linear: nn.Linear) -> str:
    """Add a map, its weights in seven bits, a scale for each number that comes out."""
    weights = linear.weight.detach().numpy().T
    scale = np.maximum(np.abs(weights).max(0), 1e-12).astype(np.float32) / _STEPS
    small = graph.constant(np.rint(weights / scale).astype(np.int8))
    zeros = graph.constant(np.zeros(len(scale), np.int8))
    names = (x.name, small, x.step, graph.constant(scale), x.zero, zeros, graph.floats(linear.bias))
    return graph.node("MatMulIntegerToFloat", *names, domain=_OWN)


def _beside(graph: Graph, x: Bytes, reach: int) -> Bytes:
    """Put beside each unit the ones that stand ``reach`` before and behind it."""
    wide = graph.node("Pad", x.name, graph.whole(0, reach, 0, 0, reach, 0), x.zero)
    axis = graph.whole(1)
    before = graph.node("Slice", wide, graph.whole(0), graph.whole(-2 * reach), axis)
    behind = graph.node("Slice", wide, graph.whole(2 * reach), graph.whole(_END), axis)
    return x._replace(name=graph.node("Concat", before, x.name, behind, axis=2))


def _normed(graph: Graph, norm: nn.LayerNorm, x: str, added: str = "") -> str:
    """Add a layer norm, of a sum where there are two."""
    both = graph.node("Add", x, added) if added else x
    names = (graph.floats(norm.weight), graph.floats(norm.bias))
    return graph.node("LayerNormalization", both, *names, axis=-1, epsilon=norm.eps)


def _with_whole(graph: Graph, x: str, message: nn.Linear, values: NDArray[np.float32]) -> str:
    """Tell each unit the highest of every number over its line; padding is no part of it."""
    one, far = graph.floats(1.0), graph.floats(1e4)
    padding = graph.node("Mul", graph.node("Sub", one, "mask"), far)
    most = graph.node("ReduceMax", graph.node("Sub", x, padding), axes=[1], keepdims=1)
    told = graph.node("Relu", _mapped(graph, _bytes(graph, most, values), message))
    return graph.node("Mul", graph.node("Add", x, told), "mask")


def _model(graph: Graph, inputs: Mapping[str, int], output: tuple[str, int]) -> onnx.ModelProto:
    """Return a model of what comes last in a graph, under another name.

    inputs, output : names, and how many numbers each has of a unit.
    """

    def value(name: str, size: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", size])

    graph.nodes[-1].output[0] = output[0]
    ends = [value(*entry) for entry in inputs.items()], [value(*output)]
    made = helper.make_graph(graph.nodes, "student", *ends, graph.constants)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)]
    model = helper.make_model(made, opset_imports=versions, ir_version=8, producer_name="deid")
    onnx.checker.check_model(model)
    return model
