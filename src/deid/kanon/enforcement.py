"""Make a table k-anonymous: generalize its quasi-identifiers, person by person, and prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import get_args

import pyarrow as pa

from deid.errors import DeidError, InputError, expect
from deid.kanon.certificate import Release, certify
from deid.kanon.domains import Population, populate
from deid.kanon.encode import Column, People, check_roles, read_column, read_people, read_table, to_people
from deid.kanon.hierarchies import Hierarchy
from deid.kanon.levels import Method, find_levels
from deid.kanon.mondrian import partition
from deid.kanon.publication import Levels, Published, by_levels, by_ranges
from deid.kanon.requirement import Requirement, check_possible
from deid.types import Json


@dataclass(frozen=True, slots=True)
class Plan:
    """What was done to a table.

    levels      : per quasi-identifier its level (``lattice``), or the number of people at each level
                  (``local``) or by values in their range (``mondrian``).
    suppressed  : people all of whose cells are '*'; ``dropped`` of them, too few to form a class, were left
                  out with all their rows (either all of the suppressed are, or none).
    ncp         : mean loss over people and quasi-identifiers in [0, 1], a suppressed person counting 1.
    k           : people in the smallest class of the result.
    certificate : the figures recomputed from the result by another path; see ``kanon.certificate``.
    """

    method: Method
    levels: Levels
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
    t: float | None = None,
    suppression: float = 0.02,
    method: Method = "lattice",
) -> tuple[pa.Table, Plan]:
    """Return a table in which every class of quasi-identifiers has at least k people, and what was done.

    table       : anything with ``__arrow_c_stream__``; its quasi-identifiers become text, other columns and
                  the order of rows stay. No column is added, and a pandas index is not carried over.
    subject     : column that names the person of a row; without one every row is a person. All rows of a
                  person are generalized alike, and the person counts once, by the set of their values.
    l, t        : different values of each ``sensitive`` column that every class must have, and its greatest
                  distance from everybody's values; with t nobody is suppressed.
    suppression : share of people that may be suppressed, in [0, 1]; ``mondrian`` suppresses nobody.
    method      : ``lattice``, one level a column for everybody, the least loss proven; ``local``, levels for
                  each person, far less loss, no proof; ``mondrian``, ranges of values, the least loss.

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
    expect("suppression", suppression, "a number", Real)
    asked = _Asked(Requirement(k, l, t), method, suppression)
    found = _publish(columns, hierarchies, people, population, asked)
    output = _write(source, quasi_identifiers, people, found)
    certificate = _certify(output, found, hierarchies, asked, (quasi_identifiers, subject, sensitive))
    dropped = int(found.dropped.sum())
    return output, Plan(method, found.levels, found.suppressed, dropped, found.ncp, found.k, certificate)


@dataclass(frozen=True, slots=True)
class _Asked:
    requirement: Requirement
    method: Method
    suppression: float


def _publish(
    columns: Sequence[Column],
    hierarchies: Mapping[str, Hierarchy],
    people: People,
    population: Population,
    asked: _Asked,
) -> Published:
    method = asked.method
    if method not in get_args(Method):
        raise InputError(f"method `{method}`: not known", hint="one of: " + ", ".join(get_args(Method)))
    if method == "mondrian":
        check_possible(population, asked.requirement)
        return by_ranges(columns, hierarchies, people, (population, partition(population, asked.requirement)))
    plan = find_levels(population, asked.requirement, method=method, suppression=asked.suppression)
    return by_levels(columns, hierarchies, people, plan, one_level=method == "lattice")


def _write(source: pa.Table, names: Sequence[str], people: People, found: Published) -> pa.Table:
    """Put the generalized columns in place, and leave out the rows of dropped people."""
    output = source
    for name, labels in zip(names, found.columns, strict=True):
        output = output.set_column(output.schema.get_field_index(name), name, labels)
    return output.filter(pa.array(~found.dropped[people.of_rows])) if found.dropped.any() else output


def _certify(
    output: pa.Table,
    found: Published,
    hierarchies: Mapping[str, Hierarchy],
    asked: _Asked,
    roles: tuple[Sequence[str], str | None, Sequence[str]],
) -> Json:
    """Return the certificate; raise DeidError unless its independent figures confirm what was found."""
    names, subject, sensitive = roles
    requirement = asked.requirement
    release = Release(
        output, tuple(names), subject, tuple(sensitive) if requirement.reads_secrets else (),
        dict(zip(names, found.weigh, strict=True)),
    )  # fmt: skip
    certificate = certify(release, {name: hierarchies[name] for name in names}, int(found.dropped.sum()))
    wrong = certificate["k"] != found.k or certificate["k"] < requirement.k
    wrong = wrong or abs(certificate["ncp"] - found.ncp) > 1e-6
    wrong = wrong or any(l < (requirement.l or 0) for l in certificate["l_distinct"].values())  # noqa: E741
    limit = 1.0 if requirement.t is None else requirement.t
    wrong = wrong or any(t > limit + 1e-9 for t in certificate["t_equal"].values())
    if wrong:
        raise DeidError("the certificate does not confirm the plan; nothing was released")
    thresholds = {"k": requirement.k, "l": requirement.l, "t": requirement.t}
    return certificate | {"thresholds": thresholds | {"suppression": asked.suppression}}
