"""From a table to codes: one code per person and column, a missing value being a value of its own.

A value is compared by its canonical text: 5, 5.0 and "5" are one value, NaN is missing, dates are ISO 8601.
A person with several values in a column has the *set* of them as their value.
"""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deid.errors import InputError, expect
from deid.kanon.classes import Codes, Counts, group

MAX_QUASI_IDENTIFIERS = 128
"""More make nearly everyone unique, so that k-anonymity says nothing (Aggarwal, VLDB 2005, 901-909)."""

_PANDAS_INDEX = re.compile(r"__index_level_\d+__")
_PANDAS_COLUMN = re.compile(r"Conversion failed for column (.+) with type")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as codes.

    codes  : (n_rows,) index into ``values``.
    values : distinct canonical texts, in numeric order where all are numbers, else in text order;
             None, the missing value, comes last where there is one.
    """

    name: str
    codes: Codes = field(repr=False)
    values: tuple[str | None, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class People:
    """Whose each row is.

    rows : (n_rows,) person of each row; None when every row is a person.
    n    : number of people.
    """

    rows: Counts | None = field(repr=False)
    n: int

    @property
    def of_rows(self) -> Counts:
        """Person of each row, numbered from 0."""
        return np.arange(self.n) if self.rows is None else self.rows


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """One column, one code per person.

    codes   : (n_people,) index into ``members``.
    members : what a code stands for, as sorted indices into ``values``: one, or several for a person with
              several values.
    """

    name: str
    codes: Codes = field(repr=False)
    members: tuple[tuple[int, ...], ...] = field(repr=False)
    values: tuple[str | None, ...] = field(repr=False)


def read_table(source: object) -> pa.Table:
    """Return anything with ``__arrow_c_stream__`` as an Arrow table with at least one row.

    A pandas index without a name is left behind: it numbers the rows of the source, and so would link the
    result back to it. Raises InputError without a word of what the table holds.
    """
    try:
        table = source if isinstance(source, pa.Table) else pa.table(source)
    except (pa.ArrowException, TypeError, ValueError) as error:
        where = next(
            (f"column `{m[1]}`" for part in error.args if (m := _PANDAS_COLUMN.search(str(part)))), "table"
        )
        raise InputError(
            f"{where}: cannot be read as Arrow", hint="give each column values of one type"
        ) from None
    if table.num_rows == 0:
        raise InputError("table: no rows", hint="there is nobody to protect or to count")
    columns = zip(table.column_names, table.columns, strict=True)
    kept = [(name, _without_views(column)) for name, column in columns if not _PANDAS_INDEX.fullmatch(name)]
    return pa.table([column for _, column in kept], names=[name for name, _ in kept])


def check_roles(quasi_identifiers: Sequence[str], subject: str | None, sensitive: Sequence[str]) -> None:
    """Raise InputError unless the quasi-identifiers are a sane number and no column has two roles."""
    if isinstance(quasi_identifiers, str) or isinstance(sensitive, str):
        raise InputError("quasi-identifiers, sensitive: must be lists of names", hint="write ['age']")
    expect("quasi_identifiers", quasi_identifiers, "a list of names", Collection)
    expect("sensitive", sensitive, "a list of names", Collection)
    if not 0 < len(quasi_identifiers) <= MAX_QUASI_IDENTIFIERS:
        raise InputError(
            f"{len(quasi_identifiers)} quasi-identifiers; there must be 1 to {MAX_QUASI_IDENTIFIERS}",
            hint="name the columns an outsider could know",
        )
    roles = [*quasi_identifiers, *sensitive, *([subject] if subject is not None else [])]
    for name in roles:
        if roles.count(name) > 1:
            raise InputError(f"column `{name}`: given twice", hint="give each column one role")


def read_column(table: pa.Table, name: str) -> Column:
    """Encode a column; InputError when it is absent, nested, binary or has no value at all."""
    indices, texts = read_codes(table, name)
    used = np.bincount(indices, minlength=len(texts)) > 0
    present = [text for text, is_used in zip(texts, used, strict=True) if is_used]
    values = in_order(present)
    if values == (None,):
        raise InputError(f"column `{name}`: every value is missing", hint="leave the column out")
    rank = {value: position for position, value in enumerate(values)}
    lookup = np.array([rank.get(text, 0) for text in texts], np.int32)
    return Column(name, lookup[indices], values)


def read_codes(table: pa.Table, name: str) -> tuple[Counts, list[str | None]]:
    """Return a number for each row, and the canonical text of each number; a text may have several numbers.

    Texts may be there that no row has. Raises InputError when the column is absent, nested or binary.
    """
    encoded = _dictionary(table, name)
    texts = _texts(encoded.dictionary, name)
    indices: Counts = encoded.indices.cast(pa.int64()).fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return indices, [*texts, None]


def text_column(name: str, values: Sequence[str | None]) -> Column:
    """Encode a sequence of texts, one per person; unlike a table's column it may be missing throughout."""
    distinct = in_order(values)
    rank = {value: position for position, value in enumerate(distinct)}
    codes = np.fromiter((rank[value] for value in values), np.int32, len(values))
    return Column(name, codes, distinct)


