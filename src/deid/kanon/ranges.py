"""What a range of leaves is called: a node of the hierarchy where one is exactly it, else a range or a set.

34 to 39 is "34-39" where the leaves are whole numbers in order, and {Ueno, Naha} "{Ueno, Naha}" where they
are not, or where a node of other leaves is called "34-39". A range that holds every leaf, or missing values
beside present ones, is '*'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deid.errors import InputError
from deid.kanon.hierarchies import SUPPRESSED, Hierarchy


@dataclass(frozen=True, slots=True)
class RangeLabels:
    """The labels of one column's ranges.

    nodes   : (first leaf, last leaf) -> the least general node of just these leaves.
    numbers : whether the leaves are whole numbers in rising order.
    """

    hierarchy: Hierarchy = field(repr=False)
    nodes: Mapping[tuple[int, int], str] = field(repr=False)
    numbers: bool

    def label(self, low: int, high: int) -> str | None:
        """Return the label of the leaves from ``low`` to ``high``; past the last leaf is the missing value.

        Raises InputError where a node of the hierarchy has the name but not the leaves.
        """
        leaves = self.hierarchy.leaves
        if high == len(leaves):
            return None if low == high else SUPPRESSED
        if (low, high) in self.nodes:
            return self.nodes[low, high]
        name = f"{leaves[low]}-{leaves[high]}"
        if self.numbers and not self.hierarchy.has_node(name):
            return name
        name = "{" + ", ".join(leaves[low : high + 1]) + "}"
        if self.hierarchy.has_node(name):
            raise InputError("hierarchy: a node has the name of a set with other values", hint="rename it")
        return name

    def weight(self, low: int, high: int) -> float:
        """Return the normalised certainty penalty of a range, in [0, 1]."""
        n_leaves = len(self.hierarchy.leaves)
        if high == n_leaves:
            return 0.0 if low == high else 1.0
        return (high - low) / max(n_leaves - 1, 1)


def range_labels(hierarchy: Hierarchy) -> RangeLabels:
    """Return the namer of a hierarchy's ranges."""
    nodes: dict[tuple[int, int], str] = {}
    for level in range(hierarchy.height + 1):
        place: dict[str, tuple[int, int]] = {}
        for position, chain in enumerate(hierarchy.chains):
            low, _ = place.get(chain[level], (position, position))
            place[chain[level]] = (low, position)
        for label, (low, high) in place.items():
            if hierarchy.n_leaves(label) == high - low + 1:  # it may mean more at another level
                nodes.setdefault((low, high), label)
    return RangeLabels(hierarchy, nodes, _are_rising_numbers(hierarchy.leaves))


def _are_rising_numbers(leaves: tuple[str, ...]) -> bool:
    if not all(leaf.isascii() and leaf.isdigit() for leaf in leaves):
        return False
    numbers = [int(leaf) for leaf in leaves]
    return all(low < high for low, high in zip(numbers, numbers[1:], strict=False))
