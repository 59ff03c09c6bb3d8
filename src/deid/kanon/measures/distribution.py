"""How the values of one sensitive column are distributed over classes; what its measures read."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from deid.kanon.classes import Codes, Counts

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Distribution:
    """People by class and value; only pairs that occur are held.

    owner, value, count : (n_pairs,) class, value and number of people, sorted by class, then by value.
    sizes               : (n_classes,) people in each class.
    totals              : (n_values,) people with each value, in the order of the values; none is 0.
    """

    owner: Counts = field(repr=False)
    value: Counts = field(repr=False)
    count: Counts = field(repr=False)
    sizes: Counts = field(repr=False)
    totals: Counts = field(repr=False)

    @property
    def local(self) -> Shares:
        """Share of each pair's value in its class, p in the literature."""
        return self.count / self.sizes[self.owner]

    @property
    def overall(self) -> Shares:
        """Share of each pair's value in the whole table, q in the literature."""
        share: Shares = self.totals[self.value] / self.totals.sum()
        return share


def distribute(classes: Counts, values: Codes) -> Distribution:
    """Count people by class and value.

    classes : (n_people,) class of each person, numbered 0, 1, …; ``values`` are their codes, in order.
    """
    present, codes = np.unique(values, return_inverse=True)
    pairs, count = np.unique(classes * len(present) + codes, return_counts=True)
    owner, value = np.divmod(pairs, len(present))
    return Distribution(owner, value, count, np.bincount(classes), np.bincount(codes))
