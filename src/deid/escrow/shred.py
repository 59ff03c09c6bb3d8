"""Crypto-shredding: destroying a subject's keys, so that what they sealed is noise to everyone.

The keys go in every epoch that had begun by then; what the subject sealed stays as ciphertext nobody can
open. A tombstone and, of each key, its name and leaf hash stay behind, under a signed entry, so ``verify``
tells a shredding from a loss. Deleted pages are overwritten with zeros and the write-ahead log is emptied.
The list of tombstones beside the keys makes a restored backup forget the subject too; other copies of the
database made before are beyond it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deid.errors import EscrowError
from deid.escrow import tombstones
from deid.escrow.chain import Entry, check_name, fields_of, timestamp
from deid.escrow.destroy import Destroyer
from deid.escrow.keys.local import read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import DeadKey, Tombstone
from deid.escrow.stores.store import Store


@dataclass(frozen=True, slots=True)
class ShredCertificate:
    """What was destroyed, as signed in the log.

    subject   : index id of the subject, 32 hex digits; only the index key turns an id into it.
    epochs    : writers (32 hex digits) whose keys for the subject were destroyed, in order.
    key_ids   : the keys destroyed, 16 hex digits each; empty when the escrow held none.
    log_hash  : hash of the log entry that says so.
    signature : the operator's Ed25519 signature of that entry.
    """

    escrow_id: str
    subject: str
    at: str
    why: str
    epochs: tuple[str, ...]
    key_ids: tuple[str, ...]
    log_hash: str
    signature: str


def shred(
    url: str, keys: str, *, subject: str, why: str, now: datetime, known: bool = False
) -> ShredCertificate:
    """Destroy every key of a subject; EscrowError when anything of them might remain in the file.

    A subject the escrow does not know gets a tombstone and a certificate naming no key; with ``known`` an
    EscrowError, and nothing is signed or listed; one whose keys are all destroyed gets the certificate of
    then again, with its reason and time. Writers at work are refused the subject from here on; a
    writer opened later is not: whether a person may come back is the ledger's question. Doing it again is
    harmless; one that was killed before its end is ended, and certified as it was asked for then.
    """
    check_name("reason", why)
    public = read_public(keys)
    writer_key = read_writer(keys, public)
    index_id, listed = writer_key.index.subject(subject), tombstones.path_beside(keys)
    with open_store(url, public.escrow_id) as store:
        with store.transaction():
            destroyer = Destroyer(store, public, writer_key.author(), listed, timestamp(now))
            destroyer.settle()
            graves = [] if not known else [g for g in store.shredding.tombstones() if g.subject == index_id]
            if known and not store.shredding.keys_of(index_id):
                dead, entry = _before(
                    store, graves, [e for e in store.retention.ends() if _is_of(e, index_id)]
                )
            else:
                dead, entry = destroyer.subject(index_id, why)
            epochs = dict.fromkeys(store.writer_of(key.epoch_id) for key in dead)
        store.forget()  # even when nothing was there: a call cut short may have left deleted pages
    if entry is None:
        raise EscrowError(
            "nothing sealed is covered by this",
            hint="give the id as it stands in the input, or all that was sealed of them has expired",
        )
    said = fields_of(entry)
    return ShredCertificate(
        escrow_id=public.escrow_id,
        subject=index_id.hex(),
        at=said["at"],
        why=said["why"],
        epochs=tuple(epochs),
        key_ids=tuple(key.key_id.hex() for key in dead),
        log_hash=entry.hash.hex(),
        signature=entry.signature.hex(),
    )


def _is_of(entry: Entry, subject: bytes) -> bool:
    return entry.kind == "shred" and bool(fields_of(entry)["subject"] == subject.hex())


def _before(
    store: Store, graves: Sequence[Tombstone], entries: Sequence[Entry]
) -> tuple[list[DeadKey], Entry | None]:
    """Return what the last shredding destroyed that found keys, and its entry, one killed and ended now too.

    graves, entries : the subject's tombstones, and what the log says of each, in order.
    """
    for entry, grave in zip(reversed(entries), reversed(graves), strict=False):
        if grave.n_keys:
            return store.shredding.dead_keys(grave), entry
    return [], None
