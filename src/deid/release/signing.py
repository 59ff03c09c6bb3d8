"""Ed25519 keys of a release: who signs it, and how anyone checks (RFC 8032)."""

import base64
import binascii
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from deid.errors import ConfigError

SIGNATURE_BYTES = 64
PUBLIC_KEY_BYTES = 32


def new_private_key() -> Ed25519PrivateKey:
    """Return a fresh signing key from the operating system's randomness."""
    return Ed25519PrivateKey.generate()


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """Read a signing key: PEM, PKCS #8, Ed25519, not encrypted. Raises ConfigError otherwise."""
    data = _read(path)
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError(
            f"{path}: not an Ed25519 private key in PEM",
            hint="make one with `openssl genpkey -algorithm ed25519`",
        )
    return key


def read_public_key(path: Path) -> bytes:
    """Read a public key, PEM and Ed25519, as its 32 raw bytes. Raises ConfigError otherwise."""
    data = _read(path)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ConfigError(f"{path}: not an Ed25519 public key in PEM")
    return key.public_bytes_raw()


def public_key_text(key: Ed25519PrivateKey) -> str:
    """Return the public half as base64, the form it has in a manifest."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def public_key_from_text(text: object) -> bytes | None:
    """Return the 32 bytes of a manifest's ``public_key``; None when it is not one."""
    return _decode(text, PUBLIC_KEY_BYTES) if isinstance(text, str) else None


def signature_line(key: Ed25519PrivateKey, data: bytes) -> bytes:
    """Return the content of ``manifest.sig``: the signature in base64, one line."""
    return base64.b64encode(key.sign(data)) + b"\n"


def signature_holds(public_key: bytes, line: bytes, data: bytes) -> bool:
    """Return whether ``line`` is the one line that signs ``data`` under ``public_key``."""
    try:
        text = line.decode("ascii").removesuffix("\n")
        signature = _decode(text, SIGNATURE_BYTES)
        if signature is None or line != text.encode() + b"\n":
            return False
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _decode(text: str, size: int) -> bytes | None:
    """Decode base64 strictly: one spelling a value, for the last character has bits to spare."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == size and base64.b64encode(data).decode() == text else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot read: {error.strerror}") from None
