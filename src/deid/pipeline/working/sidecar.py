"""What pass A hands to pass B: spans and facts of each record, sealed under the run key.

    file  = frame*
    frame = length (4 bytes, big-endian) || nonce (12) || AES-256-GCM ciphertext and tag

The plaintext of a frame is a JSON list of records. Associated data is the shard's name and the number of
the frame, so that frames cannot be moved. Nothing readable lies in the working folder: facts are values.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import InputError
from deid.store import atomic_file
from deid.types import Fact, Span

_NONCE = 12


class SidecarWriter:
    """Writes the frames of one shard; the file appears when the block ends well."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = atomic_file(path, mode=0o600)
        self._cipher = AESGCM(key)
        self._name = path.name
        self._number = 0

    def __enter__(self) -> Self:
        self._handle = self._file.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.__exit__(kind, error, trace)

    def write(self, records: list[Any]) -> None:
        """Seal one frame."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(
            nonce, orjson.dumps(records), _context(self._name, self._number)
        )
        self._handle.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


def read_sidecar(path: Path, key: bytes) -> Iterator[list[Any]]:
    """Yield the frames of one shard, opened.

    Raises InputError when the file is not the one this run wrote.
    """
    cipher = AESGCM(key)
    try:
        with path.open("rb") as handle:
            number = 0
            while header := handle.read(4):
                sealed = handle.read(struct.unpack(">I", header)[0])
                plain = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _context(path.name, number))
                yield orjson.loads(plain)
                number += 1
    except (InvalidTag, ValueError, struct.error, OSError):
        raise InputError(f"{path.name}: working file is damaged", hint="run again without --resume") from None


def pack(record: str, spans: list[list[Span]], facts: list[Fact]) -> list[Any]:
    """Return one record's findings as plain lists."""
    return [
        record,
        [[[s.start, s.end, s.label, s.score, s.source] for s in turn] for turn in spans],
        [[f.kind, f.value, f.turn, f.start, f.end, f.whose, f.aspect] for f in facts],
    ]


def unpack(packed: list[Any]) -> tuple[str, list[list[Span]], list[Fact]]:
    """Return what ``pack`` was given."""
    record, spans, facts = packed
    return record, [[Span(*fields) for fields in turn] for turn in spans], [Fact(*fields) for fields in facts]


def _context(name: str, number: int) -> bytes:
    return b"deid/sidecar/v1\0" + name.encode() + struct.pack(">Q", number)
