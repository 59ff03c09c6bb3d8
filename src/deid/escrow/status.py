"""What an escrow holds, in numbers."""

from dataclasses import dataclass

from deid.escrow.chain import Checkpoint
from deid.escrow.keys.local import read_public
from deid.escrow.stores.open import open_store


@dataclass(frozen=True, slots=True)
class EscrowStatus:
    """Counts of an escrow; nothing in it names a person.

    epochs          : writers that ever opened it.
    batches         : attempts at batches, those swept included.
    records         : sealed blobs, one per record and subject.
    subject_keys    : keys of subjects, one per subject and epoch or a few more.
    shredded_keys   : keys destroyed by shred.
    size_bytes      : database, indexes and write-ahead log.
    last_checkpoint : None when none was ever made.
    key_ids         : escrow keys, 16 hex digits each, oldest first.
    """

    escrow_id: str
    epochs: int
    batches: int
    swept_batches: int
    records: int
    subject_keys: int
    shredded_keys: int
    log_entries: int
    size_bytes: int
    last_checkpoint: Checkpoint | None
    key_ids: tuple[str, ...]


def status(url: str, keys: str) -> EscrowStatus:
    """Count what an escrow holds; needs the public key only.

    Raises EscrowError when the escrow cannot be opened.
    """
    public = read_public(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        counts = store.counts()
        return EscrowStatus(
            escrow_id=public.escrow_id,
            epochs=counts["epoch"],
            batches=counts["batch"],
            swept_batches=counts["swept"],
            records=counts["sealed"],
            subject_keys=counts["subject_key"],
            shredded_keys=counts["dead_key"],
            log_entries=counts["log"],
            size_bytes=store.size_bytes(),
            last_checkpoint=store.log.last_checkpoint(),
            key_ids=tuple(key.key_id.hex() for key in store.escrow_keys()),
        )
