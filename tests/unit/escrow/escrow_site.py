"""An escrow in a folder, and what tests do to it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import escrow_admin
import pytest
from escrow_admin import Sql

from deid.escrow import (
    EscrowWriter,
    PrivateKey,
    Receipt,
    SealedRecord,
    init_escrow,
    open_private_key,
    reveal_record,
)
from deid.escrow.stores import sqlite
from deid.escrow.stores.postgres import LOCK

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


@dataclass(frozen=True)
class Site:
    """An escrow in a folder of its own."""

    folder: Path
    private_key: PrivateKey = field(repr=False)
    url: str = ""

    def __post_init__(self) -> None:
        """Without an address, the escrow is the file beside its keys."""
        object.__setattr__(self, "url", self.url or f"sqlite:///{self.database}")

    @property
    def database(self) -> Path:
        """The file, of an escrow in SQLite."""
        return self.folder / "escrow.db"

    @property
    def keys(self) -> str:
        return f"local:{self.folder / 'escrow.pub'}"

    def writer(self, run_id: str = "run-1", domain: str = "training") -> EscrowWriter:
        return EscrowWriter.open(self.url, self.keys, domain=domain, run_id=run_id, now=NOW)

    def put(self, batch: str, records: Sequence[SealedRecord], run_id: str = "run-1") -> Receipt:
        with self.writer(run_id) as writer:
            return writer.put(batch, records)

    def sql(self) -> AbstractContextManager[Sql]:
        """Give an administrator's connection, as nothing in the library has."""
        return escrow_admin.sql(self.url)

    def tamper(self, statement: str, *values: object) -> None:
        """Change rows behind the triggers' back, and leave the triggers as they were."""
        escrow_admin.tamper(self.url, statement, *values)

    def be_impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let nobody wait long for a lock."""
        for backend in ("sqlite", "postgres"):
            monkeypatch.setattr(f"deid.escrow.stores.{backend}.BUSY_TIMEOUT_S", 0.01)

    @contextmanager
    def locked(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Hold the lock that writing takes, while nobody waits long for it."""
        self.be_impatient(monkeypatch)
        with self.sql() as db:
            db.execute("BEGIN" if self.on_postgres else "BEGIN IMMEDIATE")
            if self.on_postgres:
                db.execute("SELECT pg_advisory_xact_lock(?)", (LOCK,))
            yield
            db.execute("ROLLBACK")

    @property
    def on_postgres(self) -> bool:
        return self.url.startswith("postgresql:")

    def lose(self) -> None:
        """Lose the database."""
        if self.on_postgres:
            escrow_admin.drop(self.url)
            escrow_admin.create(self.url)
        for path in self.folder.glob("escrow.db*"):
            path.unlink()

    @property
    def is_there(self) -> bool:
        """Whether there is an escrow at all."""
        if not self.on_postgres:
            return self.database.exists()
        with self.sql() as db:
            return bool(db.execute("SELECT to_regnamespace('escrow') IS NOT NULL").fetchone()[0])

    def _keep_file(self) -> Callable[[], None]:
        older = self.folder / "older.db"
        shutil.copy(self.database, older)

        def put_back() -> None:
            shutil.copy(older, self.database)

        return put_back

    def keep(self) -> Callable[[], None]:
        """Copy the database as it is; the call returned puts the copy in its place."""
        if not self.on_postgres:
            return self._keep_file()
        name = f"older_{uuid4().hex[:12]}"
        older_url = escrow_admin.copy(self.url, name)

        def put_back() -> None:
            escrow_admin.drop(self.url)
            escrow_admin.create(self.url, template=name)
            escrow_admin.drop(older_url)

        return put_back


def found(folder: Path, url: str) -> Site:
    """Make an escrow."""
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW)
    return Site(folder, open_private_key(info.private_key, PASSPHRASE), url)


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


def connect_with(patch: pytest.MonkeyPatch, pragma: str) -> None:
    """Open every SQLite database under a further pragma."""
    real = sqlite._connect  # noqa: SLF001

    def connect(path: Path) -> sqlite3.Connection:
        connection = real(path)
        connection.execute(f"PRAGMA {pragma}")
        return connection

    patch.setattr(sqlite, "_connect", connect)
