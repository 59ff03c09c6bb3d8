"""The signed manifest: what a release is made of.

``manifest.json`` is canonical JSON, ``manifest.sig`` its Ed25519 signature, and ``SHA256SUMS`` says the
same digests in the form ``sha256sum -c`` reads. Format 1:

* ``format`` 1; ``name``, ``created``, ``tool``, ``mode``, ``purpose``, ``class`` (``appi``, ``gdpr``)
* ``files``: every file but the three above: ``path``, ``sha256``, ``bytes``, and ``rows`` for data
* ``counts``, ``config_sha256``, ``policy``, ``models`` (name to digest), ``escrow`` (checkpoint or null)
* ``kanon``, ``gates``, ``previous`` (release or null), ``statement`` (what papers state)
* ``public_key`` (base64 of 32 bytes)
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.labels import LABELS, LabelClass
from deid.release.canonical import canonical_json
from deid.release.signing import public_key_text, signature_line
from deid.release.tree import MANIFEST, SEALS, SIGNATURE, SUMS, in_layout, shown, walk
from deid.release.writer import DataFile
from deid.store import sha256_file, write_bytes
from deid.types import Json

FORMAT = 1

_SECRET_NAME = re.compile(r"salt|seed|secret|private|passphrase|(?:^|_)keys?$", re.IGNORECASE)
_VOCABULARY = LABELS.keys() | set(LabelClass)
_LARGEST_COUNT = 1 << 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the run says about its release; files and public key join when it is sealed.

    created  : ISO 8601 in UTC, such as ``2026-01-31T09:00:00Z``.
    tool     : version of this tool.
    classes  : what the data set is in law, under ``appi`` and ``gdpr``.
    counts   : records, messages, labels …: counts only.
    config_sha256 : digest of the configuration, 64 hex digits.
    policy   : name and digest of the policy, or None.
    models   : model name to digest.
    escrow   : checkpoint of the escrow, or None in anonymize mode.
    kanon    : result of the k-anonymity stage.
    gates    : results of ``gate.check``.
    previous : release this one replaces, or None.
    statement: what the papers state: items, purpose, controller, contact, day of the next assessment.
    """

    name: str
    created: str
    tool: str
    mode: Literal["anonymize", "pseudonymize"]
    purpose: str | None
    classes: Mapping[str, str]
    counts: Json
    config_sha256: str
    policy: Json | None
    models: Mapping[str, str]
    escrow: Json | None
    kanon: Json | None
    gates: Sequence[Json]
    previous: Json | None = None
    statement: Json | None = None

    def __post_init__(self) -> None:
        if not _is_utc(self.created):
            raise ConfigError("manifest: `created` must be a time in UTC like 2026-01-31T09:00:00Z")
        if set(self.classes) != {"appi", "gdpr"}:
            raise ConfigError("manifest: `class` must say appi and gdpr, and nothing else")
        if not re.fullmatch(r"[0-9a-f]{64}", self.config_sha256):
            raise ConfigError("manifest: `config_sha256` must be 64 hex digits")


def document(manifest: Manifest, files: Sequence[Json], public_key: str) -> Json:
    """Return the manifest as JSON; raises InputError when it holds what no manifest may hold."""
    value: Json = {
        "format": FORMAT,
        "name": manifest.name,
        "created": manifest.created,
        "tool": manifest.tool,
        "mode": manifest.mode,
        "purpose": manifest.purpose,
        "class": dict(manifest.classes),
        "files": list(files),
        "counts": manifest.counts,
        "config_sha256": manifest.config_sha256,
        "policy": manifest.policy,
        "models": dict(manifest.models),
        "escrow": manifest.escrow,
        "kanon": manifest.kanon,
        "gates": list(manifest.gates),
        "previous": manifest.previous,
        "statement": manifest.statement,
        "public_key": public_key,
    }
    check_no_secrets(value)
    return value


def check_no_secrets(value: object, where: str = "manifest") -> None:
    """Refuse, anywhere in a manifest, a name that speaks of key material, and a PEM block.

    ``public_key`` may stand. A label or class of our vocabulary (``SECRET_KEY``, ``secret``) may stand
    before a count. Raises InputError naming the place (REQUIREMENTS A-06).
    """
    if isinstance(value, Mapping):
        for name, item in value.items():
            if _SECRET_NAME.search(name) and name != "public_key" and not _is_count_of(name, item):
                raise InputError(f"{where}.{name}: a manifest holds no key material")
            check_no_secrets(item, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            check_no_secrets(item, f"{where}[{number}]")
    elif isinstance(value, str) and "-----BEGIN" in value:
        raise InputError(f"{where}: a manifest holds no key material")


def seal(folder: Path, manifest: Manifest, key: Ed25519PrivateKey, data_files: Sequence[DataFile]) -> Json:
    """List, digest and sign everything in the folder; the manifest appears last, and that publishes it.

    Raises ReleaseRefused, with every problem, for a file that has no place in a release, a link, or a data
    file that is missing or not the one written. Returns the manifest.
    """
    listed = _listed(folder, data_files)
    value = document(manifest, listed, public_key_text(key))
    data = canonical_json(value)
    write_bytes(folder / SUMS, sums(listed, data))
    write_bytes(folder / SIGNATURE, signature_line(key, data))
    write_bytes(folder / MANIFEST, data)
    return value


def sums(files: Sequence[Json], manifest: bytes) -> bytes:
    """Return ``SHA256SUMS`` in coreutils form, sorted by path: the files of a manifest, and itself."""
    digests = {item["path"]: item["sha256"] for item in files} | {MANIFEST: sha256(manifest).hexdigest()}
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def _listed(folder: Path, data_files: Sequence[DataFile]) -> list[Json]:
    written = {item.path: item for item in data_files}
    entries = [entry for entry in walk(folder) if entry.path not in SEALS]
    problems = [
        f"{shown(entry.path)}: has no place in a release"
        for entry in entries
        if not entry.regular or not in_layout(entry.path)
    ]
    found = {entry.path for entry in entries}
    problems += [f"{path}: missing" for path in sorted(written.keys() - found)]
    problems += [f"{path}: not a data file of this run" for path in sorted(_data(found) - written.keys())]
    if problems:
        raise ReleaseRefused(problems, hint="start from an empty release folder")
    listed = [_item(folder, path, written.get(path)) for path in sorted(found)]
    if changed := [path for path, was in written.items() if was.sha256 != _digest(listed, path)]:
        raise ReleaseRefused([f"{path}: changed since it was written" for path in changed])
    return listed


def _data(paths: set[str]) -> set[str]:
    return {path for path in paths if path.startswith("data/")}


def _digest(listed: Sequence[Json], path: str) -> str | None:
    return next((item["sha256"] for item in listed if item["path"] == path), None)


def _item(folder: Path, path: str, data_file: DataFile | None) -> Json:
    file = folder / path
    item: Json = {"path": path, "sha256": sha256_file(file), "bytes": file.stat().st_size}
    return item if data_file is None else {**item, "rows": data_file.rows}


def _is_utc(text: str) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.utcoffset() == timedelta(0)


def _is_count_of(name: str, value: object) -> bool:
    return name in _VOCABULARY and isinstance(value, int) and 0 <= value < _LARGEST_COUNT
