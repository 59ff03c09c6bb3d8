"""A writer that is killed: seals shard after shard and notes, durably, each one acknowledged.

With a point, the process kills itself there, the COUNT-th time it gets there: just before or after the
database is given a statement that starts so, or in the middle of many rows.
"""

import json
import os
import signal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from deid.escrow import EscrowWriter, SealedRecord
from deid.escrow.stores.postgres import PostgresDatabase

N_RECORDS = 40


class Death:
    """Where this process ends."""

    point, left = "", 0


def reach(point: str) -> None:
    """Be at a point."""
    if point.startswith(Death.point):
        Death.left -= 1
        if Death.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Dying(sqlite3.Connection):
    """A connection that ends its process at a named point."""

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        reach(f"before {sql}")
        cursor = super().execute(sql, *values)  # type: ignore[arg-type]
        reach(f"after {sql}")
        return cursor

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        cursor = super().executemany(sql, reaching(f"within {sql}", rows))
        reach(f"after {sql}")
        return cursor


def reaching(point: str, rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows, and be at a point after each."""
    for row in rows:
        yield row
        reach(point)


def die_at(point: str, count: int) -> None:
    """Make every connection from here on one that dies."""
    Death.point, Death.left = point, count
    real = sqlite3.connect
    sqlite3.connect = lambda *args, **options: real(*args, factory=Dying, **options)  # type: ignore[assignment]
    _die_in_postgres()


def _die_in_postgres() -> None:
    execute, many, load = PostgresDatabase.execute, PostgresDatabase.execute_many, PostgresDatabase.load
    stream, commit = PostgresDatabase.stream, PostgresDatabase._commit  # noqa: SLF001

    def dying_execute(self: PostgresDatabase, sql: str, row: Sequence[object] = ()) -> list[Any]:
        reach(f"before {sql}")
        found = execute(self, sql, row)
        reach(f"after {sql}")
        return found

    def dying_execute_many(self: PostgresDatabase, sql: str, rows: Iterable[Any]) -> None:
        many(self, sql, reaching(f"within {sql}", rows))
        reach(f"after {sql}")

    def dying_stream(self: PostgresDatabase, sql: str, row: Sequence[object] = ()) -> Iterator[Any]:
        found = stream(self, sql, row)
        first = next(found, None)
        reach(f"after {sql}")
        if first is not None:
            yield first
            yield from found

    def dying_load(
        self: PostgresDatabase, table: str, rows: Iterable[Any], columns: Mapping[str, str]
    ) -> None:
        load(self, table, reaching(f"within INSERT INTO {table}", rows), columns)
        reach(f"after INSERT INTO {table}")

    def dying_commit(self: PostgresDatabase) -> None:
        reach("before COMMIT")
        commit(self)
        reach("after COMMIT")

    for method in (dying_execute, dying_execute_many, dying_stream, dying_load, dying_commit):
        name = method.__name__.removeprefix("dying_").replace("commit", "_commit")
        setattr(PostgresDatabase, name, method)


def write_for_ever(site: tuple[str, Path], prefix: str, ready: Connection, point: str, count: int) -> None:
    """Put shards until the end; ``site`` is the database's address and the folder of the keys."""
    url, folder = site
    if point:
        die_at(point, count)
    keys = f"local:{folder}/escrow.pub"
    now = datetime(2026, 1, 31, tzinfo=UTC)
    with (
        (folder / f"{prefix}.acknowledged").open("a") as acknowledged,
        EscrowWriter.open(url, keys, domain="training", run_id=prefix, now=now) as writer,
    ):
        ready.send("ready")
        for shard in range(1_000_000):
            name = f"{prefix}-{shard}"
            records = [
                SealedRecord(f"{name}-{i}", f"u{i % 7}", f"secret of {name}-{i}".encode())
                for i in range(N_RECORDS)
            ]
            receipt = writer.put(name, records)
            reach("before acknowledging")
            acknowledged.write(json.dumps([receipt.batch, receipt.attempt]) + "\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())
            reach("after acknowledging")


def put_and_die(site: tuple[str, Path], batch: str, records: Sequence[SealedRecord], point: str) -> None:
    """Put one batch; ``point`` is where, and behind a colon the how manieth time."""
    url, folder = site
    name, _, count = point.rpartition(":")
    die_at(name, int(count))
    now = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
    with EscrowWriter.open(url, f"local:{folder}/escrow.pub", domain="d", run_id="run", now=now) as writer:
        writer.put(batch, records)
