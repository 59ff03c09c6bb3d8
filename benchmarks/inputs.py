"""How the converters read public data sets and write records: line by line, in bounded memory."""

import argparse
import gzip
import json
import lzma
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from deid.errors import InputError
from deid.store import atomic_file

Convert = Callable[[Path], Iterable[Mapping[str, object]]]
"""The folder of data sets in, records out."""

DEFAULT_DATA = "../shared/data"
_HINT = "give --data or DEID_DATA, the folder of data sets"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a .gz, .xz or plain file.

    Raises InputError naming the file and line of anything else.
    """
    number = 0
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                value = json.loads(line)
                if not isinstance(value, dict):
                    raise InputError(f"{path}:{number}: not a JSON object")
                yield value
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint=_HINT) from None
    except (ValueError, EOFError, lzma.LZMAError, OSError) as error:
        raise InputError(f"{path}:{number}: cannot read: {type(error).__name__}") from None


def _open(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_object(path: Path) -> dict[str, Any]:
    """Return the one JSON object a gzipped file holds."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            value = json.load(handle)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint=_HINT) from None
    except (ValueError, EOFError, OSError) as error:
        raise InputError(f"{path}: cannot read: {type(error).__name__}") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: not a JSON object")
    return value


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> int:
    """Write one JSON object a line, gzipped without name or time so that equal rows give equal bytes.

    Atomic: on any error ``path`` is untouched. Returns the number of rows.
    """
    count = 0
    with atomic_file(path) as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
        for row in rows:
            packed.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
    return count


def _arguments(description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    data = Path(os.environ.get("DEID_DATA", DEFAULT_DATA))
    parser.add_argument("--data", type=Path, default=data, help="folder of data sets (default: %(default)s)")
    parser.add_argument("-o", "--out", type=Path, required=True, help="file to write, .jsonl.gz")
    return parser.parse_args()


def run_converter(description: str, convert: Convert) -> int:
    """Convert and report; return the exit code."""
    arguments = _arguments(description)
    try:
        count = write_lines(arguments.out, convert(arguments.data))
    except InputError as error:
        print(f"error: {error}" + (f"\nhint: {error.hint}" if error.hint else ""), file=sys.stderr)
        return error.exit_code
    except (KeyError, TypeError, ValueError) as error:
        print(f"error: {arguments.data}: not in the expected form: {type(error).__name__}", file=sys.stderr)
        return InputError.exit_code
    print(f"{count} records in {arguments.out}", file=sys.stderr)
    return 0
