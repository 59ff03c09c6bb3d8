"""Quasi-identifiers in lists, such as the goods of each purchase: each value as fine as k people share it.

A field of each element is no column of a person's class. With a treatment of its own, a band or a coarser
date, it is treated by that. Without one, a value that fewer than k people have becomes the finest of its
generalizations that k have, and is left out where there is none (APPI Enforcement Rules 34(4): idiosyncratic
descriptions).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from deid.config import Config
from deid.pipeline.columns import Chains, field_chains, quasi_fields
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
        having = _having(chains, people)
        found |= {(path, value): _finest(chain, having, config.kanon.k) for value, chain in chains.items()}
    return found


def _having(chains: Chains, people: Mapping[str, AbstractSet[str]]) -> Mapping[str, AbstractSet[str]]:
    """Return each node with the subjects who have a value below it."""
    having: defaultdict[str, set[str]] = defaultdict(set)
    for value, chain in chains.items():
        for node in chain:
            having[node] |= people[value]
    return having


def _finest(chain: Iterable[str], having: Mapping[str, AbstractSet[str]], k: int) -> str | None:
    return next((node for node in chain if len(having[node]) >= k), None)
