"""Missing values that may stand for any: how many people each person could be taken for.

A person's row could be that of everybody who has all the values it states; what it lacks, it may have anyhow.
The other way round it is not counted: a row that lacks a value hides nobody who has one, for it may be of
somebody else entirely. So k is never more than where rows hide each other both ways (sdcMicro's
``freqCalc`` with alpha = 1), and never less than where a missing value is a value of its own. Whoever knows
whose values are missing can tell these people apart by it; then the latter is right.
Source: sdcMicro, reference of ``freqCalc`` (alpha in [0, 1] is how much rows with missing values count for
others; here 0), and Templ, Meindl, Kowarik, Journal of Statistical Software 67(4) (2015).
"""

from collections.abc import Sequence

import numpy as np

from deid.kanon.classes import Counts, distinct, group, pack, totals
from deid.kanon.encode import PersonColumn


def confusable(columns: Sequence[PersonColumn]) -> tuple[Counts, Counts]:
    """Return for each distinct tuple how many people it could be of, itself included, and how many have it.

    Only a cell of nothing but a missing value is a wildcard; a set of values that holds one is not.
    """
    tuples = distinct([column.codes for column in columns], [len(column.members) for column in columns])
    lacks = np.stack(
        [_is_missing(column)[codes] for column, codes in zip(columns, tuples.codes, strict=True)]
    )
    sizes = tuples.counts.copy()
    for pattern in np.unique(lacks, axis=1).T:
        if not pattern.any():
            continue
        mine = (lacks == pattern[:, None]).all(axis=0)
        stated = [n for n, missing in enumerate(pattern) if not missing]
        if not stated:
            sizes[mine] = tuples.counts.sum()
            continue
        keys = pack([tuples.codes[n] for n in stated], [len(columns[n].members) for n in stated])
        ids, n_groups = group(*keys)
        sizes[mine] = totals(ids, tuples.counts, n_groups)[ids[mine]]
    return sizes, tuples.counts


def _is_missing(column: PersonColumn) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([[column.values[member] for member in members] == [None] for members in column.members])
