"""Input files cut into shards, the unit of work.

Plain JSON lines are cut at newlines into ranges of bytes, Parquet at row groups; a compressed or CSV
file is one shard. A shard is read as a stream: memory does not depend on its size.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.errors import InputError, expect
from deid.ingest import messages, table

TARGET_BYTES = 8 << 20
_LINES = (".jsonl", ".ndjson", ".json")
_TABLES = (".csv", ".parquet")
_COMPRESSED = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class ShardSpec:
    """A piece of one input file.

    index      : position among all shards of the run.
    path       : the file.
    start, end : bytes of a plain JSON lines file, row groups of a Parquet file; end is exclusive.
    first_line : line number of the first record, for messages to people.
    """

    index: int
    path: str
    start: int
    end: int
    first_line: int = 1

    @property
    def name(self) -> str:
        """Name of everything made from this shard."""
        return f"shard-{self.index:05d}"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One undecoded record: where it stands, and its bytes or its decoded row."""

    where: str
    content: bytes | dict[str, object] = field(repr=False)

    def decoded(self) -> object:
        """Return the value that stands here. Raises RecordError where a line holds none."""
        content = self.content
        return messages.decode(content, self.where) if isinstance(content, bytes) else content


def find_inputs(paths: Sequence[str | Path]) -> list[Path]:
    """Return the input files named, folders replaced by the readable files in them, sorted.

    Raises InputError for a path that is missing, empty or of an unknown kind.
    """
    if isinstance(paths, str | bytes):
        raise InputError("one path in place of several", hint="give a list: [path]")
    expect("inputs", paths, "a list of paths", Iterable)
    paths = [*paths]
    for given in paths:
        expect("inputs: an item", given, "a path", str, os.PathLike)
    found = [path for given in paths for path in _files_at(Path(given))]
    for path in found:
        if path.stat().st_size == 0:
            raise InputError(f"{path}: the file is empty")
    if not found:
        raise InputError("no input", hint="name files or folders with -i")
    return found


def _files_at(given: Path) -> list[Path]:
    if given.is_dir():
        inside = sorted(p for p in given.rglob("*") if p.is_file() and _kind(p))
        if not inside:
            raise InputError(f"{given}: no input files in this folder", hint=_kinds())
        return inside
    if not given.exists():
        raise InputError(f"{given}: no such file")
    if not given.is_file():
        raise InputError(f"{given}: not a regular file", hint="save what a pipe brings into a file")
    if not _kind(given):
        raise InputError(f"{given}: cannot tell what this file is", hint=_kinds())
    return [given]


def plan_shards(paths: Sequence[Path], *, target_bytes: int = TARGET_BYTES) -> list[ShardSpec]:
    """Cut the files into shards of about ``target_bytes`` each, in order."""
    shards: list[ShardSpec] = []
    for path in paths:
        for start, end, line in _ranges(path, target_bytes):
            shards.append(ShardSpec(len(shards), str(path), start, end, line))
    return shards


def read_files(paths: Sequence[str | Path]) -> Iterator[RawRecord]:
    """Yield the records of files and folders, in order. Raises InputError where one is missing or damaged."""
    for shard in plan_shards(find_inputs(paths)):
        yield from read_shard(shard)


def read_shard(spec: ShardSpec) -> Iterator[RawRecord]:
    """Yield the records of a shard, as a stream.

    Raises InputError when the file cannot be read to the shard's end.
    """
    path = Path(spec.path)
    with messages.readable(path):
        if _kind(path) == "parquet":
            for number, row in table.read_parquet(path, spec.start, spec.end):
                yield RawRecord(f"{path.name}:row {spec.first_line - 1 + number}", row)
        elif _kind(path) == "csv":
            for number, row in table.read_csv(path):
                yield RawRecord(f"{path.name}:row {number}", row)
        else:
            for number, line in messages.read_lines(path, spec.start, spec.end):
                yield RawRecord(f"{path.name}:{spec.first_line + number}", line)


def _kind(path: Path) -> str:
    suffixes = path.suffixes
    last = suffixes[-1] if suffixes else ""
    if last in _COMPRESSED:
        inner = suffixes[-2] if len(suffixes) > 1 else ""
        return "lines" if inner in _LINES else "csv" if inner == ".csv" else ""
    return "lines" if last in _LINES else last[1:] if last in _TABLES else ""


def _kinds() -> str:
    return "use .jsonl, .csv or .parquet; .jsonl and .csv may end in .gz or .zst"


def _ranges(path: Path, target_bytes: int) -> Iterator[tuple[int, int, int]]:
    if _kind(path) == "parquet":
        yield from table.row_group_ranges(path, target_bytes)
    elif _kind(path) == "lines" and path.suffix not in _COMPRESSED:
        yield from messages.line_ranges(path, target_bytes)
    else:
        yield 0, path.stat().st_size, 1
