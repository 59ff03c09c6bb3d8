"""From people to levels: run a search, and account for everybody: published, suppressed or dropped."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from deid.errors import InputError
from deid.kanon.classes import Mask, group, pack, totals
from deid.kanon.domains import Population, populate
from deid.kanon.encode import People, check_roles, text_column, to_people
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.lattice import Nodes, search
from deid.kanon.local_recoding import Recoding, recode
from deid.kanon.loss import code_losses, ncp
from deid.kanon.mondrian import partition
from deid.kanon.requirement import Requirement, check_possible
from deid.kanon.splitting import Classes, split

Method = Literal["lattice", "local", "mondrian"]


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """The level at which each person's values may be published.

    levels     : (n_people, n_columns), 0 the value itself, the hierarchy's height '*'.
    suppressed : (n_people,) people all of whose cells become '*' because no class was found for them.
    dropped    : (n_people,) those of them who must be left out, being too few to form a class.
    k          : people in the smallest class that is published.
    ncp        : mean loss over people and columns in [0, 1], a suppressed or dropped person counting 1.
    """

    levels: Nodes = field(repr=False)
    suppressed: Mask = field(repr=False)
    dropped: Mask = field(repr=False)
    k: int
    ncp: float


def plan_levels(  # noqa: PLR0913  (thresholds, all named)
    columns: Mapping[str, Sequence[str | None]],
    hierarchies: Mapping[str, Hierarchy],
    *,
    k: int,
    sensitive: Mapping[str, Sequence[str | None]] | None = None,
    l: int | None = None,  # noqa: E741
    t: float | None = None,
    method: Method = "local",
    suppression: float = 0.05,
) -> LevelPlan:
    """Plan how far to generalize, one row a person; values are leaves of the hierarchies, None is missing.

    k           : people in a class, at least.
    l, t        : different values of each ``sensitive`` column in a class, at least, and its distance from
                  everybody's values, at most.
    method      : ``mondrian`` halves classes, raises each to the nodes that its people share, and suppresses
                  nobody; the others are as in ``enforce``.
    suppression : share of people that may be suppressed, in [0, 1].

    Raises InputError for columns of different lengths, and as ``enforce`` does; a column that is missing
    throughout is allowed.
    """
    secrets = sensitive or {}
    check_roles(tuple(columns), None, tuple(secrets))
    n_people = len(next(iter(columns.values())))
    for name, values in (*columns.items(), *secrets.items()):
        if len(values) != n_people:
            raise InputError(f"column `{name}`: {len(values)} values, the first column has {n_people}")
    if not n_people:
        raise InputError("columns: nobody in them", hint="there is nobody to protect or to count")
    everyone = People(None, n_people)
    encoded, hidden = (
        [to_people(text_column(name, values), everyone) for name, values in part.items()]
        for part in (columns, secrets)
    )
    population = populate(encoded, hierarchies, hidden)
    return find_levels(population, Requirement(k, l, t), method=method, suppression=suppression)


def find_levels(
    population: Population, requirement: Requirement, *, method: Method, suppression: float
) -> LevelPlan:
    """Search levels for a population; InputError where none can satisfy the requirement.

    With t nobody is suppressed: whoever is left out moves everybody's values, from which t is measured.
    """
    if method not in get_args(Method):
        raise InputError(f"method `{method}`: not known", hint="one of: " + ", ".join(get_args(Method)))
    if not 0 <= suppression <= 1:
        raise InputError(f"suppression is {suppression}; it must be a share in [0, 1]")
    check_possible(population, requirement)
    limit = math.floor(suppression * population.n_people + 1e-9)  # 0.29 * 100 is 28.999…
    if requirement.t is not None:
        limit = 0
    if method == "lattice":
        recoding = _full_domain(population, requirement, limit)
    elif method == "mondrian":
        recoding = _to_nodes(population, requirement)
    else:
        recoding = recode(population, requirement, limit)
    return _account(population, requirement, recoding)


def _full_domain(population: Population, requirement: Requirement, limit: int) -> Recoding:
    optimum = search(population, requirement, limit)
    top = [domain.height for domain in population.domains]
    return Recoding(
        np.where(optimum.suppressed[:, None], top, optimum.levels).astype(np.int8), optimum.suppressed
    )


def _to_nodes(population: Population, requirement: Requirement) -> Recoding:
    """Raise each class of the partition to the least levels at which its people share a node."""
    of = partition(population, requirement).of
    order = np.argsort(of, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(of[order]) > 0))
    levels = []
    for domain, row in zip(population.domains, population.tuples.codes, strict=True):
        nodes = domain.nodes[:, row[order]]
        apart = np.minimum.reduceat(nodes, starts, axis=1) < np.maximum.reduceat(nodes, starts, axis=1)
        levels.append(apart.sum(axis=0))  # who shares a node shares all above it
    classes = split(population, requirement, Classes(of, np.stack(levels, axis=1).astype(np.int8)))
    return Recoding(classes.levels[classes.of], np.zeros(population.n_tuples, np.bool_))


def _account(population: Population, requirement: Requirement, recoding: Recoding) -> LevelPlan:
    """Count the classes as they will be read, by label; whoever is in one too small is dropped."""
    codes, of = population.tuples.codes, population.tuples.of
    published = [
        domain.published[level, row]
        for domain, row, level in zip(population.domains, codes, recoding.levels.T, strict=True)
    ]
    ids, n_classes = group(*pack(published, [int(column.max()) + 1 for column in published]))
    sizes = totals(ids, population.tuples.counts, n_classes)
    met = requirement.met(ids, sizes, population.secrets)
    loss = code_losses(population.domains, codes, recoding.levels.T) @ population.tuples.counts
    return LevelPlan(
        recoding.levels[of],
        recoding.suppressed[of],
        ~met[ids][of],
        int(sizes[met].min()),
        ncp(int(loss), population.n_people, len(codes)),
    )
