"""What a key service must do. Wrapping and unwrapping are two rights, so they are two protocols.

A writer is given a ``KeyWrapper`` and nothing else: it gets an epoch key together with its wrapped form,
and has no way to turn the wrapped form back.
"""

from typing import Protocol


class KeyWrapper(Protocol):
    """Makes epoch keys."""

    @property
    def key_id(self) -> bytes:
        """Eight bytes that name the escrow key; they stand in front of what it wraps."""
        ...

    def new_epoch_key(self, context: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key of 32 bytes and its wrapped form, bound to ``context``."""
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
