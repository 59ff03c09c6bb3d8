"""Merkle trees of RFC 6962 section 2.1 over SHA-256.

The hash of no leaves is SHA-256 of nothing; a leaf is hashed behind 0x00 and an inner node behind 0x01,
so neither can pass for the other. Joining neighbours level by level and carrying an odd last node up
gives the same root as the recursive definition.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_CHUNK_LEVELS = 12
CHUNK = 1 << _CHUNK_LEVELS


def leaf(data: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, in order."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    sha256 = hashlib.sha256
    level = leaves
    while len(level) > 1:
        above = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def root_of_chunks(chunks: Iterable[Sequence[bytes]]) -> bytes:
    """Return the root over leaf hashes that come ``CHUNK`` at a time, only the last chunk shorter.

    Memory is one hash a chunk: a full chunk is a whole subtree, so the root of the chunks' roots is the
    root of all leaves.
    """
    return root([root(chunk) for chunk in chunks])


@dataclass(slots=True)
class Frontier:
    """A tree that only grows, and whose root can be asked at any size; memory is one hash a level."""

    size: int = 0
    _nodes: list[bytes] = field(default_factory=list)

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf hash at the right."""
        carry, rest = leaf_hash, self.size
        while rest & 1:
            carry = node(self._nodes.pop(), carry)
            rest >>= 1
        self._nodes.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """Return the root at the current size."""
        if not self._nodes:
            return root(())
        found = self._nodes[-1]
        for left in reversed(self._nodes[:-1]):
            found = node(left, found)
        return found
