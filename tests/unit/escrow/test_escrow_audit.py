import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from escrow_admin import drop_triggers
from escrow_custody import live
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import checkpoint, gc, shred, verify
from deid.escrow.examine import Examination
from deid.escrow.keys.local import read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.schema import TABLES
from deid.escrow.stores.sqlite import SqliteDatabase
from deid.escrow.stores.store import Store

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture
def busy(site: Site) -> Site:
    """An escrow in which everything has happened once."""
    return used(site)


def used(site: Site) -> Site:
    """Let everything happen once."""
    with site.writer() as one, site.writer() as two:
        first = one.put("a", rows(4, "a"))
        orphan = two.put("b", rows(3, "b"))
        second = two.put("b", rows(3, "b"))
        third = one.put("c", rows(2, "c"))
    shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    published = {receipt.batch: receipt.attempt for receipt in (first, second, third)}
    assert gc(site.url, site.keys, published, run_id="run-1", now=NOW).attempts == (orphan.attempt,)
    reveal(site, "a0")
    checkpoint(site.url, site.keys, now=NOW)
    return site


def test_a_number_beyond_what_a_database_holds_is_a_finding(busy: Site) -> None:
    busy.tamper("UPDATE batch SET first_seq = 9223372036854775807 WHERE batch_id = 1")
    with pytest.raises(EscrowError, match="escrow does not verify"):
        verify(busy.url, busy.keys)


def test_everything_is_counted(busy: Site) -> None:
    report = verify(busy.url, busy.keys)
    assert (report.size, report.n_epochs, report.n_batches, report.n_records) == (10, 2, 4, 9)
    assert (report.n_keys, report.n_dead_keys, report.n_swept, report.n_checkpoints) == (4, 2, 1, 1)


def test_an_empty_escrow_verifies(site: Site) -> None:
    assert verify(site.url, site.keys).size == 1


