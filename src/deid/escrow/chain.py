"""The log: hash chains of signed entries, and signed checkpoints of the whole.

Each author appends to a chain of its own, so no author waits for another: every writer (named by its
epoch), ``operator`` (who runs the escrow), ``custodian`` (who opens it) and each approver, ``approver-``
and the key id of their key in 16 hex digits. An entry is::

    hash      = SHA-256(encode("deid/escrow/log/v1", escrow id, author, n, kind, prev, body))
    signature = Ed25519(encode("deid/escrow/log-signature/v1", hash))

``n`` is the entry's number in its chain, from 0, as eight bytes; ``prev`` the hash before it, 32 zero
bytes for the first; ``body`` canonical JSON. A checkpoint signs the RFC 6962 root of the hashes of all
entries in the order they were committed::

    signature = Ed25519(encode("deid/escrow/checkpoint/v1", escrow id, size, root, time))
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deid.errors import EscrowError, InputError
from deid.escrow.envelope import encode, text_fields

OPERATOR = "operator"
CUSTODIAN = "custodian"
APPROVER = "approver-"
DECISION_KINDS = frozenset({"quorum", "approver", "dismiss", "reveal", "spent", "retire"})
CUSTODIAN_KINDS = DECISION_KINDS | {"refusal", "settled", "restore", "rotate", "rewrap"}
OPERATOR_KINDS = frozenset({"init", "shred", "gc", "expire", "wipe", "backup", "denial"})
APPROVER_KINDS = frozenset({"request", "approval"})
MAX_NAME_CHARS = 1_000

_COUNTER_BYTES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain goes on: the number of its next entry and the hash of its last."""

    n: int = 0
    prev: bytes = bytes(32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log."""

    author: str
    n: int
    kind: str
    body: bytes = field(repr=False)
    prev: bytes = field(repr=False)
    hash: bytes
    signature: bytes = field(repr=False)

    @property
    def head(self) -> Head:
        """What the author's next entry follows."""
        return Head(self.n + 1, self.hash)


@dataclass(frozen=True, slots=True)
class Author:
    """Who may append to one chain."""

    escrow_id: str
    name: str
    signer: Ed25519PrivateKey = field(repr=False)

    def entry(self, head: Head, kind: str, body: bytes) -> Entry:
        """Make and sign the entry that follows ``head``."""
        digest = entry_hash(self.escrow_id, self.name, head, kind, body)
        signature = self.signer.sign(_signed_entry(digest))
        return Entry(self.name, head.n, kind, body, head.prev, digest, signature)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement of everything the log held; worth something only when kept elsewhere.

    size      : entries in the log.
    root      : RFC 6962 root of their hashes, 64 hex digits.
    at        : when, UTC, as ``2026-01-31T09:00:00Z``.
    signature : Ed25519 by the operator's log key, 128 hex digits.
    """

    size: int
    root: str
    at: str
    signature: str


def entry_hash(escrow_id: str, author: str, head: Head, kind: str, body: bytes) -> bytes:
    """Return the hash of the entry that follows ``head``."""
    names = text_fields((escrow_id, author))
    number = head.n.to_bytes(_COUNTER_BYTES, "big")
    message = encode(b"deid/escrow/log/v1", *names, number, *text_fields((kind,)), head.prev, body)
    return hashlib.sha256(message).digest()


def entry_is_signed(entry: Entry, key: Ed25519PublicKey) -> bool:
    """Return whether ``key`` signed the entry's hash."""
    return _verifies(key, entry.signature, _signed_entry(entry.hash))


def entry_is_whole(entry: Entry, escrow_id: str, key: Ed25519PublicKey) -> bool:
    """Return whether the entry's hash is that of what it says, for this escrow, and ``key`` signed it."""
    digest = entry_hash(escrow_id, entry.author, Head(entry.n, entry.prev), entry.kind, entry.body)
    return digest == entry.hash and entry_is_signed(entry, key)


def sign_checkpoint(author: Author, size: int, root: bytes, now: datetime) -> Checkpoint:
    """Sign the state of the log."""
    at = timestamp(now)
    signature = author.signer.sign(_signed_checkpoint(author.escrow_id, size, root, at))
    return Checkpoint(size, root.hex(), at, signature.hex())


def checkpoint_is_signed(checkpoint: Checkpoint, escrow_id: str, key: Ed25519PublicKey) -> bool:
    """Return whether ``key`` signed the checkpoint, for this escrow."""
    try:
        root, signature = bytes.fromhex(checkpoint.root), bytes.fromhex(checkpoint.signature)
        message = _signed_checkpoint(escrow_id, checkpoint.size, root, checkpoint.at)
    except (TypeError, ValueError, OverflowError):
        return False
    return _verifies(key, signature, message)


def body(fields: Mapping[str, object]) -> bytes:
    """Return canonical JSON: keys sorted, no spaces, ASCII."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def timestamp(now: datetime) -> str:
    """Return UTC to the second; InputError for a time without a zone."""
    if now.tzinfo is None:
        raise InputError("the time has no time zone", hint="pass datetime.now(UTC)")
    # strftime writes the year 26 with two digits, which sorts behind 2026.
    return now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def fields_of(entry: Entry) -> dict[str, Any]:
    """Return what an entry's body says."""
    found: dict[str, Any] = json.loads(entry.body)
    return found


def check_name(what: str, value: str) -> str:
    """Return a name that goes into the log in clear; EscrowError when it is empty, long or unprintable."""
    if not value.strip() or len(value) > MAX_NAME_CHARS or not value.isprintable():
        raise EscrowError(f"{what} must have 1 to {MAX_NAME_CHARS:,} printable characters, not all blank")
    return value


def _signed_entry(digest: bytes) -> bytes:
    return encode(b"deid/escrow/log-signature/v1", digest)


def _signed_checkpoint(escrow_id: str, size: int, root: bytes, at: str) -> bytes:
    number = size.to_bytes(_COUNTER_BYTES, "big")
    identity, time = text_fields((escrow_id, at))
    return encode(b"deid/escrow/checkpoint/v1", identity, number, root, time)


def _verifies(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
