"""Re-identification risk of a table, by class size.

Source: El Emam, Guide to the De-Identification of Personal Health Information (2013), chapter 16.
"""

from deid.kanon.measures.k_anonymity import Histogram, n_classes, n_people


def prosecutor_max(histogram: Histogram) -> float:
    """Return the greatest risk of a person known to be in the table: 1 / smallest class, in (0, 1]."""
    return 1 / min(histogram)


def prosecutor_mean(histogram: Histogram) -> float:
    """Return the mean of 1 / class size over people, not over classes: classes / people."""
    return n_classes(histogram) / n_people(histogram)


def marketer(histogram: Histogram) -> float:
    """Return the share of people an adversary with everybody's quasi-identifiers gets right by guessing.

    Someone in a class of f people is matched with chance 1 / f. The table is taken for the whole
    population, so that the figure equals the prosecutor's mean.
    """
    return n_classes(histogram) / n_people(histogram)