TAMPERINGS = {
    "sealed record deleted": "DELETE FROM sealed WHERE seq = 2",
    "last sealed record deleted": "DELETE FROM sealed WHERE seq = (SELECT max(seq) FROM sealed)",
    "sealed record added": (
        "INSERT INTO sealed SELECT 99, batch_id, key_seq, record, blob FROM sealed WHERE seq = 1"
    ),
    "sealed records reordered": "UPDATE sealed SET seq = CASE seq WHEN 1 THEN -2 ELSE -1 END WHERE seq < 3",
    "sealed record moved to another batch": "UPDATE sealed SET batch_id = 4 WHERE seq = 4",
    "sealed record under another id": (
        "UPDATE sealed SET record = (SELECT record FROM sealed WHERE seq = 2) WHERE seq = 1"
    ),
    "sealed record under another's key": "UPDATE sealed SET key_seq = 3 WHERE seq = 1",
    "sealed record under no key": "UPDATE sealed SET key_seq = 77 WHERE seq = 1",
    "byte moved between columns": (
        "UPDATE sealed SET record = CAST(record || substr(blob, 1, 1) AS BLOB), "
        "blob = substr(blob, 2) WHERE seq = 1"
    ),
    "blob as text": "UPDATE sealed SET blob = hex(blob) WHERE seq = 1",
    "swept record back": "INSERT INTO sealed SELECT 5, 2, key_seq, record, blob FROM sealed WHERE seq = 8",
    "key deleted": "DELETE FROM subject_key WHERE key_seq = 1",
    "key of another subject": "UPDATE subject_key SET subject = zeroblob(16) WHERE key_seq = 1",
    "key of another epoch": "UPDATE subject_key SET epoch_id = 2 WHERE key_seq = 1",
    "key added": (
        "INSERT INTO subject_key SELECT 50, epoch_id, subject, key_id, wrapped FROM subject_key LIMIT 1"
    ),
    "dead key forgotten": "DELETE FROM dead_key WHERE key_seq = 2",
    "dead key altered": "UPDATE dead_key SET leaf = zeroblob(32) WHERE key_seq = 2",
    "dead key renamed": "UPDATE dead_key SET key_id = zeroblob(8) WHERE key_seq = 2",
    "tombstone deleted": "DELETE FROM tombstone",
    "tombstone added": "INSERT INTO tombstone VALUES (9, zeroblob(16), 1, 0)",
    "tombstone narrowed": "UPDATE tombstone SET last_epoch = 1",
    "sweep added": "INSERT INTO swept VALUES (1)",
    "sweep forgotten": "DELETE FROM swept",
    "batch deleted": "DELETE FROM batch WHERE batch_id = 1",
    "last batch deleted": "DELETE FROM batch WHERE batch_id = 4",
    "batch added": (
        "INSERT INTO batch SELECT 9, epoch_id, batch, attempt, 0, root, 90, 0, keys_root, 90 "
        "FROM batch LIMIT 1"
    ),
    "batch renamed": "UPDATE batch SET batch = 'z' WHERE batch_id = 1",
    "batch of another writer": "UPDATE batch SET epoch_id = 2 WHERE batch_id = 1",
    "attempts swapped": (
        "UPDATE batch SET attempt = (SELECT attempt FROM batch WHERE batch_id = 3) WHERE batch_id = 2"
    ),
    "epoch deleted": "DELETE FROM epoch WHERE epoch_id = 1",
    "epoch added": "INSERT INTO epoch VALUES (9, 'w', 'r', 'd', 'c')",
    "epoch of another domain": "UPDATE epoch SET domain = 'ads' WHERE epoch_id = 1",
    "epoch key deleted": "DELETE FROM epoch_key WHERE epoch_id = 1",
    "epoch key added": "INSERT INTO epoch_key VALUES (1, zeroblob(8), zeroblob(90))",
    "log entry deleted": "DELETE FROM log WHERE seq = 3",
    "first log entry deleted": "DELETE FROM log WHERE seq = 1",
    "last log entry deleted": "DELETE FROM log WHERE seq = 10",
    "whole log deleted": "DELETE FROM log",
    "log entries renumbered": "UPDATE log SET seq = -seq WHERE seq < 3",
    "log entry under another author": "UPDATE log SET author = 'custodian', n = 9 WHERE seq = 2",
    "log entry of another kind": "UPDATE log SET kind = 'reveal' WHERE kind = 'gc'",
    "log entry repeated": (
        "INSERT INTO log SELECT 11, author, 9, kind, body, prev, hash, signature FROM log WHERE seq = 10"
    ),
    "checkpoint altered": "UPDATE checkpoint SET root = replace(root, substr(root, 1, 1), '-')",
    "checkpoint enlarged": "UPDATE checkpoint SET size = 99",
    "checkpoint shrunk": "UPDATE checkpoint SET size = 3",
    "checkpoint backdated": "UPDATE checkpoint SET at = '2020-01-01T00:00:00Z'",
    "another public key": "UPDATE escrow_key SET public = zeroblob(32)",
    "a second public key": "INSERT INTO escrow_key VALUES (zeroblob(8), 'X25519', zeroblob(32), 'now')",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_what_an_administrator_did_is_found(busy: Site, statement: str) -> None:
    busy.tamper(statement)
    with pytest.raises(EscrowError, match="does not verify") as caught:
        verify(busy.url, busy.keys)
    assert "u1" not in str(caught.value)


def test_a_byte_moved_between_columns_of_a_key_is_found(site: Site) -> None:
    site.put("a", rows(1))
    gc(site.url, site.keys, {}, run_id="run-1", now=NOW)
    site.tamper(
        "UPDATE subject_key SET subject = CAST(subject || substr(key_id, 1, 1) AS BLOB), "
        "key_id = substr(key_id, 2)"
    )
    with pytest.raises(EscrowError, match="wrong type"):
        verify(site.url, site.keys)


def test_an_empty_batch_under_another_writer_is_found(site: Site) -> None:
    site.put("a", [])
    site.put("b", [])
    site.tamper("UPDATE batch SET epoch_id = 2 WHERE batch_id = 1")
    with pytest.raises(EscrowError, match="another writer's epoch"):
        verify(site.url, site.keys)


def test_another_batch_swept_in_place_of_the_signed_one_is_found(site: Site) -> None:
    orphan, kept = site.put("a", rows(3)), site.put("a", rows(3))
    with site.sql() as db:
        copied = db.execute("SELECT * FROM sealed WHERE batch_id = 1").fetchall()
    assert gc(site.url, site.keys, {"a": kept.attempt}, run_id="run-1", now=NOW).attempts == (orphan.attempt,)
    site.tamper("UPDATE swept SET batch_id = 2")
    site.tamper("DELETE FROM sealed")
    for row in copied:
        site.tamper("INSERT INTO sealed VALUES (?,?,?,?,?)", *row)
    with pytest.raises(EscrowError, match="swept without a signed entry"):
        verify(site.url, site.keys)


@pytest.mark.parametrize(
    ("author", "kind"), [("operator", "reveal"), ("operator", "batch"), ("f" * 32, "shred")]
)
def test_an_entry_its_author_may_not_write_is_found(site: Site, author: str, kind: str) -> None:
    public = read_public(site.keys)
    writer = read_writer(site.keys, public).author(author)
    with open_store(site.url, public.escrow_id) as store, store.transaction():
        store.log.append(
            writer.entry(store.log.head(author), kind, b'{"attempt":"","batch":"","records":0,"keys":0}')
        )
    with pytest.raises(EscrowError, match="of a kind its author may not write"):
        verify(site.url, site.keys)


def test_a_writer_cannot_sign_as_the_custodian(site: Site) -> None:
    public = read_public(site.keys)
    writer = read_writer(site.keys, public).author("custodian")
    with open_store(site.url, public.escrow_id) as store, store.transaction():
        store.log.append(writer.entry(store.log.head("custodian"), "reveal", b"{}"))
    with pytest.raises(EscrowError, match="log entry 2 is altered, missing, out of order or not signed"):
        verify(site.url, site.keys)


def test_a_number_that_is_none_is_found(sqlite_site: Site) -> None:
    checkpoint(sqlite_site.url, sqlite_site.keys, now=NOW)
    sqlite_site.tamper("UPDATE checkpoint SET size = 'ten'")
    with pytest.raises(EscrowError, match="a value of the wrong type"):
        verify(sqlite_site.url, sqlite_site.keys)


def test_a_dropped_trigger_is_found(busy: Site) -> None:
    with busy.sql() as db:
        db.execute("DROP TRIGGER log_no_delete" + (" ON log" if busy.on_postgres else ""))
    with pytest.raises(EscrowError, match="schema altered"):
        verify(busy.url, busy.keys)


def test_many_problems_are_counted(busy: Site) -> None:
    busy.tamper("UPDATE log SET signature = zeroblob(64)")
    busy.tamper("DELETE FROM sealed")
    with pytest.raises(EscrowError, match=r"log entry 1 .*; and \d+ more$"):
        verify(busy.url, busy.keys)


def blob_columns() -> Iterator[tuple[str, str]]:
    """Yield (table, column) of every column of blobs."""
    for statement in TABLES:
        for column in re.findall(r"(\w+) BLOB", statement):
            yield statement.split()[2].partition("(")[0], column


def stored_blobs(site: Site) -> Iterator[tuple[str, str, int, bytes]]:
    """Yield (table, column, row, value) of every blob an escrow in SQLite holds."""
    with site.sql() as db:
        for table, column in blob_columns():
            query = f"SELECT rowid, {column} FROM {table}"  # noqa: S608
            for rowid, value in db.execute(query).fetchall():
                yield table, column, rowid, value


@pytest.mark.parametrize("step", [61, pytest.param(5, marks=pytest.mark.slow)])
def test_any_flipped_bit_of_any_stored_blob_is_found(sqlite_site: Site, step: int) -> None:
    busy = used(sqlite_site)
    public, missed, n_flips = read_public(busy.keys), [], 0
    blobs = list(stored_blobs(busy))
    with busy.sql() as db:
        drop_triggers(db)
        assert isinstance(db, sqlite3.Connection)
        store = Store(SqliteDatabase(busy.database, db))
        for table, column, rowid, value in blobs:
            for bit in range(rowid % step, 8 * len(value), step):
                flipped = bytearray(value)
                flipped[bit // 8] ^= 1 << bit % 8
                db.execute("BEGIN")
                query = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608
                db.execute(query, (bytes(flipped), rowid))
                examination = Examination(store, public)
                examination.run(None)
                if not examination.problems:
                    missed.append((table, column, rowid, bit))
                db.execute("ROLLBACK")
                n_flips += 1
        examination = Examination(store, public)
        examination.run(None)
    assert missed == []
    assert examination.problems == []
    assert n_flips > 500


CUSTODY_TABLES = {"approver", "reveal_request", "approval", "reveal_run"}


# A retired key is the business of ``test_escrow_rotation``.
@pytest.mark.parametrize(
    ("table", "column"), [found for found in blob_columns() if found[0] != "retired_key"]
)
def test_a_flipped_bit_of_each_column_is_found_in_postgresql(
    postgres_site: Site, table: str, column: str
) -> None:
    busy = used(postgres_site)
    if table in CUSTODY_TABLES:
        live(busy)
    busy.tamper(
        f"UPDATE {table} SET {column} = set_bit({column}, 3, 1 - get_bit({column}, 3)) "  # noqa: S608
        f"WHERE ctid = (SELECT min(ctid) FROM {table})"
    )
    with pytest.raises(EscrowError, match="does not verify"):
        verify(busy.url, busy.keys)


# checkpoints kept elsewhere


def test_a_checkpoint_holds_while_the_escrow_grows(busy: Site) -> None:
    kept = checkpoint(busy.url, busy.keys, now=NOW)
    busy.put("d", rows(2, "d"))
    assert verify(busy.url, busy.keys, checkpoint=kept).n_checkpoints == 3


def test_a_rollback_is_found_only_by_a_checkpoint_kept_elsewhere(site: Site) -> None:
    site.put("a", rows(3))
    put_back = site.keep()
    site.put("b", rows(3, "s"))
    kept = checkpoint(site.url, site.keys, now=NOW)
    put_back()
    assert verify(site.url, site.keys).n_batches == 1
    with pytest.raises(EscrowError, match="the log has 3 entries, a checkpoint signed 5"):
        verify(site.url, site.keys, checkpoint=kept)


def test_another_history_of_the_same_length_is_found(site: Site) -> None:
    put_back = site.keep()
    site.put("a", rows(3))
    kept = checkpoint(site.url, site.keys, now=NOW)
    put_back()
    site.put("a", rows(3))
    assert verify(site.url, site.keys).size == kept.size
    with pytest.raises(EscrowError, match="checkpoint of size 3 does not hold"):
        verify(site.url, site.keys, checkpoint=kept)


def test_a_checkpoint_is_not_made_over_a_rolled_back_log(site: Site) -> None:
    site.put("a", rows(3))
    checkpoint(site.url, site.keys, now=NOW)
    site.tamper("DELETE FROM log WHERE seq = 3")
    with pytest.raises(EscrowError, match="last checkpoint does not hold"):
        checkpoint(site.url, site.keys, now=NOW)


@pytest.mark.parametrize(
    "change", [{"size": 2}, {"size": -1}, {"root": "00"}, {"root": "x"}, {"at": ""}, {"signature": "00" * 64}]
)
def test_a_checkpoint_altered_on_its_way_is_refused(site: Site, change: dict[str, object]) -> None:
    site.put("a", rows(1))
    kept = checkpoint(site.url, site.keys, now=NOW)
    with pytest.raises(EscrowError, match="does not hold"):
        verify(site.url, site.keys, checkpoint=replace(kept, **change))  # type: ignore[arg-type]


def test_a_checkpoint_of_another_escrow_is_refused(site: Site, stranger: Site) -> None:
    with pytest.raises(EscrowError, match="does not hold"):
        verify(site.url, site.keys, checkpoint=checkpoint(stranger.url, stranger.keys, now=NOW))


def test_verify_needs_the_public_key_only(busy: Site) -> None:
    (busy.folder / "writer.key").unlink()
    (busy.folder / "escrow.key").unlink()
    assert verify(busy.url, busy.keys).n_batches == 4
