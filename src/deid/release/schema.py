"""From field paths to a nested Arrow schema: ``messages[].content`` is a list of structs."""

import re
from collections.abc import Mapping
from typing import TypeAlias

import pyarrow as pa

from deid.errors import ConfigError

_TYPES = {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
_STEP = re.compile(r"([^.\[\]]+)((?:\[\])*)")

_Node: TypeAlias = "dict[str, _Node] | str"
"""A leaf type's name, or steps (with their brackets) to what is below them."""


def schema_for(leaf_types: Mapping[str, str]) -> pa.Schema:
    """Return the schema of records with these leaves, fields in the order given.

    leaf_types : field path (``profile.age``, ``tags[]``) to ``string``, ``int``, ``float`` or ``bool``.

    Raises ConfigError for a bad path or type, and for a path that is both a leaf and a parent.
    """
    root: dict[str, _Node] = {}
    for path, leaf in leaf_types.items():
        if leaf not in _TYPES:
            raise ConfigError(f"{path}: unknown leaf type `{leaf}`", hint="one of: " + ", ".join(_TYPES))
        _insert(root, path, leaf)
    return pa.schema(_fields(root))


def _insert(root: dict[str, _Node], path: str, leaf: str) -> None:
    *parents, last = path.split(".")
    if not all(_STEP.fullmatch(step) for step in (*parents, last)):
        raise ConfigError(f"`{path}` is not a path like `messages[].content`")
    node = root
    for step in parents:
        below = node.setdefault(_free(node, step, path), {})
        if isinstance(below, str):
            raise ConfigError(f"`{path}`: its parent is a value of its own")
        node = below
    if last in node:
        raise ConfigError(f"`{path}`: a value cannot have fields of its own")
    node[_free(node, last, path)] = leaf


def _free(node: Mapping[str, _Node], step: str, path: str) -> str:
    """Refuse ``tags`` beside ``tags[]``: one name, one shape."""
    name = step.partition("[")[0]
    if any(other != step and other.partition("[")[0] == name for other in node):
        raise ConfigError(f"`{path}`: `{name}` is a list in one path and not in another")
    return step


def _fields(node: Mapping[str, _Node]) -> list[pa.Field]:
    return [_field(step, below) for step, below in node.items()]


def _field(step: str, below: _Node) -> pa.Field:
    name, _, brackets = step.partition("[")
    kind = _TYPES[below] if isinstance(below, str) else pa.struct(_fields(below))
    for _ in range(brackets.count("]")):
        kind = pa.list_(kind)
    return pa.field(name, kind)
