"""The private key file: the escrow's private half, sealed by a passphrase through Argon2id (RFC 9106).

The sealed part is an AES-256-GCM blob (``envelope``) under the 32 bytes Argon2id returns, in the context
``encode("deid/escrow/private/v1", escrow id, memory, passes, lanes, salt)``, numbers as eight bytes; its
plaintext is ``encode("X25519", private key, custodian's signing key, index key)``, 32 bytes each.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import KEY_BYTES, DataKey, does_not_open, encode, text_fields
from deid.escrow.keys import files
from deid.escrow.keys.index import IndexKey
from deid.escrow.keys.local import ESCROW_ID_BYTES, KEM_NAME, PrivateKey

_FORM = "deid-escrow-private/v1"
_NAMES = frozenset({"escrow_id", "argon2_memory_kib", "argon2_passes", "argon2_lanes", "salt", "sealed"})
_SALT_BYTES = 16
_SEALED_BYTES = len(encode(KEM_NAME.encode(), *[bytes(KEY_BYTES)] * 3)) + envelope.OVERHEAD_BYTES
MIN_PASSPHRASE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs: RFC 9106 section 4, second recommended option."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4

    def check(self, path: Path) -> None:
        """Refuse costs too low to be ours, or so high that reading the file is an attack."""
        ranges = ((self.memory_kib, 65_536, 1 << 20), (self.passes, 3, 16), (self.lanes, 1, 16))
        if not all(low <= value <= high for value, low, high in ranges):
            raise EscrowError(f"{path}: passphrase parameters out of bounds")

    def derive(self, passphrase: bytes, salt: bytes) -> DataKey:
        kdf = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return DataKey.of(kdf.derive(passphrase))

    def context(self, escrow_id: str, salt: bytes) -> bytes:
        numbers = [value.to_bytes(8, "big") for value in (self.memory_kib, self.passes, self.lanes)]
        return encode(b"deid/escrow/private/v1", *text_fields((escrow_id,)), *numbers, salt)


def private_fields(escrow_id: str, secrets: tuple[bytes, bytes, bytes], passphrase: bytes) -> files.Fields:
    """Return the fields of ``escrow.key``; ``secrets`` are the private, the signing and the index key."""
    if len(passphrase) < MIN_PASSPHRASE_BYTES:
        raise EscrowError(
            "the passphrase is too short",
            hint=f"give at least {MIN_PASSPHRASE_BYTES} bytes (NIST SP 800-63B)",
        )
    cost, salt = Cost(), os.urandom(_SALT_BYTES)
    inner = encode(KEM_NAME.encode(), *secrets)
    return {
        "format": _FORM,
        "escrow_id": escrow_id,
        "argon2_memory_kib": cost.memory_kib,
        "argon2_passes": cost.passes,
        "argon2_lanes": cost.lanes,
        "salt": salt.hex(),
        "sealed": cost.derive(passphrase, salt).seal(inner, cost.context(escrow_id, salt)).hex(),
    }


def open_private_key(path: str | Path, passphrase: bytes) -> PrivateKey:
    """Open ``escrow.key``; the one error for a wrong passphrase and for an altered file."""
    path = Path(path)
    fields = files.read(path, _FORM, _NAMES, secret=True)
    escrow_id = files.unhex(fields, "escrow_id", ESCROW_ID_BYTES, path).hex()
    salt = files.unhex(fields, "salt", _SALT_BYTES, path)
    sealed = files.unhex(fields, "sealed", _SEALED_BYTES, path)
    cost = Cost(*(_whole(fields, f"argon2_{name}", path) for name in ("memory_kib", "passes", "lanes")))
    cost.check(path)
    inner = cost.derive(passphrase, salt).unseal(sealed, cost.context(escrow_id, salt))
    kem, secret, seed, index = envelope.decode(inner, 4)
    if kem != KEM_NAME.encode():
        raise does_not_open()
    private, signer = X25519PrivateKey.from_private_bytes(secret), Ed25519PrivateKey.from_private_bytes(seed)
    name = envelope.key_id(private.public_key().public_bytes_raw())
    return PrivateKey(escrow_id, name, IndexKey.of(index), private, signer)


def _whole(fields: files.Fields, name: str, path: Path) -> int:
    value = fields[name]
    if not isinstance(value, int):
        raise EscrowError(f"{path}: `{name}` is damaged")
    return value
