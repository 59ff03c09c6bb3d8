"""k-anonymity. Source: Sweeney, IJUFKS 10(5) (2002) 557-570; Samarati, IEEE TKDE 13(6) (2001) 1010-1027."""

from collections.abc import Mapping

import numpy as np

from deid.kanon.classes import Counts

Histogram = Mapping[int, int]
"""Class size -> number of such classes; what every figure of class sizes is read from."""


def size_histogram(sizes: Counts) -> dict[int, int]:
    """Return how many classes there are of each size, smallest size first.

    sizes : one number a class.
    """
    found, classes = np.unique(sizes, return_counts=True)
    return dict(zip(found.tolist(), classes.tolist(), strict=True))


def smallest_class(histogram: Histogram) -> int:
    """Return k: the number of people in the smallest class."""
    return min(histogram)


def unique_people(histogram: Histogram) -> int:
    """Return how many people are alone in their class."""
    return histogram.get(1, 0)


def n_classes(histogram: Histogram) -> int:
    """Return the number of classes."""
    return sum(histogram.values())


def n_people(histogram: Histogram) -> int:
    """Return the number of people in all classes."""
    return sum(size * classes for size, classes in histogram.items())
