"""Classes made finer by what only some people tell: a fact is generalized or left out, never a person.

Top down: every fact begins left out, and the people who share a node leave for a class of their own where
they, and those who stay, satisfy the requirement. To a reader, whoever tells nothing and whoever's fact is
left out are alike, so they stay together.
Source of the idea: Fung, Wang, Yu, ICDE 2005 (top-down specialization).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts, Mask, group
from deid.kanon.domains import Secret
from deid.kanon.encode import text_column
from deid.kanon.hierarchies import Hierarchy, leaf_order
from deid.kanon.requirement import Requirement

Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Refined:
    """What may be published of the facts.

    levels : (n_people, n_columns), 0 the value itself, the hierarchy's height where it is left out.
    loss   : (n_columns,) sum of the normalised certainty penalty over people, a fact left out counting 1
             and one never told 0.
    """

    levels: Levels = field(repr=False)
    loss: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """One column: ``codes`` index ``nodes``, (height + 1, n_values + 1), in which silence comes last."""

    codes: Codes = field(repr=False)
    nodes: Codes = field(repr=False)
    weights: npt.NDArray[np.float64] = field(repr=False)

    @property
    def height(self) -> int:
        return len(self.nodes) - 1

    @property
    def tells(self) -> Mask:
        """Who has a value."""
        found: Mask = self.codes < self.nodes.shape[1] - 1
        return found


def refine(
    classes: Counts,
    columns: Mapping[str, Sequence[str | None]],
    hierarchies: Mapping[str, Hierarchy],
    requirement: Requirement,
    secrets: Sequence[Secret] = (),
) -> Refined:
    """Return levels for the facts of people whose classes satisfy the requirement.

    classes : (n_people,) class of each person by all else that is published; -1 for people in none, of
              whom nothing is published.
    columns : a value a person, None where nothing is told.

    With the levels applied, and what is left out taken for untold, every class satisfies the requirement.
    Raises InputError for columns of another length and values that are not in their hierarchy.
    """
    told = [_told(name, values, hierarchies[name], len(classes)) for name, values in columns.items()]
    levels = np.empty((len(classes), len(told)), np.int8)
    for number, one in enumerate(told):
        levels[:, number] = one.height
    search = _Search(requirement, secrets, levels, classes.copy())
    for number in sorted(range(len(told)), key=lambda n: -int(np.count_nonzero(told[n].tells))):
        search.descend(number, told[number])
    loss = tuple(float(one.weights[levels[:, n], one.codes].sum()) for n, one in enumerate(told))
    return Refined(levels, loss)


@dataclass(slots=True)
class _Search:
    """The levels found so far, and the class of each person under them."""

    requirement: Requirement
    secrets: Sequence[Secret]
    levels: Levels = field(repr=False)
    of: Counts = field(repr=False)

    def descend(self, column: int, told: _Told) -> None:
        """Publish one column as fine as its classes allow."""
        inside = self.of >= 0
        self.of[inside] = group(self.of[inside], int(self.of.max(initial=0)) + 1)[0]
        home = np.arange(int(self.of.max(initial=-1)) + 1)
        for level in range(told.height - 1, -1, -1):
            home = self._lower(column, told, level, home)

    def _lower(self, column: int, told: _Told, level: int, home: Counts) -> Counts:
        """Go a level down wherever every class stays sound; return the silent class of each class.

        home : (n_classes,) where those go whose fact is left out after all; its own for a silent class.
        """
        chosen = np.flatnonzero((self.levels[:, column] == level + 1) & told.tells & (self.of >= 0))
        if not len(chosen):
            return home
        n_nodes = int(told.nodes[level].max()) + 1
        keys = self.of[chosen] * n_nodes + told.nodes[level][told.codes[chosen]]
        part, n_parts = group(keys, len(home) * n_nodes)
        owner = np.empty(n_parts, np.int64)
        owner[part] = self.of[chosen]
        move = _Move(chosen, part, owner, home, told.weights[level + 1, told.codes[chosen]])
        leaves, sent = self._leaving(move)
        moved = leaves[part]
        silenced = sent[self.of[chosen]] & ~moved
        self.of[chosen[silenced]] = home[self.of[chosen[silenced]]]
        self.levels[chosen[silenced], column] = told.height
        self.of[chosen[moved]] = (np.cumsum(leaves) - 1 + len(home))[part[moved]]
        self.levels[chosen[moved], column] = level
        return np.append(home, home[owner[leaves]])

    def _leaving(self, move: "_Move") -> tuple[Mask, Mask]:
        """Return which parts leave their class, and in which classes the rest is silenced.

        Where the rest would fail alone, the smallest part stays with it, unless silence costs less.
        """
        n_classes = len(move.home)
        sizes = np.bincount(move.part, minlength=len(move.owner))
        parts = np.full(len(self.of), -1)
        parts[move.chosen] = move.part
        leaves = self.requirement.met(parts, sizes, self.secrets)
        sent = np.zeros(n_classes, np.bool_)
        peopled = np.bincount(self.of[self.of >= 0], minlength=n_classes) > 0
        may = (move.home != np.arange(n_classes)) & peopled[move.home] & (self.requirement.t is None)
        while leaves.any():
            rest = self.of.copy()
            rest[move.chosen[leaves[move.part]]] = -1
            left = np.bincount(rest[rest >= 0], minlength=n_classes)
            broken = (left > 0) & ~self.requirement.met(rest, left, self.secrets) & ~sent
            at_risk = leaves & broken[move.owner]
            if not at_risk.any():
                break
            smallest = np.full(n_classes, np.iinfo(np.int64).max)
            np.minimum.at(smallest, move.owner[at_risk], sizes[at_risk])
            back = at_risk & (sizes == smallest[move.owner])
            cheaper = may & broken & move.silence_is_cheaper(leaves, back)
            sent |= cheaper
            leaves &= ~(back & ~cheaper[move.owner])
        return leaves, sent


@dataclass(frozen=True, slots=True)
class _Move:
    """A step down of the people ``chosen``.

    part    : (n_chosen,) part of each; ``owner`` is the class of each part.
    home    : (n_classes,) as in ``_Search``.
    weights : (n_chosen,) loss of each while they stay.
    """

    chosen: Counts = field(repr=False)
    part: Counts = field(repr=False)
    owner: Counts = field(repr=False)
    home: Counts = field(repr=False)
    weights: npt.NDArray[np.float64] = field(repr=False)

    def silence_is_cheaper(self, leaves: Mask, back: Mask) -> Mask:
        """Return the classes where the parts ``back`` would lose more by staying than the rest by silence."""
        of = self.owner[self.part]
        staying, held = ~leaves[self.part], back[self.part]
        cost = np.bincount(of[staying], 1 - self.weights[staying], len(self.home))
        gain = np.bincount(of[held], self.weights[held], len(self.home))
        cheaper: Mask = gain > cost
        return cheaper


def _told(name: str, values: Sequence[str | None], hierarchy: Hierarchy, n_people: int) -> _Told:
    if len(values) != n_people:
        raise InputError(f"column `{name}`: {len(values)} values for {n_people} people")
    column = text_column(name, values)
    leaf_order(name, column.values, hierarchy)  # refuses what the hierarchy lacks
    present = [value for value in column.values if value is not None]
    nodes = np.full((hierarchy.height + 1, len(present) + 1), -1, np.int32)
    weights = np.zeros(nodes.shape)
    for level in range(hierarchy.height + 1):
        labels = [hierarchy.generalize(value, level) for value in present]
        number = {label: n for n, label in enumerate(dict.fromkeys(labels))}
        nodes[level, :-1] = [number[label] for label in labels]
        weights[level, :-1] = [hierarchy.weight(label) for label in labels]
    return _Told(column.codes, nodes, weights)
