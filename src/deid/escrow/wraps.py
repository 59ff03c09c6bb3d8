"""Retiring an escrow key in the tables: every wrap under it goes, and no epoch is closed by that."""

from collections.abc import Iterator
from itertools import groupby

from deid.errors import EscrowError
from deid.escrow.stores.store import Store


def retire(store: Store, in_force: bytes, key_id: str) -> int:
    """Delete what is wrapped under an old escrow key, and return how many wraps that were.

    key_id : 16 hex digits. EscrowError says why another than an old key that nothing needs is not retired.
    """
    name = _retirable(store, in_force, key_id)
    n_wraps = sum(name in wraps for wraps in _by_epoch(store))
    store.retire_key(name)
    return n_wraps


def _retirable(store: Store, in_force: bytes, key_id: str) -> bytes:
    known = {row.key_id.hex(): row.key_id for row in store.escrow_keys()}
    if key_id not in known:
        raise EscrowError(f"no escrow key {key_id!r}", hint="`deid keys list` names them")
    name = known[key_id]
    if name == in_force:
        raise EscrowError(f"escrow key {key_id} is in force", hint="`deid keys rotate` puts another in force")
    if name in store.retired_keys():
        raise EscrowError(f"escrow key {key_id} was retired before")
    n_needed = sum(1 for wraps in _by_epoch(store) if wraps == {name})
    if n_needed:
        raise EscrowError(
            f"{n_needed} epochs open with escrow key {key_id} alone", hint="`deid keys rewrap` first"
        )
    return name


def _by_epoch(store: Store) -> Iterator[set[bytes]]:
    for _, epoch in groupby(store.wrapped_rows(), key=lambda row: row.epoch_id):
        yield {row.key_id for row in epoch}
