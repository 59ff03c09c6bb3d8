"""Survey weights: how many people of the population each person of a sample stands for."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from deid.errors import InputError
from deid.kanon.encode import People

Weights = npt.NDArray[np.float64]


def read_weights(table: pa.Table, name: str, people: People) -> Weights:
    """Return the weight of each person, at least 1.

    Raises InputError when the column is absent, not of numbers, missing or below 1 in a row, or when a person
    has several weights.
    """
    if table.column_names.count(name) != 1:
        raise InputError(f"column `{name}`: the table has {table.column_names.count(name)} of them")
    try:
        rows = pc.cast(table[name], pa.float64()).to_numpy()
    except (pa.ArrowException, ValueError):
        raise InputError(f"column `{name}`: weights must be numbers") from None
    if wrong := int(np.count_nonzero(~(np.isfinite(rows) & (rows >= 1)))):
        raise InputError(
            f"column `{name}`: {wrong} weights are no numbers of at least 1",
            hint="a person stands for one or more people",
        )
    weights = np.zeros(people.n)
    weights[people.of_rows] = rows
    if several := int(np.count_nonzero(weights[people.of_rows] != rows)):
        raise InputError(
            f"column `{name}`: {several} rows differ in weight from another row of their person",
            hint="give each person one weight",
        )
    return weights
