"""Tables: CSV and Parquet rows as records. CSV cells are text; an empty cell is null."""

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from deid.errors import InputError

_ROWS = 1024
# A CSV row has to fit into one block; the longest message a configuration usually allows takes 4 MB.
_BLOCK = 16 << 20


def row_group_ranges(path: Path, target_bytes: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first row group, row group after the last, first row number from 1) of about the target size."""
    try:
        metadata = pq.ParquetFile(path).metadata
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a Parquet file ({type(error).__name__})") from None
    start, size, first, row = 0, 0, 1, 1
    for group in range(metadata.num_row_groups):
        size += metadata.row_group(group).total_byte_size
        row += metadata.row_group(group).num_rows
        if size >= target_bytes:
            yield start, group + 1, first
            start, size, first = group + 1, 0, row
    if start < metadata.num_row_groups:
        yield start, metadata.num_row_groups, first


def read_parquet(path: Path, start: int, end: int) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield (row number from 1 within the range, row) of some row groups."""
    number = 0
    try:
        file = pq.ParquetFile(path)
        _check_names(path, file.schema_arrow.names)
        for batch in file.iter_batches(_ROWS, row_groups=list(range(start, end))):
            for row in batch.to_pylist():
                number += 1
                yield number, _plain(row)
    except OverflowError:
        raise InputError(
            f"{path}: a day, time or duration after row {number} is none", hint="years go from 1 to 9999"
        ) from None
    except (pa.ArrowException, ValueError) as error:
        raise InputError(f"{path}: damaged Parquet file ({type(error).__name__})") from None


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield (row number from 1, row) of a CSV file with a header."""
    number = 0
    try:
        names = csv_names(path)
        _check_names(path, names)
        with pa.input_stream(str(path), compression="detect") as stream:
            for batch in pacsv.open_csv(
                stream,
                read_options=pacsv.ReadOptions(block_size=_BLOCK),
                parse_options=pacsv.ParseOptions(newlines_in_values=True),
                convert_options=csv_text(names),
            ):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        if (fault := csv_fault(path)) is not None:
            raise InputError(f"{path}: not a readable CSV file: {fault}") from None
        kind = str(error).split(":", 1)[0][:40] if isinstance(error, pa.ArrowInvalid) else "not UTF-8"
        raise InputError(f"{path}: not a readable CSV file after row {number} ({kind})") from None


def csv_names(path: Path, delimiter: str = ",") -> list[str]:
    """Return the names in the header of a CSV file; pa.ArrowInvalid when there is none."""
    with pa.input_stream(str(path), compression="detect") as stream:
        reader = pacsv.open_csv(
            stream,
            read_options=pacsv.ReadOptions(block_size=_BLOCK),
            parse_options=pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        )
        names: list[str] = reader.schema.names
    return names


def csv_fault(path: Path, delimiter: str = ",") -> str | None:
    """Return the first line of a CSV file that cannot be a row of it and why, without its words.

    Returns None where none is found so.
    """
    asked, line = 0, 1
    try:
        with (
            pa.input_stream(str(path), compression="detect") as stream,
            io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="") as text,
        ):
            rows = csv.reader(text, delimiter=delimiter)
            for row in rows:
                asked = asked or len(row)
                if row and len(row) != asked:
                    return f"line {line}: {len(row)} cells, not {asked}"
                "".join(row).encode()
                line = rows.line_num + 1
    except UnicodeEncodeError:
        return f"line {line}: not UTF-8"
    except (csv.Error, pa.ArrowException, OSError):
        return None
    return None


def csv_text(names: Sequence[str]) -> pacsv.ConvertOptions:
    """Return the options that read every column as text, an empty cell as null."""
    return pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
        quoted_strings_can_be_null=True,
    )


def _check_names(path: Path, names: Sequence[str]) -> None:
    """Raise InputError when two columns share a name: a row would hold one of them only."""
    if len(set(names)) != len(names):
        raise InputError(f"{path}: two columns have the same name", hint="give each column a name of its own")


def _plain(row: object) -> dict[str, object]:
    result = _json(row)
    return result if isinstance(result, dict) else {}


def _json(value: object) -> object:
    """Return a value as JSON has it; what it has no form for becomes its text; bytes that are none stay."""
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return _text(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _text(value: bytes) -> str | bytes:
    """Return text that a writer put into a column of bytes, as Spark may; no field takes other bytes."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value
