"""An escrow in a folder, and what tests do to it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from deid.escrow import (
    EscrowWriter,
    PrivateKey,
    Receipt,
    SealedRecord,
    reveal_record,
)
from deid.escrow.stores.schema import statements

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


@dataclass(frozen=True)
class Site:
    """An escrow in a folder of its own."""

    folder: Path
    private_key: PrivateKey = field(repr=False)

    @property
    def database(self) -> Path:
        return self.folder / "escrow.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def keys(self) -> str:
        return f"local:{self.folder / 'escrow.pub'}"

    def writer(self, run_id: str = "run-1", domain: str = "training") -> EscrowWriter:
        return EscrowWriter.open(self.url, self.keys, domain=domain, run_id=run_id, now=NOW)

    def put(self, batch: str, records: Sequence[SealedRecord], run_id: str = "run-1") -> Receipt:
        with self.writer(run_id) as writer:
            return writer.put(batch, records)

    @contextmanager
    def sql(self) -> Iterator[sqlite3.Connection]:
        """Give an administrator's connection, as nothing in the library has."""
        connection = sqlite3.connect(self.database, isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        try:
            yield connection
        finally:
            connection.close()

    def tamper(self, statement: str, *values: object) -> None:
        """Change rows behind the triggers' back, and put the triggers back as they were."""
        triggers = [sql for sql in statements() if sql.startswith("CREATE TRIGGER")]
        with self.sql() as db:
            db.execute("BEGIN IMMEDIATE")
            for trigger in triggers:
                db.execute(f"DROP TRIGGER {trigger.split()[2]}")
            assert db.execute(statement, values).rowcount > 0
            for trigger in triggers:
                db.execute(trigger)
            db.execute("COMMIT")


def rows(n: int, prefix: str = "r") -> list[SealedRecord]:
    """Make n records, ``r0`` and on, of subjects ``u0`` to ``u2``."""
    return [SealedRecord(f"{prefix}{i}", f"u{i % 3}", f"secret of {prefix}{i}".encode()) for i in range(n)]


def reveal(site: Site, record: str, published: Mapping[str, str] | None = None) -> list[bytes]:
    """Reveal one record for the tests' own purpose."""
    return reveal_record(
        site.url,
        private_key=site.private_key,
        record=record,
        purpose="test",
        requester="tester",
        published=published,
        now=NOW,
    )
