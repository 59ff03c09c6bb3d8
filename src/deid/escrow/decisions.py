"""Decisions of custody that no restore may undo: listed beside the keys, and made again where they were lost.

How many approvals a reveal needs, who may approve and who no longer may, which requests were carried out,
which escrow keys were retired. Each is on the list (``tombstones``) before its transaction is committed. One
that the log has lost, with a backup put back or a kill in between, is made again: an entry whose ``of`` names
it. A ``reveal`` becomes ``spent``, for only that it was carried out is kept; one that holds already, or has
nothing left to hold for, is ``settled``.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deid.errors import EscrowError
from deid.escrow import tombstones, wraps
from deid.escrow.chain import Author, Entry, body, fields_of
from deid.escrow.derived import append
from deid.escrow.keys.local import PublicKey
from deid.escrow.register import Register
from deid.escrow.stores.store import Store

CUSTODY = frozenset({"quorum", "approver", "dismiss", "reveal", "spent"})
RETIREMENT = frozenset({"retire"})


@dataclass(frozen=True, slots=True)
class Decider:
    """The custodian at work on one store, inside its transaction.

    listed : the list of tombstones.
    at     : now, as the log has it.
    """

    store: Store
    public: PublicKey
    author: Author = field(repr=False)
    listed: Path
    at: str

    @property
    def register(self) -> Register:
        """What the log says about custody."""
        return Register(self.store, self.public.escrow_id, self.public.custodian_log)

    def decide(self, kind: str, said: dict[str, object]) -> Entry:
        """Log a decision, and put it on the list."""
        entry = append(self.store, self.author, kind, body(said))
        tombstones.add(self.listed, [entry])
        return entry

    def settle(self, kinds: Collection[str] = CUSTODY | RETIREMENT) -> int:
        """Bring log and list together; return how many listed decisions were made again."""
        owed = outstanding(self.store, self.listed, self.public, kinds, add=True)
        for entry in owed:
            self._again(entry)
        return len(owed)

    def _again(self, entry: Entry) -> None:
        said: dict[str, Any] = fields_of(entry) | {"at": self.at, "of": entry.hash.hex()}
        kind = "spent" if entry.kind == "reveal" else entry.kind
        if self._holds(kind, said):
            append(self.store, self.author, "settled", body({"at": self.at, "of": said["of"]}))
            return
        if kind == "spent":
            said = {name: said[name] for name in ("at", "of", "request")}
        if kind == "retire":
            said["wraps"] = wraps.retire(self.store, self.public.key_id, said["key"])
        self.decide(kind, said)

    def _holds(self, kind: str, said: dict[str, Any]) -> bool:
        """Return whether what a listed decision says is so here, or there is nothing to say it of."""
        match kind:
            case "quorum":
                return self.register.required() >= int(said["approvals"])
            case "approver":
                known = self.register.approvers()
                return said["approver"] in known or said["name"] in known.values()
            case "dismiss":
                living = self.register.approvers().keys() - self.register.dismissed()
                return said["approver"] not in living
            case "spent":
                return self.register.was_run(said["request"])
        key_id = bytes.fromhex(said["key"])
        known_keys = [row.key_id for row in self.store.escrow_keys()]
        return key_id not in known_keys or key_id in self.store.retired_keys()


def outstanding(
    store: Store, listed: Path, public: PublicKey, kinds: Collection[str], *, add: bool = False
) -> list[Entry]:
    """Return the listed decisions that the log owes; with ``add``, list what only the log has."""
    log = store.custody.decisions({*kinds, "settled"})
    of_list = tombstones.read_if_any(listed, public, kinds)
    if add:
        tombstones.add_missing(listed, of_list, [entry for entry in log if entry.kind in kinds])
    return tombstones.outstanding(of_list, log)


def custodian(public: PublicKey, author: Author) -> Author:
    """Return the author of the custodian's chain; EscrowError unless it is this escrow's."""
    if author.escrow_id != public.escrow_id or author.signer.public_key() != public.custodian_log:
        raise EscrowError("this private key is another escrow's", hint="give the custodian's escrow.key")
    return author
