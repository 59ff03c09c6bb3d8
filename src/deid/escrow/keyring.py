"""What the log says about escrow keys and the epoch keys wrapped under them, entry by entry.

``init`` names the first escrow key, each ``rotate`` the next; the newest is in force, and a writer's epoch
opens under it. ``rewrap`` adds wraps under the key in force to epochs that have others; ``retire`` takes away
every wrap of a key that is no longer in force, an expiry every wrap of its epochs. At the end the tables must
say the same.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deid.escrow import leaves
from deid.escrow.chain import Entry
from deid.escrow.keys.hpke import X25519
from deid.escrow.keys.local import PublicKey
from deid.escrow.keys.wrapper import EscrowKey
from deid.escrow.stores.rows import EscrowKeyRow
from deid.escrow.stores.store import Store

KINDS = frozenset({"init", "epoch", "rotate", "rewrap", "retire"})


@dataclass(slots=True)
class Keyring:
    """Escrow keys, oldest first, and the hash of every wrap that should be there, by writer and key."""

    escrow_id: str
    keys: list[EscrowKeyRow] = field(default_factory=list)
    retired: list[bytes] = field(default_factory=list)
    wraps: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, entry: Entry) -> bool:
        """Take in an entry of one of ``KINDS``; return whether it can follow the entries before it."""
        said = json.loads(entry.body)
        match entry.kind:
            case "init":
                return self._add(said, entry, after=None)
            case "rotate":
                return bool(self.keys) and self._add(said, entry, after=self.keys[-1])
            case "epoch":
                self.wraps[entry.author] = {said["key"]: said["wrapped"]}
                return bool(said["key"] == self._in_force_id())
            case "rewrap":
                return self._rewrap(said)
            case _:
                return self._retire(said)

    def forget(self, writer: str) -> None:
        """Take in that an epoch expired: nothing is wrapped for it any more."""
        self.wraps[writer] = {}

    def problems(self, store: Store, public: PublicKey) -> Iterator[str]:
        """Yield where tables and ``escrow.pub`` differ from what the log said."""
        if store.escrow_keys() != self.keys or store.retired_keys() != self.retired:
            yield "the escrow keys are not those the log names"
        newest = EscrowKeyRow(public.key_id, public.key.kem, public.key.raw, public.created)
        if newest not in self.keys[-1:]:
            yield "the escrow's public key is not the one it was made with, or that is in force now"
        left = {writer: dict(hashes) for writer, hashes in self.wraps.items()}
        for row in store.wrapped_rows():
            if left.get(row.writer, {}).pop(row.key_id.hex(), "") != leaves.wrapped_hash(row.wrapped):
                yield f"a wrapped key of writer {row.writer} is altered or was added"
        yield from (f"a wrapped key of writer {writer} is missing" for writer, rest in left.items() if rest)

    def counts(self) -> dict[str, int]:
        """Return how many rows the tables of keys must have."""
        return {
            "escrow_key": len(self.keys),
            "retired_key": len(self.retired),
            "epoch_key": sum(map(len, self.wraps.values())),
        }

    def _add(self, said: dict[str, Any], entry: Entry, *, after: EscrowKeyRow | None) -> bool:
        key = EscrowKey(said.get("kem", X25519), bytes.fromhex(said["public"]))
        if after is None:
            body = leaves.init_body(self.escrow_id, key, said["at"])
        else:
            body = leaves.rotate_body(key, said["at"], EscrowKey(after.kem, after.public))
        fresh = key.key_id not in [row.key_id for row in self.keys]
        misplaced = after is None and bool(self.keys)
        self.keys.append(EscrowKeyRow(key.key_id, key.kem, key.raw, said["at"]))
        return body == entry.body and fresh and not misplaced

    def _rewrap(self, said: dict[str, Any]) -> bool:
        key, fine = said["key"], said["key"] == self._in_force_id()
        for writer, digest in said["wraps"].items():
            known = self.wraps.setdefault(writer, {})
            fine = fine and bool(known) and key not in known
            known[key] = digest
        return bool(fine)

    def _retire(self, said: dict[str, Any]) -> bool:
        key = said["key"]
        under = [hashes for hashes in self.wraps.values() if hashes.pop(key, "")]
        known = [row.key_id.hex() for row in self.keys[:-1]]
        fine = key in known and bytes.fromhex(key) not in self.retired and all(under)
        self.retired.append(bytes.fromhex(key))
        return fine and said["wraps"] == len(under)

    def _in_force_id(self) -> str:
        return self.keys[-1].key_id.hex() if self.keys else ""
