"""What an administrator of a database can do to an escrow, and nothing in the library does."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from deid.escrow.stores.postgres_schema import GRANTS, OWNER
from deid.escrow.stores.schema import statements
from deid.escrow.stores.url import POSTGRES, database_path


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Sql(Protocol):
    """A connection; ``?`` marks values, whatever the database."""

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Cursor: ...


class PostgresSql:
    """A connection that takes the tests' SQL."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Cursor:
        cursor: Cursor = self._connection.execute(sql.replace("?", "%s"), values or None)
        return cursor


@contextmanager
def sql(url: str) -> Iterator[Sql]:
    """Connect as the administrator."""
    if url.startswith(POSTGRES):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET search_path = escrow, public")
            yield PostgresSql(connection)
        return
    database = sqlite3.connect(database_path(url), isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    try:
        yield database
    finally:
        database.close()


def tamper(url: str, statement: str, *values: object) -> None:
    """Change rows behind the triggers' back, and leave the triggers as they were."""
    with sql(url) as db:
        if url.startswith(POSTGRES):
            db.execute("SET session_replication_role = replica")
            assert db.execute(statement, values).rowcount > 0
            return
        db.execute("BEGIN IMMEDIATE")
        drop_triggers(db)
        assert db.execute(statement, values).rowcount > 0
        for trigger in triggers():
            db.execute(trigger)
        db.execute("COMMIT")


def triggers() -> list[str]:
    """Return the triggers of a SQLite escrow."""
    return [each for each in statements() if each.startswith("CREATE TRIGGER")]


def drop_triggers(db: Sql) -> None:
    """Drop the triggers of a SQLite escrow."""
    for trigger in triggers():
        db.execute(f"DROP TRIGGER {trigger.split()[2]}")


def create(url: str, template: str = "template1") -> None:
    """Make a PostgreSQL database; the one copied has no connection at that time."""
    _when_free(url, f'CREATE DATABASE "{_name(url)}" TEMPLATE "{template}"')


def drop(url: str) -> None:
    """Drop a PostgreSQL database with its roles, and whoever is connected to it."""
    name = _name(url)
    _when_free(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    with _maintenance(url) as db:
        for role in (OWNER, *GRANTS):
            db.execute(f'DROP ROLE IF EXISTS "{name}_{role}"')


def _when_free(url: str, statement: str) -> None:
    """Run a statement on a whole database.

    A connection just closed ends when its process on the server does: the server waits 5 s for it, and
    on a loaded machine that is not always enough.
    """
    import psycopg

    for _ in range(60):
        with suppress(psycopg.errors.ObjectInUse), _maintenance(url) as db:
            db.execute(statement)
            return
    raise AssertionError(f"still in use: {statement}")


def copy(url: str, name: str) -> str:
    """Copy a PostgreSQL database; return the copy's address."""
    made = re.sub(r"/[^/?]+\?", f"/{name}?", url)
    drop(made)
    create(made, template=_name(url))
    return made


# What SQLite has and the tests say.
_WORDS = (
    """CREATE FUNCTION public.zeroblob(integer) RETURNS bytea LANGUAGE sql
 AS $$SELECT decode(repeat('00', $1), 'hex')$$""",
    """CREATE FUNCTION public.hex(bytea) RETURNS bytea LANGUAGE sql
 AS $$SELECT convert_to(encode($1, 'hex'), 'UTF8')$$""",
    """CREATE FUNCTION public.replace(bytea, text, text) RETURNS bytea LANGUAGE sql
 AS $$SELECT convert_to(replace(convert_from($1, 'UTF8'), $2, $3), 'UTF8')$$""",
    "CREATE DOMAIN public.blob AS bytea",
)


def teach(url: str) -> None:
    """Give a PostgreSQL database the words of SQLite that the tests use."""
    with sql(url) as db:
        for statement in _WORDS:
            db.execute(statement)


def _maintenance(url: str) -> Any:
    return sql(re.sub(r"/[^/?]+\?", "/postgres?", url))


def _name(url: str) -> str:
    found = re.search(r"/([^/?]+)\?", url)
    assert found is not None
    return found[1]
