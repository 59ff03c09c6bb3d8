"""Generalization hierarchies: from a value, step by step, to '*'.

File grammar (ARX's): UTF-8, one line a value, fields separated by ';', the value first and then its
generalizations, least general first; every line has the same number of fields.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.errors import InputError

SUPPRESSED = "*"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The chains of one column. Level 0 is the value itself, level ``height`` is '*'.

    chains : value, its generalizations, '*'; one a value, in hierarchy order, so that the values below
             any node stand together.

    Raises InputError when chains differ in length, a value is given twice, a node has two parents, or
    '*' is not at the end.
    """

    chains: tuple[tuple[str, ...], ...] = field(repr=False)
    _row: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _below: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check(self.chains)
        ordered = _in_order(self.chains)
        below: dict[str, set[int]] = {}
        for row, chain in enumerate(ordered):
            for label in chain:
                below.setdefault(label, set()).add(row)
        object.__setattr__(self, "chains", ordered)
        object.__setattr__(self, "_row", {chain[0]: row for row, chain in enumerate(ordered)})
        object.__setattr__(self, "_below", {label: len(rows) for label, rows in below.items()})

    @classmethod
    def from_chains(cls, mapping: Mapping[str, Sequence[str]]) -> "Hierarchy":
        """Build from value -> its generalizations, least general first; '*' is added where it is missing."""
        return cls(_close([(value, *steps) for value, steps in mapping.items()]))

    @classmethod
    def suppression(cls, values: Iterable[str]) -> "Hierarchy":
        """Build the hierarchy in which a value is either published or '*'."""
        return cls.from_chains(dict.fromkeys(values, ()))

    @classmethod
    def intervals(cls, values: Iterable[int | str], widths: Sequence[int] = (5, 10)) -> "Hierarchy":
        """Build bands of whole numbers: 34 -> 30-34 -> 30-39 -> '*'.

        widths : each a multiple of the one before, so that every band lies inside one wider band.

        Raises InputError for widths that do not nest and for values that are no whole numbers.
        """
        steps = (1, *widths)
        if any(wide <= narrow or wide % narrow for narrow, wide in zip(steps, widths, strict=False)):
            raise InputError("intervals: widths must nest", hint="each a multiple of the one before: 5, 10")
        try:
            numbers = sorted({int(value) for value in values})
        except ValueError:
            raise InputError(
                "intervals: some values are no whole numbers", hint="use Hierarchy.from_chains"
            ) from None
        return cls.from_chains({str(n): [_band(n, width) for width in widths] for n in numbers})

    @property
    def height(self) -> int:
        """Number of steps from a value to '*'."""
        return len(self.chains[0]) - 1

    @property
    def leaves(self) -> tuple[str, ...]:
        """The values, in hierarchy order."""
        return tuple(chain[0] for chain in self.chains)

    @property
    def digest(self) -> str:
        """SHA-256 of the chains, 64 hex digits; equal hierarchies have equal digests."""
        return hashlib.sha256(json.dumps(sorted(self.chains)).encode()).hexdigest()

    def __contains__(self, value: object) -> bool:
        return value in self._row

    def generalize(self, value: str | None, level: int) -> str | None:
        """Return the node of ``value`` at ``level``; a missing value stays missing until '*'.

        Raises InputError for a level outside [0, height] or a value that is not in the hierarchy.
        """
        if not 0 <= level <= self.height:
            raise InputError(f"hierarchy: level {level} is not in 0..{self.height}")
        if level == self.height:
            known = value is None or value in self._row
            return SUPPRESSED if known else _unknown()
        if value is None:
            return None
        return self.chains[self._row[value]][level] if value in self._row else _unknown()

    def has_node(self, label: str) -> bool:
        """Return whether a value or one of its generalizations is called so."""
        return label in self._below

    def n_leaves(self, label: str) -> int:
        """Return how many values a label may mean, at whatever level it stands."""
        return self._below[label]

    def weight(self, label: str | None) -> float:
        """Return the normalised certainty penalty of a published label, in [0, 1].

        (leaves under the label - 1) / (leaves - 1); '*' is 1 and a missing value 0. A label that stands
        at several levels counts every leaf it may mean, for a reader sees the label alone.
        Source: Xu et al., KDD 2006, 785-790 (normalised certainty penalty).
        """
        if label == SUPPRESSED:
            return 1.0
        if label is None or len(self.chains) == 1:
            return 0.0
        return (self._below[label] - 1) / (len(self.chains) - 1)