def read_people(table: pa.Table, subject: str | None, unit: str = "person") -> People:
    """Return whose each row is; InputError when a row names no ``unit``."""
    if subject is None:
        return People(None, table.num_rows)
    encoded = _dictionary(table, subject)
    missing = pc.is_null(encoded.dictionary, nan_is_null=True).to_numpy(zero_copy_only=False)
    indices = encoded.indices.cast(pa.int64()).fill_null(len(missing)).to_numpy(zero_copy_only=False)
    nobody = int(np.count_nonzero(np.append(missing, True)[indices]))
    if nobody:
        raise InputError(
            f"column `{subject}`: {nobody} rows name no {unit}",
            hint=f"remove these rows, or give them their {unit}",
        )
    rows, n_people = group(indices, len(missing))
    return People(rows, n_people)


def to_people(column: Column, people: People) -> PersonColumn:
    """Turn one code per row into one code per person, several values of a person into a set."""
    singles = tuple((code,) for code in range(len(column.values)))
    if people.rows is None:
        return PersonColumn(column.name, column.codes, singles, column.values)
    size = len(column.values)
    owner, value = np.divmod(np.unique(people.rows * size + column.codes), size)
    starts = np.searchsorted(owner, np.arange(people.n))
    codes = value[starts].astype(np.int32)
    several = np.flatnonzero(np.diff(np.append(starts, len(owner))) > 1)
    ends = np.append(starts, len(owner))
    sets = {int(i): tuple(value[starts[i] : ends[i + 1]].tolist()) for i in several}
    ordered = sorted(set(sets.values()))
    rank = {members: size + position for position, members in enumerate(ordered)}
    codes[several] = [rank[sets[int(i)]] for i in several]
    return PersonColumn(column.name, codes, (*singles, *ordered), column.values)


def read_person_columns(table: pa.Table, names: Sequence[str], people: People) -> list[PersonColumn]:
    """Encode several columns, one code per person."""
    return [to_people(read_column(table, name), people) for name in names]


def merge(one: PersonColumn, other: PersonColumn) -> tuple[Codes, Codes, int]:
    """Return the codes of two tables' columns in one numbering of values, and their upper bound."""
    number: dict[frozenset[str | None], int] = {}
    codes = []
    for column in (one, other):
        cells = [frozenset(column.values[member] for member in members) for members in column.members]
        lookup = np.array([number.setdefault(cell, len(number)) for cell in cells], np.int32)
        codes.append(lookup[column.codes])
    return codes[0], codes[1], len(number)


def _dictionary(table: pa.Table, name: str) -> pa.DictionaryArray:
    if table.column_names.count(name) != 1:
        raise InputError(
            f"column `{name}`: the table has {table.column_names.count(name)} of them",
            hint="check the names of the columns",
        )
    column = table.column(name)
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_null(kind):
        raise InputError(f"column `{name}`: every value is missing", hint="leave the column out")
    if not _is_plain(kind):
        raise InputError(f"column `{name}`: {kind} is no plain value", hint="make it text or a number")
    encoded = pc.dictionary_encode(column).unify_dictionaries().combine_chunks()
    return encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded


def _without_views(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column without string views, which few of Arrow's functions can read."""
    if pa.types.is_string_view(column.type):
        return column.cast(pa.large_string())
    if pa.types.is_dictionary(column.type) and pa.types.is_string_view(column.type.value_type):
        text = pa.large_string()
        chunks = [pa.DictionaryArray.from_arrays(c.indices, c.dictionary.cast(text)) for c in column.chunks]
        return pa.chunked_array(chunks, pa.dictionary(column.type.index_type, text))
    return column


def _is_plain(kind: pa.DataType) -> bool:
    tests = (
        pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_floating,
        pa.types.is_boolean, pa.types.is_decimal, pa.types.is_date, pa.types.is_timestamp, pa.types.is_time,
    )  # fmt: skip
    return any(test(kind) for test in tests)


def _texts(values: pa.Array, name: str) -> list[str | None]:
    if pa.types.is_temporal(values.type):
        try:
            values = values.cast(pa.string())
        except pa.ArrowException:
            raise InputError(
                f"column `{name}`: {values.type} cannot be written as text", hint="make it text"
            ) from None
    try:
        return [_canonical(value) for value in values.to_pylist()]
    except UnicodeDecodeError:
        raise InputError(f"column `{name}`: holds what is not UTF-8") from None


def _canonical(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def in_order(values: Iterable[str | None]) -> tuple[str | None, ...]:
    """Return the distinct values: numeric order where all are numbers, else that of text; None comes last."""
    distinct = set(values)
    texts = [value for value in distinct if value is not None]
    missing = (None,) if None in distinct else ()
    try:
        keyed = [(float(text), text) for text in texts]
    except ValueError:
        return (*sorted(texts), *missing)
    if not all(math.isfinite(number) for number, _ in keyed):
        return (*sorted(texts), *missing)
    return (*(text for _, text in sorted(keyed)), *missing)
