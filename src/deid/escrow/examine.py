"""One pass over an escrow that holds every row against the signed log, and collects what does not fit."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import starmap
from typing import Generic, TypeVar

from deid.escrow import leaves, merkle
from deid.escrow.chain import (
    OPERATOR,
    Checkpoint,
    Entry,
    Head,
    checkpoint_is_signed,
    entry_hash,
    entry_is_signed,
)
from deid.escrow.envelope import KEY_ID_BYTES
from deid.escrow.examine_custody import CustodyExamination, kinds_of
from deid.escrow.keyring import KINDS as KEYRING_KINDS
from deid.escrow.keyring import Keyring
from deid.escrow.keys.index import ID_BYTES
from deid.escrow.keys.local import PublicKey
from deid.escrow.stores.rows import BatchRow, DeadKey, KeyRow, Tombstone
from deid.escrow.stores.store import Store

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was checked and found whole.

    size, root    : the log's state, as a checkpoint would sign it; root is 64 hex digits.
    n_records     : sealed records, each in its batch's tree.
    n_dead_keys   : keys destroyed by shred; n_swept : batches removed by gc; both under signed entries.
    n_checkpoints : checkpoints that hold, the one given included.
    """

    size: int
    root: str
    n_epochs: int
    n_batches: int
    n_records: int
    n_keys: int
    n_dead_keys: int
    n_swept: int
    n_checkpoints: int


