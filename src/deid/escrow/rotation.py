"""Changing the escrow key: a successor, old epochs wrapped again for it, and the old key's retirement.

Items and tokens are not touched: only the wrapped form of the epoch keys changes, one for each writer there
was. Every step is an entry in the custodian's chain. In this order::

    rotate    the successor is in force: new epochs open under it, and no longer under the old key
    rewrap    the epochs of old get a second wrap, under the successor; again when late writers have ended
    retire    the wraps of the old key are deleted, so that whoever has it opens nothing from here on
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow import leaves, tombstones, wraps
from deid.escrow.chain import CUSTODIAN, Author, Entry, entry_is_whole, fields_of, timestamp
from deid.escrow.decisions import RETIREMENT, Decider, custodian
from deid.escrow.envelope import EpochContext
from deid.escrow.examine_custody import kinds_of
from deid.escrow.keyring import KINDS, Keyring
from deid.escrow.keys import kinds
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.create import NewKey, successor_files, written
from deid.escrow.keys.local import PRIVATE_NAME, PUBLIC_NAME, PrivateKey, PublicKey, read_public
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.keys.secrets import Secrets
from deid.escrow.keys.wrapper import EscrowKey, KeyWrapper
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import EscrowKeyRow, WrappedRow
from deid.escrow.stores.store import Store

# Epochs that share one log entry; each chunk is one durable commit.
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """An escrow key.

    key_id  : 16 hex digits.
    place   : ``local``, or the address of a key service.
    state   : ``in force`` (new epochs), ``old`` (still opens epochs) or ``retired``.
    created : UTC.
    epochs  : epochs it opens.
    """

    key_id: str
    kem: str
    place: str
    state: str
    created: str
    epochs: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """A new escrow key in force; ``files`` are its ``escrow.key`` and ``escrow.pub``."""

    key_id: str
    before: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Rewrap:
    """What was wrapped again.

    epochs  : epochs that the key in force opens now and did not before.
    missing : epochs it still does not open, for the private key given opens them no more than it does.
    """

    key_id: str
    epochs: int
    missing: int


def list_keys(url: str, keys: str) -> tuple[KeyInfo, ...]:
    """Return every escrow key, oldest first; needs the public key only."""
    public = read_public(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        known, retired = store.escrow_keys(), set(store.retired_keys())
        epochs = dict.fromkeys((row.key_id for row in known), 0)
        for row in store.wrapped_rows():
            epochs[row.key_id] = epochs.get(row.key_id, 0) + 1
    return tuple(
        KeyInfo(
            key_id=row.key_id.hex(),
            kem=row.kem,
            place=kinds.address(EscrowKey(row.kem, row.public)),
            state="retired" if row.key_id in retired else "in force" if row == known[-1] else "old",
            created=row.created,
            epochs=epochs[row.key_id],
        )
        for row in known
    )


def rotate(url: str, keys: str, secrets: Secrets, new: NewKey, *, out: Path, now: datetime) -> Rotation:
    """Put a new escrow key in force; EscrowError when anything fails, and then nothing is made.

    secrets : the custodian's, whose signature the new ``escrow.pub`` bears.
    out     : folder, mode 0700, for the new ``escrow.key`` and ``escrow.pub``; it has neither, unless a call
              of before put a key there in force and was killed before it said so: that one is returned.

    Writers are refused until the new ``escrow.pub`` stands where the old one did; ``writer.key`` stays.
    """
    public = read_public(keys)
    author = custodian(public, Author(secrets.escrow_id, CUSTODIAN, secrets.signer))
    if (out / PRIVATE_NAME).exists():
        return _done_before(url, public, out, new.passphrase)
    key, key_files = successor_files(public, secrets, new, now=now)
    row = EscrowKeyRow(key.key_id, key.kem, key.raw, timestamp(now))
    body = leaves.rotate_body(key, row.created, public.key)
    with (
        written(key_files, out) as made,
        open_store(url, public.escrow_id) as store,
        store.transaction(),
    ):
        _check_in_force(store, public)
        _check_fresh(store, key)
        store.add_escrow_key(row)
        store.log.append(author.entry(store.log.head(CUSTODIAN), "rotate", body))
        files = tuple(made)
        made.clear()  # a commit that fails may have been carried out: from here on nobody deletes the key
    return Rotation(key.key_id.hex(), public.key_id.hex(), files)


def _done_before(url: str, public: PublicKey, out: Path, passphrase: bytes) -> Rotation:
    """Return the rotation an earlier call made into the same folder; EscrowError when it made none."""
    private = out / PRIVATE_NAME
    try:
        found = open_secrets(private, passphrase).private_key().key_id
    except EscrowError:
        found = b""
    with open_store(url, public.escrow_id) as store, store.snapshot():
        known = [row.key_id for row in store.escrow_keys()]
    if [public.key_id, found] != known[-2:]:
        raise EscrowError(f"{private}: exists already", hint=_hint(found, known))
    files = tuple(path for path in (private, out / PUBLIC_NAME) if path.exists())
    return Rotation(found.hex(), public.key_id.hex(), files)


def _hint(found: bytes, known: list[bytes]) -> str:
    """Say what may be done about a key file in the way, of the key ``found``; empty when it does not open."""
    if not found:
        return "give another folder; keep the file: it does not open, so nobody knows what it opens"
    if found in known:
        return "give another folder; keep the file: the escrow knows its key"
    return "give another folder; this key was never in force and opens nothing here"


def rewrap(
    url: str, keys: str, private_key: PrivateKey, *, now: datetime, access: KeyAccess = NO_ACCESS
) -> Rewrap:
    """Wrap for the key in force every epoch that ``private_key``, an older one, opens.

    access : credentials to wrap with, for a key in force that is in a service.

    A thousand epochs are one commit, so that a call cut short is gone on with by another.
    """
    public, n_epochs = read_public(keys), 0
    wrapper, author = public.wrapper(access), custodian(public, private_key.author())
    with open_store(url, public.escrow_id) as store:
        with store.snapshot():
            _check_in_force(store, public)
            todo, missing = _todo(store, public.key_id, private_key.key_id)
            _check_signed(store, public, todo)
        for start in range(0, len(todo), _CHUNK):
            rows = [_rewrapped(store, row, private_key, wrapper) for row in todo[start : start + _CHUNK]]
            with store.transaction():
                _check_in_force(store, public)
                n_epochs += _add_wraps(store, author, rows, at=timestamp(now))
    return Rewrap(public.key_id.hex(), n_epochs, missing)


def retire(url: str, keys: str, private_key: PrivateKey, *, key_id: str, now: datetime) -> int:
    """Retire an escrow key and delete what is wrapped under it; return how many wraps that were.

    key_id      : 16 hex digits; never the key in force, nor one without which an epoch stays closed for ever.
    private_key : the custodian's, for their signature.

    Deleted pages are overwritten; copies of the database made before keep theirs.
    """
    public = read_public(keys)
    author = custodian(public, private_key.author())
    with open_store(url, public.escrow_id) as store:
        decider = Decider(store, public, author, tombstones.path_beside(keys), timestamp(now))
        with store.transaction():
            _check_in_force(store, public)
            n_settled = decider.settle(RETIREMENT)
            cut_short = n_settled or key_id in [name.hex() for name in store.retired_keys()]
        if cut_short:  # that call's deleted pages may be in the files still, and this one may end in an error
            store.forget()
        with store.transaction():
            _check_in_force(store, public)
            n_wraps = wraps.retire(store, public.key_id, key_id)
            decider.decide("retire", {"at": decider.at, "key": key_id, "wraps": n_wraps})
        store.forget()
    return n_wraps


def _check_fresh(store: Store, key: EscrowKey) -> None:
    if key.key_id in [known.key_id for known in store.escrow_keys()]:
        raise EscrowError("this escrow key was in use before", hint="choose another")


def _check_in_force(store: Store, public: PublicKey) -> None:
    newest = store.escrow_keys()[-1]
    if EscrowKey(newest.kem, newest.public) != public.key:
        raise EscrowError(
            f"{store.place}: the key in force is another", hint="give the newest escrow.pub with --keys"
        )


def _todo(store: Store, newest: bytes, old: bytes) -> tuple[list[WrappedRow], int]:
    """Return the wraps to be opened, and the number of epochs that stay closed to the newest key."""
    todo, missing = [], 0
    for _, epoch in groupby(store.wrapped_rows(), key=lambda row: row.epoch_id):
        wraps = {row.key_id: row for row in epoch}
        if newest in wraps:
            continue
        if old in wraps:
            todo.append(wraps[old])
        else:
            missing += 1
    return todo, missing


def _check_signed(store: Store, public: PublicKey, rows: list[WrappedRow]) -> None:
    """Raise EscrowError unless every wrap is the one the log names: a new wrap of it would hide that."""
    keyring = Keyring(public.escrow_id)
    for _, entry in store.log.entries():
        if entry.kind in KINDS | {"expire", "wipe"} and not _taken(keyring, public, entry):
            raise _altered()
    for row in rows:
        signed = keyring.wraps.get(row.writer, {}).get(row.key_id.hex())
        if signed != leaves.wrapped_hash(row.wrapped):
            raise _altered()


def _taken(keyring: Keyring, public: PublicKey, entry: Entry) -> bool:
    """Take in an entry about epoch keys; return whether its author signed it and it can follow."""
    key = public.custodian_log if entry.author == CUSTODIAN else public.writer_log
    if entry.kind not in kinds_of(entry.author) or not entry_is_whole(entry, public.escrow_id, key):
        return False
    if entry.kind in KINDS:
        return keyring.take(entry)
    for writer in fields_of(entry)["epochs"]:
        keyring.forget(writer)
    return True


def _altered() -> EscrowError:
    return EscrowError("a wrapped key is not the one the log names", hint="run `deid escrow verify`")


def _add_wraps(store: Store, author: Author, rows: list[WrappedRow], *, at: str) -> int:
    """Add the wraps of epochs that have not expired meanwhile, and log them; return how many."""
    living = [row for row in rows if not store.retention.has_expired(row.epoch_id)]
    if living:
        store.add_wrapped(living)
        body = leaves.rewrap_body(living[0].key_id, living, at)
        store.log.append(author.entry(store.log.head(CUSTODIAN), "rewrap", body))
    return len(living)


def _rewrapped(store: Store, row: WrappedRow, private_key: PrivateKey, wrapper: KeyWrapper) -> WrappedRow:
    with store.snapshot():
        epoch = store.epoch_of(row.writer)
    if epoch is None:
        raise EscrowError("an epoch is missing", hint="run `deid escrow verify`")
    context = EpochContext(private_key.escrow_id, row.writer, epoch.run_id, epoch.domain).wrapped_key()
    key = private_key.unwrap(row.wrapped, context)
    return WrappedRow(row.epoch_id, row.writer, wrapper.key_id, wrapper.wrap(key, context))
