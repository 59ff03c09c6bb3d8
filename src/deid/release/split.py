"""Subject-disjoint splits: people who ever talk with one another stay on the same side.

Conversations that share a subject are joined into components. Components are put in a keyed order and cut
at the shares, so a component moves only when it stands near a cut, and nobody without the key can say
where a subject went.
"""

import hmac
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from deid.errors import ConfigError, InputError

_FAR = 0.05
"""A share missed by more than this is worth a sentence."""


@dataclass(frozen=True, slots=True)
class Splits:
    """Where each record goes.

    assignment   : record id to split, in input order.
    n_components : groups of subjects that no conversation joins.
    note         : what a reader must know (shares that cannot be met); empty when all is well.
    """

    assignment: Mapping[str, str] = field(repr=False)
    n_components: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Component:
    """Subjects joined by conversations.

    rank : HMAC-SHA-256 of the smallest subject: the keyed order.
    size : conversations.
    """

    rank: bytes = field(repr=False)
    size: int
    root: int


def assign_splits(
    conversations: Iterable[tuple[str, Sequence[str]]], shares: Mapping[str, float], key: bytes
) -> Splits:
    """Assign every conversation to a split so that no subject is in two.

    conversations : record id and its subjects; one without subjects stands alone.
    shares        : split to share of conversations, above 0, adding up to 1.
    key           : secret bytes; the same key, shares and conversations give the same splits in any order.

    Every split gets a component where there are at least as many components as splits. Memory is linear in
    records and subjects. Raises ConfigError for bad shares or an empty key, InputError for an id given twice.
    """
    _check(shares, key)
    parents: list[int] = []
    names: dict[str, int] = {}
    owners: dict[str, int] = {}
    for record_id, subjects in conversations:
        if record_id in owners:
            raise InputError(f"{record_id}: record given twice", hint="record ids must be unique")
        nodes = [_node(f"s{subject}", names, parents) for subject in subjects]
        nodes = nodes or [_node(f"r{record_id}", names, parents)]
        owners[record_id] = _join(nodes, parents)
    components = _components(names, owners, parents, key)
    placed = _place(components, shares)
    assignment = {record_id: placed[_find(parents, node)] for record_id, node in owners.items()}
    return Splits(assignment, len(components), _note(components, placed, shares))


def _check(shares: Mapping[str, float], key: bytes) -> None:
    if not shares or not all(0 < share <= 1 for share in shares.values()):
        raise ConfigError("splits: each split needs a share above 0")
    if not math.isclose(sum(shares.values()), 1, abs_tol=1e-9):
        raise ConfigError("splits: the shares must add up to 1")
    if not key:
        raise ConfigError("splits: the key is empty", hint="give at least 16 random bytes")


def _node(name: str, names: dict[str, int], parents: list[int]) -> int:
    node = names.setdefault(name, len(parents))
    if node == len(parents):
        parents.append(node)
    return node


def _find(parents: list[int], node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


def _join(nodes: Sequence[int], parents: list[int]) -> int:
    root = _find(parents, nodes[0])
    for node in nodes[1:]:
        other = _find(parents, node)
        root, other = min(root, other), max(root, other)
        parents[other] = root
    return root


def _components(
    names: Mapping[str, int], owners: Mapping[str, int], parents: list[int], key: bytes
) -> list[_Component]:
    smallest: dict[int, str] = {}
    for name, node in names.items():
        root = _find(parents, node)
        smallest[root] = min(name, smallest.get(root, name))
    sizes = dict.fromkeys(smallest, 0)
    for node in owners.values():
        sizes[_find(parents, node)] += 1
    found = [_Component(_rank(key, name), sizes[root], root) for root, name in smallest.items()]
    return sorted(found, key=lambda component: component.rank)


def _rank(key: bytes, name: str) -> bytes:
    return hmac.digest(key, name.encode("utf-8", "surrogatepass"), "sha256")


def _place(components: Sequence[_Component], shares: Mapping[str, float]) -> dict[int, str]:
    """Return root to split: components larger than the smallest split by room, the others by the cut."""
    if len(components) == 1:
        return {components[0].root: _only(shares)}
    total = sum(component.size for component in components)
    room = {split: share * total for split, share in shares.items()}
    grain = min(room.values())
    placed = {}
    large = [component for component in components if component.size > grain]
    for component in sorted(large, key=lambda item: (-item.size, item.rank)):
        split = max(room, key=lambda name: room[name])
        room[split] -= component.size
        placed[component.root] = split
    placed |= _cut([component for component in components if component.size <= grain], room)
    if len(components) >= len(shares):
        _fill_empty(components, placed, shares)
    return placed


def _only(shares: Mapping[str, float]) -> str:
    return "train" if "train" in shares else max(shares, key=lambda name: shares[name])


def _cut(components: Sequence[_Component], room: Mapping[str, float]) -> dict[int, str]:
    """Walk the keyed order and give each component to the split in whose stretch its middle lies."""
    open_room = {split: left for split, left in room.items() if left > 0}
    total = sum(component.size for component in components)
    scale = total / sum(open_room.values()) if open_room else 0.0
    placed = {}
    stretches = iter(open_room.items())
    split, end, seen = "", 0.0, 0
    for component in components:
        middle = seen + component.size / 2
        while middle > end and (stretch := next(stretches, None)) is not None:
            split, end = stretch[0], end + stretch[1] * scale
        placed[component.root] = split
        seen += component.size
    return placed


def _fill_empty(
    components: Sequence[_Component], placed: dict[int, str], shares: Mapping[str, float]
) -> None:
    """Move the smallest component of the split that has most of them into each empty split."""
    for empty in [split for split in shares if split not in placed.values()]:
        held = list(placed.values())
        donor = max(shares, key=held.count)
        moved = min(
            (component for component in components if placed[component.root] == donor),
            key=lambda component: (component.size, component.rank),
        )
        placed[moved.root] = empty


def _note(components: Sequence[_Component], placed: Mapping[int, str], shares: Mapping[str, float]) -> str:
    total = sum(component.size for component in components)
    if total == 0:
        return "no conversations"
    if len(components) == 1 and len(shares) > 1:
        return (
            "every conversation is joined to every other by shared subjects: "
            f"they cannot be split by subject, so all are in {_only(shares)}"
        )
    got = dict.fromkeys(shares, 0)
    for component in components:
        got[placed[component.root]] += component.size
    if all(abs(got[split] / total - share) <= _FAR for split, share in shares.items()) and all(got.values()):
        return ""
    told = ", ".join(f"{split} {count / total:.3f}" for split, count in got.items())
    largest = max(component.size for component in components) / total
    return (
        f"shares cannot be met without splitting a subject: {told} "
        f"({len(components)} groups of joined subjects, the largest {largest:.3f} of the conversations)"
    )
