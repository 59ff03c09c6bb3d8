"""The escrow in one SQLite file: WAL, durable commits, one writing transaction at a time."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote

from deid.errors import EscrowError
from deid.escrow.keys.files import check_private, new_file, private_folder
from deid.escrow.stores.backend import BUSY_TIMEOUT_S, Row
from deid.escrow.stores.schema import APPLICATION_ID, SCHEMA_VERSION, statements
from deid.store import sync_folder

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


@dataclass(frozen=True, slots=True)
class SqliteDatabase:
    """An open escrow file; a ``Backend``."""

    path: Path
    _connection: sqlite3.Connection = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing file; EscrowError when it is missing, open to others or not ours."""
        if not path.is_file():
            raise EscrowError(f"{path}: no such escrow database", hint="`deid escrow init` makes one")
        check_private(path)
        check_private(path.absolute().parent)
        with _opening(path) as connection:
            _check_format(connection, path)
        return cls(path, connection)

    @classmethod
    @contextmanager
    def founding(cls, path: Path) -> Iterator[Self]:
        """Make a file, mode 0600, in a folder of its own, mode 0700, by one transaction: the block.

        It is built beside its name, as ``.NAME.new``, and gets the name when it is whole; killed in between,
        that file is all there is, and the next founding removes it.
        """
        draft = path.with_name(f".{path.name}.new")
        with private_folder(path.absolute().parent):
            _remove(draft)
            if path.exists():
                raise _exists(path)
            try:
                with new_file(draft, 0o600) as descriptor:
                    os.close(descriptor)
                    with _opening(draft) as connection:
                        _add_schema(connection)
                    with closing(cls(path, connection)) as made:
                        with made.transaction():
                            yield made
                        made.forget()
                    _name(draft, path)
            finally:
                _remove(draft)

    @property
    def place(self) -> str:
        """The file."""
        return str(self.path)

    def transaction(self) -> AbstractContextManager[None]:
        """Run a block as the only write at a time."""
        return self._guarded("IMMEDIATE")

    def snapshot(self) -> AbstractContextManager[None]:
        """Run a block of reads over one state of the file."""
        return self._guarded("DEFERRED")

    @contextmanager
    def _guarded(self, how: str) -> Iterator[None]:
        with refusing(self.path), locked(self._connection, how):
            yield

    def execute(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Run one statement; return its rows."""
        with refusing(self.path):
            return self._connection.execute(sql, row).fetchall()

    def look_up(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Run one query; SQLite uses the indexes by itself."""
        return self.execute(sql, row)

    def stream(self, sql: str, row: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a query."""
        return self._connection.execute(sql, row)

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        self._connection.executemany(sql, rows)

    def load(self, table: str, rows: Iterable[Sequence[object]], columns: Mapping[str, str]) -> None:
        """Insert many rows."""
        marks = ",".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our tables

    def compact(self) -> None:
        """Rewrite the file without its free pages; memory grows with what is left."""
        with refusing(self.path):
            self._connection.execute("VACUUM")

    def forget(self) -> None:
        """Copy the write-ahead log into the file and empty it; EscrowError when a reader prevents it."""
        with refusing(self.path):
            (busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise EscrowError(
                f"{self.path}: deleted, but the write-ahead log still holds old pages",
                hint="close every other process that uses the escrow, then run the same command again",
            )

    def size_bytes(self) -> int:
        """Return the size of the file and its write-ahead log."""
        wal = self.path.with_name(self.path.name + "-wal")
        return self.path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _name(draft: Path, path: Path) -> None:
    """Give the finished file its name, which must be free, durably."""
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        raise _exists(path) from None
    sync_folder(path.absolute().parent)


def _remove(draft: Path) -> None:
    for side in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + side).unlink(missing_ok=True)


def _exists(path: Path) -> EscrowError:
    return EscrowError(f"{path}: exists already", hint="nothing is ever overwritten")


@contextmanager
def _opening(path: Path) -> Iterator[sqlite3.Connection]:
    """Connect, and close again if the block fails."""
    with refusing(path):
        connection = _connect(path)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise


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