@dataclass(slots=True)
class Examination:
    """The state of one pass. ``problems`` names entries, batches and attempts, in the order found."""

    store: Store
    public: PublicKey
    problems: list[str] = field(default_factory=list)
    _keyring: Keyring = field(init=False)
    _tree: merkle.Frontier = field(default_factory=merkle.Frontier)
    _heads: dict[str, Head] = field(default_factory=dict)
    _expected: dict[str, int] = field(default_factory=dict)
    _custody: CustodyExamination = field(init=False)
    _swept_rows: set[str] = field(default_factory=set)
    _swept_signed: set[str] = field(default_factory=set)
    _expired: set[int] = field(default_factory=set)
    _next: tuple[int, int] = (1, 1)
    _n_checkpoints: int = 0

    def run(self, outside: Checkpoint | None) -> VerifyReport:
        """Check everything once; the report counts only if ``problems`` stays empty."""
        self._expected = dict.fromkeys(self.store.counts(), 0)
        self._keyring = Keyring(self.public.escrow_id)
        self._custody = CustodyExamination(self.public, self.problems)
        try:
            self._pass(outside)
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError, RecursionError):
            self.problems.append("a row has a value of the wrong type")
        counts = self.store.counts()
        return VerifyReport(
            size=self._tree.size,
            root=self._tree.root().hex(),
            n_epochs=counts["epoch"],
            n_batches=counts["batch"],
            n_records=counts["sealed"],
            n_keys=counts["subject_key"],
            n_dead_keys=counts["dead_key"],
            n_swept=counts["swept"],
            n_checkpoints=self._n_checkpoints,
        )

    def _pass(self, outside: Checkpoint | None) -> None:
        batches, tombstones = _Rows(self.store.batches()), _Rows(self.store.shredding.tombstones())
        given = [outside] if outside else []
        checkpoints = _Rows(merge(self.store.log.checkpoints(), given, key=lambda each: each.size))
        for place, entry in self.store.log.entries():
            self._link(place, entry)
            if entry.kind in KEYRING_KINDS and not self._keyring.take(entry):
                self.problems.append(f"log entry {place} does not fit the escrow keys before it")
            match entry.kind:
                case "epoch":
                    self._epoch(entry)
                case "batch":
                    self._batch(entry, batches)
                case "shred":
                    self._shred(entry, tombstones)
                case "gc":
                    self._swept_signed.update(json.loads(entry.body)["attempts"])
                case "expire" | "wipe":
                    self._expire(entry)
                case _:
                    self._custody.take(place, entry)
            self._tree.append(entry.hash)
            self._hold(checkpoints)
        while late := checkpoints.take(lambda _: True):
            self.problems.append(f"the log has {self._tree.size} entries, a checkpoint signed {late.size}")
        self._totals()

    def _link(self, place: int, entry: Entry) -> None:
        """Check an entry's place, chain, hash, signature and right to be there."""
        self._expected["log"] += 1
        head = self._heads.get(entry.author, Head())
        digest = entry_hash(self.public.escrow_id, entry.author, head, entry.kind, entry.body)
        follows = (place, entry.n, entry.prev, entry.hash) == (self._tree.size + 1, head.n, head.prev, digest)
        key = self._custody.key_of(entry.author)
        if not follows or key is None or not entry_is_signed(entry, key):
            self.problems.append(f"log entry {place} is altered, missing, out of order or not signed")
        if entry.kind not in kinds_of(entry.author):
            self.problems.append(f"log entry {place} is of a kind its author may not write")
        self._heads[entry.author] = entry.head

    def _epoch(self, entry: Entry) -> None:
        self._expected["epoch"] += 1
        epoch, signed = self.store.epoch_of(entry.author), json.loads(entry.body)
        if epoch is None or leaves.epoch_body(epoch, signed["key"], signed["wrapped"]) != entry.body:
            self.problems.append(f"epoch of writer {entry.author} is altered or missing")

    def _batch(self, entry: Entry, batches: "_Rows[BatchRow]") -> None:
        self._expected["batch"] += 1
        signed = json.loads(entry.body)
        name = f"batch {signed['batch']} (attempt {signed['attempt']})"
        self._expected["sealed"] += signed["records"]
        self._expected["keys"] = self._expected.get("keys", 0) + signed["keys"]
        row = batches.take(lambda row: row.attempt == signed["attempt"])
        if row is None or leaves.batch_body(row) != entry.body:
            self.problems.append(f"{name} is altered or missing")
            return
        if (row.first_seq, row.first_key) != self._next:
            self.problems.append(f"{name}: its records or keys do not follow those before")
        self._next = (row.first_seq + row.n_records, row.first_key + row.n_keys)
        if self.store.writer_of(row.epoch_id) != entry.author:
            self.problems.append(f"{name} stands under another writer's epoch")
        if row.swept:
            self._swept_rows.add(row.attempt)
            self._expected["sealed"] -= row.n_records
        elif self._records_root(row) != row.root:
            self.problems.append(f"{name}: sealed records are altered, missing, added or out of order")
        expired = self.store.retention.has_expired(row.epoch_id)
        if not expired and self._keys_root(row) != row.keys_root:
            self.problems.append(f"{name}: keys of subjects are altered, missing, added or out of order")

    def _records_root(self, batch: BatchRow) -> bytes:
        chunks = self.store.sealed_chunks(batch, merkle.CHUNK)
        return merkle.root_of_chunks(list(starmap(leaves.record_leaf, chunk)) for chunk in chunks)

    def _keys_root(self, batch: BatchRow) -> bytes:
        return merkle.root([_key_leaf(key) for key in self.store.key_rows(batch)])

    def _shred(self, entry: Entry, tombstones: "_Rows[Tombstone]") -> None:
        self._expected["tombstone"] += 1
        signed = json.loads(entry.body)
        self._expected["dead_key"] += signed["keys"]
        row = tombstones.take(lambda row: row.subject.hex() == signed["subject"])
        if row is None:
            self.problems.append(f"shred entry {entry.n} has no tombstone")
            return
        root = leaves.dead_keys_root(self.store.shredding.dead_keys(row))
        why, at, of = signed["why"], signed["at"], signed.get("of", "")
        if leaves.shred_body(row, root, why=why, at=at, of=of) != entry.body:
            self.problems.append(f"shred entry {entry.n}: what it destroyed is altered or missing")
        if any(epoch_id <= row.last_epoch for _, epoch_id, _ in self.store.shredding.keys_of(row.subject)):
            self.problems.append(f"shred entry {entry.n}: the subject has keys again")

    def _expire(self, entry: Entry) -> None:
        """Check that the epochs an entry destroyed are marked so, and gone."""
        signed, epochs = json.loads(entry.body), list[int]()
        for writer in signed["epochs"]:
            epoch = self.store.epoch_of(writer)
            if epoch is None or not self.store.retention.has_expired(epoch.epoch_id):
                self.problems.append(
                    f"expiry entry {entry.n}: epoch of writer {writer} is not marked as expired"
                )
            else:
                self._keyring.forget(writer)
                epochs.append(epoch.epoch_id)
                self._swept_signed.update(self.store.retention.attempts_of(epoch.epoch_id))

        self._expired.update(epochs)
        if leaves.shredded_root(self.store.retention.dead_keys_in(epochs)) != signed["shredded_root"]:
            self.problems.append(f"expiry entry {entry.n}: keys shredded before it are altered or missing")

    def _hold(self, checkpoints: "_Rows[Checkpoint]") -> None:
        """Check every checkpoint of the size the log has just reached."""
        while made := checkpoints.take(lambda each: each.size <= self._tree.size):
            root = self._tree.root().hex()
            signed = checkpoint_is_signed(made, self.public.escrow_id, self.public.writer_log)
            if (made.size, made.root) != (self._tree.size, root) or not signed:
                self.problems.append(f"the checkpoint of size {made.size} does not hold")
            self._n_checkpoints += 1

    def _totals(self) -> None:
        """Check that no table has rows the log does not know."""
        self.problems.extend(self._keyring.problems(self.store, self.public))
        counts, expected = self.store.counts(), self._expected
        expected |= self._keyring.counts()
        expected["swept"] = len(self._swept_signed)
        retention = self.store.retention
        expected["subject_key"] = expected.pop("keys", 0) - expected["dead_key"] - retention.keys_expired()
        expected["dead_epoch"] = len(self._expired)
        for table, n_rows in expected.items():
            if counts[table] != n_rows:
                self.problems.append(f"table {table} has {counts[table]} rows, the log signed {n_rows}")
        if self._swept_rows != self._swept_signed:
            self.problems.append("batches were swept without a signed entry")
        if not self._heads.get(OPERATOR):
            self.problems.append("the log has lost its beginning")
        if retention.keys_left():
            self.problems.append("an expired epoch has keys again")
        self._custody.tables(self.store)
        if n_stray := self.store.stray_keys():
            self.problems.append(f"{n_stray} sealed records do not stand under their own key")


class _Rows(Generic[_Row]):
    """Rows in order, taken one by one and only when they are the ones looked for."""

    __slots__ = ("_next", "_rows")

    def __init__(self, rows: Iterator[_Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def take(self, wanted: Callable[[_Row], bool]) -> _Row | None:
        """Return the next row and move on if it is wanted; else None, and stay."""
        row = self._next
        if row is None or not wanted(row):
            return None
        self._next = next(self._rows, None)
        return row


def _key_leaf(key: KeyRow | DeadKey) -> bytes:
    if isinstance(key, DeadKey):
        return key.leaf
    if (len(key.subject), len(key.key_id)) != (ID_BYTES, KEY_ID_BYTES):
        raise ValueError
    return leaves.key_leaf(key)
