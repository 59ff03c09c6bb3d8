"""What every published class must satisfy: k people and, if asked, l sensitive values and closeness t."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral, Real

import numpy as np
import numpy.typing as npt

from deid.errors import InputError, expect
from deid.kanon.classes import Counts, Mask
from deid.kanon.domains import Population, Secret

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Requirement:
    """Thresholds, inclusive. Merging two classes that satisfy them gives one that does.

    A class that satisfies k and l does so with whoever is added; not so t, for whose sake nobody may be.

    k : people in a class (Sweeney, IJUFKS 10(5) (2002) 557-570).
    l : different values of every sensitive column in a class, None for no such demand
        (Machanavajjhala et al., ACM TKDD 1(1) (2007), distinct l-diversity).
    t : distance of a class's values from everybody's, at most, for every sensitive column, in [0, 1]; None
        for no such demand (Li et al., ICDE 2007, equal distance: ordered and hierarchical are no greater).
    """

    k: int
    l: int | None = None  # noqa: E741  (the literature's letter)
    t: float | None = None

    @property
    def reads_secrets(self) -> bool:
        """Whether sensitive columns matter."""
        return self.l is not None or self.t is not None

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
        if self.t is not None:
            for secret in secrets:
                enough &= distances(ids, sizes, secret) <= self.t + _ROUNDING
        return enough


def check_possible(population: Population, requirement: Requirement) -> None:
    """Raise InputError when not even one class of everybody satisfies the requirement."""
    expect("k", requirement.k, "a whole number", Integral)
    expect("l", requirement.l, "a whole number", Integral, type(None))
    expect("t", requirement.t, "a number", Real, type(None))
    if requirement.k < 1:
        raise InputError(f"k is {requirement.k}; it must be at least 1", hint="5 is a common choice")
    if requirement.k > population.n_people:
        raise InputError(
            f"k is {requirement.k}, but there are {population.n_people} people",
            hint="ask for a smaller k, or add people",
        )
    if requirement.reads_secrets and not population.secrets:
        letter = "l" if requirement.l is not None else "t"
        raise InputError(f"{letter}: no sensitive column", hint="name the sensitive columns")
    if requirement.t is not None and not 0 <= requirement.t <= 1:
        raise InputError(f"t is {requirement.t}; it must be in [0, 1]")
    if requirement.l is None:
        return
    if requirement.l < 1:
        raise InputError(f"l is {requirement.l}; it must be at least 1")
    for secret in population.secrets:
        n_values = len(np.unique(secret.values))
        if n_values < requirement.l:
            raise InputError(
                f"l is {requirement.l}, but column `{secret.name}` has {n_values} different values",
                hint="ask for a smaller l",
            )


def distances(ids: Counts, sizes: Counts, secret: Secret) -> npt.NDArray[np.float64]:
    """Return each group's distance from everybody, values being equally far apart; ids as in ``met``."""
    overall = np.bincount(secret.values, secret.counts, secret.n_values) / secret.counts.sum()
    owner = ids[secret.tuples]
    inside = owner >= 0
    pairs, place = np.unique(owner[inside] * secret.n_values + secret.values[inside], return_inverse=True)
    group, value = np.divmod(pairs, secret.n_values)
    local = np.bincount(place, secret.counts[inside]) / sizes[group]
    return np.bincount(group, np.maximum(local - overall[value], 0), len(sizes)).astype(np.float64)


def _distinct_values(ids: Counts, n_groups: int, secret: Secret) -> Counts:
    owner = ids[secret.tuples]
    inside = owner >= 0
    pairs = np.unique(owner[inside] * secret.n_values + secret.values[inside])
    return np.bincount(pairs // secret.n_values, minlength=n_groups)
