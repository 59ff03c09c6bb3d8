"""k-map: how many people of the population could be the person of a record.

A class of the table may be small and yet hide its people, as long as many outside the table look alike.
Source: Sweeney, IJUFKS 10(5) (2002) 571-588, section 5 (k-map).
"""

import numpy as np

from deid.kanon.classes import Counts


def people_alike(sizes: Counts, population: Counts) -> Counts:
    """Return how many people of the population look like each class, never fewer than the class holds.

    sizes, population : (n_classes,) people of the table, and of the population table, with its values. The
                        people of the table are people of the population, whatever the population table says.
    """
    return np.maximum(sizes, population)


def k_map(alike: Counts) -> int:
    """Return the least number of people who look like somebody in the table."""
    return int(alike.min())


def journalist_max(alike: Counts) -> float:
    """Return the greatest risk of a person of the table when nobody knows who is in it: 1 / k-map.

    Source: El Emam, Guide to the De-Identification of Personal Health Information (2013), chapter 16.
    """
    return 1 / int(alike.min())


def journalist_mean(sizes: Counts, alike: Counts) -> float:
    """Return the mean over people of 1 / number alike, which is also the marketer's share of right guesses.

    Source: Dankar, El Emam, PAIS 2010 (marketer risk: sum of f_j / F_j, over n).
    """
    return float((sizes / alike).sum() / sizes.sum())
