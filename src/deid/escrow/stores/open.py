"""Which database an address names, and how it is opened and made."""

from collections.abc import Iterator
from contextlib import contextmanager

from deid.escrow.stores.postgres import PostgresDatabase
from deid.escrow.stores.sqlite import SqliteDatabase
from deid.escrow.stores.store import Store
from deid.escrow.stores.url import POSTGRES, database_path


def open_store(url: str, escrow_id: str) -> Store:
    """Open an escrow's database; EscrowError unless it is there, ours, whole and durable.

    url : ``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://user@host/database``.
    """
    store = Store(
        PostgresDatabase.open(url) if url.startswith(POSTGRES) else SqliteDatabase.open(database_path(url))
    )
    try:
        store.check_owner(escrow_id)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def founding(url: str) -> Iterator[Store]:
    """Make a new, empty store and run the block as its first transaction; nothing is left when it fails.

    EscrowError when anything is there already.
    """
    making = (
        PostgresDatabase.founding(url)
        if url.startswith(POSTGRES)
        else SqliteDatabase.founding(database_path(url))
    )
    with making as database:
        yield Store(database)
