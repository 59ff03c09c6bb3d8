"""A register signed as it stands, for somebody else to keep: what was changed or cut off later is then found.

    {"format", "entries", "sha256", "at", "public_key", "signature"}

``sha256`` is that of the first ``entries`` lines; the signature is over the canonical JSON of the rest.
"""

import datetime
from hashlib import sha256
from pathlib import Path

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.errors import InputError, ReleaseRefused
from deid.provision.register import Register
from deid.release.canonical import canonical_json
from deid.release.signing import public_key_from_text, public_key_text, signature_holds, signature_line
from deid.types import Json

_KEYS = {"format", "entries", "sha256", "at", "public_key", "signature"}


def sign_register(register: Register, key: Ed25519PrivateKey, *, now: datetime.datetime) -> bytes:
    """Return the checkpoint of a register; InputError for one without entries."""
    if not register.events:
        raise InputError(f"{register.path}: has no entries yet")
    said: Json = {
        "format": 1,
        "entries": len(register.events),
        "sha256": _digest(register.path, len(register.events)),
        "at": now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        "public_key": public_key_text(key),
    }
    signature = signature_line(key, canonical_json(said)).decode().strip()
    return canonical_json({**said, "signature": signature})


def check_register(register: Register, checkpoint: Path, *, public_key: bytes | None) -> int:
    """Return how many entries the register was given since a checkpoint.

    public_key : 32 raw bytes of the key the signer is known by; None takes the checkpoint's own.

    Raises ReleaseRefused naming the file that was altered, InputError when there is no checkpoint to read.
    """
    said = _read(checkpoint)
    signature = f"{said.pop('signature')}\n".encode()
    carried = public_key_from_text(said["public_key"])
    if carried is None or not signature_holds(carried, signature, canonical_json(said)):
        raise ReleaseRefused([f"{checkpoint}: altered; its signature does not hold"])
    if public_key not in (None, carried):
        raise ReleaseRefused([f"{checkpoint}: signed with another key than the one given"])
    since: int = len(register.events) - said["entries"]
    if since < 0:
        raise ReleaseRefused([f"{register.path}: {-since} entries were cut off its end"])
    if _digest(register.path, said["entries"]) != said["sha256"]:
        raise ReleaseRefused([f"{register.path}: altered since {said['at']}"])
    return since


def _digest(path: Path, n_lines: int) -> str:
    return sha256(b"".join(path.read_bytes().splitlines(keepends=True)[:n_lines])).hexdigest()


def _read(path: Path) -> Json:
    try:
        value = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        value = None
    if not isinstance(value, dict) or value.keys() != _KEYS or not isinstance(value["entries"], int):
        raise InputError(f"{path}: not the checkpoint of a register")
    return value
