"""Retention: whole epochs destroyed, of a run, of what is older than a date, or all there are.

An epoch is what one writer sealed for one run and one domain. Its key, its subjects' keys and its sealed
records are deleted, their pages overwritten with zeros; its batches stay as names, counts and roots under
their signed entries, so ``verify`` tells an expiry from a loss.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow import leaves, tombstones
from deid.escrow.chain import OPERATOR, Entry, Head, check_name, entry_is_whole, fields_of, timestamp
from deid.escrow.destroy import Destroyer
from deid.escrow.keys.files import check_private
from deid.escrow.keys.local import PRIVATE_NAME, WRITER_NAME, public_path, read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import EpochRow
from deid.store import sync_folder


@dataclass(frozen=True, slots=True)
class Expired:
    """Which epochs: of a run, of a domain, begun before a time; all that are given hold, none is all."""

    run_id: str = ""
    domain: str = ""
    before: datetime | None = None

    def covers(self, epoch: EpochRow) -> bool:
        """Return whether an epoch is one of them."""
        young = self.before is not None and epoch.created >= timestamp(self.before)
        named = self.run_id in ("", epoch.run_id) and self.domain in ("", epoch.domain)
        return named and not young


@dataclass(frozen=True, slots=True)
class ExpiryCertificate:
    """What was destroyed, as signed in the log; ``certificate_holds`` checks it with ``escrow.pub`` alone.

    kind    : ``expire`` or ``wipe``.
    epochs  : writers (32 hex digits) whose epochs were destroyed.
    key_ids : the key of each of these epochs, 16 hex digits, empty for one that sealed nothing; of a wipe,
              the escrow's own keys behind them.
    shredded_root : over keys in these epochs that a shredding had destroyed before, 64 hex digits.
    of      : hash of the entry of one that was cut short or undone, and is done again by this; mostly empty.
    n, prev : place in the operator's chain; hash and signature : of the log entry.
    """

    escrow_id: str
    kind: str
    at: str
    why: str
    epochs: tuple[str, ...]
    key_ids: tuple[str, ...]
    shredded_root: str
    n: int
    prev: str
    log_hash: str
    signature: str
    of: str = ""


def expire(url: str, keys: str, which: Expired, *, why: str, now: datetime) -> ExpiryCertificate:
    """Destroy the epochs that ``which`` covers; EscrowError when it covers none."""
    return _destroy(url, keys, "expire", which, why=why, now=now)


def wipe(url: str, keys: str, *, escrow_id: str, why: str, now: datetime) -> ExpiryCertificate:
    """Destroy everything an escrow holds, and the private key files that stand beside its public key.

    escrow_id : id of the escrow, typed by whoever wants this; EscrowError when it is another's.

    ``escrow.pub``, the log and the list of tombstones stay, so the certificate can be checked. Copies of
    ``escrow.key`` elsewhere, and backups, are beyond it: destroy them too.
    """
    if escrow_id != read_public(keys).escrow_id:
        raise EscrowError("this is not the id of the escrow", hint="`deid escrow status` shows it")
    wiped = _wiped(url, keys) if _is_destroyed(public_path(keys).with_name(WRITER_NAME)) else None
    certificate = wiped or _destroy(url, keys, "wipe", Expired(), why=why, now=now)
    for name in (PRIVATE_NAME, WRITER_NAME):
        _overwrite(public_path(keys).with_name(name))
    return certificate


def certificate_holds(certificate: ExpiryCertificate, keys: str) -> bool:
    """Return whether a certificate is word for word what the operator of this escrow signed.

    Raises EscrowError when ``escrow.pub`` cannot be read.
    """
    public = read_public(keys)
    said = {
        "at": certificate.at,
        "epochs": certificate.epochs,
        "keys": certificate.key_ids,
        "shredded_root": certificate.shredded_root,
        "why": certificate.why,
    }
    body = leaves.expiry_body(said, of=certificate.of)
    try:
        digest, prev, signature = map(
            bytes.fromhex, (certificate.log_hash, certificate.prev, certificate.signature)
        )
    except ValueError:
        return False
    entry = Entry(OPERATOR, certificate.n, certificate.kind, body, prev, digest, signature)
    return certificate.escrow_id == public.escrow_id and entry_is_whole(
        entry, public.escrow_id, public.writer_log
    )


def _destroy(url: str, keys: str, kind: str, which: Expired, *, why: str, now: datetime) -> ExpiryCertificate:
    check_name("reason", why)
    public = read_public(keys)
    author, listed = read_writer(keys, public).author(), tombstones.path_beside(keys)
    with open_store(url, public.escrow_id) as store:
        with store.transaction():
            destroyer = Destroyer(store, public, author, listed, timestamp(now))
            done = [entry for entry in destroyer.settle() if entry.kind == kind]
            epochs = [epoch for epoch in store.retention.epochs() if which.covers(epoch)]
            if epochs or (kind == "wipe" and not done):
                done.append(destroyer.epochs(kind, epochs, why))
        if kind == "wipe":
            store.compact()
        store.forget()  # even when nothing was due: a call cut short may have left deleted pages
    if not done:
        raise EscrowError(
            "nothing sealed is covered by this", hint="it has expired already, or check run, domain and date"
        )
    return _certificate(public.escrow_id, done[-1])


def _wiped(url: str, keys: str) -> ExpiryCertificate | None:
    """Return the certificate of a wipe that was killed while it destroyed the key files; None of no such."""
    public = read_public(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        ends = [entry for _, entry in store.log.entries() if entry.kind == "wipe"]
        if not ends or list(store.retention.epochs()):
            return None
    return _certificate(public.escrow_id, ends[-1])


def _is_destroyed(path: Path) -> bool:
    return not (path.exists() and any(path.read_bytes()))


def _certificate(escrow_id: str, entry: Entry) -> ExpiryCertificate:
    said, head = fields_of(entry), Head(entry.n, entry.prev)
    return ExpiryCertificate(
        escrow_id=escrow_id,
        kind=entry.kind,
        at=said["at"],
        why=said["why"],
        epochs=tuple(said["epochs"]),
        key_ids=tuple(said["keys"]),
        shredded_root=said["shredded_root"],
        n=head.n,
        prev=head.prev.hex(),
        log_hash=entry.hash.hex(),
        signature=entry.signature.hex(),
        of=said.get("of", ""),
    )


def _overwrite(path: Path) -> None:
    """Write zeros over a key file and remove it; what a disk has remapped is beyond this."""
    if not path.exists():
        return
    check_private(path)
    with path.open("r+b", buffering=0) as handle:
        handle.write(bytes(path.stat().st_size))
        os.fsync(handle.fileno())  # else the file may go before its zeros reach the disk
    path.unlink()
    sync_folder(path.parent)
