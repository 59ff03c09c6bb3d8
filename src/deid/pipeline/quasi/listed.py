"""Quasi-identifiers in lists, such as the goods of each purchase: each value as fine as k people show it.

A field of each element is no column of a person's class. With a treatment of its own, a band or a coarser
date, it is treated by that. Without one, a value that fewer than k people have becomes the finest of its
generalizations that k people then show, and is left out where there is none (APPI Enforcement Rules 34(4):
idiosyncratic descriptions). Whoever shows a finer value does not count: one person alone under the general
word would be known by not having what the others have.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from deid.config import Config
from deid.pipeline.quasi.columns import Chains, field_chains, quasi_fields
from deid.treatments import FieldSpec

Listed = Mapping[tuple[str, str], str | None]
"""(Declared path, value) → what it becomes; None where it is left out."""

Tellers = Mapping[tuple[str, str], AbstractSet[str]]
"""(Declared path, value) → tokens of some of the subjects who have it: all of them, or at least k."""


def listed_fields(config: Config) -> dict[str, FieldSpec]:
    """Return the quasi-identifiers in lists that have no treatment of their own."""
    own = quasi_fields(config)
    return {
        path: spec
        for path, spec in config.fields.items()
        if spec.cls == "quasi" and path not in own and spec.effective.operator == "keep"
    }


def shared_values(config: Config, tellers: Tellers) -> dict[tuple[str, str], str | None]:
    """Return what each value in a list becomes.

    Raises InputError naming the field when a declared hierarchy lacks values that occur.
    """
    found: dict[tuple[str, str], str | None] = {}
    for path, spec in listed_fields(config).items():
        people = {value: who for (field, value), who in tellers.items() if field == path}
        chains = field_chains(spec, path, sorted(people))
        found |= {(path, value): node for value, node in _settled(chains, people, config.kanon.k).items()}
    return found


Shown = Iterable[Mapping[str, Mapping[str, AbstractSet[str]]]]
"""Parts of a release, field → value → tokens of the subjects who show it."""


def fewest(released: Shown) -> int | None:
    """Return how many people show the value that fewest do, of all lists; None where none is released."""
    return min(map(len, _people(released).values()), default=None)


def lone_values(released: Shown, k: int) -> frozenset[tuple[str, str]]:
    """Return (declared path, released value) of what fewer than ``k`` people show.

    The plan lets none through; but people and copies of records may be left out after it was made.
    """
    return frozenset(value for value, who in _people(released).items() if len(who) < k)


def shown_in(part: Mapping[str, Mapping[str, AbstractSet[str]]]) -> Iterator[tuple[str, str]]:
    """Yield (declared path, released value) of one part of a release."""
    for path, values in part.items():
        yield from ((path, value) for value in values)


def _people(released: Shown) -> dict[tuple[str, str], set[str]]:
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for part in released:
        for path, values in part.items():
            for value, who in values.items():
                people[path, value] |= who
    return people


def _settled(chains: Chains, people: Mapping[str, AbstractSet[str]], k: int) -> dict[str, str | None]:
    """Return what each value becomes, from the finest level up: what k people show, counted as released."""
    found: dict[str, str | None] = dict.fromkeys(chains)
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for level in range(max(map(len, chains.values()), default=0)):
        here: defaultdict[str, set[str]] = defaultdict(set)
        left = [value for value in chains if found[value] is None]
        for value in left:
            here[chains[value][level]] |= people[value]
        enough = {node for node, who in here.items() if len(who | shown[node]) >= k}
        for value in left:
            node = chains[value][level]
            if node in enough:
                found[value] = node
                shown[node] |= people[value]
    return found
