"""Checkpoints of the log, and what ``verify`` promises.

``verify`` needs the public key alone and reads one consistent state, a chunk at a time. It finds an edited,
deleted, added or reordered entry, sealed record, key, epoch, tombstone or sweep. What it cannot find by
itself is a whole escrow put back to an earlier state, for that state was true once: only a checkpoint kept
elsewhere (the release manifest has one) tells.
"""

from collections.abc import Iterator
from datetime import datetime

from deid.errors import EscrowError
from deid.escrow import merkle, tombstones
from deid.escrow.chain import DECISION_KINDS, Checkpoint, Entry, sign_checkpoint
from deid.escrow.examine import Examination, VerifyReport
from deid.escrow.keys.local import PublicKey, read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.store import Store

_SHOWN_PROBLEMS = 10
_ONE_LIST = "bring the lists together if there are several; the next shred, reveal or backup settles the rest"


def checkpoint(url: str, keys: str, *, now: datetime) -> Checkpoint:
    """Sign the state of the log, keep it in the escrow and return it, to be kept elsewhere too.

    Raises EscrowError when the last checkpoint does not hold: the log was rolled back or altered since.
    """
    public = read_public(keys)
    author = read_writer(keys, public).author()
    with open_store(url, public.escrow_id) as store, store.transaction():
        last, tree = store.log.last_checkpoint(), merkle.Frontier()
        held = last is None
        for digest in store.log.entry_hashes():
            tree.append(digest)
            if last and tree.size == last.size:
                held = tree.root().hex() == last.root
        if not held:
            raise EscrowError(
                f"{store.place}: the last checkpoint does not hold", hint="run `deid escrow verify`"
            )
        made = sign_checkpoint(author, tree.size, tree.root(), now)
        store.log.add_checkpoint(made)
    return made


def verify(url: str, keys: str, *, checkpoint: Checkpoint | None = None) -> VerifyReport:
    """Check everything an escrow holds against its signed log.

    checkpoint : one kept elsewhere; the log must still contain all that it signed.

    Where the list of tombstones stands beside ``escrow.pub``, log and list must name the same destructions
    and decisions of custody.

    Raises EscrowError that counts the problems and names the first ten by entry, batch and attempt.
    """
    public = read_public(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        examination = Examination(store, public)
        report = examination.run(checkpoint)
        problems, hint = examination.problems, "restore a backup that verifies"
        if not problems:
            problems, hint = _listed(store, keys, public), _ONE_LIST
    if problems:
        more = len(problems) - _SHOWN_PROBLEMS
        shown = "; ".join(problems[:_SHOWN_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")
        raise EscrowError(f"{store.place}: escrow does not verify: {shown}", hint=hint)
    return report


def _listed(store: Store, keys: str, public: PublicKey) -> list[str]:
    """Return what list of tombstones and log do not agree on."""
    path = tombstones.path_beside(keys)
    if not path.exists():
        return []
    ends, decided = store.retention.ends(), store.custody.decisions({*DECISION_KINDS, "settled"})
    of = {"destructions": (tombstones.ENDS, ends), "decisions of custody": (DECISION_KINDS, decided)}
    return [
        problem
        for what, (kinds, log) in of.items()
        for problem in _differing(what, tombstones.read(path, public, kinds), log)
    ]


def _differing(what: str, listed: list[Entry], log: list[Entry]) -> Iterator[str]:
    if n_late := len(tombstones.outstanding(listed, log)):
        yield f"{n_late} {what} on the list of tombstones are not in the log"
    if n_unlisted := tombstones.unlisted(listed, [entry for entry in log if entry.kind != "settled"]):
        yield f"{n_unlisted} {what} in the log are missing from the list of tombstones"
