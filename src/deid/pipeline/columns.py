"""The quasi-identifier columns of a run: profile fields and text facts, and how each generalizes.

A person's value in a column is the set of what their records say, joined by a unit separator; it generalizes
member by member. A person with nothing in a column has None there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from deid.config import Config, FieldSpec, Treatment, hierarchy_file
from deid.errors import ConfigError, InputError
from deid.ingest.fields import Leaf, list_prefix
from deid.kanon.hierarchies import Hierarchy, load_hierarchy
from deid.pipeline.places import Places
from deid.transform.operators import transform_value

TEXT_AGE, TEXT_LOCATION = "text:AGE", "text:LOCATION"
TEXT_COLUMNS = (TEXT_AGE, TEXT_LOCATION)
Chains = Mapping[str, tuple[str, ...]]
"""Value → the value, its generalizations; '*' is left out."""

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


def column_names(config: Config) -> list[str]:
    """Return the columns of a person's vector, in order."""
    text = [TEXT_AGE, TEXT_LOCATION] if config.kanon.from_text else []
    return [*quasi_fields(config), *text]


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
    value = transform_value(leaf.spec.effective, leaf.value, path=leaf.declared)
    return None if value is None else str(value).replace(_SEPARATOR, " ")


def joined(values: Iterable[str]) -> str | None:
    """Return a set of values as one, None when it is empty."""
    return _SEPARATOR.join(sorted(values)) or None


def member_chains(
    config: Config, columns: Mapping[str, Sequence[str | None]], places: Places, age: Treatment
) -> dict[str, Chains]:
    """Return, for every column, each value that occurs with its generalizations, without '*'.

    age : the operator that ages in text get in any case.

    Raises InputError naming the column when a declared hierarchy lacks values that occur.
    """
    quasi = quasi_fields(config)
    return {
        name: _padded(_chains(quasi.get(name), name, _leaves(values), places, age))
        for name, values in columns.items()
    }


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


def _chains(
    spec: FieldSpec | None, name: str, leaves: Sequence[str], places: Places, age: Treatment
) -> dict[str, tuple[str, ...]]:
    """Return leaf → its generalizations, without '*'."""
    if name == TEXT_LOCATION:
        return {leaf: places.chains.get(leaf, (leaf, leaf)) for leaf in leaves}
    if name == TEXT_AGE:
        return {leaf: (wider_band(leaf, 10),) if age.operator == "keep" else () for leaf in leaves}
    if spec is not None and spec.hierarchy is not None:
        return _declared(load_hierarchy(hierarchy_file(spec.hierarchy)), name, leaves)
    if spec is not None and spec.effective.bands is not None:
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


def age_base(value: str, operator: Treatment) -> str:
    """Return a stated age as the operator for ages in text publishes it."""
    years = int(value) if value.isdigit() else None
    if years is not None and operator.top is not None and years >= operator.top:
        return f"{operator.top}+"
    return value if operator.bands is None else wider_band(value, operator.bands)


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
