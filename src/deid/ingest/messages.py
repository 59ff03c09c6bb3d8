"""JSON lines, plain or compressed with gzip or Zstandard."""

import codecs
import gzip
import io
import json
import math
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import orjson
import pyarrow as pa

from deid.errors import InputError, RecordError

MAX_LINE = 64 << 20
_BLOCK = 1 << 20

# A quote with a colon behind it ends a key; inside a text, an escaped quote may look like that.
_KEY_END = re.compile(rb'"[ \t\r\n]*:')


def line_ranges(path: Path, target_bytes: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first byte, byte after the last, first line number), each range ending at a newline."""
    start = position = 0
    line = first_line = 1
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            cut = block.rfind(b"\n") + 1
            line += block.count(b"\n")
            if position + cut - start >= target_bytes and cut:
                yield start, position + cut, first_line
                start, first_line = position + cut, line
            position += len(block)
    if position > start:
        yield start, position, first_line


def read_lines(path: Path, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield (line number from 0, line) of a range of a plain file, or of a whole compressed file.

    Blank lines are passed over, and so is the mark that some editors put before the first line. A line
    longer than ``MAX_LINE`` comes cut; it does not decode.
    """
    plain = path.suffix not in (".gz", ".zst")
    with _open(path) as handle:
        if plain:
            handle.seek(start)
        number = 0
        position = start
        while not plain or position < end:
            line = handle.readline(MAX_LINE)
            if not line:
                return
            position += len(line)
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                position += _skip_line(handle)
            if number == 0 and start == 0:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line and not line.isspace():
                yield number, line
            number += 1


def read_texts(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield (line number from 0, line) of a whole file of texts, plain or compressed.

    Raises InputError when the file is missing, empty or damaged.
    """
    if not path.is_file():
        wrong = "not a regular file" if path.exists() else "no such file"
        raise InputError(f"{path}: {wrong}")
    size = path.stat().st_size
    if size == 0:
        raise InputError(f"{path}: the file is empty")
    with readable(path):
        yield from read_lines(path, 0, size)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn the errors of a file that cannot be read to its end into InputError."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or "damaged or truncated"
        raise InputError(f"{path}: cannot read: {reason}") from None


def decode(line: bytes, where: str) -> object:
    """Decode one line of JSON.

    Raises RecordError: ``invalid-json``, ``key-twice`` where an object has a key more than once, for readers
    disagree which value counts, or ``lone-surrogate`` for an escape that is half a character.
    """
    try:
        value: object = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        place = f"{where}: column {error.colno}"
    else:
        if len(_KEY_END.findall(line)) != _keys_in(value):
            _check_keys(line, where)
        return value
    try:
        # Not as bytes: these would be guessed to be UTF-16.
        text = line.decode("utf-8", "surrogatepass")
        json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except ValueError:
        raise RecordError("invalid-json", f"{place}: not valid JSON") from None
    except RecursionError:
        raise RecordError("invalid-json", f"{where}: nested too deeply") from None
    raise RecordError("lone-surrogate", f"{place}: an escape is half of a surrogate pair") from None


def _keys_in(value: object) -> int:
    """Return how many keys all objects of a decoded value have."""
    number, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            number += len(one)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return number


def _check_keys(line: bytes, where: str) -> None:
    """Read a line again, slowly, that may have a key twice."""

    def once(pairs: list[tuple[str, object]]) -> None:
        if len(dict(pairs)) != len(pairs):
            raise RecordError("key-twice", f"{where}: a key stands twice in one object")

    try:
        json.loads(line.decode(), object_pairs_hook=once, parse_int=str, parse_float=str)
    except RecursionError:
        raise RecordError("invalid-json", f"{where}: nested too deeply") from None


def _refuse_constant(_name: str) -> None:
    raise ValueError


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError
    return number


def _open(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return io.BufferedReader(gzip.open(path, "rb"), _BLOCK)
    if path.suffix == ".zst":
        return io.BufferedReader(pa.input_stream(str(path), compression="zstd"), _BLOCK)
    return path.open("rb")


def _skip_line(handle: IO[bytes]) -> int:
    skipped = 0
    while block := handle.readline(_BLOCK):
        skipped += len(block)
        if block.endswith(b"\n"):
            break
    return skipped
