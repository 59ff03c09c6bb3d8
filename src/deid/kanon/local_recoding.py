"""Local recoding: every person gets their own levels, so that few lose much.

Repeated lattice search on the people who remain: walk the nodes, least loss first; the first node that
makes enough of them anonymous is theirs, its sound classes are frozen, and the walk begins again with the
rest. Then the few who are left join the class where that costs least, or are suppressed, and finally
classes are split where they have become more general than they need to be.
"""

from dataclasses import dataclass, field

import numpy as np

from deid.kanon.classes import Codes, Counts, Mask, group, representatives, totals
from deid.kanon.domains import SCALE, Population
from deid.kanon.lattice import Nodes, lattice_nodes, lattice_size, node_keys, node_losses
from deid.kanon.loss import code_losses, level_losses
from deid.kanon.requirement import Requirement
from deid.kanon.splitting import Classes, split

SHARE = 0.002
"""A node must make this share of the remaining people anonymous: smaller is better and slower."""

MAX_WALKED = 1 << 16
"""Lattices with more nodes are not walked: everybody starts in one class, and splitting does the rest."""

MAX_JOINED = 1 << 25
"""The same where the pairs of tuples left over and classes they could join are more than this."""


@dataclass(frozen=True, slots=True)
class Recoding:
    """Levels of each tuple.

    levels     : (n_tuples, n_columns); '*' throughout for suppressed tuples.
    suppressed : (n_tuples,).
    """

    levels: Nodes = field(repr=False)
    suppressed: Mask = field(repr=False)


def recode(population: Population, requirement: Requirement, limit: int) -> Recoding:
    """Return levels for every tuple, suppressing at most ``limit`` people.

    The requirement must be possible (``requirement.check_possible``).
    """
    top = np.array([domain.height for domain in population.domains], np.int8)
    classes = Classes(np.zeros(population.n_tuples, np.int64), top[None, :])  # everybody in one class
    if requirement.t is None and lattice_size(population) <= MAX_WALKED:  # whoever joins may break t
        frozen = _freeze(population, requirement)
        left = np.flatnonzero(frozen.of < 0)
        if len(left) * len(frozen.levels) <= MAX_JOINED:
            classes = _place(population, frozen, left, limit)
    classes = split(population, requirement, classes)
    return Recoding(np.vstack([classes.levels, top])[classes.of], classes.of < 0)


@dataclass(frozen=True, slots=True)
class _Left:
    """The tuples that no class is frozen for yet."""

    population: Population
    requirement: Requirement
    tuples: Counts
    codes: Codes
    counts: Counts

    def sound(self, node: Nodes) -> tuple[Counts, int]:
        """Return the number of each tuple's sound class at a node, -1 for tuples in none, and the people."""
        ids, n_groups = group(*node_keys(self.population.domains, node, self.codes))
        sizes = totals(ids, self.counts, n_groups)
        of = ids
        if self.requirement.reads_secrets:
            of = np.full(self.population.n_tuples, -1)
            of[self.tuples] = ids
        met = self.requirement.met(of, sizes, self.population.secrets)
        return np.where(met, np.cumsum(met) - 1, -1)[ids], int(sizes[met].sum())


def _left(population: Population, requirement: Requirement, tuples: Counts) -> _Left:
    codes, counts = population.tuples.codes[:, tuples], population.tuples.counts[tuples]
    return _Left(population, requirement, tuples, codes, counts)


def _freeze(population: Population, requirement: Requirement) -> Classes:
    """Freeze classes until those who remain cannot form one."""
    nodes = lattice_nodes(population)
    failed = np.zeros(len(nodes), np.bool_)
    of = np.full(population.n_tuples, -1)
    levels = [np.empty((0, len(population.domains)), np.int8)]
    share, n_classes = SHARE, 0
    left = _left(population, requirement, np.arange(population.n_tuples))
    while len(left.tuples) and left.sound(nodes[-1])[1]:
        found = _walk(left, nodes, failed, share)
        if found is None:
            share, failed = 0.0, np.zeros(len(nodes), np.bool_)
            continue
        node, number = found
        frozen = number >= 0
        of[left.tuples[frozen]] = n_classes + number[frozen]
        fresh = int(number.max()) + 1
        levels.append(np.repeat(node[None, :], fresh, axis=0))
        n_classes += fresh
        left = _left(population, requirement, left.tuples[~frozen])
    return Classes(of, np.concatenate(levels))


def _walk(left: _Left, nodes: Nodes, failed: Mask, share: float) -> tuple[Nodes, Counts] | None:
    """Return the first node, least loss first, that makes a share of those left anonymous, and its classes.

    Nodes found to fail are marked in ``failed``.
    """
    losses = node_losses(nodes, level_losses(left.population.domains, left.codes, left.counts))
    enough = max(1.0, share * left.counts.sum())
    for pick in np.argsort(losses, kind="stable"):
        if failed[pick]:
            continue
        number, n_people = left.sound(nodes[pick])
        if n_people >= enough:
            return nodes[pick], number
        failed[pick] = True
    return None


def _place(population: Population, classes: Classes, left: Counts, limit: int) -> Classes:
    """Let those left join a class each, unless suppressing them is allowed and cheaper."""
    joined = _join(population, classes, left)
    n_left = int(population.tuples.counts[left].sum())
    if n_left > limit:
        return joined
    cells = SCALE * len(population.domains)
    suppressing = _loss(population, classes) + cells * n_left
    return joined if _loss(population, joined) <= suppressing else classes


def _loss(population: Population, classes: Classes) -> int:
    """Return the loss of everybody who is in a class."""
    inside = classes.of >= 0
    codes, counts = population.tuples.codes[:, inside], population.tuples.counts[inside]
    return int(code_losses(population.domains, codes, classes.levels[classes.of[inside]].T) @ counts)


def _join(population: Population, classes: Classes, left: Counts) -> Classes:
    """Put each of ``left`` in turn into the class where that costs least; the class rises to cover it."""
    inside = np.flatnonzero(classes.of >= 0)
    member = representatives(classes.of[inside], len(classes.levels))
    sample = population.tuples.codes[:, inside[member]]
    sizes = totals(classes.of[inside], population.tuples.counts[inside], len(member))
    of, levels = classes.of.copy(), classes.levels.copy()
    loss = code_losses(population.domains, sample, levels.T) * sizes
    paths = [domain.nodes[:, row] for domain, row in zip(population.domains, sample, strict=True)]
    for one in left:
        common = np.maximum(levels, _meeting(population, paths, population.tuples.codes[:, one]))
        raised = code_losses(population.domains, sample, common.T) * (sizes + population.tuples.counts[one])
        home = int((raised - loss).argmin())
        of[one], levels[home], loss[home] = home, common[home], raised[home]
        sizes[home] += population.tuples.counts[one]
    return Classes(of, levels)


def _meeting(population: Population, paths: list[Codes], one: Codes) -> Nodes:
    """Return the least levels, (n_classes, n_columns), at which each class's sample meets one tuple.

    paths : per column the nodes of each class's sample, (height + 1, n_classes).
    """
    pairs = zip(population.domains, paths, one, strict=True)
    return np.stack(
        [np.count_nonzero(path != domain.nodes[:, [code]], axis=0) for domain, path, code in pairs], axis=1
    ).astype(np.int8)
