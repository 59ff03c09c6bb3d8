"""Make a table k-anonymous: generalize its quasi-identifiers, person by person, and prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from deid.errors import DeidError
from deid.kanon.certificate import Release, certify
from deid.kanon.domains import populate
from deid.kanon.encode import Column, People, check_roles, read_column, read_people, read_table, to_people
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.lattice import Nodes
from deid.kanon.levels import LevelPlan, Method, find_levels
from deid.kanon.requirement import Requirement
from deid.types import Json


@dataclass(frozen=True, slots=True)
class Plan:
    """What was done to a table.

    levels      : per quasi-identifier its level (``lattice``), or the number of people at each level
                  (``local``).
    suppressed  : people all of whose cells are '*'; ``dropped`` of them, too few to form a class, were left
                  out with all their rows (either all of the suppressed are, or none).
    ncp         : mean loss over people and quasi-identifiers in [0, 1], a suppressed person counting 1.
    k           : people in the smallest class of the result.
    certificate : the figures recomputed from the result by another path; see ``kanon.certificate``.
    """

    method: Method
    levels: Mapping[str, int | Mapping[str, int]]
    suppressed: int
    dropped: int
    ncp: float
    k: int
    certificate: Json

    def to_json(self) -> Json:
        """Return the keys of ``deid kanon enforce --json``."""
        return {
            "method": self.method,
            "levels": dict(self.levels),
            "suppressed": self.suppressed,
            "ncp": self.ncp,
            "k": self.k,
            "certificate": self.certificate,
        }


def enforce(  # noqa: PLR0913  (a contract; all but the table are named)
    table: object,
    *,
    k: int,
    quasi_identifiers: Sequence[str],
    hierarchies: Mapping[str, Hierarchy],
    subject: str | None = None,
    sensitive: Sequence[str] = (),
    l: int | None = None,  # noqa: E741
    suppression: float = 0.02,
    method: Method = "lattice",
) -> tuple[pa.Table, Plan]:
    """Return a table in which every class of quasi-identifiers has at least k people, and what was done.

    table       : anything with ``__arrow_c_stream__``; its quasi-identifiers become text, other columns and
                  the order of rows stay. No column is added, and a pandas index is not carried over.
    subject     : column that names the person of a row; without one every row is a person. All rows of a
                  person are generalized alike, and the person counts once, by the set of their values.
    l           : different values of each ``sensitive`` column that every class must have.
    suppression : share of people that may be suppressed, in [0, 1].
    method      : ``lattice``, one level a column for everybody, the least loss proven; or ``local``, levels
                  for each person, far less loss, no proof.

    Raises InputError for a column missing from the table or the hierarchies, missing throughout, nested or
    binary, a value absent from its hierarchy, k above the number of people, l above the number of different
    sensitive values, or a lattice above 2**21 nodes. Nothing it says contains a value.
    """
    check_roles(quasi_identifiers, subject, sensitive)
    source = read_table(table)
    people = read_people(source, subject)
    columns = [read_column(source, name) for name in quasi_identifiers]
    secrets = [to_people(read_column(source, name), people) for name in sensitive]
    population = populate([to_people(column, people) for column in columns], hierarchies, secrets)
    plan = find_levels(population, Requirement(k, l), method=method, suppression=suppression)
    output = _publish(source, columns, hierarchies, (people, plan))
    release = Release(output, tuple(quasi_identifiers), subject, tuple(sensitive) if l is not None else ())
    used = {name: hierarchies[name] for name in quasi_identifiers}
    dropped = int(plan.dropped.sum())
    certificate = certify(release, used, dropped) | {
        "thresholds": {"k": k, "l": l, "suppression": suppression}
    }
    _verify(certificate, plan, Requirement(k, l))
    levels = _summary(plan.levels, quasi_identifiers, method, plan.suppressed)
    suppressed = int(plan.suppressed.sum())
    return output, Plan(method, levels, suppressed, dropped, plan.ncp, plan.k, certificate)


def _publish(
    source: pa.Table,
    columns: Sequence[Column],
    hierarchies: Mapping[str, Hierarchy],
    whose: tuple[People, LevelPlan],
) -> pa.Table:
    """Write the generalized columns in place, and leave out the rows of dropped people."""
    people, plan = whose
    persons = people.of_rows
    output = source
    for position, column in enumerate(columns):
        labels = _labels(column, hierarchies[column.name], plan.levels[persons, position])
        output = output.set_column(output.schema.get_field_index(column.name), column.name, labels)
    return output.filter(pa.array(~plan.dropped[persons])) if plan.dropped.any() else output


def _labels(column: Column, hierarchy: Hierarchy, levels: Nodes) -> pa.Array:
    rows = range(hierarchy.height + 1)
    table = pa.array(
        [hierarchy.generalize(value, level) for level in rows for value in column.values], pa.string()
    )
    return table.take(pa.array(levels.astype(np.int64) * len(column.values) + column.codes))


def _verify(certificate: Json, plan: LevelPlan, requirement: Requirement) -> None:
    """Raise DeidError unless the independent figures confirm the plan."""
    wrong = certificate["k"] != plan.k or certificate["k"] < requirement.k
    wrong = wrong or abs(certificate["ncp"] - plan.ncp) > 1e-6
    wrong = wrong or any(found < (requirement.l or 0) for found in certificate["l_distinct"].values())
    if wrong:
        raise DeidError("the certificate does not confirm the plan; nothing was released")


def _summary(
    levels: Nodes,
    names: Sequence[str],
    method: Method,
    suppressed: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> dict[str, int | Mapping[str, int]]:
    if method == "lattice":
        kept = levels[~suppressed]
        shared = kept[0] if len(kept) else levels[0]
        return dict(zip(names, shared.tolist(), strict=True))
    result: dict[str, int | Mapping[str, int]] = {}
    for position, name in enumerate(names):
        found, counts = np.unique(levels[:, position], return_counts=True)
        pairs = zip(found.tolist(), counts.tolist(), strict=True)
        result[name] = {str(level): count for level, count in pairs}
    return result
