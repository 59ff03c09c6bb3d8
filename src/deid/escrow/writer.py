"""Sealing: what the pipeline may do with the escrow, and all it may do.

A writer gets a fresh epoch key with its wrapped form, and keeps no way to open the wrapped form. Under the
epoch key it wraps a random key per subject, and under that it seals one blob per record and subject::

    escrow key         ->  epoch key (one a writer)  ->  subject's key (AES-256)  ->  record (AES-256-GCM)

When the process ends, nothing it leaves behind opens what it sealed but the escrow key's private half, with
the custodian or in a key service.
"""

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import NoReturn, Self

from deid.errors import EscrowError
from deid.escrow import envelope, leaves, merkle
from deid.escrow.chain import Author, Entry, Head, check_name, timestamp
from deid.escrow.envelope import MAX_PLAINTEXT_BYTES, DataKey, EpochContext
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.local import PublicKey, WriterKey, read_public, read_writer
from deid.escrow.keys.wrapper import EscrowKey
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import Draft, EpochRow, KeyRow
from deid.escrow.stores.store import Store

# Subjects whose keys a writer remembers between batches: some 20 MB. One forgotten gets a second key.
_REMEMBERED_SUBJECTS = 1 << 16


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One record's deleted information about one subject, to be sealed.

    record  : record id; kept only as an index id.
    subject : id of the data subject whose key seals it, and with whom it is shredded.
    payload : at most 64 MiB.
    """

    record: str
    subject: str = field(repr=False)
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a batch became; the published shard names ``attempt``.

    attempt : 32 hex digits, new with every ``put``.
    root    : RFC 6962 root over the sealed records, 64 hex digits.
    """

    batch: str
    attempt: str
    n_records: int
    root: str


@dataclass(frozen=True, slots=True)
class _SubjectKey:
    """A subject's key, ready for one batch; ``ref`` as in ``Draft.key_refs``."""

    subject: bytes
    key: DataKey
    ref: int


@dataclass(frozen=True, slots=True)
class _Epoch:
    """What stays the same for a writer's life."""

    row: EpochRow
    context: EpochContext
    key: DataKey = field(repr=False)
    author: Author = field(repr=False)


