"""How much of one person goes into a release: who writes most is found again most easily."""

from collections import Counter
from collections.abc import Sequence


def within_cap(
    records: Sequence[tuple[str, tuple[str, ...]]], cap: int | None
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the records, in their order, of which no subject is in more than ``cap``; all of them for None.

    records : record token and its subjects' tokens. Tokens are keyed, so which records stay is at random; a
              record of several people stays where all of them have room.
    """
    if cap is None:
        return list(records)
    taken: Counter[str] = Counter()
    kept: set[str] = set()
    for token, subjects in sorted(records):
        if all(taken[subject] < cap for subject in set(subjects)):
            taken.update(set(subjects))
            kept.add(token)
    return [record for record in records if record[0] in kept]
