"""Several releases of the same people: what they say together, though each is k-anonymous alone.

Whoever knows that somebody is in two releases looks only among those who are in both their classes; whoever
knows that somebody left looks only among those who left. Source: Ganta, Kasiviswanathan, Smith, KDD 2008,
265-273 (intersection attack); Xiao, Tao, SIGMOD 2007, 689-700 (re-publication).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts, group, pack
from deid.kanon.encode import check_roles, read_column, read_people, read_person_columns, read_table


@dataclass(frozen=True, slots=True)
class ReleasesMeasures:
    """What releases say together.

    people  : in any of them.
    k       : people who are in the same classes of the same releases as the person with the fewest such.
    uniques : people with whom nobody is.
    left, joined : people who left and who came, from each release to the next.
    """

    people: int
    k: int
    uniques: int
    left: tuple[int, ...]
    joined: tuple[int, ...]


def check_releases(
    releases: Sequence[object], *, quasi_identifiers: Sequence[str], subject: str
) -> ReleasesMeasures:
    """Measure releases together, in their order.

    subject : column that names the same person alike in all of them; only their maker has it.

    The adversary is taken to know of everybody in which releases they are. Raises InputError as ``check``
    does, and for fewer than two releases.
    """
    check_roles(quasi_identifiers, subject, ())
    if len(releases) < 2:
        raise InputError(f"{len(releases)} releases; there must be two or more", hint="`check` measures one")
    number: dict[str | None, int] = {}
    found = [_classes(release, quasi_identifiers, subject, number) for release in releases]
    columns = [np.zeros(len(number), np.int32) for _ in found]  # 0 is whoever is not in a release
    for column, (people, classes) in zip(columns, found, strict=True):
        column[people] = classes + 1
    ids, n_groups = group(*pack(columns, [int(column.max()) + 1 for column in columns]))
    sizes = np.bincount(ids, minlength=n_groups)
    pairs = list(zip(columns, columns[1:], strict=False))
    return ReleasesMeasures(
        len(number),
        int(sizes.min()),
        int(np.count_nonzero(sizes == 1)),
        tuple(int(np.count_nonzero((one > 0) & (later == 0))) for one, later in pairs),
        tuple(int(np.count_nonzero((one == 0) & (later > 0))) for one, later in pairs),
    )


def _classes(
    release: object, names: Sequence[str], subject: str, number: dict[str | None, int]
) -> tuple[Counts, Codes]:
    """Return the people of a release, as ``number`` counts them over all, and the class of each."""
    table = read_table(release)
    people = read_people(table, subject)
    columns = read_person_columns(table, names, people)
    keys, space = pack([column.codes for column in columns], [len(column.members) for column in columns])
    who = read_column(table, subject)
    everywhere = np.array([number.setdefault(value, len(number)) for value in who.values])
    of_people = np.empty(people.n, np.int64)
    of_people[people.of_rows] = everywhere[who.codes]
    return of_people, group(keys, space)[0].astype(np.int32)
