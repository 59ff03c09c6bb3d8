"""Founding an escrow: keys, an empty database, and the first entry of its log."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deid.errors import EscrowError, InputError
from deid.escrow import chain, leaves
from deid.escrow.chain import CUSTODIAN, Author, Head
from deid.escrow.custody import MAX_APPROVALS
from deid.escrow.derived import append
from deid.escrow.keys import kinds
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.create import NewKey, new_key_files, written
from deid.escrow.keys.local import PRIVATE_NAME, PUBLIC_NAME, read_public, read_writer
from deid.escrow.stores.open import founding, open_store
from deid.escrow.stores.rows import EscrowKeyRow
from deid.escrow.stores.url import without_password


@dataclass(frozen=True, slots=True)
class EscrowInfo:
    """A new escrow.

    key_id      : name of its public key, 16 hex digits.
    url         : address of the database, without the password.
    keys        : what goes into ``escrow.keys``: ``local:PATH/escrow.pub``.
    private_key : the file the custodian takes away and keeps apart.
    """

    escrow_id: str
    key_id: str
    url: str
    keys: str
    private_key: Path


def init_escrow(  # noqa: PLR0913 - what an escrow is made of; most have one answer
    url: str,
    keys_dir: str | Path,
    *,
    passphrase: bytes,
    now: datetime,
    key: str = kinds.DEFAULT,
    access: KeyAccess = NO_ACCESS,
    approvals: int = 0,
) -> EscrowInfo:
    """Make a new escrow; EscrowError when any of it exists, and then nothing is made.

    url        : ``sqlite:///relative`` or ``sqlite:////absolute``; its folder, mode 0700, is made if missing.
                 Or ``postgresql://user@host/database``, where the user may make roles and schemas.
    keys_dir   : folder of the three key files, made like the other; it may be the same.
    passphrase : opens ``escrow.key``; at least 8 bytes.
    key        : kind and place of the escrow key (``keys.kinds``).
    access     : credentials, for a key in a service.
    approvals  : how many every reveal needs, 0 to 16; 0 lets the custodian open alone.
    """
    if not 0 <= approvals <= MAX_APPROVALS:
        raise InputError(f"approvals must be 0 to {MAX_APPROVALS}")
    folder = Path(keys_dir)
    keys = f"local:{folder / PUBLIC_NAME}"
    if (folder / PRIVATE_NAME).exists():
        raise _made_before(url, folder, keys)
    secrets, key_files = new_key_files(NewKey(key, passphrase, access), now=now)
    with written(key_files, folder), founding(url) as store:
        public = read_public(keys)
        author = read_writer(keys, public).author()
        body = leaves.init_body(public.escrow_id, public.key, public.created)
        store.set_owner(public.escrow_id)
        store.add_escrow_key(EscrowKeyRow(public.key_id, public.key.kem, public.key.raw, public.created))
        store.log.append(author.entry(Head(), "init", body))
        if approvals:
            quorum = {"approvals": approvals, "at": public.created}
            append(store, Author(public.escrow_id, CUSTODIAN, secrets.signer), "quorum", chain.body(quorum))
    address, private_key = without_password(url), folder / PRIVATE_NAME
    return EscrowInfo(public.escrow_id, public.key_id.hex(), address, keys, private_key)


def _made_before(url: str, folder: Path, keys: str) -> EscrowError:
    """Say whether the keys in the way are those of this escrow, made by a call that was killed at its end."""
    private = folder / PRIVATE_NAME
    try:
        open_store(url, read_public(keys).escrow_id).close()
    except EscrowError as error:  # of a database that cannot be read nobody knows what its keys are
        hint = f"give another folder for the keys, and keep these; {error}"
        return EscrowError(f"{private}: exists already", hint=hint)
    hint = "nothing is to be done: it is made; `deid escrow verify` checks it"
    return EscrowError(f"{private}: exists already, and its escrow", hint=hint)
