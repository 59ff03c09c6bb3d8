"""The declared fields as a tree, and the leaves of a record read through it.

Default-deny: a key the configuration does not declare stops the run (REQUIREMENTS O-01).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deid.errors import ConfigError, InputError, RecordError
from deid.ingest.fieldwords import reads_like_a_field
from deid.treatments import FieldSpec

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: a leaf with its specification, an object, or a list."""

    path: str
    spec: FieldSpec | None = None
    children: Mapping[str, "Node"] | None = None
    item: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One declared value of a record.

    path     : where it stands, with indices: ``messages[3].content``.
    declared : the declared path, with empty brackets: ``messages[].content``.
    """

    path: str
    declared: str
    spec: FieldSpec
    value: Scalar = field(repr=False)


def compile_fields(fields: Mapping[str, FieldSpec]) -> Node:
    """Return the tree of the declared fields.

    Raises ConfigError when one path is both a value and a container.
    """
    root: dict[str, Any] = {}
    for path, spec in fields.items():
        _insert(root, path, spec)
    return _freeze(root, "")


def leaves(record: Mapping[str, Any], tree: Node) -> Iterator[Leaf]:
    """Yield the declared leaves of ``record`` in the record's own order.

    Raises InputError for an undeclared field and RecordError for a value of the wrong type.
    """
    yield from _walk(record, tree, "")


def rebuild(
    record: Mapping[str, Any],
    tree: Node,
    replace: Callable[[Leaf], Scalar],
    keep: Callable[[FieldSpec], bool],
) -> dict[str, Any]:
    """Return the record with every leaf replaced; fields for which ``keep`` is false are left out."""
    result = _rebuild(record, tree, "", (replace, keep))
    return result if isinstance(result, dict) else {}


def list_prefix(path: str) -> str:
    """Return the part of a path up to its last index, ``""`` when it has none.

    ``messages[3].content`` → ``messages[3]``; ``participants[0].profile.age`` → ``participants[0]``.
    """
    return path[: path.rindex("]") + 1] if "]" in path else ""


def _insert(root: dict[str, Any], path: str, spec: FieldSpec) -> None:
    node = root
    for part in path.replace("[]", ".[]").split("."):
        if "" in node:
            raise ConfigError(f"fields: `{path}` lies below a declared value")
        node = node.setdefault(part, {})
    if node:
        raise ConfigError(f"fields: `{path}` is declared as a value and as a container")
    node[""] = spec


def _freeze(raw: Mapping[str, Any], path: str) -> Node:
    if "" in raw:
        return Node(path, spec=raw[""])
    if "[]" in raw:
        if len(raw) > 1:
            raise ConfigError(f"fields: `{path}` is declared as a list and as an object")
        return Node(path, item=_freeze(raw["[]"], f"{path}[]"))
    children = {name: _freeze(sub, f"{path}.{name}" if path else name) for name, sub in raw.items()}
    return Node(path, children=children)


def _walk(value: Any, node: Node, path: str) -> Iterator[Leaf]:
    if node.spec is not None:
        if node.spec.cls != "drop":
            yield _leaf(value, node, path)
    elif value is None:
        return
    elif node.item is not None:
        for index, item in enumerate(_expect(value, list, path)):
            yield from _walk(item, node.item, f"{path}[{index}]")
    else:
        for name, child, item in _children(value, node, path):
            yield from _walk(item, child, f"{path}.{name}" if path else name)


def _rebuild(
    value: Any, node: Node, path: str, how: tuple[Callable[[Leaf], Scalar], Callable[[FieldSpec], bool]]
) -> Any:
    replace, keep = how
    if value is None and node.spec is None:
        return None
    if node.spec is not None:
        return replace(_leaf(value, node, path))
    if node.item is not None:
        if _left_out(node.item, keep):
            return None
        return [
            _rebuild(item, node.item, f"{path}[{index}]", how)
            for index, item in enumerate(_expect(value, list, path))
        ]
    return {
        name: _rebuild(item, child, f"{path}.{name}" if path else name, how)
        for name, child, item in _children(value, node, path)
        if not _left_out(child, keep)
    }


def _left_out(node: Node, keep: Callable[[FieldSpec], bool]) -> bool:
    """Whether nothing below ``node`` is kept."""
    if node.spec is not None:
        return not keep(node.spec)
    if node.item is not None:
        return _left_out(node.item, keep)
    return all(_left_out(child, keep) for child in (node.children or {}).values())


def _children(value: Any, node: Node, path: str) -> Iterator[tuple[str, Node, Any]]:
    children = node.children or {}
    for number, (name, item) in enumerate(_expect(value, dict, path).items(), 1):
        child = children.get(name)
        if child is None:
            raise _undeclared(name, node.path, number)
        yield name, child, item


def _undeclared(name: str, parent: str, number: int) -> InputError:
    """Name the field only when it is of words of fields: a key may be somebody's name, address or number."""
    shown = reads_like_a_field(name)
    path = ".".join(filter(None, (parent, name if shown else "…")))
    place = "" if shown else f", key {number} of its object"
    return InputError(
        f"undeclared field `{path}`{place}",
        hint="declare it under `fields` with a class, or with `{class: drop}`",
    )


def _expect(value: Any, kind: type, path: str) -> Any:
    if isinstance(value, kind):
        return value
    raise RecordError(
        "wrong-type", f"{path or 'record'}: expected {'a list' if kind is list else 'an object'}"
    )


def _leaf(value: Any, node: Node, path: str) -> Leaf:
    spec = node.spec
    assert spec is not None  # noqa: S101 - callers test it; this is for the type checker
    if isinstance(value, dict | list):
        raise RecordError("wrong-type", f"{path}: expected a single value")
    if isinstance(value, bytes) or (spec.cls == "text" and value is not None and not isinstance(value, str)):
        raise RecordError("wrong-type", f"{path}: expected text")
    return Leaf(path, node.path, spec, value)
