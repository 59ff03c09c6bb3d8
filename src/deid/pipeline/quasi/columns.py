"""The quasi-identifier columns of a run: profile fields and text facts, and how each generalizes.

A person's value in a column is the set of what their records say, joined by a unit separator; it generalizes
member by member. A person with nothing in a column has None there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from deid.config import Config, hierarchy_file
from deid.errors import ConfigError, InputError
from deid.ingest.fields import Leaf, list_prefix
from deid.kanon.hierarchies import Hierarchy, load_hierarchy
from deid.pipeline.quasi.telling import TEXT, Telling
from deid.transform.operators import transform_value
from deid.treatments import PERTURBING, FieldSpec

Chains = Mapping[str, tuple[str, ...]]
"""Value → the value, its generalizations; '*' is left out."""

Vector = Mapping[str, AbstractSet[str]]
"""Column → values of one person."""

_BAND = re.compile(r"([0-9]+)-([0-9]+)")
# No character that a value has: base_value takes it out.
_SEPARATOR = "\x1f"


def quasi_fields(config: Config) -> dict[str, FieldSpec]:
    """Return the quasi-identifiers that describe a person.

    A field of each message, such as its time, is treated but is no column: its sequence is another question
    than the person's class.
    """
    own = ("", list_prefix(config.input.subject_id))
    return {
        path: spec for path, spec in config.fields.items() if spec.cls == "quasi" and list_prefix(path) in own
    }


def column_names(config: Config, telling: Telling) -> list[str]:
    """Return the columns of a person's vector, in order: declared fields, then what is told in text."""
    return [*quasi_fields(config), *telling.columns]


def sensitive_columns(config: Config) -> list[str]:
    """Return the fields whose values a class must not give away: those of ``kanon.sensitive`` that go out.

    Raises ConfigError for a field that does not describe a person.
    """
    own = ("", list_prefix(config.input.subject_id))
    for path in config.kanon.sensitive:
        if list_prefix(path) not in own:
            raise ConfigError(
                f"kanon.sensitive: `{path}` does not describe a person", hint="give a profile's field"
            )
    specs = {path: config.fields[path] for path in config.kanon.sensitive}
    return [
        path for path, spec in specs.items() if spec.cls != "drop" and spec.effective.operator != "delete"
    ]


def base_value(leaf: Leaf) -> str | None:
    """Return a field's value after its own treatment, before any generalization; None when it is missing."""
    if leaf.value is None or leaf.value == "":
        return None
    if leaf.spec.effective.operator in PERTURBING:  # by what everybody has, between the passes
        return str(leaf.value).replace(_SEPARATOR, " ")
    value = transform_value(leaf.spec.effective, leaf.value, path=leaf.declared)
    return None if value is None else str(value).replace(_SEPARATOR, " ")


def joined(values: Iterable[str]) -> str | None:
    """Return a set of values as one, None when it is empty."""
    return _SEPARATOR.join(sorted(values)) or None


def merged_vectors(parts: Iterable[Mapping[str, Vector]]) -> dict[str, Vector]:
    """Return subject → column → values, over parts that may name a subject again; nothing is copied else."""
    merged: dict[str, Vector] = {}
    for part in parts:
        for subject, vector in part.items():
            known = merged.get(subject)
            merged[subject] = vector if known is None else _both(known, vector)
    return merged


def _both(one: Vector, other: Vector) -> Vector:
    nothing: frozenset[str] = frozenset()
    return {column: one.get(column, nothing) | other.get(column, nothing) for column in {**one, **other}}


def member_chains(
    config: Config, columns: Mapping[str, Sequence[str | None]], telling: Telling
) -> dict[str, Chains]:
    """Return, for every column, each value that occurs with its generalizations, without '*'.

    Raises InputError naming the column when a declared hierarchy lacks values that occur.
    """
    quasi = quasi_fields(config)
    return {
        name: _told(telling, name, _leaves(values))
        if name.startswith(TEXT)
        else field_chains(quasi[name], name, _leaves(values))
        for name, values in columns.items()
    }


def field_chains(spec: FieldSpec, name: str, leaves: Sequence[str]) -> Chains:
    """Return each value of a declared field with its generalizations, all equally long.

    Raises InputError naming the field when a declared hierarchy lacks one of them.
    """
    return _padded(_chains(spec, name, leaves))


def joined_hierarchy(chains: Chains, values: Sequence[str | None]) -> Hierarchy:
    """Return the hierarchy over joined values, each generalized member by member."""
    found = {value for value in values if value is not None}
    if not found:
        return Hierarchy.suppression(["-"])
    return Hierarchy.from_chains(
        {
            value: [
                _SEPARATOR.join(sorted(set(nodes)))
                for nodes in zip(*(chains[member][1:] for member in split(value)), strict=True)
            ]
            for value in found
        }
    )


def published(chains: Chains, leaf: str, level: int) -> str | None:
    """Return what is published for one value at a level; None when it is suppressed."""
    chain = chains[leaf]
    return chain[level] if level < len(chain) else None


def split(value: str) -> list[str]:
    """Return the members of a joined value."""
    return value.split(_SEPARATOR)


def _leaves(values: Sequence[str | None]) -> list[str]:
    return sorted({member for value in values if value is not None for member in split(value)})


def _told(telling: Telling, name: str, leaves: Sequence[str]) -> Chains:
    """Return each value told in text with its generalizations; values may be nodes of several levels."""
    chains = {leaf: telling.chain(name, leaf) for leaf in leaves}
    height = max(map(len, chains.values()), default=0)
    return {leaf: (leaf,) * (height + 1 - len(chain)) + chain for leaf, chain in chains.items()}


def _chains(spec: FieldSpec, name: str, leaves: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return leaf → its generalizations, without '*'."""
    if spec.hierarchy is not None:
        return _declared(load_hierarchy(hierarchy_file(spec.hierarchy)), name, leaves)
    if spec.effective.bands is not None:
        width = spec.effective.bands
        return {leaf: (wider_band(leaf, 2 * width), wider_band(leaf, 4 * width)) for leaf in leaves}
    return dict.fromkeys(leaves, ())


def _declared(hierarchy: Hierarchy, name: str, leaves: Sequence[str]) -> dict[str, tuple[str, ...]]:
    missing = [leaf for leaf in leaves if leaf not in hierarchy]
    if missing:
        raise InputError(
            f"column `{name}`: {len(missing)} values are not in its hierarchy",
            hint="add them to the hierarchy's file, or declare the field without one",
        )
    return {chain[0]: chain[1:-1] for chain in hierarchy.chains if chain[0] in set(leaves)}


def wider_band(leaf: str, width: int) -> str:
    """Return the band of ``width`` years that holds a number or a narrower band; others stay."""
    band = _BAND.fullmatch(leaf)
    start = int(band[1]) if band else int(leaf) if leaf.isdigit() else None
    if start is None or (band and int(band[2]) - start >= width):
        return leaf
    low = start // width * width
    return f"{low}-{low + width - 1}"


def _padded(chains: Mapping[str, tuple[str, ...]]) -> Chains:
    """Put each value before its generalizations and repeat the last, so that all are equally long."""
    height = max((len(chain) for chain in chains.values()), default=0)
    whole = {leaf: (leaf, *chain) for leaf, chain in chains.items()}
    return {leaf: chain + chain[-1:] * (height + 1 - len(chain)) for leaf, chain in whole.items()}
