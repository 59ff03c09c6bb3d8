"""Tables: CSV and Parquet rows as records. CSV cells are text; an empty cell is null."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from deid.errors import InputError

_ROWS = 1024


def row_group_ranges(path: Path, target_bytes: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first row group, row group after the last, first row number from 1) of about the target size."""
    try:
        metadata = pq.ParquetFile(path).metadata
    except pa.ArrowException as error:
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
        for batch in file.iter_batches(_ROWS, row_groups=list(range(start, end))):
            for row in batch.to_pylist():
                number += 1
                yield number, _plain(row)
    except pa.ArrowException as error:
        raise InputError(f"{path}: damaged Parquet file ({type(error).__name__})") from None


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield (row number from 1, row) of a CSV file with a header."""
    number = 0
    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            header = pacsv.open_csv(
                pa.input_stream(str(path), compression="detect"),
                read_options=pacsv.ReadOptions(block_size=1 << 20),
            ).schema.names
            reader = pacsv.open_csv(
                stream,
                read_options=pacsv.ReadOptions(block_size=4 << 20),
                parse_options=pacsv.ParseOptions(newlines_in_values=True),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(header, pa.string()),
                    strings_can_be_null=True,
                    null_values=[""],
                    quoted_strings_can_be_null=True,
                ),
            )
            for batch in reader:
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except pa.ArrowInvalid as error:
        kind = str(error).split(":", 1)[0][:40]
        raise InputError(f"{path}: not a readable CSV file after row {number} ({kind})") from None


def _plain(value: object) -> dict[str, object]:
    result = _json(value)
    return result if isinstance(result, dict) else {}


def _json(value: object) -> object:
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value
