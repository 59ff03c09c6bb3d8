"""A release made of another: its files read, written again, and sealed with the papers that go with them."""

import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.config import Config
from deid.errors import InputError
from deid.escrow.audit import checkpoint
from deid.ingest.record import value_at
from deid.ingest.shards import read_files
from deid.pipeline.publishing.papers import about_release, for_report, write_papers, write_report
from deid.pipeline.publishing.publish import lock_document
from deid.pipeline.working.tools import tool_version
from deid.release import DataFile, Manifest, assemble, seal
from deid.release.writer import PieceWriter
from deid.sections import EscrowConfig
from deid.store import write_bytes
from deid.types import Json

_DATA = re.compile(r"data/([a-z][a-z_]*)-([0-9]{5})-of-([0-9]{5})\.")
_DOCUMENTS = ("risk", "kanon", "detection", "incidents")
_KEPT = ("name", "mode", "purpose", "counts", "policy", "models", "kanon", "gates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The release that another is made of, and what that one is.

    config   : configuration of the new one.
    manifest : of the old one.
    """

    release: Path
    config: Config
    manifest: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the new release says otherwise than the old.

    note      : what a reader must know of its making.
    run       : the run whose sealed batches are its own, and those batches.
    manifest  : keys of the manifest that differ.
    documents : report → keys of it that differ.
    """

    note: str
    run: str
    batches: Mapping[str, str] = field(repr=False)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Json] = field(default_factory=dict)


def data_files(release: Path) -> list[Path]:
    """Return the data files of a release, in order."""
    return sorted((release / "data").iterdir())


def rows_of(path: Path) -> list[Any]:
    """Return the rows of a data file."""
    return [raw.decoded() for raw in read_files([path])]


def id_of(row: object, path: str) -> str:
    """Return a released record's id; InputError when it has none."""
    value = value_at(row, path)
    if not isinstance(value, str):
        raise InputError(f"a released record has no `{path}`")
    return value


def write_again(path: Path, lines: Sequence[bytes], out: Path, config: Config) -> DataFile:
    """Write a data file of the same name and schema into another release, a new folder of ``store``."""
    match = _DATA.match(f"data/{path.name}")
    if match is None:
        raise InputError(f"{path.name}: not a data file of a release")
    split, index, total = match[1], int(match[2]), int(match[3])
    work = out.with_name("work")  # beside it, and gone with the block that makes the folder
    work.mkdir(exist_ok=True)
    with PieceWriter(work, "remade") as pieces:
        for line in lines:
            pieces.add(split, index, line)
    return assemble(
        pieces.paths, out, split=split, index=index, total=total, file_format=config.release.format,
        schema=_schema(path, lines), sort_key=config.input.record_id,
    )  # fmt: skip


def seal_again(
    origin: Origin,
    folder: Path,
    files: Sequence[DataFile],
    changes: Changes,
    *,
    key: Ed25519PrivateKey,
    now: datetime.datetime,
) -> Json:
    """Write papers and report beside the data files, then seal; return the manifest."""
    config = origin.config
    lock = lock_document(config)
    write_bytes(folder / "policy.lock.yaml", lock.encode())
    manifest = _manifest(origin, changes, hashlib.sha256(lock.encode()).hexdigest(), now)
    card = (origin.release / "README.md").read_text(encoding="utf-8")
    detectors = re.findall(r"^- Detector: (.+)\.$", card, re.MULTILINE)
    about = about_release(config, detectors=detectors, notes=(changes.note,))
    write_papers(folder, config, manifest=manifest, data_files=files, about=about)
    write_report(folder, dict(_documents(origin.release, changes)), for_report(manifest, files))
    return seal(folder, manifest, key, files)


def _documents(release: Path, changes: Changes) -> Iterator[tuple[str, Json]]:
    for name in _DOCUMENTS:
        before = orjson.loads((release / "report" / f"{name}.json").read_bytes())
        yield name, {**before, **changes.documents.get(name, {})}


def _manifest(origin: Origin, changes: Changes, config_sha256: str, now: datetime.datetime) -> Manifest:
    old, escrow = origin.manifest, _escrow_of(origin.config)
    return Manifest(
        **{**{name: old[name] for name in _KEPT}, **changes.manifest},
        created=now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        tool=tool_version(),
        classes=old["class"],
        statement=old.get("statement"),
        config_sha256=config_sha256,
        escrow={
            "domain": escrow.domain,
            "run": changes.run,
            "checkpoint": asdict(checkpoint(escrow.url, escrow.keys, now=now)),
            "batches": dict(changes.batches),
        },
    )


def _escrow_of(config: Config) -> EscrowConfig:
    if config.escrow is None:
        raise InputError("not made in pseudonymize mode", hint="it has no escrow")
    return config.escrow


def _schema(path: Path, lines: Sequence[bytes]) -> pa.Schema:
    """Return the schema of a data file; of JSON lines, the one they have."""
    if path.suffix == ".parquet":
        return pq.read_schema(path)
    return pj.read_json(pa.BufferReader(b"\n".join(lines) + b"\n")).schema
