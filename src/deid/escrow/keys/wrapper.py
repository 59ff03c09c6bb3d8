"""What a key service must do. Wrapping and unwrapping are two rights, so they are two protocols.

A writer is given a ``KeyWrapper`` and nothing else: it gets an epoch key together with its wrapped form,
and has no way to turn the wrapped form back.
"""

from dataclasses import dataclass, field
from typing import Protocol

from deid.escrow import envelope


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """An escrow key, as everybody may know it.

    kem : its kind, one of ``kinds``.
    raw : its public half; of a key in a service, the address (``kinds`` says how it is written).
    """

    kem: str
    raw: bytes = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Eight bytes that name the key; they stand in front of what it wraps."""
        return envelope.key_id(self.raw)


class KeyWrapper(Protocol):
    """Makes epoch keys. EscrowError when it cannot, or may not."""

    @property
    def key_id(self) -> bytes:
        """Eight bytes that name the escrow key; they stand in front of what it wraps."""
        ...

    def new_epoch_key(self, context: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key of 32 bytes and its wrapped form, bound to ``context``."""
        ...

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Return the wrapped form of a key of 32 bytes, bound to ``context``; only ``rewrap`` needs it."""
        ...


class KeyUnwrapper(Protocol):
    """Opens epoch keys. EscrowError when it cannot, or may not."""

    @property
    def key_id(self) -> bytes:
        """Eight bytes that name the escrow key."""
        ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the key of 32 bytes that was wrapped under ``context``."""
        ...
