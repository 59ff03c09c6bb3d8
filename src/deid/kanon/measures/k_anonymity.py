"""k-anonymity. Source: Sweeney, IJUFKS 10(5) (2002) 557-570; Samarati, IEEE TKDE 13(6) (2001) 1010-1027."""

import numpy as np

from deid.kanon.classes import Counts


def smallest_class(sizes: Counts) -> int:
    """Return k: the number of people in the smallest class. ``sizes`` holds one number a class."""
    return int(sizes.min())


def unique_people(sizes: Counts) -> int:
    """Return how many people are alone in their class."""
    return int(np.count_nonzero(sizes == 1))


def size_histogram(sizes: Counts) -> dict[int, int]:
    """Return how many classes there are of each size, smallest size first."""
    found, classes = np.unique(sizes, return_counts=True)
    return dict(zip(found.tolist(), classes.tolist(), strict=True))
