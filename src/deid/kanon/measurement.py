"""Measure a table: who stands out, and what a class gives away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pyarrow as pa

from deid.errors import InputError
from deid.kanon.classes import Counts, class_sizes, group, pack
from deid.kanon.disclosure import SensitiveMeasures, disclose
from deid.kanon.encode import (
    People,
    PersonColumn,
    check_roles,
    read_people,
    read_person_columns,
    read_table,
)
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.households import households, households_by_class
from deid.kanon.measures.k_anonymity import (
    Histogram,
    n_classes,
    n_people,
    size_histogram,
    smallest_class,
    unique_people,
)
from deid.kanon.measures.reidentification import marketer, prosecutor_max, prosecutor_mean
from deid.kanon.populations import against_table, against_weights, unique_estimates
from deid.kanon.weights import read_weights
from deid.kanon.wildcards import confusable
from deid.types import Json

Null = Literal["value", "wildcard"]


@dataclass(frozen=True, slots=True)
class Measures:
    """What ``check`` found; every count is of people, but ``rows``, ``classes`` and ``household_k``.

    k               : people in the smallest class; ``uniques`` are alone in theirs.
    histogram       : class size -> number of such classes.
    prosecutor_max  : greatest risk of being picked out, 1 / k; ``prosecutor_mean`` is the mean over people.
    marketer        : share of people matched by guessing; with a population, among that.
    household_k     : households in the class that has the fewest.
    k_map           : people of the population who look like the person whom the fewest look like;
                      ``journalist_max`` and ``journalist_mean`` are the risk where nobody knows who is in
                      the table.
    uniques_zayatz, uniques_pitman, uniques_snb : estimated unique people of the population, by three models,
                      the last None where it does not fit.
    individual_max  : greatest risk of a person by the weights; ``individual_mean`` is the mean over people.
    sensitive       : per sensitive column what classes give away.

    A figure nobody asked for is None.
    """

    rows: int
    subjects: int
    k: int
    classes: int
    uniques: int
    histogram: Mapping[int, int]
    prosecutor_max: float
    prosecutor_mean: float
    marketer: float
    sensitive: Mapping[str, SensitiveMeasures]
    household_k: int | None = None
    k_map: int | None = None
    journalist_max: float | None = None
    journalist_mean: float | None = None
    uniques_zayatz: float | None = None
    uniques_pitman: float | None = None
    uniques_snb: float | None = None
    individual_max: float | None = None
    individual_mean: float | None = None

    def to_json(self) -> Json:
        """Return the keys of ``deid kanon check --json``; figures nobody asked for are left out.

        With one sensitive column its figures stand at the top level too. Sizes in ``histogram`` are text.
        """
        plain = {name: getattr(self, name) for name in _PLAIN}
        result: Json = {name: value for name, value in plain.items() if value is not None}
        result["histogram"] = {str(size): classes for size, classes in self.histogram.items()}
        result["sensitive"] = {name: measures.to_json() for name, measures in self.sensitive.items()}
        if len(self.sensitive) == 1:
            result |= next(iter(result["sensitive"].values()))
        return result


_PLAIN = (
    "rows", "subjects", "k", "classes", "uniques", "prosecutor_max", "prosecutor_mean", "marketer",
    "household_k", "k_map", "journalist_max", "journalist_mean", "individual_max", "individual_mean",
    "uniques_zayatz", "uniques_pitman", "uniques_snb",
)  # fmt: skip


def check(  # noqa: PLR0913  (a contract; all but the table are named)
    table: object,
    *,
    quasi_identifiers: Sequence[str],
    subject: str | None = None,
    sensitive: Sequence[str] = (),
    household: str | None = None,
    population: object | None = None,
    population_size: int | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    weight: str | None = None,
    null: Null = "value",
) -> Measures:
    """Measure a table, people being the unit of every count.

    table           : anything with ``__arrow_c_stream__``.
    subject         : column that names the person of a row; without one every row is a person. A person's
                      several values in a column are a set, which is their value, sensitive or not.
    sensitive       : columns whose disclosure would harm. Their order, for ``t_ordered``, is numeric where
                      every value is a number, else that of text; a missing value comes last.
    household       : column that people of one household share, such as an address.
    population      : a table of the population, with the same quasi-identifiers and ``subject``; for k-map
                      and the journalist's risk.
    population_size : people of the population, to estimate how many of them are unique.
    hierarchies     : of sensitive columns, for ``t_hierarchical``; others are not looked at.
    weight          : column of how many people of the population a person of the table stands for, at least
                      1; for k-map, the journalist's risk and everybody's own, where there is no population.
    null            : ``value``, a missing value is a value of its own; ``wildcard``, it may be any: ``k``,
                      ``uniques`` and the risks of a prosecutor and a marketer count whom a row could be of
                      (``kanon.wildcards``); all other figures stay those of rows that look alike.

    Raises InputError for a column absent, nested, binary or missing throughout, rows without a person or
    household, no rows, a population smaller than the table, weights below 1 or two for a person, sensitive
    values that are not in their hierarchy, and options that exclude each other.
    """
    check_roles(quasi_identifiers, subject, sensitive)
    _check_options(null, population, weight)
    source = read_table(table)
    people = read_people(source, subject)
    columns, secrets = (read_person_columns(source, some, people) for some in (quasi_identifiers, sensitive))
    home = None if household is None else _homes(source, people, household)
    keys = pack([column.codes for column in columns], [len(column.members) for column in columns])
    found = _classes(keys, home, secrets, hierarchies or {})
    measures = of_histogram(source.num_rows, size_histogram(found.sizes), found.sensitive, population_size)
    more = _by_candidates(columns, population_size) if null == "wildcard" else {}
    if weight is not None:
        more |= against_weights(keys, read_weights(source, weight, people))
    if population is not None:
        more |= against_table(population, columns, subject)
    return replace(measures, household_k=found.household_k, **more)


def of_histogram(
    rows: int,
    histogram: Histogram,
    sensitive: Mapping[str, SensitiveMeasures],
    population_size: int | None,
) -> Measures:
    """Return what class sizes tell; ``histogram`` is class size -> number of such classes."""
    return Measures(
        rows=rows,
        subjects=n_people(histogram),
        k=smallest_class(histogram),
        classes=n_classes(histogram),
        uniques=unique_people(histogram),
        histogram=histogram,
        prosecutor_max=prosecutor_max(histogram),
        prosecutor_mean=prosecutor_mean(histogram),
        marketer=marketer(histogram),
        sensitive=sensitive,
        **unique_estimates(histogram, population_size),
    )


def _check_options(null: str, population: object | None, weight: str | None) -> None:
    if null not in get_args(Null):
        raise InputError(f"null `{null}`: not known", hint="one of: " + ", ".join(get_args(Null)))
    if population is not None and weight is not None:
        raise InputError("population, weight: only one of them", hint="a population table says more")


def _by_candidates(columns: Sequence[PersonColumn], population_size: int | None) -> Json:
    """Return the figures that change when a missing value may be any."""
    if population_size is not None:
        raise InputError(
            "null `wildcard`: no estimate of a population's unique people",
            hint="leave out its size, or count a missing value as a value",
        )
    sizes, people = confusable(columns)
    mean = float((people / sizes).sum() / people.sum())
    return {
        "k": int(sizes.min()),
        "uniques": int(people[sizes == 1].sum()),
        "prosecutor_max": 1 / int(sizes.min()),
        "prosecutor_mean": mean,
        "marketer": mean,
    }


def _homes(source: pa.Table, people: People, household: str) -> Counts:
    return households(people.of_rows, read_people(source, household, "household").of_rows)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of classes: their sizes in people, and what was asked of them beside."""

    sizes: Counts
    household_k: int | None
    sensitive: Mapping[str, SensitiveMeasures]


def _classes(
    packed: tuple[Counts, int],
    home: Counts | None,
    secrets: Sequence[PersonColumn],
    hierarchies: Mapping[str, Hierarchy],
) -> _Found:
    """Count classes; who is in which is worked out only where it is needed."""
    if not secrets and home is None:
        return _Found(class_sizes(packed[0]), None, {})
    classes, n_groups = group(*packed)
    return _Found(
        np.bincount(classes, minlength=n_groups),
        None if home is None else int(households_by_class(classes, home).min()),
        {column.name: disclose(classes, column, hierarchies.get(column.name)) for column in secrets},
    )
