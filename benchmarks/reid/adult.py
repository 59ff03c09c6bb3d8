"""Adult as a table under attack: 30,162 people, eight columns, generalized to classes of k people.

Whoever knows people's columns looks for their rows (L1), and rows are predicates that single people out (S1).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from deid.kanon import enforce, load_hierarchies
from deid.kanon.hierarchies import Hierarchy
from deid.risk.align import Aligned
from deid.risk.attack import AttackResult
from deid.risk.attacks import prosecutor, singling
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.treatments import FieldSpec

COLUMNS = ("sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation")
_ROW = "row"
_FIELDS = {name: FieldSpec.model_validate({"class": "quasi"}) for name in COLUMNS}
Treat = Any
"""A function of a table and its hierarchies to a table with the same ``row``; rows may be missing."""


def _raw(table: pa.Table, _: Mapping[str, Hierarchy]) -> pa.Table:
    return table


def _enforced(table: pa.Table, hierarchies: Mapping[str, Hierarchy], *, k: int, method: Any) -> pa.Table:
    return enforce(
        table, k=k, quasi_identifiers=COLUMNS, hierarchies=hierarchies, method=method, suppression=0.02
    )[0]


def _shuffled(table: pa.Table, _: Mapping[str, Hierarchy]) -> pa.Table:
    """Deal whole rows out at random: a release that tells of nobody."""
    row = table[_ROW].to_numpy()
    return table.set_column(
        table.schema.get_field_index(_ROW), _ROW, pa.array(np.random.default_rng(5).permutation(row))
    )


TREATMENTS: Mapping[str, Treat] = {
    "raw": _raw,
    "rows dealt at random": _shuffled,
    **{f"local, k = {k}": partial(_enforced, k=k, method="local") for k in (2, 5, 12, 20)},
    "lattice, k = 12": partial(_enforced, k=12, method="lattice"),
    "mondrian, k = 12": partial(_enforced, k=12, method="mondrian"),
}


def read(data: Path) -> tuple[pa.Table, Mapping[str, Hierarchy]]:
    """Read the table, its rows numbered, and ARX's hierarchies."""
    folder = data / "arx-adult"
    table = pacsv.read_csv(folder / "adult.csv.gz", parse_options=pacsv.ParseOptions(delimiter=";"))
    columns = {name: table[name].cast(pa.string()) for name in COLUMNS}
    return pa.table({_ROW: pa.array(range(len(table))), **columns}), load_hierarchies(folder, COLUMNS)


def attacked(table: pa.Table, released: pa.Table, seed: int) -> Iterator[AttackResult]:
    """Yield what both attacks achieve."""
    case = case_of(table, released)
    for attack in (prosecutor.tried, singling.tried):
        yield from attack(case, np.random.default_rng(seed))


def case_of(table: pa.Table, released: pa.Table) -> Case:
    """Return the case of a table and its release, matched by their row numbers."""
    before = {row[_ROW]: row for row in table.to_pylist()}
    pairs = [(_talk(row), _talk(before[row[_ROW]])) for row in released.to_pylist()]
    return Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), _FIELDS, _ROW)


def _talk(row: Mapping[str, object]) -> Talk:
    name, values = f"{row[_ROW]}", {c: str(row[c]) for c in COLUMNS if row[c] is not None}
    return Talk(name, name, ("",), values)


def told(results: Sequence[AttackResult]) -> Iterator[dict[str, object]]:
    """Yield the rows of a result file."""
    for result in results:
        yield {
            "attack": result.attack,
            "attacker": result.attacker,
            "pool": result.pool,
            **{
                name: dict(rate.to_json())
                for name, rate in (("released", result.released), ("raw", result.raw))
                if rate is not None
            },
        }
