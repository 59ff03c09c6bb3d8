"""Verification: does a release folder hold exactly what its manifest says, and who signed it.

Needs the folder and, to know who signed, the public key from somewhere else. Nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

import orjson

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.release.manifest import FORMAT, sums
from deid.release.signing import PUBLIC_KEY_BYTES, public_key_from_text, signature_holds
from deid.release.tree import MANIFEST, SEALS, SIGNATURE, SUMS, Entry, shown, walk
from deid.store import sha256_file
from deid.types import Json


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """A release that holds what it says.

    files, bytes : files of the manifest and their size together.
    rows         : records in its data files.
    self_signed  : checked only against the key it carries itself: unaltered, but by whom is not shown.
    """

    files: int
    bytes: int
    rows: int
    self_signed: bool


def verify(folder: Path, *, public_key: bytes | None) -> VerifyResult:
    """Recompute every digest and check the signature.

    public_key : 32 raw bytes of the Ed25519 key the signer is known by; None takes the manifest's own.

    Raises ReleaseRefused listing every file that is altered, missing, extra or a link, and InputError when
    the folder holds no release this version can read. Memory is bounded.
    """
    if public_key is not None and len(public_key) != PUBLIC_KEY_BYTES:
        raise ConfigError(f"the public key has {len(public_key)} bytes, not {PUBLIC_KEY_BYTES}")
    entries = {entry.path: entry for entry in walk(folder)}
    _refuse(_seal_problems(entries))
    data = (folder / MANIFEST).read_bytes()
    manifest = _decoded(data)
    carried = public_key_from_text(manifest.get("public_key")) if manifest else None
    _refuse(_signature_problems(folder, data, public_key, carried))
    files = _files(manifest)
    _refuse(_file_problems(folder, entries, files) + _sums_problems(folder, data, files))
    return VerifyResult(
        files=len(files),
        bytes=sum(item["bytes"] for item in files.values()),
        rows=sum(item.get("rows", 0) for item in files.values()),
        self_signed=public_key is None,
    )


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ReleaseRefused(problems, hint="get the release again from where it was published")


def _seal_problems(entries: Mapping[str, Entry]) -> list[str]:
    missing = [f"{path}: missing" for path in SEALS if path not in entries]
    return missing + [_odd(path) for path in SEALS if path in entries and not entries[path].regular]


def _odd(path: str) -> str:
    return f"{shown(path)}: a link or special file"


def _decoded(data: bytes) -> Json | None:
    try:
        value = orjson.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _signature_problems(
    folder: Path, data: bytes, public_key: bytes | None, carried: bytes | None
) -> list[str]:
    """Say which of manifest and signature is wrong: the digest in ``SHA256SUMS`` tells them apart."""
    key = public_key or carried
    if key is not None and signature_holds(key, (folder / SIGNATURE).read_bytes(), data):
        return [] if key == carried else [f"{MANIFEST}: names another public key than its signer's"]
    line = f"{sha256(data).hexdigest()}  {MANIFEST}".encode()
    if line not in (folder / SUMS).read_bytes().split(b"\n"):
        return [f"{MANIFEST}: altered; its signature does not hold"]
    if public_key is not None and carried != public_key:
        return [f"{SIGNATURE}: signed with another key than the one given"]
    return [f"{SIGNATURE}: altered; it does not sign {MANIFEST}"]


def _files(manifest: Json | None) -> dict[str, Json]:
    """Return path to item of a signed manifest; raises InputError when this version cannot read it."""
    if manifest is None or manifest.get("format") != FORMAT:
        raise InputError(f"{MANIFEST}: not a manifest of format {FORMAT}", hint="use a newer version")
    items = manifest.get("files")
    if not isinstance(items, list) or not all(_is_item(item) for item in items):
        raise InputError(f"{MANIFEST}: its list of files cannot be read")
    files = {item["path"]: item for item in items}
    if len(files) != len(items):
        raise InputError(f"{MANIFEST}: lists a file twice")
    return files


def _is_item(item: object) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("path"), str)
        and isinstance(item.get("sha256"), str)
        and isinstance(item.get("bytes"), int)
        and isinstance(item.get("rows", 0), int)
    )


def _file_problems(folder: Path, entries: Mapping[str, Entry], files: Mapping[str, Json]) -> list[str]:
    problems = [f"{shown(path)}: outside the release folder" for path in files if not _is_safe(path)]
    for path in sorted(entries.keys() | files.keys()):
        if path in SEALS or not _is_safe(path):
            continue
        if path not in entries:
            problems.append(f"{shown(path)}: missing")
        elif not entries[path].regular:
            problems.append(_odd(path))
        elif path not in files:
            problems.append(f"{shown(path)}: extra, not in the manifest")
        elif not _is_same(folder / path, files[path]):
            problems.append(f"{shown(path)}: altered")
    return problems


def _is_safe(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path


def _is_same(file: Path, item: Json) -> bool:
    return bool(file.stat().st_size == item["bytes"] and sha256_file(file) == item["sha256"])


def _sums_problems(folder: Path, data: bytes, files: Mapping[str, Json]) -> list[str]:
    same = (folder / SUMS).read_bytes() == sums(list(files.values()), data)
    return [] if same else [f"{SUMS}: altered"]
