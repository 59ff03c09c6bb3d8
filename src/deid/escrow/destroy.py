"""Destroying keys: of one subject, or of whole epochs; each signed, listed, and done again where it was lost.

Every method runs in the store's transaction. The order is: sign, delete, put on the list of tombstones; the
deletions hold when the caller's transaction is committed. So what the database refuses is not on the list,
and what is committed is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.escrow import leaves, tombstones
from deid.escrow.chain import Author, Entry, fields_of
from deid.escrow.keys.local import PublicKey
from deid.escrow.stores.rows import DeadKey, EpochRow, Tombstone
from deid.escrow.stores.store import Store


@dataclass(frozen=True, slots=True)
class Destroyer:
    """The operator at work on one store.

    listed : the list of tombstones.
    at     : now, as the log has it.
    """

    store: Store
    public: PublicKey
    author: Author = field(repr=False)
    listed: Path
    at: str

    def settle(self) -> list[Entry]:
        """Bring log and list together; return the entries of listed destructions that were done again."""
        return [self._again(entry) for entry in self.owed()]

    def owed(self) -> list[Entry]:
        """Put on the list what only the log has; return what the log owes the list. Destroys nothing."""
        log = self.store.retention.ends()
        listed = tombstones.read_if_any(self.listed, self.public, tombstones.ENDS)
        tombstones.add_missing(self.listed, listed, log)
        return tombstones.outstanding(listed, log)

    def subject(
        self, subject: bytes, why: str, *, last_epoch: int | None = None, of: str = ""
    ) -> tuple[list[DeadKey], Entry]:
        """Destroy a subject's keys in every epoch up to ``last_epoch`` (None: all begun so far)."""
        begun = self.store.next_epoch() - 1
        last = begun if last_epoch is None else min(last_epoch, begun)
        dead = [
            DeadKey(seq, epoch_id, key.key_id, leaves.key_leaf(key))
            for seq, epoch_id, key in self.store.shredding.keys_of(subject)
            if epoch_id <= last
        ]
        tombstone = Tombstone(self.store.shredding.last_tombstone() + 1, subject, last, len(dead))
        root = leaves.dead_keys_root(dead)
        entry = self._sign("shred", leaves.shred_body(tombstone, root, why=why, at=self.at, of=of))
        self.store.shredding.bury(tombstone, dead)
        tombstones.add(self.listed, [entry])
        return dead, entry

    def epochs(self, kind: str, epochs: Sequence[EpochRow], why: str, *, of: str = "") -> Entry:
        """Destroy whole epochs, with keys, subjects' keys and what was sealed; ``kind`` is the entry's."""
        retention = self.store.retention
        key_ids = [retention.epoch_key_id(epoch.epoch_id).hex() for epoch in epochs]
        writers = [epoch.writer for epoch in epochs]
        if kind == "wipe":
            key_ids += [key.key_id.hex() for key in self.store.escrow_keys()]
        epoch_ids = [epoch.epoch_id for epoch in epochs]
        root = leaves.shredded_root(retention.dead_keys_in(epoch_ids))
        said = {"at": self.at, "epochs": writers, "keys": key_ids, "shredded_root": root, "why": why}
        entry = self._sign(kind, leaves.expiry_body(said, of=of))
        retention.expire(epoch_ids)
        tombstones.add(self.listed, [entry])
        return entry

    def _again(self, entry: Entry) -> Entry:
        said, of = fields_of(entry), entry.hash.hex()
        if entry.kind == "shred":
            # By time too: in a backup of another history, epochs have other numbers.
            last = max(said["last_epoch"], self.store.retention.last_epoch_at(said["at"]))
            subject = bytes.fromhex(said["subject"])
            return self.subject(subject, said["why"], last_epoch=last, of=of)[1]
        alive = [epoch for epoch in self.store.retention.epochs() if epoch.writer in set(said["epochs"])]
        return self.epochs(entry.kind, alive, said["why"], of=of)

    def _sign(self, kind: str, body: bytes) -> Entry:
        entry = self.author.entry(self.store.log.head(self.author.name), kind, body)
        self.store.log.append(entry)
        return entry
