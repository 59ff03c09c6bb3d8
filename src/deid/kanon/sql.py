"""The figures of written files, recomputed in SQL: a path that shares nothing with the code that made them.

Needs the extra: ``pip install '.[sql]'``. DuckDB reads the bytes on disk and counts; it may load
nothing from the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deid.errors import InputError, extra_hint
from deid.types import Json

Field = tuple[str, ...]
"""Names that lead to a field: one for a column, more for a field within."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the fields of written files are.

    missing_is_value : whether a missing cell is a value of its own, as in tables, or nothing, as in records.
    """

    quasi_identifiers: tuple[Field, ...]
    subject: Field | None
    sensitive: tuple[Field, ...]
    missing_is_value: bool


def recompute(files: Sequence[Path], roles: Roles) -> Json:
    """Return the figures of a certificate that need no hierarchy, ``l_distinct`` and ``t_equal`` by field.

    files : all Parquet, all JSON lines (also ``.zst``), or all CSV with commas.

    Raises InputError without DuckDB, and for files it cannot read or that lack a field.
    """
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError("recomputing in SQL needs the package `duckdb`", hint=extra_hint("sql")) from None
    offline: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        with duckdb.connect(":memory:", config=offline) as connection:
            connection.execute(_people(files, roles), [[str(path) for path in files]])
            return _figures(connection, roles)
    except duckdb.Error as error:
        raise InputError(f"{files[0]}: cannot be counted in SQL: {type(error).__name__}") from None


def _kind(files: Sequence[Path]) -> str:
    name = files[0].name.removesuffix(".zst").removesuffix(".gz")
    return name.rpartition(".")[2]


def _people(files: Sequence[Path], roles: Roles) -> str:
    """Return the statement that makes one row a person: the sorted sets of their values."""
    kind = _kind(files)
    if kind == "csv":
        source = (
            "read_csv(?, delim=',', header=true, all_varchar=true, nullstr='', allow_quoted_nulls=false, "
            "quote='\"', escape='\"')"
        )
    elif kind == "parquet":
        source = "read_parquet(?)"
    else:
        source = "read_json(?, format='newline_delimited', sample_size=-1)"
    fields = [*_named(roles.quasi_identifiers, "q"), *_named(roles.sensitive, "s")]
    cells = ", ".join(f"CAST({_quoted(field)} AS VARCHAR) AS {name}" for name, field in fields)
    who = "row_number() OVER ()" if roles.subject is None else _quoted(roles.subject)
    sets = ", ".join(f"{_set(name, roles)} AS {name}" for name, _ in fields)
    return (
        f"CREATE TABLE people AS SELECT count(*) AS n_rows, {sets} "  # noqa: S608 - names are quoted
        f"FROM (SELECT {who} AS who, {cells} FROM {source}) GROUP BY who"
    )


def _set(name: str, roles: Roles) -> str:
    if roles.missing_is_value:
        return f"list_sort(list(DISTINCT CASE WHEN {name} IS NULL THEN '-' ELSE '+' || {name} END))"
    return f"coalesce(list_sort(list(DISTINCT {name}) FILTER ({name} IS NOT NULL)), [])"


def _figures(connection: Any, roles: Roles) -> Json:
    keys = ", ".join(name for name, _ in _named(roles.quasi_identifiers, "q"))
    rows, subjects = connection.execute("SELECT sum(n_rows), count(*) FROM people").fetchone()
    if not subjects:
        raise InputError("table: no rows", hint="there is nobody to protect or to count")
    k, classes, uniques = connection.execute(
        "SELECT min(n), count(*), count(*) FILTER (n = 1) "  # noqa: S608
        f"FROM (SELECT count(*) AS n FROM people GROUP BY {keys})"
    ).fetchone()
    sensitive = {".".join(field): name for name, field in _named(roles.sensitive, "s")}
    return {
        "rows": int(rows),
        "subjects": subjects,
        "k": k,
        "classes": classes,
        "uniques": uniques,
        "l_distinct": {path: _distinct(connection, keys, name) for path, name in sensitive.items()},
        "t_equal": {path: _distance(connection, keys, name) for path, name in sensitive.items()},
    }


def _distinct(connection: Any, keys: str, name: str) -> int:
    found = connection.execute(
        f"SELECT min(d) FROM (SELECT count(DISTINCT {name}) AS d FROM people GROUP BY {keys})"  # noqa: S608
    ).fetchone()
    return int(found[0])


def _distance(connection: Any, keys: str, name: str) -> float:
    found = connection.execute(
        "SELECT max(moved) FROM (SELECT sum(greatest(n / size - total / everybody, 0)) AS moved "  # noqa: S608
        f"FROM (SELECT {keys}, {name}, count(*) AS n, sum(count(*)) OVER (PARTITION BY {keys}) AS size, "
        f"sum(count(*)) OVER (PARTITION BY {name}) AS total, sum(count(*)) OVER () AS everybody "
        f"FROM people GROUP BY {keys}, {name}) GROUP BY {keys})"
    ).fetchone()
    return round(float(found[0]), 9)


def _named(fields: Sequence[Field], letter: str) -> list[tuple[str, Field]]:
    return [(f"{letter}{number}", field) for number, field in enumerate(fields)]


def _quoted(field: Field) -> str:
    return ".".join('"' + name.replace('"', '""') + '"' for name in field)
