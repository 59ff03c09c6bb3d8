"""What every published class must satisfy: at least k people and, if asked, l different sensitive values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deid.errors import InputError
from deid.kanon.classes import Counts, Mask
from deid.kanon.domains import Population, Secret


@dataclass(frozen=True, slots=True)
class Requirement:
    """Thresholds, inclusive. Merging two classes that satisfy them gives one that does.

    k : people in a class (Sweeney, IJUFKS 10(5) (2002) 557-570).
    l : different values of every sensitive column in a class, None for no such demand
        (Machanavajjhala et al., ACM TKDD 1(1) (2007), distinct l-diversity).
    """

    k: int
    l: int | None = None  # noqa: E741  (the literature's letter)

    def met(self, ids: Counts, sizes: Counts, secrets: Sequence[Secret]) -> Mask:
        """Return which groups satisfy the thresholds.

        ids     : (n_tuples,) group of each tuple of the population; -1 for tuples in none.
        sizes   : (n_groups,) people.
        secrets : sensitive columns, by tuple.
        """
        enough = sizes >= self.k
        if self.l is not None:
            for secret in secrets:
                enough &= _distinct_values(ids, len(sizes), secret) >= self.l
        return enough


def check_possible(population: Population, requirement: Requirement) -> None:
    """Raise InputError when not even one class of everybody satisfies the requirement."""
    if requirement.k < 1:
        raise InputError(f"k is {requirement.k}; it must be at least 1", hint="5 is a common choice")
    if requirement.k > population.n_people:
        raise InputError(
            f"k is {requirement.k}, but there are {population.n_people} people",
            hint="ask for a smaller k, or add people",
        )
    if requirement.l is None:
        return
    if not population.secrets:
        raise InputError("l: no sensitive column", hint="name the sensitive columns")
    if requirement.l < 1:
        raise InputError(f"l is {requirement.l}; it must be at least 1")
    for secret in population.secrets:
        n_values = len(np.unique(secret.values))
        if n_values < requirement.l:
            raise InputError(
                f"l is {requirement.l}, but column `{secret.name}` has {n_values} different values",
                hint="ask for a smaller l",
            )


def _distinct_values(ids: Counts, n_groups: int, secret: Secret) -> Counts:
    owner = ids[secret.tuples]
    inside = owner >= 0
    pairs = np.unique(owner[inside] * secret.n_values + secret.values[inside])
    return np.bincount(pairs // secret.n_values, minlength=n_groups)
