"""Tables in files: CSV and Parquet, whole or in pieces, for the verbs that take any table."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deid.errors import InputError
from deid.store import atomic_file

if TYPE_CHECKING:
    import pyarrow as pa

_PIECE = 1 << 18
"""Rows of a piece."""


def read_table(path: str, delimiter: str, columns: Sequence[str | None] = ()) -> "pa.Table":
    """Read a CSV or Parquet file; CSV columns are text, an empty cell is missing.

    columns : of a Parquet file, those of them that are there; none stands for all.
    """
    import pyarrow as pa  # noqa: PLC0415 - keeps `deid --help` quick
    import pyarrow.csv as pacsv  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    from deid.ingest.table import csv_names, csv_text  # noqa: PLC0415

    file = _file(path, delimiter)
    try:
        if file.suffix == ".parquet":
            schema = pq.read_schema(file)
            there = [name for name in schema.names if not columns or name in columns]
            return pq.read_table(file, columns=there, read_dictionary=_plain_columns(schema, columns))
        return pacsv.read_csv(
            pa.input_stream(path, compression="detect"),
            parse_options=pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=csv_text(csv_names(file, delimiter)),
        )
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, delimiter, error) from None


@contextmanager
def read_batches(path: str, delimiter: str, columns: Sequence[str]) -> Iterator[Iterator["pa.RecordBatch"]]:
    """Read a file as ``read_table`` does, in pieces; of a Parquet file the ``columns`` that are there.

    The pieces are read inside the context, which turns what goes wrong there into InputError.
    """
    import pyarrow as pa  # noqa: PLC0415 - keeps `deid --help` quick
    import pyarrow.csv as pacsv  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    from deid.ingest.table import csv_names, csv_text  # noqa: PLC0415

    file = _file(path, delimiter)
    try:
        if file.suffix == ".parquet":
            plain = _plain_columns(pq.read_schema(file), columns)
            with pq.ParquetFile(file, read_dictionary=plain, pre_buffer=False) as source:
                there = [name for name in source.schema_arrow.names if name in columns]
                yield source.iter_batches(_PIECE, columns=there)
            return
        with (
            pa.input_stream(path, compression="detect") as stream,
            pacsv.open_csv(
                stream,
                read_options=pacsv.ReadOptions(block_size=16 << 20),
                parse_options=pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
                convert_options=csv_text(csv_names(file, delimiter)),
            ) as batches,
        ):
            yield batches
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, delimiter, error) from None


def _plain_columns(schema: "pa.Schema", columns: Sequence[str | None]) -> list[str]:
    """Return those of the columns that hold one value a cell: only these can be read as dictionaries."""
    return [field.name for field in schema if field.name in columns and not field.type.num_fields]


def write_table(table: "pa.Table", path: Path) -> None:
    """Write a table as Parquet or CSV by its file's ending, atomically."""
    import pyarrow.csv as pacsv  # noqa: PLC0415 - keeps `deid --help` quick
    import pyarrow.parquet as pq  # noqa: PLC0415

    if not path.parent.is_dir():
        raise InputError(f"{path}: no such folder", hint="make the folder first")
    with atomic_file(path) as handle:
        if path.suffix == ".parquet":
            pq.write_table(table, handle, compression="zstd")
        else:
            pacsv.write_csv(table, handle)


def split_names(text: str) -> list[str]:
    """Return the names of columns in an option's value."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _file(path: str, delimiter: str) -> Path:
    if len(delimiter) != 1 or not delimiter.isascii():
        raise InputError("--delimiter is not one ASCII character")
    if not Path(path).is_file():
        raise InputError(f"{path}: no such file")
    return Path(path)


def _unreadable(path: Path, delimiter: str, error: Exception) -> InputError:
    from deid.ingest.table import csv_fault  # noqa: PLC0415 - keeps `deid --help` quick

    fault = None if path.suffix == ".parquet" else csv_fault(path, delimiter)
    if fault is None:
        return InputError(f"{path}: not a readable table ({type(error).__name__})")
    return InputError(f"{path}: not a readable table: {fault}", hint="one cell a column, in UTF-8")
