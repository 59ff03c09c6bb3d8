"""Leaf hashes of stored rows, and the log bodies that commit to them; written once, checked by verify."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from deid.escrow import merkle
from deid.escrow.chain import body
from deid.escrow.keys.hpke import X25519
from deid.escrow.keys.wrapper import EscrowKey
from deid.escrow.stores.rows import BatchRow, DeadKey, Draft, EpochRow, KeyRow, Tombstone, WrappedRow


def record_leaf(record: bytes, blob: bytes) -> bytes:
    """Return the leaf of a sealed record: its index id (16 bytes), then its blob."""
    return merkle.leaf(record + blob)


def key_leaf(key: KeyRow) -> bytes:
    """Return the leaf of a subject's key: index id (16 bytes), key id (8), then the wrapped key."""
    return merkle.leaf(key.subject + key.key_id + key.wrapped)


def dead_keys_root(keys: Sequence[DeadKey]) -> bytes:
    """Return the root over shredded keys: key id (8 bytes), then the leaf each had."""
    return merkle.root([merkle.leaf(key.key_id + key.leaf) for key in keys])


def init_body(escrow_id: str, key: EscrowKey, created: str) -> bytes:
    """Return the body of the first entry of an escrow; it is silent about the first kind there was."""
    fields = {"at": created, "escrow": escrow_id, "key": key.key_id.hex(), "public": key.raw.hex()}
    return body(fields if key.kem == X25519 else {**fields, "kem": key.kem})


def rotate_body(key: EscrowKey, created: str, before: EscrowKey) -> bytes:
    """Return the body of the entry that puts a new escrow key in force after another."""
    return body(
        {
            "after": hashlib.sha256(before.raw).hexdigest(),
            "at": created,
            "kem": key.kem,
            "key": key.key_id.hex(),
            "public": key.raw.hex(),
        }
    )


def rewrap_body(key_id: bytes, rows: Sequence[WrappedRow], at: str) -> bytes:
    """Return the body of the entry that commits to epoch keys wrapped again."""
    wraps = {row.writer: wrapped_hash(row.wrapped) for row in rows}
    return body({"at": at, "key": key_id.hex(), "wraps": wraps})


def wrapped_hash(wrapped: bytes) -> str:
    """Return what the log says of a wrapped epoch key: SHA-256, 64 hex digits."""
    return hashlib.sha256(wrapped).hexdigest()


def epoch_body(epoch: EpochRow, key: str, wrapped: str) -> bytes:
    """Return the body of the entry that opens a writer's chain: key id in hex, and ``wrapped_hash``."""
    return body(
        {
            "at": epoch.created,
            "domain": epoch.domain,
            "key": key,
            "run": epoch.run_id,
            "wrapped": wrapped,
        }
    )


def batch_body(batch: BatchRow | Draft) -> bytes:
    """Return the body of the entry that commits to a batch."""
    n_records, n_keys = (
        (len(batch.blobs), len(batch.keys)) if isinstance(batch, Draft) else (batch.n_records, batch.n_keys)
    )
    return body(
        {
            "attempt": batch.attempt,
            "batch": batch.batch,
            "keys": n_keys,
            "keys_root": batch.keys_root.hex(),
            "records": n_records,
            "root": batch.root.hex(),
        }
    )


def shred_body(tombstone: Tombstone, keys_root: bytes, *, why: str, at: str, of: str = "") -> bytes:
    """Return the body of the entry that commits to a shredding; ``of`` is the hash of one done again."""
    said = {
        "at": at,
        "keys": tombstone.n_keys,
        "keys_root": keys_root.hex(),
        "last_epoch": tombstone.last_epoch,
        "subject": tombstone.subject.hex(),
        "why": why,
    }
    return body(said | ({"of": of} if of else {}))


def shredded_root(keys: Iterable[DeadKey]) -> str:
    """Return the root, in hex, over keys shredded before their epochs expired: number, key id, leaf."""
    numbered = (key.key_seq.to_bytes(8, "big") + key.key_id + key.leaf for key in keys)
    return merkle.root([merkle.leaf(each) for each in numbered]).hex()


def expiry_body(fields: Mapping[str, object], *, of: str = "") -> bytes:
    """Return the body of the entry that commits to the end of whole epochs; ``of`` as above.

    ``fields`` has ``at``, ``epochs`` (writers), ``keys`` (key ids), ``shredded_root`` and ``why``.
    """
    return body(dict(fields) | ({"of": of} if of else {}))


def gc_body(run_id: str, attempts: Sequence[str], at: str) -> bytes:
    """Return the body of the entry that commits to a sweep."""
    return body({"at": at, "attempts": list(attempts), "run": run_id})
