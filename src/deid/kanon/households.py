"""Who lives together: people who share a household's mark, such as an address or an IP address.

A class of k people of one household hides nobody from those who know the household: California counts
households beside people. Source: California Consumer Privacy Act, Civ. Code 1798.140(v).
"""

import numpy as np

from deid.kanon.classes import Counts


def households(people: Counts, marks: Counts) -> Counts:
    """Return the household of each person, numbered from 0.

    people, marks : (n_rows,) person and mark of each row, both numbered from 0; every person has a row.

    People who share a mark are one household, also through others: each round gives every person the least
    number in reach.
    """
    n_people = int(people.max()) + 1
    home = np.arange(n_people)
    while True:
        least = np.full(int(marks.max()) + 1, n_people)
        np.minimum.at(least, marks, home[people])
        reached = home.copy()
        np.minimum.at(reached, people, least[marks])
        if (reached == home).all():
            return np.unique(home, return_inverse=True)[1]
        home = reached[reached]


def households_by_class(classes: Counts, home: Counts) -> Counts:
    """Return how many households each class has, in the order of the classes."""
    n_homes = int(home.max()) + 1
    pairs = np.unique(classes * n_homes + home)
    return np.bincount(pairs // n_homes)
