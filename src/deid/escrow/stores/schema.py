"""The SQLite schema of an escrow, version 2, and version 1, which is brought to it when it is opened.

Every table only grows, and triggers say so, with exceptions that leave a signed trace first: a subject's
key may go once ``dead_key`` has its row (shred), a sealed record once ``swept`` has its batch (gc), a
wrapped epoch key once ``retired_key`` has its escrow key (retire), an epoch's keys once ``dead_epoch`` has
the epoch (expiry). ``verify`` checks the trace, so whoever drops a trigger is still found out.

``sealed`` and ``subject_key`` are numbered in the order of arrival; the rows of one batch are
``first_seq .. first_seq + n_records`` and ``first_key .. first_key + n_keys``, and numbers are never used
again. Columns ``record`` and ``subject`` are index ids (``keys.index``), never the ids themselves.

Version 2 adds custody and the retirement of escrow keys. Each row of custody is what one log entry, number
``seq``, says (``derived``).
"""

import re
from collections.abc import Mapping, Sequence

APPLICATION_ID = 0x64656964
SCHEMA_VERSION = 2

_TABLES_1 = (
    """CREATE TABLE meta(
  name TEXT PRIMARY KEY, value TEXT NOT NULL)""",
    """CREATE TABLE escrow_key(
  key_id BLOB PRIMARY KEY, kem TEXT NOT NULL, public BLOB NOT NULL, created TEXT NOT NULL)""",
    """CREATE TABLE epoch(
  epoch_id INTEGER PRIMARY KEY, writer TEXT NOT NULL UNIQUE, run_id TEXT NOT NULL,
  domain TEXT NOT NULL, created TEXT NOT NULL)""",
    """CREATE TABLE epoch_key(
  epoch_id INTEGER NOT NULL REFERENCES epoch, key_id BLOB NOT NULL, wrapped BLOB NOT NULL,
  PRIMARY KEY (epoch_id, key_id))""",
    """CREATE TABLE batch(
  batch_id INTEGER PRIMARY KEY, epoch_id INTEGER NOT NULL REFERENCES epoch,
  batch TEXT NOT NULL, attempt TEXT NOT NULL,
  n_records INTEGER NOT NULL, root BLOB NOT NULL, first_seq INTEGER NOT NULL,
  n_keys INTEGER NOT NULL, keys_root BLOB NOT NULL, first_key INTEGER NOT NULL)""",
    """CREATE TABLE subject_key(
  key_seq INTEGER PRIMARY KEY, epoch_id INTEGER NOT NULL REFERENCES epoch,
  subject BLOB NOT NULL, key_id BLOB NOT NULL, wrapped BLOB NOT NULL)""",
    """CREATE TABLE sealed(
  seq INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL REFERENCES batch, key_seq INTEGER NOT NULL,
  record BLOB NOT NULL, blob BLOB NOT NULL)""",
    """CREATE TABLE log(
  seq INTEGER PRIMARY KEY, author TEXT NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL,
  body BLOB NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL,
  UNIQUE (author, n))""",
    """CREATE TABLE checkpoint(
  checkpoint_id INTEGER PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL,
  at TEXT NOT NULL, signature TEXT NOT NULL)""",
    """CREATE TABLE tombstone(
  tombstone_id INTEGER PRIMARY KEY, subject BLOB NOT NULL, last_epoch INTEGER NOT NULL,
  n_keys INTEGER NOT NULL)""",
    """CREATE TABLE dead_key(
  key_seq INTEGER PRIMARY KEY, tombstone_id INTEGER NOT NULL REFERENCES tombstone,
  epoch_id INTEGER NOT NULL, key_id BLOB NOT NULL, leaf BLOB NOT NULL)""",
    """CREATE TABLE swept(
  batch_id INTEGER PRIMARY KEY REFERENCES batch)""",
)
_TABLES_2 = (
    """CREATE TABLE retired_key(
  key_id BLOB PRIMARY KEY REFERENCES escrow_key)""",
    """CREATE TABLE quorum(
  seq INTEGER PRIMARY KEY REFERENCES log, approvals INTEGER NOT NULL)""",
    """CREATE TABLE approver(
  seq INTEGER PRIMARY KEY REFERENCES log, approver TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE, public BLOB NOT NULL)""",
    """CREATE TABLE reveal_request(
  seq INTEGER PRIMARY KEY REFERENCES log, request BLOB NOT NULL UNIQUE)""",
    """CREATE TABLE approval(
  seq INTEGER PRIMARY KEY REFERENCES log, request BLOB NOT NULL, approver TEXT NOT NULL,
  UNIQUE (request, approver))""",
    """CREATE TABLE reveal_run(
  seq INTEGER PRIMARY KEY REFERENCES log, request BLOB NOT NULL UNIQUE)""",
    """CREATE TABLE dead_epoch(
  epoch_id INTEGER PRIMARY KEY REFERENCES epoch)""",
)

