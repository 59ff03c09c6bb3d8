"""(alpha, k)-anonymity. Source: Wong, Li, Fu, Wang, KDD 2006, 754-759 (for every value, not one)."""

from deid.kanon.measures.distribution import Distribution


def largest_share(people: Distribution) -> float:
    """Return the greatest share of one value in a class, in (0, 1]: 1 where a class has a single value."""
    return float(people.local.max())
