"""A writer that is killed: seals shard after shard and notes, durably, each one acknowledged.

``escrow_child.py FOLDER PREFIX [POINT COUNT]``. With a point, the process kills itself there, the COUNT-th
time it gets there: just before or after SQLite is given a statement that starts so.
"""

import json
import os
import signal
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from deid.escrow import EscrowWriter, SealedRecord

N_RECORDS = 40


class Dying(sqlite3.Connection):
    """A connection that ends its process at a named point."""

    point, left = "", 0

    def _reach(self, point: str) -> None:
        if point.startswith(Dying.point):
            Dying.left -= 1
            if Dying.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        self._reach(f"before {sql}")
        cursor = super().execute(sql, *values)  # type: ignore[arg-type]
        self._reach(f"after {sql}")
        return cursor

    def executemany(self, sql: str, *values: object) -> sqlite3.Cursor:
        self._reach(f"before {sql}")
        cursor = super().executemany(sql, *values)  # type: ignore[arg-type]
        self._reach(f"after {sql}")
        return cursor


def die_at(point: str, count: int) -> None:
    """Make every connection from here on one that dies."""
    Dying.point, Dying.left = point, count
    real = sqlite3.connect
    sqlite3.connect = lambda *args, **options: real(*args, factory=Dying, **options)  # type: ignore[assignment]


def main(folder: Path, prefix: str) -> None:
    """Put shards for ever."""
    url, keys = f"sqlite:///{folder}/escrow.db", f"local:{folder}/escrow.pub"
    now = datetime(2026, 1, 31, tzinfo=UTC)
    with (
        (folder / f"{prefix}.acknowledged").open("a") as acknowledged,
        EscrowWriter.open(url, keys, domain="training", run_id=prefix, now=now) as writer,
    ):
        print("ready", flush=True)  # noqa: T201
        for shard in range(1_000_000):
            name = f"{prefix}-{shard}"
            records = [
                SealedRecord(f"{name}-{i}", f"u{i % 7}", f"secret of {name}-{i}".encode())
                for i in range(N_RECORDS)
            ]
            receipt = writer.put(name, records)
            acknowledged.write(json.dumps([receipt.batch, receipt.attempt]) + "\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())


if __name__ == "__main__":
    if len(sys.argv) > 3:
        die_at(sys.argv[3], int(sys.argv[4]))
    main(Path(sys.argv[1]), sys.argv[2])
