"""One SQLite file: how it is made, opened, locked, and what its failures are called."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from deid.errors import EscrowError
from deid.escrow.keys.files import check_private, new_file, private_folder
from deid.escrow.stores.schema import APPLICATION_ID, SCHEMA_VERSION, statements

BUSY_TIMEOUT_S = 60.0

# FULL: a committed batch survives power loss (in WAL mode, NORMAL may lose the last ones).
# secure_delete: what shred and gc remove is overwritten with zeros in the file.
_PRAGMAS = (
    "synchronous=FULL",
    "fullfsync=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "foreign_keys=ON",
    "cache_size=-65536",
    "wal_autocheckpoint=4000",
)
_REASONS = {
    sqlite3.SQLITE_FULL: ("the disk is full", "free space and run the shard again"),
    sqlite3.SQLITE_BUSY: ("it is locked by another process", "wait for it to end, then run again"),
    sqlite3.SQLITE_LOCKED: ("it is locked by another process", "wait for it to end, then run again"),
    sqlite3.SQLITE_READONLY: ("it is read-only", "make file and folder writable to their owner"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "check that file and folder exist and may be written"),
    sqlite3.SQLITE_IOERR: ("reading or writing it failed", "check the disk and its free space"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "restore a backup, then `deid escrow verify`"),
    sqlite3.SQLITE_NOTADB: ("this is no database", "check escrow.url"),
    sqlite3.SQLITE_CONSTRAINT: ("an append-only or uniqueness rule refused", "run `deid escrow verify`"),
}


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one EscrowError that names the file and never its contents."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        reason, hint = _REASONS.get(code, ("it cannot be used", "run `deid escrow verify`"))
        raise EscrowError(f"{path}: escrow database: {reason}", hint=hint) from None


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing escrow database; EscrowError when it is missing, open to others or not ours."""
    if not path.is_file():
        raise EscrowError(f"{path}: no such escrow database", hint="`deid escrow init` makes one")
    check_private(path)
    check_private(path.absolute().parent)
    with refusing(path):
        database = _connect(path)
        try:
            _check_format(database, path)
        except BaseException:
            database.close()
            raise
    return database


def create(path: Path) -> sqlite3.Connection:
    """Make an empty escrow database, mode 0600, in a folder of its own, mode 0700."""
    private_folder(path.absolute().parent)
    with new_file(path, 0o600) as descriptor, refusing(path):
        os.close(descriptor)
        database = _connect(path)
        try:
            _add_schema(database)
        except BaseException:
            database.close()
            raise
    return database


@contextmanager
def locked(database: sqlite3.Connection, how: str = "IMMEDIATE") -> Iterator[None]:
    """Run a block as one transaction: committed and durable at its end, undone on any exception."""
    database.execute(f"BEGIN {how}")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
        raise


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
    )
    for pragma in _PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    return database


def _add_schema(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"PRAGMA application_id={APPLICATION_ID}")
    database.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    with locked(database):
        for statement in statements():
            database.execute(statement)


def _check_format(database: sqlite3.Connection, path: Path) -> None:
    (identity,) = database.execute("PRAGMA application_id").fetchone()
    if identity != APPLICATION_ID:
        raise EscrowError(f"{path}: not an escrow database", hint="check escrow.url")
    version = _version(database)
    if version not in (1, SCHEMA_VERSION):
        raise EscrowError(f"{path}: escrow schema version {version}, not {SCHEMA_VERSION}")
    if version == 1:
        _upgrade(database, path)
    _check_schema(database, path, SCHEMA_VERSION)


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _check_schema(database: sqlite3.Connection, path: Path, version: int) -> None:
    found = {sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if found != set(statements(version)):
        raise EscrowError(
            f"{path}: schema altered: append-only rules may be off", hint="restore a backup and compare"
        )


def _upgrade(database: sqlite3.Connection, path: Path) -> None:
    """Bring version 1 to version 2: tables are added, and the triggers made anew; no row is touched."""
    with locked(database):
        if _version(database) != 1:
            return
        _check_schema(database, path, 1)
        old, new = statements(1), statements()
        for trigger in (sql for sql in old if sql.startswith("CREATE TRIGGER")):
            database.execute(f"DROP TRIGGER {trigger.split()[2]}")
        for statement in new:
            if statement.startswith("CREATE TRIGGER") or statement not in old:
                database.execute(statement)
        database.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
