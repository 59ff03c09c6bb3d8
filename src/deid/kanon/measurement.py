"""Measure a table: who stands out, and what a class gives away."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from deid.kanon.classes import Counts, class_sizes, group, pack
from deid.kanon.encode import PersonColumn, check_roles, read_people, read_person_columns, read_table
from deid.kanon.measures.alpha import largest_share
from deid.kanon.measures.beta_likeness import basic_beta
from deid.kanon.measures.delta_disclosure import delta
from deid.kanon.measures.distribution import distribute
from deid.kanon.measures.k_anonymity import size_histogram, smallest_class, unique_people
from deid.kanon.measures.l_diversity import distinct_l, entropy_l
from deid.kanon.measures.reidentification import marketer, prosecutor_max, prosecutor_mean
from deid.kanon.measures.t_closeness import t_equal, t_ordered
from deid.types import Json


@dataclass(frozen=True, slots=True)
class SensitiveMeasures:
    """What classes give away about one sensitive column; each figure is that of the worst class.

    l_distinct         : different values in a class, at least 1.
    l_entropy          : effective number of values, at least 1.
    t_equal, t_ordered : earth mover's distance to the whole table, in [0, 1].
    alpha              : greatest share of a value, in (0, 1].
    beta               : greatest relative gain of a value (basic beta-likeness), at least 0.
    delta              : greatest |ln(p / q)|, infinite where a class lacks a value.
    """

    l_distinct: int
    l_entropy: float
    t_equal: float
    t_ordered: float
    alpha: float
    beta: float
    delta: float

    def to_json(self) -> Json:
        """Return the figures by name, an infinite one as "Infinity": JSON has no number for it."""
        return {name: _finite(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Measures:
    """What ``check`` found; every count is of people, but ``rows`` and ``classes``.

    k               : people in the smallest class; ``uniques`` are alone in theirs.
    histogram       : class size -> number of such classes.
    prosecutor_max  : greatest risk of being picked out, 1 / k; ``prosecutor_mean`` is the mean over people.
    marketer        : share of people matched by guessing.
    sensitive       : per sensitive column what classes give away.
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

    def to_json(self) -> Json:
        """Return the keys of ``deid kanon check --json``.

        With one sensitive column its figures stand at the top level too. Sizes in ``histogram`` are text.
        """
        result: Json = {name: getattr(self, name) for name in _PLAIN}
        result["histogram"] = {str(size): classes for size, classes in self.histogram.items()}
        result["sensitive"] = {name: measures.to_json() for name, measures in self.sensitive.items()}
        if len(self.sensitive) == 1:
            result |= next(iter(result["sensitive"].values()))
        return result


_PLAIN = ("rows", "subjects", "k", "classes", "uniques", "prosecutor_max", "prosecutor_mean", "marketer")


def check(
    table: object,
    *,
    quasi_identifiers: Sequence[str],
    subject: str | None = None,
    sensitive: Sequence[str] = (),
) -> Measures:
    """Measure a table, people being the unit of every count.

    table     : anything with ``__arrow_c_stream__``.
    subject   : column that names the person of a row; without one every row is a person. A person with
                several values in a column has the set of them as value, also in a sensitive column.
    sensitive : columns whose disclosure would harm. Their order, for ``t_ordered``, is numeric where every
                value is a number, and that of their text otherwise; a missing value comes last.

    A missing value is a value of its own. Raises InputError for a column that is absent, nested, binary
    or missing throughout, for rows without a person, and for a table without rows.
    """
    check_roles(quasi_identifiers, subject, sensitive)
    source = read_table(table)
    people = read_people(source, subject)
    columns = read_person_columns(source, quasi_identifiers, people)
    secrets = read_person_columns(source, sensitive, people)
    keys, space = pack([column.codes for column in columns], [len(column.members) for column in columns])
    if secrets:
        classes, n_classes = group(keys, space)
        sizes = np.bincount(classes, minlength=n_classes)
        found = {column.name: _measure(classes, column) for column in secrets}
    else:
        sizes, found = class_sizes(keys), {}
    return Measures(
        rows=source.num_rows,
        subjects=people.n,
        k=smallest_class(sizes),
        classes=len(sizes),
        uniques=unique_people(sizes),
        histogram=size_histogram(sizes),
        prosecutor_max=prosecutor_max(sizes),
        prosecutor_mean=prosecutor_mean(sizes),
        marketer=marketer(sizes),
        sensitive=found,
    )


def _measure(classes: Counts, column: PersonColumn) -> SensitiveMeasures:
    people = distribute(classes, column.codes)
    return SensitiveMeasures(
        l_distinct=distinct_l(people),
        l_entropy=entropy_l(people),
        t_equal=t_equal(people),
        t_ordered=t_ordered(people),
        alpha=largest_share(people),
        beta=basic_beta(people),
        delta=delta(people),
    )


def _finite(value: float) -> float | str:
    return "Infinity" if math.isinf(value) else value
