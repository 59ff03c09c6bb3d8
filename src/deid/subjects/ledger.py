"""The ledger's file: append-only entries in SQLite, people under a keyed index.

    FILE       database, mode 0600
    FILE.key   32 random bytes, mode 0600: the index key

A person's id is stored as the first 16 bytes of HMAC-SHA-256(index key, ``deid/ledger/person/v1`` ‖ 0 ‖ id),
so that a copy of the database lists nobody, and an entry about someone deleted does not keep their name.
Entries are numbered without gaps and triggers refuse changes. Who holds both files can do anything to them:
the ledger is the operator's own record, not evidence against the operator.
"""

import datetime
import hmac
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from deid.errors import EscrowError, InputError
from deid.store import open_to_others, write_bytes
from deid.subjects.entries import Draft, Entry, Kind

_APPLICATION_ID = 0x64656C67  # "delg"
_VERSION = 2
_DOMAIN = b"deid/ledger/person/v1\0"
_SCHEMA = (
    """CREATE TABLE entry (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, person BLOB NOT NULL, received TEXT NOT NULL, verified TEXT,
  version TEXT NOT NULL, purposes TEXT NOT NULL, ticket TEXT NOT NULL, refers INTEGER, before TEXT,
  at TEXT NOT NULL
) STRICT""",
    "CREATE INDEX entry_person ON entry(person)",
    "CREATE INDEX entry_refers ON entry(refers) WHERE refers IS NOT NULL",
    "CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "CREATE TRIGGER entry_is_fixed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END",
)
_COLUMNS = "n, kind, person, received, verified, version, purposes, ticket, refers, before, at"
_BUSY_S = 30.0


@dataclass(frozen=True, slots=True)
class PersonIndex:
    """Maps a person's id to the 16 bytes that stand for it; the key is 32 random bytes."""

    key: bytes = field(repr=False)

    def __call__(self, subject: str) -> bytes:
        """Return the index of one person."""
        return hmac.digest(self.key, _DOMAIN + subject.encode("utf-8", "surrogatepass"), "sha256")[:16]


