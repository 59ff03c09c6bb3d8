"""How far each person's values go: declared fields by the configured method, then what is told in text.

Declared fields make the classes. What people tell makes them finer only where everybody keeps k company,
so a rare fact costs the fact and nobody is left out for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.config import Config
from deid.errors import ReleaseRefused
from deid.kanon import Hierarchy, LevelPlan, plan_levels
from deid.kanon.classes import Codes, Counts, group, pack
from deid.kanon.domains import Secret
from deid.kanon.encode import text_column
from deid.kanon.hierarchies import SUPPRESSED
from deid.kanon.refinement import refine
from deid.kanon.requirement import Requirement
from deid.pipeline.quasi.telling import TEXT

Values = Mapping[str, Sequence[str | None]]
_EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Leveled:
    """The levels of a plan.

    levels     : person → level of each column, in the order of the columns.
    dropped    : people who are left out.
    suppressed : people whose every declared value is suppressed.
    ncp        : mean normalised certainty penalty over people and the columns that tell something, in [0, 1].
    """

    levels: dict[str, tuple[int, ...]] = field(repr=False)
    dropped: frozenset[str] = field(repr=False)
    suppressed: int
    ncp: float


def find_levels(
    config: Config,
    values: Values,
    secrets: Values,
    hierarchies: Mapping[str, Hierarchy],
    people: Sequence[str],
) -> Leveled:
    """Return the levels of everybody's values, one value a person and column, in the order of ``people``.

    Raises ReleaseRefused when there are fewer than k people, InputError as ``plan_levels`` does.
    """
    n_people = len(people)
    if not values or not people:
        return Leveled(dict.fromkeys(people, ()), frozenset(), 0, 0.0)
    if n_people < config.kanon.k:
        raise ReleaseRefused(
            [f"{n_people} data subjects are fewer than k = {config.kanon.k}"],
            hint="nobody can hide among fewer people than k; bring more data",
        )
    told = {name: found for name, found in values.items() if name.startswith(TEXT) and _tells(found)}
    declared = {name: found for name, found in values.items() if not name.startswith(TEXT)}
    base = _declared(config, declared, secrets, hierarchies, n_people)
    demand = Requirement(
        config.kanon.k, config.kanon.l if secrets else None, config.kanon.t if secrets else None
    )
    hidden = [_secret(name, found) for name, found in secrets.items()]
    classes = _classes(declared, hierarchies, base, n_people)
    dropped = base.dropped
    if demand.t is None:  # who is left out moves everybody's values, from which t is measured
        dropped = ~demand.met(classes, np.bincount(classes), hidden)[classes]
    refined = refine(np.where(dropped, -1, classes), told, hierarchies, demand, hidden)
    levels = np.zeros((n_people, len(values)), np.int8)
    for found, names in ((refined.levels, told), (base.levels, declared)):
        levels[:, [*map(list(values).index, names)]] = found[:, : len(names)]
    telling = sum(map(_tells, declared.values())) + len(told)
    lost = base.ncp * max(len(declared), 1) + sum(refined.loss) / n_people
    return Leveled(
        dict(zip(people, _rows(levels), strict=True)),
        frozenset(people[int(n)] for n in np.flatnonzero(dropped)),
        int(np.count_nonzero(base.suppressed)),
        lost / max(telling, 1),
    )


def _rows(levels: np.ndarray) -> Iterator[tuple[int, ...]]:
    """Yield the levels of each person; the same levels are one tuple, for there may be millions of people."""
    different, which = np.unique(levels, axis=0, return_inverse=True)
    rows = [tuple(row) for row in different.tolist()]
    return (rows[n] for n in which.reshape(-1).tolist())


def _tells(values: Sequence[str | None]) -> bool:
    return any(value is not None for value in values)


def _declared(
    config: Config, declared: Values, secrets: Values, hierarchies: Mapping[str, Hierarchy], n_people: int
) -> LevelPlan:
    """Plan the declared fields; without any, everybody is alike."""
    return plan_levels(
        declared or {_EVERYBODY: [""] * n_people},
        hierarchies if declared else {_EVERYBODY: Hierarchy.suppression([""])},
        k=config.kanon.k,
        sensitive=secrets,
        l=config.kanon.l if secrets else None,
        t=config.kanon.t if secrets else None,
        method=config.kanon.method,
        suppression=config.kanon.suppression,
    )


def _classes(
    declared: Values, hierarchies: Mapping[str, Hierarchy], base: LevelPlan, n_people: int
) -> Counts:
    """Return people's classes as a reader sees them: what is suppressed and what is missing are alike."""
    if not declared:
        return np.zeros(n_people, np.int64)
    columns = [
        _published(found, hierarchies[name], base.levels[:, n])
        for n, (name, found) in enumerate(declared.items())
    ]
    return group(*pack(columns, [int(column.max()) + 1 for column in columns]))[0]


def _published(values: Sequence[str | None], hierarchy: Hierarchy, levels: np.ndarray) -> Codes:
    column = text_column("", values)
    number: dict[str | None, int] = {None: 0}
    table = np.zeros((hierarchy.height + 1, len(column.values)), np.int32)
    for level in range(hierarchy.height + 1):
        for code, value in enumerate(column.values):
            label = hierarchy.generalize(value, level)
            table[level, code] = number.setdefault(None if label == SUPPRESSED else label, len(number))
    found: Codes = table[levels, column.codes]
    return found


def _secret(name: str, values: Sequence[str | None]) -> Secret:
    column = text_column(name, values)
    everyone = np.arange(len(values))
    return Secret(
        name, everyone, column.codes.astype(np.int64), np.ones(len(values), np.int64), len(column.values)
    )
