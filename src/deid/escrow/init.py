"""Founding an escrow: keys, an empty database, and the first entry of its log."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow import leaves
from deid.escrow.chain import Head
from deid.escrow.keys.create import create_keys
from deid.escrow.keys.local import KEM_NAME, PRIVATE_NAME, PUBLIC_NAME, WRITER_NAME, read_public, read_writer
from deid.escrow.stores.database import private_folder
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


def init_escrow(url: str, keys_dir: str | Path, *, passphrase: bytes, now: datetime) -> EscrowInfo:
    """Make a new escrow; EscrowError when any of its four files exists, and then nothing is made.

    url        : ``sqlite:///relative`` or ``sqlite:////absolute``; its folder, mode 0700, is made if missing.
    keys_dir   : folder of the three key files, made like the other; it may be the same.
    passphrase : opens ``escrow.key``; at least 8 bytes.
    """
    path, folder = database_path(url), Path(keys_dir)
    key_files = [folder / name for name in (PRIVATE_NAME, WRITER_NAME, PUBLIC_NAME)]
    for file in (path, *key_files):
        if file.exists():
            raise EscrowError(f"{file}: exists already", hint="nothing is ever overwritten")
    try:
        return _found(url, folder, passphrase, now)
    except BaseException:
        for file in (
            path,
            path.with_name(path.name + "-wal"),
            path.with_name(path.name + "-shm"),
            *key_files,
        ):
            file.unlink(missing_ok=True)
        raise


def _found(url: str, folder: Path, passphrase: bytes, now: datetime) -> EscrowInfo:
    _make_folder(folder)
    keys = create_keys(folder, passphrase=passphrase, now=now)
    public = read_public(keys)
    author = read_writer(keys, public).author()
    with SqliteStore.create(url, public.escrow_id) as store, store.transaction():
        store.add_escrow_key(public.key_id, KEM_NAME, public.raw, public.created)
        body = leaves.init_body(public.escrow_id, public.key_id, public.raw, public.created)
        store.append(author.entry(Head(), "init", body))
    database = database_path(url)
    return EscrowInfo(public.escrow_id, public.key_id.hex(), url, keys, database, folder / PRIVATE_NAME)


def _make_folder(folder: Path) -> None:
    try:
        private_folder(folder)
    except OSError as error:
        raise EscrowError(f"{folder}: cannot be made: {error.strerror}") from None