def leaf_order(name: str, values: Sequence[str | None], hierarchy: Hierarchy) -> list[int]:
    """Return the place of each value among the leaves of its hierarchy; a missing value comes last.

    Raises InputError with the number and the kinds of values that are not in the hierarchy, never a value.
    """
    place = {leaf: position for position, leaf in enumerate(hierarchy.leaves)}
    unknown = [value for value in values if value is not None and value not in place]
    if unknown:
        kinds = ", ".join(sorted({_kind(value) for value in unknown}))
        raise InputError(
            f"column `{name}`: {len(unknown)} distinct values are not in its hierarchy ({kinds})",
            hint="add them, each with its generalizations",
        )
    return [len(place) if value is None else place[value] for value in values]


def load_hierarchies(folder: str | Path, columns: Sequence[str]) -> dict[str, Hierarchy]:
    """Read the hierarchy of each column from ``<column>.csv`` or ``*_hierarchy_<column>.csv`` in a folder.

    Raises InputError naming the column without a file, or the file and line that is wrong.
    """
    return {column: load_hierarchy(_find(Path(folder), column)) for column in columns}


def find_hierarchies(folder: str | Path, columns: Sequence[str]) -> dict[str, Hierarchy]:
    """Read the hierarchies of those columns that have one in a folder; errors as ``load_hierarchies``."""
    present = [column for column in columns if _files(Path(folder), column)]
    return load_hierarchies(folder, present)


def load_hierarchy(path: str | Path) -> Hierarchy:
    """Read one hierarchy file; InputError names the file and line that is wrong, never a value."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as handle:
            chains = [tuple(row) for row in csv.reader(handle, delimiter=";", strict=True) if row]
        return Hierarchy(_close(chains))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot read: {type(error).__name__}") from None
    except InputError as error:
        raise InputError(f"{path}: {error}", hint=error.hint) from None


def _find(folder: Path, column: str) -> Path:
    found = _files(folder, column)
    if len(found) != 1:
        raise InputError(
            f"column `{column}`: {len(found)} hierarchy files in {folder}",
            hint=f"provide `{column}.csv`, one line a value",
        )
    return found[0]


def _files(folder: Path, column: str) -> list[Path]:
    exact = folder / f"{column}.csv"
    if exact.is_file() and exact.parent == folder:
        return [exact]
    ending = f"_hierarchy_{column}.csv"
    return sorted(path for path in folder.glob("*.csv") if path.name.endswith(ending))


def _close(chains: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Add '*' on top unless every chain has it."""
    if all(chain[-1] == SUPPRESSED for chain in chains if chain):
        return tuple(chains)
    return tuple((*chain, SUPPRESSED) for chain in chains)


def _check(chains: Sequence[tuple[str, ...]]) -> None:
    if not chains or len(chains[0]) < 2:
        raise InputError("hierarchy: no values", hint="one line a value: value;generalization;…;*")
    parents: list[dict[str, str]] = [{} for _ in chains[0]]
    seen: set[str] = set()
    for number, chain in enumerate(chains, 1):
        if len(chain) != len(chains[0]):
            raise InputError(
                f"hierarchy: chain {number} has {len(chain)} levels, the first {len(chains[0])}",
                hint="repeat the last generalization to fill up",
            )
        if chain[-1] != SUPPRESSED or SUPPRESSED in chain[:1]:
            raise InputError(f"hierarchy: chain {number} must end with '*', and not begin with it")
        if chain[0] in seen:
            raise InputError(f"hierarchy: chain {number} gives a value a second time")
        seen.add(chain[0])
        for level, (node, parent) in enumerate(zip(chain, chain[1:], strict=False)):
            if parents[level].setdefault(node, parent) != parent:
                raise InputError(
                    f"hierarchy: chain {number}: the node at level {level} has another parent before",
                    hint="a hierarchy is a tree: one parent a node",
                )


def _in_order(chains: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Order chains so that the leaves of every node are neighbours, in order of first appearance."""
    rank: list[dict[str, int]] = [{} for _ in chains[0]]
    for chain in chains:
        for level, label in enumerate(chain):
            rank[level].setdefault(label, len(rank[level]))
    return tuple(
        sorted(chains, key=lambda chain: [rank[level][chain[level]] for level in range(len(chain))][::-1])
    )


def _band(number: int, width: int) -> str:
    low = number // width * width
    return f"{low}-{low + width - 1}"


def _kind(value: str) -> str:
    """Return what kind of value it is, which says where to look and not what it is."""
    if not value.strip():
        return "blank"
    if re.fullmatch(r"[+-]?[0-9]+", value):
        return "whole number"
    if re.fullmatch(r"[+-]?[0-9]*[.,][0-9]+", value):
        return "number"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", value):
        return "date"
    return "text"


def _unknown() -> str:
    raise InputError("hierarchy: a value is not in it", hint="add it to the hierarchy")