class Ledger:
    """An open ledger. Raises EscrowError when it cannot be read: then nobody may be released."""

    def __init__(self, path: Path, database: sqlite3.Connection, key: bytes) -> None:
        self._path = path
        self._database = database
        self._key = key

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty ledger and its key; nothing is overwritten.

        The ledger gets its name last and whole: cut short, its making leaves at most a key.
        """
        key = _key_file(path)
        if path.exists():
            raise EscrowError(f"{path}: exists already", hint="nothing is ever overwritten")
        if key.exists():
            raise EscrowError(
                f"{key}: exists already, without a ledger", hint="remove it, unless its ledger was moved away"
            )
        if not path.parent.is_dir():
            raise EscrowError(f"{path}: no such folder", hint="make the folder first, for its owner alone")
        write_bytes(key, os.urandom(32), mode=0o600)
        write_bytes(path, _empty(), mode=0o600)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a ledger that exists, with its key beside it."""
        for needed in (path, _key_file(path)):
            if not needed.is_file():
                raise EscrowError(f"{needed}: no such ledger", hint="`deid ledger init` makes one")
            if open_to_others(needed):
                raise EscrowError(f"{needed}: open to others", hint=f"chmod go= {needed}")
        key = _key_file(path).read_bytes()
        if len(key) != 32:
            raise EscrowError(f"{_key_file(path)}: not the key of a ledger")
        with _telling(path):
            database = _connect(path)
            try:
                _check_format(database, path)
            except BaseException:
                database.close()
                raise
        return cls(path, database, key)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def index(self) -> "PersonIndex":
        """The index that people stand under."""
        return PersonIndex(self._key)

    def add(self, drafts: Iterable[Draft], *, now: datetime.datetime) -> range:
        """Append entries, all or none, durably; return their numbers.

        Raises InputError for a ``done`` or ``void`` that names no earlier entry, or one already ended.
        """
        at = now.astimezone(datetime.UTC).isoformat(timespec="seconds")
        with _telling(self._path), self._transaction():
            first = self.head() + 1
            n = first
            for draft in drafts:
                self._check_reference(draft, n)
                self._insert(draft, n, at)
                n += 1
        return range(first, n)

    def head(self) -> int:
        """Return the number of the last entry, 0 when there is none."""
        with _telling(self._path):
            (last,) = self._database.execute("SELECT coalesce(max(n), 0) FROM entry").fetchone()
        return int(last)

    def entries(self, *, subject: str | None = None, after: int = 0) -> Iterator[Entry]:
        """Return entries in order: all, one person's, or those after a number."""
        where, values = ("AND person = ?", (after, self.index(subject))) if subject else ("", (after,))
        with _telling(self._path):
            rows = self._database.execute(
                f"SELECT {_COLUMNS} FROM entry WHERE n > ? {where} ORDER BY n",  # noqa: S608 - fixed parts
                values,
            )
            for row in rows:
                yield _entry(row)

    def events(self, head: int) -> Iterator[tuple[int, Kind, bytes, str, str, str | None]]:
        """Return what decides who is out, up to an entry: number, kind, person, version, purposes, moment.

        Lean, for millions of entries: purposes are as stored, one a line.
        """
        with _telling(self._path):
            yield from self._database.execute(
                "SELECT n, kind, person, version, purposes, before FROM entry "
                "WHERE n <= ? AND refers IS NULL ORDER BY n",
                (head,),
            )

    def ended(self, head: int) -> dict[int, Kind]:
        """Return number → ``done`` or ``void`` of the entries that one up to ``head`` ended."""
        with _telling(self._path):
            return dict(
                self._database.execute(
                    "SELECT refers, kind FROM entry WHERE refers IS NOT NULL AND n <= ? ORDER BY n", (head,)
                )
            )

    def _check_reference(self, draft: Draft, n: int) -> None:
        if draft.refers is None:
            return
        row = self._database.execute("SELECT kind FROM entry WHERE n = ?", (draft.refers,)).fetchone()
        if row is None or row[0] in ("done", "void") or draft.refers >= n:
            raise InputError(f"ledger: {draft.kind} {draft.refers}: no such entry about a person")
        ended = "SELECT kind FROM entry WHERE refers = ?"
        for (kind,) in self._database.execute(ended, (draft.refers,)):
            if kind in ("void", draft.kind):
                raise InputError(f"ledger: entry {draft.refers} is {kind} already")

    def _insert(self, draft: Draft, n: int, at: str) -> None:
        person = self.index(draft.subject) if draft.subject else b""
        verified = draft.verified.isoformat() if draft.verified else None
        before = draft.before.isoformat() if draft.before else None
        self._database.execute(
            f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed parts
            (
                n, draft.kind, person, draft.received.isoformat(), verified, draft.version,
                "\n".join(draft.purposes), draft.ticket, draft.refers, before, at,
            ),
        )  # fmt: skip

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise


def _key_file(path: Path) -> Path:
    return path.parent / f"{path.name}.key"


def _empty() -> bytes:
    """Return the file of a ledger without entries."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA application_id={_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version={_VERSION}")
        for statement in _SCHEMA:
            database.execute(statement)
        return database.serialize()


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    for pragma in ("journal_mode=DELETE", "synchronous=FULL", "fullfsync=ON", "trusted_schema=OFF"):
        database.execute(f"PRAGMA {pragma}")
    return database


def _check_format(database: sqlite3.Connection, path: Path) -> None:
    (identity,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    found = {sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if identity != _APPLICATION_ID or version != _VERSION or found != set(_SCHEMA):
        raise EscrowError(
            f"{path}: not a ledger of version {_VERSION}", hint="check the path, or restore a copy"
        )


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise EscrowError(f"{path}: the ledger cannot be used: {type(error).__name__}") from None


def _entry(
    row: tuple[int, Kind, bytes, str, str | None, str, str, str, int | None, str | None, str],
) -> Entry:
    n, kind, person, received, verified, version, purposes, ticket, refers, before, at = row
    return Entry(
        n, kind, person, datetime.date.fromisoformat(received),
        None if verified is None else datetime.date.fromisoformat(verified),
        version, tuple(purposes.split("\n")) if purposes else (), ticket, refers,
        None if before is None else datetime.datetime.fromisoformat(before), at,
    )  # fmt: skip
