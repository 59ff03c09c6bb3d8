"""Keyed one-way tokens: who holds the token alone cannot test guesses, who holds the key can.

    sub-key = HKDF-Expand-SHA256(key, "deid/replacement/v1|" purpose)          RFC 5869, section 2.3
    digest  = HMAC-SHA256(sub-key, for each part: length (8 bytes, big-endian) || UTF-8)
    token   = the digest's first 100 bits in lower-case base32                 RFC 4648, section 6

Two of 10^9 different values share a token with a chance of about 4e-13.
"""

import os
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from deid.errors import InputError

_KEY_BYTES = 32
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
# Two characters at a time: half the time of base64.b32encode.
_PAIRS = tuple(one + other for one in _BASE32 for other in _BASE32)
_SHIFTS = tuple(range(90, -1, -10))


class ReplacementKey:
    """The key of one run's or one domain's replacements; it is deleted information itself.

    key : 32 bytes. Only ``export`` gives them back: no repr, text or attribute shows them.

    Raises InputError for a key of another length.
    """

    __slots__ = ("_key", "_keyed")

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise InputError(f"replacement key: {len(key)} bytes, not {_KEY_BYTES}")
        self._key = bytes(key)
        self._keyed: dict[str, HMAC] = {}

    @classmethod
    def random(cls) -> Self:
        """Return a fresh key from the operating system."""
        return cls(os.urandom(_KEY_BYTES))

    def __repr__(self) -> str:
        return "ReplacementKey(hidden)"

    def __reduce__(self) -> tuple[type[Self], tuple[bytes]]:
        """Rebuild from the exported bytes: a worker gets the key and none of the cached state."""
        return type(self), (self.export(),)

    def export(self) -> bytes:
        """Return the 32 bytes, to hand to a worker or to an escrow and to nothing else."""
        return self._key

    def digest(self, purpose: str, *parts: str) -> bytes:
        """Return 32 bytes for a sequence of texts; no two sequences are encoded alike.

        purpose : one of a few constants; each has a sub-key of its own.
        """
        keyed = self._keyed.get(purpose)
        if keyed is None:
            keyed = self._keyed[purpose] = self._sub_key(purpose)
        mac = keyed.copy()
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            mac.update(len(data).to_bytes(8, "big") + data)
        return mac.finalize()

    def token(self, kind: str, value: str, *, scope: str = "") -> str:
        """Return 20 characters of ``a-z2-7`` that stand for ``value`` among values of its kind and scope."""
        number = int.from_bytes(self.digest("token", kind, scope, value)[:13]) >> 4
        return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])

    def _sub_key(self, purpose: str) -> HMAC:
        info = b"deid/replacement/v1|" + purpose.encode()
        derived = HKDFExpand(hashes.SHA256(), _KEY_BYTES, info).derive(self._key)
        return HMAC(derived, hashes.SHA256())
