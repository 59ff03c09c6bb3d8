"""The register of releases: what was published, provided, received and found out, one line an event.

    {"n", "at", "kind", "release", "manifest", "facts", "before"}

Lines are canonical JSON and only ever appended. ``manifest`` is the SHA-256 of the release's manifest and
``before`` that of the line before; a line that was changed, or taken out between two others, is refused on
reading. Whoever may write the file can change the last line or cut lines off its end: a checkpoint
(``provision.checkpoint``), kept where they cannot write, shows that.
"""

import datetime
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal, Self, get_args

import orjson

from deid.errors import EscrowError, InputError
from deid.papers.source import PaperSource
from deid.release.canonical import canonical_json
from deid.store import is_inside
from deid.types import Json

Kind = Literal["publication", "provision", "receipt", "reassessment", "status", "rebuild"]

_FIRST = "0" * 64
_KEYS = {"n", "at", "kind", "release", "manifest", "facts", "before"}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the register.

    n        : its number, from 1.
    at       : when it was entered, ISO 8601 in UTC.
    release  : name of the release; ``manifest`` is the SHA-256 of its manifest.
    """

    n: int
    at: str
    kind: Kind
    release: str
    manifest: str
    facts: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it was read.

    Raises EscrowError, from ``open`` and ``append``, when the file cannot be trusted.
    """

    path: Path
    events: tuple[Event, ...]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a register; one that is not there yet is empty."""
        try:
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise EscrowError(f"{path}: cannot read the register: {error.strerror}") from None
        return cls(path, tuple(_read(path, data)))

    def of(self, manifest: str, *kinds: Kind) -> list[Event]:
        """Return the events of one release, of some kinds, in order."""
        return [event for event in self.events if event.manifest == manifest and event.kind in kinds]

    def append(self, kind: Kind, source: PaperSource, facts: Json, *, now: datetime.datetime) -> Event:
        """Enter one event, durably, after whatever others entered meanwhile.

        Raises InputError for a register inside the release: it would alter what it tells of.
        """
        if is_inside(self.path, source.folder):
            raise InputError(f"{self.path}: inside the release", hint="keep the register elsewhere")
        with _locked(self.path) as handle:
            data = handle.read()
            n = sum(1 for _ in _read(self.path, data)) + 1
            at = now.astimezone(datetime.UTC).isoformat(timespec="seconds")
            event = Event(n, at, kind, source.name, source.digest, facts)
            _write_whole(handle, _line(event, data), len(data))
        return event


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    try:
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "r+b", buffering=0) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
    except OSError as error:
        raise EscrowError(f"{path}: cannot write the register: {error.strerror}") from None


def _write_whole(handle: IO[bytes], line: bytes, size: int) -> None:
    """Write a line after ``size`` bytes, or none of it: half a line would make the register unreadable."""
    try:
        while line:
            line = line[handle.write(line) :]
        os.fsync(handle.fileno())
    except OSError:
        os.ftruncate(handle.fileno(), size)
        raise


def _line(event: Event, data: bytes) -> bytes:
    value = {name: getattr(event, name) for name in ("n", "at", "kind", "release", "manifest", "facts")}
    return canonical_json({**value, "before": _before(data)}) + b"\n"


def _before(data: bytes) -> str:
    lines = data.splitlines()
    return sha256(lines[-1]).hexdigest() if lines else _FIRST


def _read(path: Path, data: bytes) -> Iterator[Event]:
    before = _FIRST
    for n, line in enumerate(data.splitlines(), 1):
        value = _decoded(line)
        if value is None or value["n"] != n or value["before"] != before or not data.endswith(b"\n"):
            raise EscrowError(f"{path}:{n}: the register was changed here", hint="restore it from a copy")
        before = sha256(line).hexdigest()
        yield Event(n, value["at"], value["kind"], value["release"], value["manifest"], value["facts"])


def _decoded(line: bytes) -> Json | None:
    try:
        value = orjson.loads(line)
    except ValueError:
        return None
    whole = isinstance(value, dict) and value.keys() == _KEYS and value["kind"] in get_args(Kind)
    return value if whole else None
