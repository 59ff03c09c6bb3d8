"""What a table tells of the population its people come from: a table of it, weights, or its size alone."""

from collections.abc import Sequence

import numpy as np

from deid.errors import InputError
from deid.kanon.classes import Counts, group, pack
from deid.kanon.encode import PersonColumn, merge, read_people, read_person_columns, read_table
from deid.kanon.measures.individual_risk import individual_risks
from deid.kanon.measures.k_anonymity import Histogram, n_people
from deid.kanon.measures.k_map import journalist_max, journalist_mean, k_map, people_alike
from deid.kanon.measures.negative_binomial import negative_binomial
from deid.kanon.measures.population_uniques import pitman, zayatz
from deid.kanon.weights import Weights
from deid.types import Json


def against_table(population: object, columns: Sequence[PersonColumn], subject: str | None) -> Json:
    """Return the figures that ask who else, outside the table, looks like its people."""
    table = read_table(population)
    others = read_person_columns(table, [column.name for column in columns], read_people(table, subject))
    merged = [merge(one, other) for one, other in zip(columns, others, strict=True)]
    both = [np.concatenate([mine, theirs]) for mine, theirs, _ in merged]
    ids, n_groups = group(*pack(both, [size for _, _, size in merged]))
    own = len(columns[0].codes)
    mine, theirs = (np.bincount(part, minlength=n_groups) for part in (ids[:own], ids[own:]))
    return _alike(mine[mine > 0], people_alike(mine, theirs)[mine > 0])


def against_weights(keys: tuple[Counts, int], weights: Weights) -> Json:
    """Return the same figures by the people whom those of the table stand for, and each person's own risk.

    keys : packed key of each person, and the keys' exclusive upper bound.
    """
    classes, n_groups = group(*keys)
    sizes = np.bincount(classes, minlength=n_groups)
    stood_for = np.bincount(classes, weights, n_groups)
    risks = individual_risks(sizes, np.maximum(stood_for, sizes))  # a sum may fall short by its rounding
    return {
        **_alike(sizes, people_alike(sizes, np.floor(stood_for + _ROUNDING).astype(np.int64))),
        "individual_max": float(risks.max()),
        "individual_mean": float(risks @ sizes / sizes.sum()),
    }


_ROUNDING = 1e-6


def _alike(sizes: Counts, alike: Counts) -> Json:
    return {
        "k_map": k_map(alike),
        "journalist_max": journalist_max(alike),
        "journalist_mean": journalist_mean(sizes, alike),
        "marketer": journalist_mean(sizes, alike),
    }


def unique_estimates(histogram: Histogram, population_size: int | None) -> Json:
    """Return how many people of the population are unique, by every model; nothing without its size.

    Raises InputError for a population smaller than the table.
    """
    if population_size is None:
        return {}
    if population_size < n_people(histogram):
        raise InputError(
            f"the population has {population_size} people, the table {n_people(histogram)}",
            hint="the table's people are part of the population",
        )
    return {
        "uniques_zayatz": zayatz(histogram, population_size),
        "uniques_pitman": pitman(histogram, population_size),
        "uniques_snb": negative_binomial(histogram, population_size),
    }
