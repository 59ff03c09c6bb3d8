"""Founding an escrow: keys, an empty database, and the first entry of its log."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow import leaves
from deid.escrow.chain import Head
from deid.escrow.keys import files, kinds
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.create import NewKey, new_key_files
from deid.escrow.keys.files import private_folder
from deid.escrow.keys.local import PRIVATE_NAME, PUBLIC_NAME, WRITER_NAME, read_public, read_writer
from deid.escrow.stores.rows import EscrowKeyRow
from deid.escrow.stores.sqlite import SqliteStore
from deid.escrow.stores.url import database_path


@dataclass(frozen=True, slots=True)
class EscrowInfo:
    """A new escrow.

    key_id      : name of its public key, 16 hex digits.
    keys        : what goes into ``escrow.keys``: ``local:PATH/escrow.pub``.
    private_key : the file the custodian takes away and keeps apart.
    """

    escrow_id: str
    key_id: str
    url: str
    keys: str
    database: Path
    private_key: Path


def init_escrow(
    url: str,
    keys_dir: str | Path,
    *,
    passphrase: bytes,
    now: datetime,
    key: str = kinds.DEFAULT,
    access: KeyAccess = NO_ACCESS,
) -> EscrowInfo:
    """Make a new escrow; EscrowError when any of its four files exists, and then nothing is made.

    url        : ``sqlite:///relative`` or ``sqlite:////absolute``; its folder, mode 0700, is made if missing.
    keys_dir   : folder of the three key files, made like the other; it may be the same.
    passphrase : opens ``escrow.key``; at least 8 bytes.
    key        : kind and place of the escrow key (``keys.kinds``).
    access     : credentials, for a key in a service.
    """
    folder, made = Path(keys_dir), list[Path]()
    for file in (database_path(url), *(folder / name for name in (PRIVATE_NAME, WRITER_NAME, PUBLIC_NAME))):
        if file.exists():
            raise EscrowError(f"{file}: exists already", hint="nothing is ever overwritten")
    key_files = new_key_files(NewKey(key, passphrase, access), now=now)
    private_folder(folder)
    try:
        for key_file in key_files:
            files.create(folder / key_file.name, key_file.fields, secret=key_file.secret)
            made.append(folder / key_file.name)
        return _found(url, folder, made)
    except BaseException:
        for file in made:
            file.unlink(missing_ok=True)
        raise


def _found(url: str, folder: Path, made: list[Path]) -> EscrowInfo:
    """Make the database and the first entry of its log; what it makes, it adds to ``made``."""
    keys, path = f"local:{folder / PUBLIC_NAME}", database_path(url)
    public = read_public(keys)
    author = read_writer(keys, public).author()
    body = leaves.init_body(public.escrow_id, public.key, public.created)
    with SqliteStore.create(url) as store:
        made += [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
        with store.transaction():
            store.set_owner(public.escrow_id)
            store.add_escrow_key(EscrowKeyRow(public.key_id, public.key.kem, public.key.raw, public.created))
            store.append(author.entry(Head(), "init", body))
    return EscrowInfo(public.escrow_id, public.key_id.hex(), url, keys, path, folder / PRIVATE_NAME)
