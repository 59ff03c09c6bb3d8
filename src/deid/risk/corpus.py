"""The two sides of an assessment, read as they are found: the source, and the release made of it.

A talk is what one data subject says in one record; its messages are the documents of the attacks.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from deid.config import Config, load_config
from deid.errors import InputError, RecordError
from deid.ingest.fields import Node, compile_fields, list_prefix
from deid.ingest.pieces import cut
from deid.ingest.record import Left, Record, read_record
from deid.ingest.shards import read_files
from deid.sections import Split

_INDEX = re.compile(r"\[\d+\]")
# ISO 8601 from the month on, and seconds or milliseconds from 2001 on.
_TIME = re.compile(r"[12]\d{3}-\d{2}(?:-\d{2}(?:[T ]\d{2}(?::?\d{2}.{0,20})?)?)?|[12]\d{9}(?:\d{3}|\.\d+)?")
LOCK = "policy.lock.yaml"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Talk:
    """What one subject says in one record.

    subject : the subject's id as written on this side; of a release without ids, one for each record.
    record  : the record's id as written, or its number; pieces of one conversation share it in the source.
    texts   : the subject's messages in order.
    values  : declared path → the subject's field values on this side.
    times   : declared path → values that are dates or times, of the record or of the subject's messages.
    split   : of a release, the split it stands in; empty elsewhere.
    """

    subject: str = field(repr=False)
    record: str = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)
    values: Mapping[str, str] = field(repr=False, default_factory=dict)
    times: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    split: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The input of a run, as the run read it.

    paths : files and folders.
    left  : what was left of each record.
    """

    paths: Sequence[str | Path]
    left: Left = lambda record: record


def release_config(release: Path) -> Config:
    """Return the configuration a release was made with. Raises InputError where it is no release."""
    for name in (MANIFEST, LOCK):
        if not (release / name).is_file():
            raise InputError(f"{release}: no {name}", hint="name the folder that `deid run` made")
    return load_config(release / LOCK, _placeless(release / LOCK))


def _placeless(lock: Path) -> Mapping[str, object]:
    """Fill in the escrow's place, which a release never tells; nothing is opened there."""
    has_escrow = any(line.startswith(b"escrow:") for line in lock.read_bytes().splitlines())
    return {"escrow": {"url": "sqlite:///untold", "keys": "local:untold"}} if has_escrow else {}


def read_source(source: Source | Sequence[str | Path], config: Config) -> list[Talk]:
    """Return the talks of the input, each cut as the run that made the release did.

    Raises InputError when it is a release, or holds no record.
    """
    given = source if isinstance(source, Source) else Source(source)
    for path in map(Path, given.paths):
        if (path / MANIFEST).is_file():
            raise InputError(f"{path}: the source is a release", hint="are release and source swapped?")
    return _talks(given.paths, config, filled=(), left=given.left)


def read_release(release: str | Path, config: Config) -> list[Talk]:
    """Return the talks of a release folder, or of a folder or file of records with the same fields."""
    data = Path(release) / "data"
    ids = (config.input.record_id, config.input.subject_id)
    deleted = tuple(path for path in ids if config.fields[path].effective.operator == "delete")
    return _talks([data if data.is_dir() else release], config, filled=deleted)


def _talks(
    paths: Sequence[str | Path], config: Config, *, filled: Sequence[str], left: Left | None = None
) -> list[Talk]:
    """Read every record; one that cannot be read is passed over, as the run that made the release did.

    left : what was left of each record of a source; None for a release.
    """
    tree = compile_fields(config.fields)
    found: list[Talk] = []
    for number, raw in enumerate(read_files(paths)):
        try:
            value = raw.decoded()
            for path in filled:
                _fill(value, path, f"{number}")
            split = raw.where.partition("-")[0]
            record = read_record(value, config, tree)
            if left is None:
                found += _of_record(record, record.id, split if split in get_args(Split) else "")
            else:
                found += _of_pieces(left(record), config, tree)
        except RecordError:
            continue
    if not found:
        raise InputError(f"{paths[0]}: no record could be read with the release's configuration")
    return found


def _of_pieces(record: Record | None, config: Config, tree: Node) -> Iterator[Talk]:
    """Yield the talks of each piece, with all that the whole record says of its people."""
    if record is not None:
        whole = {talk.subject: talk.values for talk in _of_record(record, record.id, "")}
        for piece in cut(record, config, tree):
            for talk in _of_record(piece.record, record.id, ""):
                yield replace(talk, values=whole[talk.subject])


def _fill(value: Any, path: str, mark: str) -> None:
    """Put a mark where an id was deleted, one a record and list element."""
    head, _, rest = path.partition(".")
    if not isinstance(value, dict):
        return
    if not rest:
        value[head] = mark
    elif head.endswith("[]"):
        for index, item in enumerate(value.get(head[:-2]) or ()):
            _fill(item, rest, f"{mark}.{index}")
    else:
        _fill(value.setdefault(head, {}), rest, mark)


def _of_record(record: Record, name: str, split: str) -> Iterator[Talk]:
    scalars = [(path, str(value)) for path, value in _scalars(record.value, "") if value not in (None, "")]
    for index, subject in enumerate(record.subjects):
        said = [turn for turn in record.turns if turn.speaker == index]
        prefix = record.prefixes[index]
        values = {
            _INDEX.sub("[]", path): value
            for path, value in scalars
            if path.startswith(prefix) and list_prefix(path) == prefix
        }
        if said:
            places = {"", prefix, *(list_prefix(turn.path) for turn in said)}
            texts = tuple(turn.text for turn in said)
            yield Talk(subject, name, texts, values, _times(scalars, places), split)


def _times(scalars: Sequence[tuple[str, str]], places: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path, value in scalars:
        if _TIME.fullmatch(value) and list_prefix(path) in places:
            found.setdefault(_INDEX.sub("[]", path), []).append(value)
    return {path: tuple(values) for path, values in found.items()}


def _scalars(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every single value, those of dropped fields too: what is left out may be inferred."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _scalars(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, f"{path}[{index}]")
    else:
        yield path, value
