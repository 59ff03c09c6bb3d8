"""The private key file: the escrow's private half, sealed by a passphrase through Argon2id (RFC 9106).

The sealed part is an AES-256-GCM blob (``envelope``) under the 32 bytes Argon2id returns, in the context
``encode("deid/escrow/private/v1", escrow id, memory, passes, lanes, salt)``, numbers as eight bytes; its
plaintext is what ``secrets`` says.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import KEY_BYTES, DataKey, encode, text_fields
from deid.escrow.keys import files
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.local import ESCROW_ID_BYTES, PrivateKey
from deid.escrow.keys.secrets import MOST_BYTES, Secrets

_FORM = "deid-escrow-private/v1"
_NAMES = frozenset({"escrow_id", "argon2_memory_kib", "argon2_passes", "argon2_lanes", "salt", "sealed"})
_SALT_BYTES = 16
_SEALED_BYTES = MOST_BYTES + envelope.OVERHEAD_BYTES
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


def private_fields(secrets: Secrets, passphrase: bytes) -> files.Fields:
    """Return the fields of ``escrow.key``."""
    if len(passphrase) < MIN_PASSPHRASE_BYTES:
        raise EscrowError(
            "the passphrase is too short",
            hint=f"give at least {MIN_PASSPHRASE_BYTES} bytes (NIST SP 800-63B)",
        )
    cost, salt = Cost(), os.urandom(_SALT_BYTES)
    sealed = cost.derive(passphrase, salt).seal(secrets.encode(), cost.context(secrets.escrow_id, salt))
    return {
        "format": _FORM,
        "escrow_id": secrets.escrow_id,
        "argon2_memory_kib": cost.memory_kib,
        "argon2_passes": cost.passes,
        "argon2_lanes": cost.lanes,
        "salt": salt.hex(),
        "sealed": sealed.hex(),
    }


def open_private_key(path: str | Path, passphrase: bytes, access: KeyAccess = NO_ACCESS) -> PrivateKey:
    """Open ``escrow.key``.

    access : credentials, for an escrow key in a service.

    Raises EscrowError; a wrong passphrase and an altered secret look alike.
    """
    return open_secrets(path, passphrase).private_key(access)


def open_secrets(path: str | Path, passphrase: bytes) -> Secrets:
    """Open ``escrow.key`` for one who shares, rotates or re-seals it."""
    path = Path(path)
    fields = files.read(path, _FORM, _NAMES, secret=True)
    escrow_id = files.unhex(fields, "escrow_id", ESCROW_ID_BYTES, path).hex()
    salt = files.unhex(fields, "salt", _SALT_BYTES, path)
    sealed = files.unhex_up_to(fields, "sealed", _SEALED_BYTES, path)
    cost = Cost(*(files.whole(fields, f"argon2_{name}", path) for name in ("memory_kib", "passes", "lanes")))
    cost.check(path)
    inner = cost.derive(passphrase, salt).unseal(sealed, cost.context(escrow_id, salt))
    return Secrets.decode(escrow_id, inner)
