"""A small release of invented people, made by the code under test."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.papers.notices import NoticeFacts, pair_items, render_notices
from deid.release.about import About
from deid.release.card import render_card
from deid.release.croissant import croissant
from deid.release.manifest import Manifest, seal
from deid.release.provenance import provenance
from deid.release.schema import schema_for
from deid.release.signing import new_private_key
from deid.release.writer import DataFile, FileFormat, PieceWriter, assemble, pieces_of

LEAVES = {
    "conversation_id": "string",
    "messages[].role": "string",
    "messages[].content": "string",
    "profile.age": "string",
    "turns": "int",
}
ABOUT = About(
    description="Invented chats.",
    contact="privacy@example.org",
    languages=("ja", "en"),
    issuer="Example K.K.",
    detectors=("scan 1", "names 1"),
    misses=("nicknames of one letter",),
)


@dataclass(frozen=True)
class Sample:
    folder: Path
    key: Ed25519PrivateKey
    data_files: tuple[DataFile, ...]

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes_raw()


def record(number: int, text: str = "こんにちは、[PERSON_1]さん") -> dict[str, Any]:
    return {
        "conversation_id": f"c{(number * 7919) % 1000:03d}",
        "messages": [{"role": "user", "content": text}, {"role": "assistant", "content": "hello"}],
        "profile": {"age": "30-34"},
        "turns": 2,
    }


def manifest(**changes: Any) -> Manifest:
    values: dict[str, Any] = {
        "name": "sample",
        "created": "2026-01-31T09:00:00Z",
        "tool": "0.1.0",
        "mode": "anonymize",
        "purpose": "model-training",
        "classes": {"appi": "anonymously processed information", "gdpr": "not shown anonymous"},
        "counts": {"records": 10, "spans": {"PERSON": 10, "SECRET_KEY": 1}},
        "config_sha256": "a" * 64,
        "policy": {"name": "omigo"},
        "models": {"names": "b" * 64},
        "escrow": None,
        "kanon": {"k": 5},
        "gates": [{"name": "k", "threshold": 5, "value": 5, "passed": True, "source": "test"}],
    }
    return Manifest(**{**values, **changes})


def write_data(folder: Path, file_format: FileFormat = "parquet") -> tuple[DataFile, ...]:
    pieces = folder.parent / f"{folder.name}-pieces"
    pieces.mkdir(parents=True)
    splits = ["train"] * 6 + ["validation"] * 2 + ["test"] * 2
    for shard in ("0000", "0001"):
        with PieceWriter(pieces, shard) as writer:
            for number, split in enumerate(splits):
                if number % 2 == int(shard):
                    writer.add(split, 0, orjson.dumps(record(number)))
    return tuple(
        assemble(
            pieces_of(pieces, split, 0),
            folder,
            split=split,
            index=0,
            total=1,
            file_format=file_format,
            schema=schema_for(LEAVES),
            sort_key="conversation_id",
        )
        for split in ("train", "validation", "test")
    )


def make_release(folder: Path, file_format: FileFormat = "parquet") -> Sample:
    folder.mkdir()
    data_files = write_data(folder, file_format)
    values = manifest()
    notices = render_notices(
        NoticeFacts(
            mode="anonymize",
            items=pair_items(["会話の本文"], ["text of conversations"]),
            created="2026-01-31",
            contact=ABOUT.contact,
        )
    )
    papers = {
        "README.md": render_card(values, data_files, ABOUT).encode(),
        "croissant.json": orjson.dumps(croissant(values, data_files, ABOUT)),
        "provenance.json": orjson.dumps(provenance(values, data_files, ABOUT)),
        "report/index.html": b"<!DOCTYPE html>",
        "risk.json": b"{}",
        "policy.lock.yaml": b"name: omigo\n",
        **{path: text.encode() for path, text in notices.items()},
    }
    for path, data in papers.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    key = new_private_key()
    seal(folder, values, key, data_files)
    return Sample(folder, key, data_files)
