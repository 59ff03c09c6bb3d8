"""Two-way tokens: the value itself, sealed under the domain's key. Lower assurance: the key alone opens them.

    token = lower-case base32, unpadded, of AES-256-SIV(key, value, [label])           RFC 5297, RFC 4648
    key   = 64 bytes: two digests of the domain's key, purposes ``siv-mac`` and ``siv-enc``

Equal values of a label have equal tokens, whatever the record; the length of the value shows. One-way tokens
have neither weakness, and the escrow restores them: use these only where a system without the escrow must.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from deid.errors import EscrowError, InputError
from deid.transform.tokens import ReplacementKey

MAX_BYTES = 256


def seal_value(key: ReplacementKey, label: str, value: str) -> str:
    """Return the token of a value; InputError for an empty one, or one of more than 256 bytes."""
    data = value.encode("utf-8", "surrogatepass")
    if not 0 < len(data) <= MAX_BYTES:
        raise InputError(f"{label}: a two-way token holds 1 to {MAX_BYTES} bytes, not {len(data)}")
    return _seal(_siv_key(key), label.encode(), data)


def open_value(key: ReplacementKey, label: str, token: str) -> str:
    """Return the value of a token; EscrowError for a token of another key or label, or an altered one."""
    try:
        value = _open(_siv_key(key), label.encode(), token).decode("utf-8", "surrogatepass")
    except (InvalidTag, binascii.Error, ValueError):
        raise _does_not_open() from None
    # One value has one token: not also one in capitals, or with other unused bits at its end.
    if seal_value(key, label, value) != token:
        raise _does_not_open()
    return value


def _does_not_open() -> EscrowError:
    return EscrowError("two-way token: does not open")


def _seal(siv_key: bytes, label: bytes, data: bytes) -> str:
    sealed = AESSIV(siv_key).encrypt(data, [label])
    return base64.b32encode(sealed).decode().rstrip("=").lower()


def _open(siv_key: bytes, label: bytes, token: str) -> bytes:
    sealed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    return AESSIV(siv_key).decrypt(sealed, [label])


def _siv_key(key: ReplacementKey) -> bytes:
    return key.digest("siv-mac") + key.digest("siv-enc")
