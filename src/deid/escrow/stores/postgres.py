"""The escrow in a PostgreSQL database: COPY for what is sealed, one writing transaction at a time.

Writers queue on an advisory lock, so numbers have no gaps and no writer sees another's half a batch; the
lock goes with the transaction, whatever ends it. The driver, psycopg, is the extra ``postgres``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from deid.errors import EscrowError, extra_hint
from deid.escrow.stores.backend import BUSY_TIMEOUT_S, Row
from deid.escrow.stores.postgres_check import check_durable, check_schema, version
from deid.escrow.stores.postgres_migrate import make, migrate
from deid.escrow.stores.postgres_schema import VERSION
from deid.escrow.stores.url import Server, server

if TYPE_CHECKING:
    import psycopg

LOCK = int.from_bytes(b"deid-esc", "big")
_FIRST_ROWS, _MOST_ROWS, _STREAMED_BYTES = 4, 4_096, 1 << 22
_REWRITE_WAIT_S = 30.0
_CONNECTION = {
    "application_name": "deid",
    "client_encoding": "utf8",
    "connect_timeout": "10",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
_BY_INDEX = """SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
 set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
 set_config('jit', 'off', true)"""
_COPIED = {"INTEGER": "int8", "TEXT": "text", "BLOB": "bytea"}

_LOST = ("it cannot be reached, or refuses this user", "check escrow.url, the server and the password file")
_LOCKED = ("it is locked by another process", "wait for it to end, then run again")
_IO = ("reading or writing it failed", "check the server's disk and its log")
_DAMAGED = ("it is damaged", "restore a backup, then `deid escrow verify`")
# By SQLSTATE, or its class (PostgreSQL documentation, appendix A).
_REASONS = {
    "08": _LOST,
    "22": ("a value does not fit", "run `deid escrow verify`"),
    "23": ("an append-only or uniqueness rule refused", "run `deid escrow verify`"),
    "25006": ("it is read-only", "connect to the primary server, and let it write"),
    "28": _LOST,
    "3D": ("there is no such database", "check escrow.url"),
    "40": _LOCKED,
    "42501": (
        "this user may not do that",
        "docs/custody.md says which role each command needs, and what `init` needs",
    ),
    "53": ("the server is short of connections or memory", "wait, then run again"),
    "53100": ("the disk is full", "free space on the server and run the shard again"),
    "55P03": _LOCKED,
    "57": ("the server is stopping or ended the statement", "run again when it is up"),
    "58": _IO,
    "XX": _DAMAGED,
}


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """An open connection to an escrow's database; a ``Backend``."""

    place: str
    _connection: "psycopg.Connection[Any]" = field(repr=False)

    @classmethod
    def open(cls, url: str) -> Self:
        """Connect; EscrowError unless the server is durable and the schema there, whole and ours.

        To its owner, a schema of an earlier version is brought to this one first.
        """
        where = server(url)
        with _connected(where) as connection:
            made = cls(where.place, connection)
            check_durable(made.execute, made.place)
            if version(made.execute, made.place) < VERSION:
                with made.transaction():
                    migrate(made.execute, made.place)
            check_schema(made.execute, made.place)
        return made

    @classmethod
    @contextmanager
    def founding(cls, url: str) -> Iterator[Self]:
        """Make schema and roles in a database that has none; gone again when the block fails.

        Needs a user who may make roles, and schemas in this database.
        """
        where = server(url)
        with _connected(where) as connection:
            made = cls(where.place, connection)
            with made.transaction():
                check_durable(made.execute, made.place)
                make(made.execute, made.place, where.database)
                yield made
                made.execute("SELECT rewrite_keys()")  # what a restore deleted again leaves the file
            made.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Run a block as the only write at a time, the others waiting."""
        return self._guarded("READ COMMITTED", f"SELECT pg_advisory_xact_lock({LOCK})")

    def snapshot(self) -> AbstractContextManager[None]:
        """Run a block of reads over one state of the database."""
        return self._guarded("REPEATABLE READ, READ ONLY", None)

    @contextmanager
    def _guarded(self, how: str, first: str | None) -> Iterator[None]:
        with _refusing(self.place):
            self.execute(f"BEGIN ISOLATION LEVEL {how}")
            try:
                if first:
                    self.execute(first)
                yield
                self._commit()
            except BaseException:
                self._undo()
                raise

    def _commit(self) -> None:
        """Commit; a transaction that had failed would be rolled back without an error."""
        if self._connection.execute("COMMIT").statusmessage != "COMMIT":
            raise EscrowError(f"{self.place}: escrow database: nothing was committed")

    def _undo(self) -> None:
        from psycopg import Error  # noqa: PLC0415

        with suppress(Error):
            self._connection.execute("ROLLBACK")

    def execute(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Run one statement; return its rows."""
        cursor = self._connection.execute(_marked(sql), row or None, binary=True)
        return cursor.fetchall() if cursor.description else []

    def look_up(self, sql: str, row: Sequence[object] = ()) -> list[Row]:
        """Run one query by the indexes; the rest of the transaction is planned like it.

        Until the server has counted a table it takes 500 random ids for most of it, and would read it whole.
        """
        self.execute(_BY_INDEX)
        return self.execute(sql, row)

    def stream(self, sql: str, row: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a query through a cursor of the server's, a few MB at a time."""
        cursor = self._connection.cursor(f"c{uuid4().hex}", binary=True)
        try:
            cursor.execute(_marked(sql), row or None)
            n_rows = _FIRST_ROWS
            while rows := cursor.fetchmany(n_rows):
                yield from rows
                widest = max(map(_width, rows[:: max(1, len(rows) // _FIRST_ROWS)]))
                n_rows = max(1, min(_MOST_ROWS, _STREAMED_BYTES // widest))
        finally:
            _end(cursor)

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        self._connection.cursor().executemany(_marked(sql), rows)

    def load(self, table: str, rows: Iterable[Sequence[object]], columns: Mapping[str, str]) -> None:
        """Insert many rows by COPY."""
        copied = _marked(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)")
        with self._connection.cursor().copy(copied) as copy:
            copy.set_types([_COPIED[kind] for kind in columns.values()])
            for row in rows:
                copy.write_row(row)

    def compact(self) -> None:
        """Leave it to the server, which vacuums by itself."""

    def forget(self) -> None:
        """Rewrite the files of keys without the deleted ones."""
        try:
            with self.transaction():
                self.execute(f"SET LOCAL lock_timeout = {round(min(BUSY_TIMEOUT_S, _REWRITE_WAIT_S) * 1000)}")
                self.execute("SELECT rewrite_keys()")
        except EscrowError:
            raise EscrowError(
                f"{self.place}: deleted, but a table's file still holds the deleted rows",
                hint="close every other process that uses the escrow, then run the same command again",
            ) from None

    def size_bytes(self) -> int:
        """Return the size of the tables with their indexes."""
        query = """SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'escrow'::regnamespace"""
        return int(self.execute(query)[0][0])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def _connected(where: Server) -> "Iterator[psycopg.Connection[Any]]":
    """Connect, and disconnect again if the block fails."""
    try:
        import psycopg  # noqa: PLC0415 - an extra
    except ImportError:
        raise EscrowError(
            f"{where.place}: the driver of PostgreSQL is not installed",
            hint=extra_hint("postgres"),
        ) from None
    with _refusing(where.place):
        settings: dict[str, Any] = {**_CONNECTION, **where.settings}
        connection = psycopg.connect(**settings, autocommit=True)
        try:
            connection.execute("SET search_path = escrow, pg_temp")
            connection.execute(f"SET lock_timeout = {round(BUSY_TIMEOUT_S * 1000)}".encode())
            yield connection
        except BaseException:
            connection.close()
            raise


@contextmanager
def _refusing(place: str) -> Iterator[None]:
    """Turn PostgreSQL's errors into one EscrowError that names the place and never what is stored."""
    from psycopg import Error  # noqa: PLC0415 - an extra

    try:
        yield
    except Error as error:
        code = error.sqlstate or "08"
        reason, hint = (
            _REASONS.get(code) or _REASONS.get(code[:2]) or ("it cannot be used", f"SQLSTATE {code}")
        )
        raise EscrowError(f"{place}: escrow database: {reason}", hint=hint) from None


def _end(cursor: "psycopg.ServerCursor[Any]") -> None:
    """Close a server's cursor and raise nothing: when the server is gone, the transaction's end says so.

    psycopg tells the server first and stops half-way if that fails; the second time it only closes.
    """
    from psycopg import Error  # noqa: PLC0415 - an extra

    with suppress(Error):
        cursor.close()
    cursor.close()


def _marked(sql: str) -> bytes:
    """Return a statement as psycopg marks its values."""
    return sql.replace("?", "%s").encode()


def _width(row: Row) -> int:
    return 1 + sum(len(value) for value in row if isinstance(value, bytes | str))
