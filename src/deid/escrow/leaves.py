"""Leaf hashes of stored rows, and the log bodies that commit to them; written once, checked by verify."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

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
    digest = hashlib.sha256(wrapped).hexdigest()
    return body(epoch_names(epoch) | {"key": key_id.hex(), "wrapped": digest})


def epoch_names(epoch: EpochRow) -> dict[str, str]:
    """Return what an epoch's entry says besides its key; all that can be held against it once it expired."""
    return {"at": epoch.created, "domain": epoch.domain, "run": epoch.run_id}


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
