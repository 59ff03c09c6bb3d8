"""Final data files from pieces.

A piece is what one shard gives to one bucket of one split: JSON lines, one de-identified record a line,
compressed as a single zstd frame, named ``{split}-{bucket}-{shard}.jsonl.zst``. A data file is made from
every piece of one bucket, in the order of the records' random ids, so that nothing of the source's order,
file names or row numbers is left.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

from deid.errors import InputError
from deid.store import atomic_file, sha256_file

FileFormat = Literal["parquet", "jsonl"]

_SPLIT = re.compile(r"[a-z][a-z_]*")
_SHARD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*")
_SUFFIX = {"parquet": "parquet", "jsonl": "jsonl.zst"}
_LARGEST_BLOCK = 1 << 30


@dataclass(frozen=True, slots=True)
class DataFile:
    """One data file of a release.

    path   : relative to the release folder, with ``/``.
    rows   : records.
    sha256 : 64 hex digits of the file's bytes.
    bytes  : size on disk.
    """

    path: str
    rows: int
    sha256: str
    bytes: int

    @property
    def split(self) -> str:
        """Split it belongs to."""
        return self.path.rpartition("/")[2].partition("-")[0]


class PieceWriter:
    """Writes a shard's records to its pieces; a context manager.

    Pieces of an earlier attempt go first: a stricter plan may leave a bucket empty. Pieces get their final
    names, all of them durable, only when the block ends well; after an exception none is left. ``paths``
    lists them once the block has ended.
    """

    def __init__(self, folder: Path, shard: str) -> None:
        if not _SHARD.fullmatch(shard):
            raise InputError(f"piece: bad shard name of {len(shard)} characters")
        self._folder = folder
        self._shard = shard
        self._stack = ExitStack()
        self._streams: dict[tuple[str, int], pa.CompressedOutputStream] = {}
        self.paths: tuple[Path, ...] = ()

    def __enter__(self) -> Self:
        for stale in self._folder.glob(f"*-{self._shard}.jsonl.zst"):
            stale.unlink()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        if kind is None:
            self.paths = tuple(self._path(*where) for where in sorted(self._streams))

    def add(self, split: str, bucket: int, line: bytes) -> None:
        """Add one record: its JSON in UTF-8, without a line break."""
        if b"\n" in line or not line:
            raise InputError(f"{split}: a record must be one line of JSON")
        stream = self._streams.get((split, bucket))
        if stream is None:
            stream = self._stack.enter_context(_compressed(self._path(split, bucket)))
            self._streams[split, bucket] = stream
        stream.write(line + b"\n")

    def _path(self, split: str, bucket: int) -> Path:
        if not _SPLIT.fullmatch(split) or bucket < 0:
            raise InputError(f"piece: bad split name or bucket {bucket}")
        return self._folder / f"{split}-{bucket:05d}-{self._shard}.jsonl.zst"


def pieces_of(folder: Path, split: str, bucket: int) -> list[Path]:
    """Return the finished pieces of one bucket, sorted by shard."""
    return sorted(folder.glob(f"{split}-{bucket:05d}-*.jsonl.zst"))


def assemble(  # noqa: PLR0913 - a data file is named by three of them
    pieces: Sequence[Path],
    out: Path,
    *,
    split: str,
    index: int,
    total: int,
    file_format: FileFormat,
    schema: pa.Schema,
    sort_key: str | None,
) -> DataFile:
    """Write ``out/data/{split}-{index}-of-{total}`` from pieces, atomically.

    out      : the release folder.
    schema   : every field a record may have; see ``schema_for``.
    sort_key : path of the record's released id, such as ``conversation_id``; None when records carry
               none, and then the SHA-256 of the line decides the order.

    Holds the bucket in memory, about three times; a bucket stays below 2 GiB of text. Raises InputError,
    with piece and line, for a record that does not fit the schema: an unknown field is never passed on.
    """
    schema = schema.remove_metadata()
    lines: list[bytes] = []
    tables = [schema.empty_table()]
    for piece in pieces:
        found = _read_piece(piece)
        tables.append(_parse(found, schema, piece))
        lines += found
    table = pa.concat_tables(tables)
    order = _order(table, lines, sort_key)
    name = f"{split}-{index:05d}-of-{total:05d}.{_SUFFIX[file_format]}"
    path = out / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if file_format == "parquet":
        with atomic_file(path) as handle:
            pq.write_table(table.take(order), handle, compression="zstd")
    else:
        with _compressed(path) as stream:
            for row in order.to_pylist():
                stream.write(lines[row] + b"\n")
    return DataFile(f"data/{name}", len(lines), sha256_file(path), path.stat().st_size)


def _read_piece(piece: Path) -> list[bytes]:
    try:
        with pa.CompressedInputStream(pa.OSFile(str(piece), "rb"), "zstd") as stream:
            *lines, rest = bytes(stream.read()).split(b"\n")
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{piece}: cannot read: {type(error).__name__}") from None
    if rest:
        raise InputError(f"{piece}: ends in the middle of a record")
    return lines


def _parse(lines: Sequence[bytes], schema: pa.Schema, piece: Path) -> pa.Table:
    try:
        return _table(lines, schema)
    except (pa.ArrowException, UnicodeDecodeError):
        place = f"{piece.name}:{_first_bad(lines, schema)}"
        raise InputError(
            f"{place}: a record does not fit the release's schema",
            hint="each field of a released record must be declared, with one type",
        ) from None


def _table(lines: Sequence[bytes], schema: pa.Schema) -> pa.Table:
    if not lines:
        return schema.empty_table()
    data = b"\n".join(lines) + b"\n"
    table = pj.read_json(
        pa.BufferReader(data),
        read_options=pj.ReadOptions(use_threads=False, block_size=min(len(data), _LARGEST_BLOCK)),
        parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )
    table.validate(full=True)
    if table.num_rows != len(lines):
        raise pa.ArrowInvalid("one record a line")
    return table


def _first_bad(lines: Sequence[bytes], schema: pa.Schema) -> int:
    for number, line in enumerate(lines, start=1):
        try:
            _table([line], schema)
        except (pa.ArrowException, UnicodeDecodeError):
            return number
    return len(lines)


def _order(table: pa.Table, lines: Sequence[bytes], sort_key: str | None) -> pa.Array:
    if sort_key is None:
        keys = pa.array([hashlib.sha256(line).digest() for line in lines], pa.binary(32))
        return pc.sort_indices(keys)
    column, *inner = sort_key.split(".")
    try:
        keys = table[column]
        for name in inner:
            keys = pc.struct_field(keys, name)
    except (KeyError, pa.ArrowException):
        raise InputError(f"`{sort_key}` is not a field of the released records") from None
    if keys.null_count:
        raise InputError(f"{keys.null_count} records have no `{sort_key}`")
    return pc.sort_indices(keys)


class _KeepOpen:
    """Stands between an Arrow stream, which closes what it writes to, and a file that is fsynced later."""

    closed = False

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle

    def write(self, data: bytes) -> int:
        return self._handle.write(data)

    def flush(self) -> None:
        self._handle.flush()

    def close(self) -> None:
        """Leave the file open."""


@contextmanager
def _compressed(path: Path) -> Iterator[pa.CompressedOutputStream]:
    with (
        atomic_file(path) as handle,
        pa.CompressedOutputStream(pa.PythonFile(_KeepOpen(handle), mode="w"), "zstd") as stream,
    ):
        yield stream
