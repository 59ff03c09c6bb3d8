"""Exact full-domain generalization: the node of the lattice with the least loss, proven by bound.

A node is one level per quasi-identifier, for everybody. People in classes too small are suppressed, as
long as their share allows. Why the optimum found is one (cf. Samarati, IEEE TKDE 13(6) (2001); Kohlmayer
et al., Flash, PASSAT 2012):

* without suppression the loss of a node is a sum over columns; suppressing a person never lowers it, as a
  suppressed cell counts 1; so the sum bounds the loss from below, for every node, before any is checked;
* a class of a node is a union of classes of each of its specialisations, so a node that must suppress too
  many rules out all its specialisations;
* the search ends when no node is left whose bound is as low as the best loss found.

Losses are integers, so ties are exact: they go to fewer people suppressed, then to the first node in
lexicographic order of levels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from deid.errors import InputError
from deid.kanon.classes import KEY_SPACE, Codes, Counts, Mask, group, pack, representatives, totals
from deid.kanon.domains import SCALE, Domain, Population
from deid.kanon.loss import code_losses, level_losses
from deid.kanon.requirement import Requirement

MAX_NODES = 1 << 21
_KEPT = 1 << 10
"""At most so many groupings are kept to count others from."""

Nodes = npt.NDArray[np.int8]
Words = npt.NDArray[np.uint64]

_TOP_BITS = np.uint64(0x8080808080808080)

_PICK = 0.7
"""Where to look next among the open nodes, ordered by bound. High up, nodes are likely to hold and the
tables grouped are small; any other share gives the same optimum, later."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best node, and how far the search went.

    levels     : level of each column.
    suppressed : (n_tuples,) which tuples are suppressed.
    nodes      : nodes in the lattice; ``checked`` of them had their classes counted.
    """

    levels: tuple[int, ...]
    suppressed: Mask = field(repr=False)
    nodes: int
    checked: int


@dataclass(frozen=True, slots=True)
class _Grouping:
    """The classes of a checked node, from which its generalizations are counted."""

    codes: Counts = field(repr=False)
    counts: Counts = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Outcome:
    loss: int
    n_suppressed: int
    levels: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, int, tuple[int, ...]]:
        return (self.loss, self.n_suppressed, self.levels)


def lattice_size(population: Population) -> int:
    """Return the number of nodes of the lattice."""
    size = 1
    for domain in population.domains:
        size *= domain.height + 1
    return size


def lattice_nodes(population: Population) -> Nodes:
    """Return all nodes, (n_nodes, n_columns), in lexicographic order."""
    shape = [domain.height + 1 for domain in population.domains]
    axes = np.indices(shape, dtype=np.int8)
    return np.ascontiguousarray(axes.reshape(len(shape), -1).T)


def node_losses(nodes: Nodes, per_level: Sequence[Counts]) -> Counts:
    """Return the loss of every node without suppression, in units of 1 / SCALE cells."""
    losses = np.zeros(len(nodes), np.int64)
    for column, loss in enumerate(per_level):
        losses += loss[nodes[:, column]]
    return losses


def node_keys(domains: Sequence[Domain], node: Nodes, codes: Codes | Counts) -> tuple[Counts, int]:
    """Return the packed key of each tuple's class at a node, and the keys' exclusive upper bound.

    codes : (n_columns, n_tuples).
    """
    sizes = [domain.n_nodes[level] for domain, level in zip(domains, node, strict=True)]
    space = math.prod(sizes)
    if space > KEY_SPACE:
        tables = (domain.nodes[level] for domain, level in zip(domains, node, strict=True))
        return pack([table.take(row) for table, row in zip(tables, codes, strict=True)], sizes)
    keys, stride = np.zeros(codes.shape[1], np.int64), space
    for domain, row, level, size in zip(domains, codes, node, sizes, strict=True):
        stride //= size
        if size > 1:  # `pack`, its multiplication done in the small table of nodes
            keys += (domain.nodes[level].astype(np.int64) * stride).take(row)
    return keys, space


def search(population: Population, requirement: Requirement, limit: int) -> Optimum:
    """Return the node with the least loss that suppresses at most ``limit`` people.

    Raises InputError when the lattice has more than 2**21 nodes.
    """
    size = lattice_size(population)
    if size > MAX_NODES:
        raise InputError(
            f"the lattice has {size} nodes; at most {MAX_NODES} can be searched",
            hint="use fewer quasi-identifiers, lower hierarchies, or method `local`",
        )
    walk = _Walk(population, requirement, limit)
    nodes = lattice_nodes(population)
    bounds = node_losses(
        nodes, level_losses(population.domains, population.tuples.codes, population.tuples.counts)
    )
    best = walk.visit(nodes[-1], int(bounds[-1]))  # the top node: everybody in one class
    order = np.argsort(bounds, kind="stable")
    nodes, bounds = nodes[order], bounds[order]
    packed = _packed(nodes)
    is_open = np.ones(size, np.bool_)
    checked = 1
    while (pick := _next(is_open, bounds, best)) is not None:
        is_open[pick] = False
        checked += 1
        outcome = walk.visit(nodes[pick], int(bounds[pick]))
        if outcome.n_suppressed > limit:
            is_open &= ~_at_most(packed, packed[[pick]])
        elif outcome.rank < best.rank:
            best = outcome
    return Optimum(best.levels, walk.suppressed(best.levels), size, checked)


def _packed(nodes: Nodes) -> Words:
    """Return nodes as words, (n_nodes, n_words), a byte a level, so that eight levels compare at once."""
    n_nodes, n_columns = nodes.shape
    filled = np.zeros((n_nodes, -(-n_columns // 8) * 8), np.int8)
    filled[:, :n_columns] = nodes
    return filled.view(np.uint64)


def _at_most(packed: Words, one: Words) -> Mask:
    """Return which nodes have no level above that of ``one``.

    Levels are below 128: with the top bit of every byte of ``one`` set, a byte keeps it through the
    subtraction exactly where its level is at most one's, and never borrows from the next.
    """
    below: Mask = (((one | _TOP_BITS) - packed) & _TOP_BITS == _TOP_BITS).all(axis=1)
    return below


def _next(is_open: Mask, bounds: Counts, best: _Outcome) -> int | None:
    candidates = np.flatnonzero(is_open[: np.searchsorted(bounds, best.loss, "right")])
    return int(candidates[int(len(candidates) * _PICK)]) if len(candidates) else None


class _Walk:
    """Counts the classes of nodes, each from the smallest table of classes that refines it."""

    def __init__(self, population: Population, requirement: Requirement, limit: int) -> None:
        self._population = population
        self._requirement = requirement
        self._limit = limit
        self._base = _Grouping(population.tuples.codes.astype(np.int64), population.tuples.counts)
        self._kept = [self._base]
        self._levels = _packed(np.zeros((_KEPT, len(population.domains)), np.int8))
        self._room = 4 * population.n_tuples

    def visit(self, node: Nodes, bound: int) -> _Outcome:
        """Return what publishing at ``node`` loses; ``bound`` is its loss without suppression.

        The loss is not worked out, and stays the bound, where too many are suppressed.
        """
        source = self._source(node)
        ids, sizes, met = self._count(node, source)
        self._keep(node, source, ids, sizes)
        n_suppressed = int(sizes[~met].sum())
        loss = bound
        if 0 < n_suppressed <= self._limit:
            loss += self._suppression_loss(node, source, ~met[ids])
        return _Outcome(loss, n_suppressed, tuple(node.tolist()))

    def _suppression_loss(self, node: Nodes, source: _Grouping, failing: Mask) -> int:
        """Return how much more is lost by suppressing the failing classes than by publishing them."""
        domains = self._population.domains
        published = code_losses(domains, source.codes[:, failing], node[:, None])
        return int((SCALE * len(domains) - published) @ source.counts[failing])

    def suppressed(self, levels: Sequence[int]) -> Mask:
        """Return which tuples are in classes of a node that fail."""
        ids, _, met = self._count(np.array(levels, np.int8), self._base)
        return ~met[ids]

    def _source(self, node: Nodes) -> _Grouping:
        if self._requirement.reads_secrets:  # sensitive values are counted by tuple
            return self._base
        refining = np.flatnonzero(_at_most(self._levels[: len(self._kept)], _packed(node[None, :])))
        return min((self._kept[i] for i in refining), key=lambda kept: len(kept.counts))

    def _count(self, node: Nodes, source: _Grouping) -> tuple[Counts, Counts, Mask]:
        ids, n_groups = group(*node_keys(self._population.domains, node, source.codes))
        sizes = totals(ids, source.counts, n_groups)
        return ids, sizes, self._requirement.met(ids, sizes, self._population.secrets)

    def _keep(self, node: Nodes, source: _Grouping, ids: Counts, sizes: Counts) -> None:
        if 2 * len(sizes) > self._population.n_tuples or len(sizes) > self._room or len(self._kept) == _KEPT:
            return
        self._room -= len(sizes)
        codes = source.codes[:, representatives(ids, len(sizes))]
        self._levels[len(self._kept)] = _packed(node[None, :])
        self._kept.append(_Grouping(codes, sizes))
