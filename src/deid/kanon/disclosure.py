"""What classes give away about a sensitive column: every measure of one, from one count of pairs."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from deid.kanon.classes import Codes, Counts
from deid.kanon.encode import PersonColumn
from deid.kanon.hierarchies import Hierarchy, leaf_order
from deid.kanon.measures.alpha import largest_share
from deid.kanon.measures.beta_likeness import basic_beta, enhanced_beta
from deid.kanon.measures.delta_disclosure import delta
from deid.kanon.measures.distribution import Distribution, distribute
from deid.kanon.measures.l_diversity import distinct_l, entropy_l, recursive_c
from deid.kanon.measures.t_closeness import t_equal, t_hierarchical, t_ordered
from deid.types import Json


@dataclass(frozen=True, slots=True)
class SensitiveMeasures:
    """What classes give away about one sensitive column; each figure is that of the worst class.

    l_distinct         : different values in a class, at least 1.
    l_entropy          : effective number of values, at least 1.
    c_recursive        : recursive (c, 2)-diversity holds for every c above it; infinite where a class has
                         one value.
    t_equal, t_ordered : earth mover's distance to the whole table, in [0, 1]; ``t_hierarchical`` by the
                         column's hierarchy, None without one.
    alpha              : greatest share of a value, in (0, 1].
    beta               : greatest relative gain of a value (basic beta-likeness), at least 0.
    beta_enhanced      : the same for enhanced beta-likeness, infinite where no beta is enough.
    delta              : greatest |ln(p / q)|, infinite where a class lacks a value.
    """

    l_distinct: int
    l_entropy: float
    c_recursive: float
    t_equal: float
    t_ordered: float
    t_hierarchical: float | None
    alpha: float
    beta: float
    beta_enhanced: float
    delta: float

    def to_json(self) -> Json:
        """Return the figures by name, an infinite one as "Infinity": JSON has no number for it."""
        found = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: "Infinity" if math.isinf(value) else value for name, value in found.items()}


def disclose(classes: Counts, column: PersonColumn, hierarchy: Hierarchy | None) -> SensitiveMeasures:
    """Measure a sensitive column.

    classes : (n_people,) class of each person.

    Raises InputError where the hierarchy lacks values of the column.
    """
    nodes = None if hierarchy is None else nodes_of(column, np.unique(column.codes), hierarchy)
    return measure(distribute(classes, column.codes), nodes)


def measure(people: Distribution, nodes: Sequence[Codes] | None) -> SensitiveMeasures:
    """Measure one distribution; ``nodes`` as in ``t_hierarchical``."""
    return SensitiveMeasures(
        l_distinct=distinct_l(people),
        l_entropy=entropy_l(people),
        c_recursive=recursive_c(people, 2),
        t_equal=t_equal(people),
        t_ordered=t_ordered(people),
        t_hierarchical=None if nodes is None else t_hierarchical(people, nodes),
        alpha=largest_share(people),
        beta=basic_beta(people),
        beta_enhanced=enhanced_beta(people),
        delta=delta(people),
    )


def worst(parts: Sequence[SensitiveMeasures]) -> SensitiveMeasures:
    """Return the figures of the worst class of several parts of a table."""
    found: dict[str, Any] = {}
    for name in SensitiveMeasures.__slots__:
        figures = [getattr(part, name) for part in parts]
        least = name in {"l_distinct", "l_entropy"}
        found[name] = None if figures[0] is None else min(figures) if least else max(figures)
    return SensitiveMeasures(**found)


def nodes_of(column: PersonColumn, used: Counts | Codes, hierarchy: Hierarchy) -> list[Codes]:
    """Return the node of each of the codes in use, level by level; a set of values is a value of its own."""
    leaf_order(column.name, column.values, hierarchy)
    found = []
    for level in range(hierarchy.height):
        cells = [
            frozenset(hierarchy.generalize(column.values[member], level) for member in column.members[code])
            for code in used
        ]
        number = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
        found.append(np.array([number[cell] for cell in cells], np.int32))
    return found