# Reveal finds by record, shred by subject; no index on anything else that is random.
INDEXES = (
    "CREATE INDEX sealed_record ON sealed(record)",
    "CREATE INDEX subject_key_subject ON subject_key(subject)",
)

_FROZEN_1 = (
    "meta", "escrow_key", "epoch", "epoch_key", "batch", "log", "checkpoint", "tombstone", "dead_key",
    "swept",
)  # fmt: skip
_FROZEN_2 = (
    "retired_key", "quorum", "approver", "reveal_request", "approval", "reveal_run", "dead_epoch",
)  # fmt: skip
# Table -> (trace, column they share): a row goes only when one of its traces is there.
_TRACED_1 = {"subject_key": (("dead_key", "key_seq"),), "sealed": (("swept", "batch_id"),)}
_TRACED_2 = {
    "subject_key": (("dead_key", "key_seq"), ("dead_epoch", "epoch_id")),
    "sealed": (("swept", "batch_id"),),
    "epoch_key": (("retired_key", "key_id"), ("dead_epoch", "epoch_id")),
}


TABLES = (*_TABLES_1, *_TABLES_2)
"""Statements that make the tables, in an order in which they can be made."""

NUMBERED = frozenset({"escrow_key", "epoch_key", "retired_key"})
"""Tables whose rows have no number of their own: ``rowid`` says in which order they came."""

TRACED: Mapping[str, Sequence[tuple[str, str]]] = _TRACED_2
"""Tables whose rows may go once a trace is there."""

FROZEN = tuple(table for table in (*_FROZEN_1, *_FROZEN_2) if table not in TRACED)
"""Tables whose rows never go."""


def columns(table: str) -> dict[str, str]:
    """Return the columns of a table with their types, in order."""
    (statement,) = (each for each in TABLES if each.startswith(f"CREATE TABLE {table}("))
    return dict(re.findall(r"(\w+) (INTEGER|TEXT|BLOB)\b", statement))


def _triggers(frozen: Sequence[str], traced: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    tables = [*frozen, *(table for table in traced if table not in frozen)]
    updates = [f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}" for table in tables]
    deletes = [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        for table in frozen
        if table not in traced
    ]
    return (
        updates
        + deletes
        + [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {_no_trace(traces)} {refuse}"
            for table, traces in traced.items()
        ]
    )


def _no_trace(traces: Sequence[tuple[str, str]]) -> str:
    return " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {trace} WHERE {trace}.{key} = OLD.{key})"  # noqa: S608
        for trace, key in traces
    )


def statements(version: int = SCHEMA_VERSION) -> list[str]:
    """Return the whole schema of a version, one statement an item, exactly as SQLite keeps them."""
    if version == 1:
        return [*_TABLES_1, *INDEXES, *_triggers(_FROZEN_1, _TRACED_1)]
    return [*_TABLES_1, *INDEXES, *_TABLES_2, *_triggers((*_FROZEN_1, *_FROZEN_2), _TRACED_2)]
