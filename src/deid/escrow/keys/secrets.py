"""What a custodian holds: the private half of the escrow key, a signing key and the index key.

It is written as ``encode(kind, private half, signing key, index key)``, the last two 32 bytes each, and
always sealed: by a passphrase (``passphrase``), or by shares of several people (``shares``).
"""

from dataclasses import dataclass, field
from typing import NoReturn, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.escrow import envelope
from deid.escrow.envelope import KEY_BYTES, does_not_open, encode
from deid.escrow.keys import kinds
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.index import IndexKey
from deid.escrow.keys.local import PrivateKey

MOST_BYTES = kinds.MAX_RAW_BYTES + 256


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of one custodian, open. Never printed, never pickled.

    private : of a key in a service, its address: then the service decides who opens.
    """

    escrow_id: str
    kem: str
    private: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def decode(cls, escrow_id: str, data: bytes) -> Self:
        """Read what ``encode`` wrote; the one error unless it is whole."""
        kem, private, seed, index = envelope.decode(data, 4)
        if len(seed) != KEY_BYTES or len(index) != KEY_BYTES or kem not in {k.encode() for k in kinds.KINDS}:
            raise does_not_open()
        return cls(escrow_id, kem.decode(), private, seed, index)

    def encode(self) -> bytes:
        """Return the secrets as bytes, to be sealed at once."""
        return encode(self.kem.encode(), self.private, self.seed, self.index)

    @property
    def signer(self) -> Ed25519PrivateKey:
        """The custodian's signing key."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def private_key(self, access: KeyAccess = NO_ACCESS) -> PrivateKey:
        """Return the key that opens, ready for use."""
        unwrapper = kinds.unwrapper(self.kem, self.private, access)
        return PrivateKey(self.escrow_id, IndexKey.of(self.index), unwrapper, self.signer)

    def __reduce__(self) -> NoReturn:
        raise TypeError("secrets are not pickled; open them again where they are used")
