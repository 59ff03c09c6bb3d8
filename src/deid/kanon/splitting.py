"""Top-down refinement of classes: publish less general nodes wherever every part stays large enough.

The reverse of merging, done for all classes at once: in each round every class gives up one level in the
column where that saves the most. Parts that would fail stay together at the old level; if even together
they fail, the smallest of the sound parts stay with them.
Source of the idea: Fung, Wang, Yu, ICDE 2005 (top-down specialization).
"""

from dataclasses import dataclass, field

import numpy as np

from deid.kanon.classes import Counts, Mask, group, totals
from deid.kanon.domains import Population
from deid.kanon.lattice import Nodes
from deid.kanon.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Classes:
    """A partition of tuples, each class with its own levels.

    of     : (n_tuples,) class of each tuple; -1 for tuples in none.
    levels : (n_classes, n_columns).
    """

    of: Counts = field(repr=False)
    levels: Nodes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Round:
    """The tuples still in play: ``chosen`` of the population, each with its class and its people."""

    population: Population
    requirement: Requirement
    levels: Nodes
    chosen: Counts
    owner: Counts
    counts: Counts

    def met(self, groups: Counts, sizes: Counts) -> Mask:
        """Return which groups satisfy the requirement; ``groups`` holds one number per chosen tuple."""
        everywhere = np.full(self.population.n_tuples, -1)
        everywhere[self.chosen] = groups
        return self.requirement.met(everywhere, sizes, self.population.secrets)


@dataclass(frozen=True, slots=True)
class _Split:
    """What giving up one level of one column would do.

    part   : (n_chosen,) part each chosen tuple would be in.
    leaves : (n_parts,) which parts would leave their class; ``owner`` is that class.
    saved  : (n_classes,) loss saved; -1 where nothing can leave.
    """

    part: Counts
    leaves: Mask
    owner: Counts
    saved: Counts


def split(population: Population, requirement: Requirement, classes: Classes) -> Classes:
    """Return classes that lose no more, each satisfying the requirement if it did before."""
    active = np.ones(len(classes.levels), np.bool_)
    while True:
        chosen = np.flatnonzero(classes.of >= 0)
        chosen = chosen[active[classes.of[chosen]]]
        owner = classes.of[chosen]
        view = _Round(
            population, requirement, classes.levels, chosen, owner, population.tuples.counts[chosen]
        )
        splits = [_split_column(view, column) for column in range(len(population.domains))]
        saved = np.stack([one.saved for one in splits])
        best = np.where(saved.max(axis=0) >= 0, saved.argmax(axis=0), -1)
        if (best < 0).all():
            return classes
        classes, active = _apply(classes, view, splits, best)


def _split_column(view: _Round, column: int) -> _Split:
    domain, codes = view.population.domains[column], view.population.tuples.codes[column][view.chosen]
    n_classes, n_codes = len(view.levels), len(domain.weights[0])
    now = view.levels[view.owner, column]
    below = np.maximum(now, 1) - 1
    part, n_parts = group(view.owner * n_codes + domain.nodes[below, codes], n_classes * n_codes)
    owner = np.empty(n_parts, np.int64)
    owner[part] = view.owner
    sizes = totals(part, view.counts, n_parts)
    leaves = view.met(part, sizes) & (view.levels[owner, column] > 0)
    leaves = _keep_back(view, part, sizes, owner, leaves)
    if view.requirement.t is not None:  # a sound part that stays may not mend those it stays with
        leaves &= ~_broken(view, part, leaves)[owner]
    saving = (domain.weights[now, codes] - domain.weights[below, codes]) * view.counts
    saved = totals(view.owner, saving * leaves[part], n_classes)
    saved[np.bincount(owner, leaves, n_classes) == 0] = -1
    return _Split(part, leaves, owner, saved)


def _keep_back(view: _Round, part: Counts, sizes: Counts, owner: Counts, leaves: Mask) -> Mask:
    """Let the smallest sound parts stay where the parts that stay would fail on their own."""
    smallest = np.full(len(view.levels), np.iinfo(np.int64).max)
    np.minimum.at(smallest, owner[leaves], sizes[leaves])
    kept: Mask = _broken(view, part, leaves)[owner] & (sizes == smallest[owner])
    return leaves & ~kept


def _broken(view: _Round, part: Counts, leaves: Mask) -> Mask:
    """Return the classes in which those who stay would fail."""
    staying = ~leaves[part]
    rest = totals(view.owner[staying], view.counts[staying], len(view.levels))
    fails: Mask = (rest > 0) & ~view.met(np.where(staying, view.owner, -1), rest)
    return fails


def _apply(classes: Classes, view: _Round, splits: list[_Split], best: Counts) -> tuple[Classes, Mask]:
    """Carry out the best split of each class; return the classes, and which of them may split again."""
    of, levels = classes.of.copy(), [classes.levels]
    active = [best >= 0]
    n_classes = len(classes.levels)
    for column, one in enumerate(splits):
        leaves = one.leaves & (best[one.owner] == column)
        number = np.cumsum(leaves) - 1 + n_classes
        moved = leaves[one.part]
        of[view.chosen[moved]] = number[one.part[moved]]
        parted = classes.levels[one.owner[leaves]].copy()
        parted[:, column] -= 1
        levels.append(parted)
        active.append(np.ones(len(parted), np.bool_))
        n_classes += len(parted)
    return _without_empty(Classes(of, np.concatenate(levels)), np.concatenate(active))


def _without_empty(classes: Classes, active: Mask) -> tuple[Classes, Mask]:
    used = np.zeros(len(classes.levels), np.bool_)
    used[classes.of[classes.of >= 0]] = True
    number = np.append(np.cumsum(used) - 1, -1)
    return Classes(number[classes.of], classes.levels[used]), active[used]