class EscrowWriter:
    """Seals batches into an escrow; one epoch and one log chain of its own. Use as a context manager.

    Several processes may each have a writer on one escrow; a writer belongs to the process and thread
    that opened it.
    """

    __slots__ = ("_epoch", "_head", "_process", "_remembered", "_seen", "_shredded", "_store", "_writer_key")

    def __init__(self, store: Store, writer_key: WriterKey, epoch: _Epoch, *, head: Head, seen: int) -> None:
        self._store = store
        self._writer_key = writer_key
        self._epoch = epoch
        self._head = head
        self._remembered: dict[str, tuple[bytes, int]] = {}
        self._shredded: set[bytes] = set()
        self._seen = seen
        self._process: int | None = os.getpid()

    @classmethod
    def open(
        cls,
        url: str,
        keys: str,
        *,
        domain: str,
        run_id: str,
        now: datetime,
        access: KeyAccess = NO_ACCESS,
    ) -> Self:
        """Open an escrow for writing, under a fresh epoch key.

        url    : ``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://user@host/database``.
        keys   : ``local:PATH/escrow.pub``; ``writer.key`` stands beside it.
        domain : pseudonymisation domain (EDPB Guidelines 01/2025).
        run_id : name of the run; a resumed run keeps it.
        now    : with a time zone.
        access : credentials, for an escrow key in a service.

        Raises EscrowError when escrow or keys are missing, damaged, open to others or not each other's, or
        a key service refuses or does not answer; then nothing was written.
        """
        check_name("domain", domain)
        check_name("run id", run_id)
        public = read_public(keys)
        writer_key = read_writer(keys, public)
        context = EpochContext(public.escrow_id, uuid.uuid4().hex, run_id, domain)
        # Before the store is open: a key service may take its time, or refuse.
        key, wrapped = public.wrapper(access).new_epoch_key(context.wrapped_key())
        store = open_store(url, public.escrow_id)
        try:
            with store.transaction():
                _check_in_force(store, public)
                row = EpochRow(store.next_epoch(), context.writer, run_id, domain, timestamp(now))
                epoch = _Epoch(row, context, DataKey.of(key), writer_key.author(row.writer))
                entry = _open_epoch(store, epoch, public.key_id, wrapped)
                seen = store.shredding.last_tombstone()
        except BaseException:
            store.close()
            raise
        return cls(store, writer_key, epoch, head=entry.head, seen=seen)

    def put(self, batch: str, records: Sequence[SealedRecord]) -> Receipt:
        """Seal a batch: all of it durable on return, or EscrowError and nothing of it.

        Calling it again for the same batch is another attempt; the one that the published shard names
        counts, and ``gc`` removes the others. No records is a batch too.
        """
        check_name("batch", batch)
        if self._process != os.getpid():
            raise EscrowError("escrow writer is closed or belongs to another process", hint="open a new one")
        _check(batch, records)
        draft, fresh = self._seal(batch, records)
        entry = self._epoch.author.entry(self._head, "batch", leaves.batch_body(draft))
        with self._store.transaction():
            self._refuse_shredded(batch, records)
            first_key = self._store.add_batch(self._epoch.row.epoch_id, draft)
            self._store.log.append(entry)
        self._head = entry.head
        self._remember(fresh, first_key)
        return Receipt(batch, draft.attempt, len(records), draft.root.hex())

    def close(self) -> None:
        """Close the escrow and forget its keys."""
        self._process = None
        self._remembered.clear()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a writer is not pickled; open one where it is used")

    def _seal(self, batch: str, records: Sequence[SealedRecord]) -> tuple[Draft, dict[str, bytes]]:
        """Return the sealed batch and the keys it brings, by subject."""
        attempt = uuid.uuid4().hex
        context = self._epoch.context.batch(batch, attempt)
        index_record, own_context = self._writer_key.index.record, envelope.record_context
        keys: dict[str, _SubjectKey] = {}
        fresh: dict[str, bytes] = {}
        names, blobs, refs = [], [], []
        for item in records:
            name = index_record(item.record)
            key = keys.get(item.subject) or keys.setdefault(item.subject, self._key_for(item.subject, fresh))
            names.append(name)
            blobs.append(key.key.seal(item.payload, own_context(context, name, key.subject)))
            refs.append(key.ref)
        rows = [self._wrap(keys[subject], key) for subject, key in fresh.items()]
        root = merkle.root(list(map(leaves.record_leaf, names, blobs)))
        keys_root = merkle.root([leaves.key_leaf(row) for row in rows])
        return Draft(batch, attempt, root, keys_root, rows, names, blobs, refs), fresh

    def _key_for(self, subject: str, fresh: dict[str, bytes]) -> _SubjectKey:
        known = self._remembered.get(subject)
        if known is None:
            known = (envelope.new_key(), -1 - len(fresh))
            fresh[subject] = known[0]
        return _SubjectKey(self._writer_key.index.subject(subject), DataKey.of(known[0]), known[1])

    def _wrap(self, key: _SubjectKey, secret: bytes) -> KeyRow:
        context = self._epoch.context.subject_key(key.subject, key.key.key_id)
        return KeyRow(key.subject, key.key.key_id, self._epoch.key.seal(secret, context))

    def _remember(self, fresh: dict[str, bytes], first_key: int) -> None:
        if len(self._remembered) + len(fresh) > _REMEMBERED_SUBJECTS:
            self._remembered.clear()
        self._remembered.update(
            {subject: (key, first_key + i) for i, (subject, key) in enumerate(fresh.items())}
        )

    def _refuse_shredded(self, batch: str, records: Sequence[SealedRecord]) -> None:
        """Refuse a subject, or the whole epoch, whose keys were destroyed while this writer was at work."""
        if self._store.retention.has_expired(self._epoch.row.epoch_id):
            raise EscrowError(f"batch {batch}: what this run seals has expired", hint="start another run")
        for tombstone in self._store.shredding.tombstones(after=self._seen):
            self._seen = tombstone.tombstone_id
            self._shredded.add(tombstone.subject)
        if not self._shredded:
            return
        index = self._writer_key.index.subject
        n_refused = sum(index(item.subject) in self._shredded for item in records)
        if n_refused:
            raise EscrowError(
                f"batch {batch}: {n_refused} records of subjects shredded since this run began",
                hint="leave these subjects out and run the shard again",
            )


def check_writable(url: str, keys: str) -> None:
    """Raise EscrowError where a writer could not be opened now; nothing is written, no key service asked."""
    public = read_public(keys)
    read_writer(keys, public)
    with open_store(url, public.escrow_id) as store:
        _check_in_force(store, public)


def _open_epoch(store: Store, epoch: _Epoch, key_id: bytes, wrapped: bytes) -> Entry:
    """Store an epoch with its wrapped key; return the first entry of the writer's chain."""
    store.add_epoch(epoch.row, key_id, wrapped)
    body = leaves.epoch_body(epoch.row, key_id.hex(), leaves.wrapped_hash(wrapped))
    entry = epoch.author.entry(Head(), "epoch", body)
    store.log.append(entry)
    return entry


def _check_in_force(store: Store, public: PublicKey) -> None:
    """Refuse to write under any key but the newest: an older one may be known to somebody."""
    known = [EscrowKey(row.kem, row.public) for row in store.escrow_keys()]
    if public.key not in known:
        raise EscrowError(f"{store.place}: does not know this public key", hint="check escrow.keys")
    if public.key != known[-1]:
        raise EscrowError(
            f"{store.place}: its escrow key was rotated since",
            hint="put the escrow.pub that `deid keys rotate` made in place of the old one",
        )


def _check(batch: str, records: Sequence[SealedRecord]) -> None:
    """Refuse what could not be told apart or opened again; no payload is ever named."""
    if len({(item.record, item.subject) for item in records}) != len(records):
        raise EscrowError(f"batch {batch}: one record given twice for one subject")
    for item in records:
        if not item.record or not item.subject or len(item.payload) > MAX_PLAINTEXT_BYTES:
            raise EscrowError(
                f"batch {batch}: record `{item.record}`: needs a record id, a subject id "
                f"and at most {MAX_PLAINTEXT_BYTES:,} bytes"
            )
