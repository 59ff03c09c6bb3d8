"""Leaf hashes of stored rows, and the log bodies that commit to them; written once, checked by verify."""

import hashlib
from collections.abc import Sequence

from deid.escrow import merkle
from deid.escrow.chain import body
from deid.escrow.stores.rows import BatchRow, DeadKey, Draft, EpochRow, KeyRow, Tombstone


def record_leaf(record: bytes, blob: bytes) -> bytes:
    """Return the leaf of a sealed record: its index id (16 bytes), then its blob."""
    return merkle.leaf(record + blob)


def key_leaf(key: KeyRow) -> bytes:
    """Return the leaf of a subject's key: index id (16 bytes), key id (8), then the wrapped key."""
    return merkle.leaf(key.subject + key.key_id + key.wrapped)


def dead_keys_root(keys: Sequence[DeadKey]) -> bytes:
    """Return the root over shredded keys: key id (8 bytes), then the leaf each had."""
    return merkle.root([merkle.leaf(key.key_id + key.leaf) for key in keys])


def init_body(escrow_id: str, key_id: bytes, public: bytes, created: str) -> bytes:
    """Return the body of the first entry of an escrow."""
    return body({"at": created, "escrow": escrow_id, "key": key_id.hex(), "public": public.hex()})


def epoch_body(epoch: EpochRow, key_id: bytes, wrapped: bytes) -> bytes:
    """Return the body of the entry that opens a writer's chain."""
    return body(
        {
            "at": epoch.created,
            "domain": epoch.domain,
            "key": key_id.hex(),
            "run": epoch.run_id,
            "wrapped": hashlib.sha256(wrapped).hexdigest(),
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


def shred_body(tombstone: Tombstone, keys_root: bytes, *, why: str, at: str) -> bytes:
    """Return the body of the entry that commits to a shredding."""
    return body(
        {
            "at": at,
            "keys": tombstone.n_keys,
            "keys_root": keys_root.hex(),
            "last_epoch": tombstone.last_epoch,
            "subject": tombstone.subject.hex(),
            "why": why,
        }
    )


def gc_body(run_id: str, attempts: Sequence[str], at: str) -> bytes:
    """Return the body of the entry that commits to a sweep."""
    return body({"at": at, "attempts": list(attempts), "run": run_id})
