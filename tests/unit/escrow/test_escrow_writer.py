import os
import pickle
import sqlite3

import pytest
from escrow_site import NOW, Site, connect_with, reveal, rows

from deid.errors import EscrowError
from deid.escrow import EscrowWriter, SealedRecord, merkle, verify
from deid.escrow import writer as writer_module
from deid.escrow.leaves import record_leaf
from deid.escrow.stores import sqlite

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def test_what_is_put_can_be_revealed(site: Site) -> None:
    receipt = site.put("shard-0", rows(7))
    assert (receipt.batch, receipt.n_records, len(receipt.attempt)) == ("shard-0", 7, 32)
    for i in range(7):
        assert reveal(site, f"r{i}", {"shard-0": receipt.attempt}) == [f"secret of r{i}".encode()]


def test_a_record_of_two_subjects_is_two_blobs(site: Site) -> None:
    site.put("b", [SealedRecord("r", "u1", b"first"), SealedRecord("r", "u2", b"second")])
    assert reveal(site, "r") == [b"first", b"second"]


def test_the_root_is_the_merkle_root_of_the_stored_rows(site: Site) -> None:
    receipt = site.put("b", rows(5))
    with site.sql() as db:
        stored = db.execute("SELECT record, blob FROM sealed ORDER BY seq").fetchall()
    assert receipt.root == merkle.root([record_leaf(*row) for row in stored]).hex()


def test_no_records_is_a_batch_too(site: Site) -> None:
    assert site.put("b", []).n_records == 0
    assert verify(site.url, site.keys).n_batches == 1


def test_each_subject_has_one_key_in_a_writer_and_another_in_the_next(site: Site) -> None:
    with site.writer() as writer:
        writer.put("a", rows(6))
        writer.put("b", rows(6, "s"))
    site.put("c", rows(6, "t"))
    with site.sql() as db:
        keys = db.execute(
            "SELECT epoch_id, count(*), count(DISTINCT key_id) FROM subject_key GROUP BY 1"
        ).fetchall()
    assert keys == [(1, 3, 3), (2, 3, 3)]


def test_subjects_forgotten_after_two_batches_get_other_keys(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "_REMEMBERED_SUBJECTS", 2)
    with site.writer() as writer:
        for batch in "abc":
            writer.put(batch, rows(6, batch))
    assert verify(site.url, site.keys).n_keys == 6
    assert reveal(site, "c5") == [b"secret of c5"]


def test_the_same_batch_again_is_another_attempt(site: Site) -> None:
    first, second = site.put("b", rows(2)), site.put("b", rows(2))
    assert first.attempt != second.attempt
    assert len(reveal(site, "r0")) == 2
    assert len(reveal(site, "r0", {"b": second.attempt})) == 1


def test_two_writers_take_turns(site: Site) -> None:
    with site.writer() as one, site.writer() as two:
        for i in range(4):
            (one, two)[i % 2].put(f"shard-{i}", rows(5, f"s{i}-"))
    report = verify(site.url, site.keys)
    assert (report.n_epochs, report.n_batches, report.n_records) == (2, 4, 20)
    assert reveal(site, "s3-4") == [b"secret of s3-4"]


# what is refused


@pytest.mark.parametrize(
    ("records", "what"),
    [
        ([SealedRecord("r", "u", b"a"), SealedRecord("r", "u", b"b")], "given twice"),
        ([SealedRecord("", "u", b"a")], "needs a record id"),
        ([SealedRecord("r", "", b"a")], "needs a record id"),
    ],
)
def test_records_that_could_not_be_told_apart(site: Site, records: list[SealedRecord], what: str) -> None:
    with pytest.raises(EscrowError, match=what):
        site.put("b", records)


def test_a_payload_past_the_bound(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "MAX_PLAINTEXT_BYTES", 3)
    with pytest.raises(EscrowError, match="at most 3 bytes"):
        site.put("b", [SealedRecord("r", "u", b"1234")])


@pytest.mark.parametrize("name", ["", " ", "x" * 1_001, "two\nlines", "\ud800"])
def test_names_that_cannot_go_into_the_log(site: Site, name: str) -> None:
    with site.writer() as writer, pytest.raises(EscrowError, match="batch must"):
        writer.put(name, rows(1))
    with pytest.raises(EscrowError, match="domain must"):
        site.writer(domain=name)
    with pytest.raises(EscrowError, match="run id must"):
        site.writer(run_id=name)


def test_a_closed_writer(site: Site) -> None:
    writer = site.writer()
    writer.close()
    with pytest.raises(EscrowError, match="closed"):
        writer.put("b", rows(1))


def test_a_writer_of_another_process(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.writer() as writer:
        monkeypatch.setattr(os, "getpid", lambda: 1)
        with pytest.raises(EscrowError, match="another process"):
            writer.put("b", rows(1))


def test_a_writer_is_neither_printed_nor_pickled(site: Site) -> None:
    record = SealedRecord("r1", "Jessica", b"jessica@example.com")
    assert repr(record) == "SealedRecord(record='r1')"
    with site.writer() as writer, pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(writer)


# stores that fail: one clear line, nothing half written


def test_a_full_disk(sqlite_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site = sqlite_site
    site.put("before", rows(3))
    with monkeypatch.context() as patch:
        connect_with(patch, "max_page_count=60")
        with site.writer() as writer:
            with pytest.raises(EscrowError, match=r"escrow\.db: escrow database: the disk is full"):
                writer.put("big", [SealedRecord(f"r{i}", "new", bytes(5_000)) for i in range(100)])
            small = writer.put("small", [SealedRecord("small", "new", b"fits")])
    report = verify(site.url, site.keys)
    assert (report.n_batches, report.n_records) == (2, 4)
    assert reveal(site, "small", {"small": small.attempt}) == [b"fits"]


def test_a_locked_database(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.locked(monkeypatch), pytest.raises(EscrowError, match="locked by another process"):
        site.writer()
    with site.writer() as writer:
        with site.locked(monkeypatch), pytest.raises(EscrowError, match="locked by another process"):
            writer.put("b", rows(1))
        writer.put("b", rows(1))
    assert verify(site.url, site.keys).n_batches == 1


def test_a_read_only_database(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    connect_with(monkeypatch, "query_only=ON")
    if site.on_postgres:
        with site.sql() as db:
            db.execute(
                "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
                "current_database()); END$$"
            )
    with pytest.raises(EscrowError, match="read-only"):
        site.writer()


def test_commits_are_durable_and_deleted_pages_overwritten(sqlite_site: Site) -> None:
    opened = sqlite.SqliteDatabase.open(sqlite_site.database)
    pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "fullfsync")
    found = [opened.execute(f"PRAGMA {name}")[0][0] for name in pragmas]
    opened.close()
    assert found == ["wal", 2, 1, 1, 1]


def test_a_read_outside_a_transaction_names_the_file(sqlite_site: Site) -> None:
    opened = sqlite.SqliteDatabase.open(sqlite_site.database)
    with pytest.raises(EscrowError, match=r"escrow\.db: escrow database: it cannot be used"):
        opened.execute("SELECT * FROM damaged")
    opened.close()


def test_a_missing_database(sqlite_site: Site) -> None:
    site = sqlite_site
    site.database.unlink()
    with pytest.raises(EscrowError, match="no such escrow database") as caught:
        site.writer()
    assert "deid escrow init" in caught.value.hint
    assert not site.database.exists()


def test_a_damaged_database(sqlite_site: Site) -> None:
    site = sqlite_site
    site.database.write_bytes(b"not a database at all" * 1_000)
    with pytest.raises(EscrowError, match=r"no database|not an escrow"):
        site.writer()


def test_another_database(sqlite_site: Site) -> None:
    site = sqlite_site
    site.database.unlink()
    with sqlite3.connect(site.database) as db:
        db.execute("CREATE TABLE t(x)")
    db.close()
    site.database.chmod(0o600)
    with pytest.raises(EscrowError, match=r"no database|not an escrow"):
        site.writer()


def test_another_schema_version(sqlite_site: Site) -> None:
    site = sqlite_site
    with site.sql() as db:
        db.execute("PRAGMA user_version=3")
    with pytest.raises(EscrowError, match="schema version 3, not 2"):
        site.writer()


def test_a_schema_without_its_triggers(site: Site) -> None:
    with site.sql() as db:
        db.execute("DROP TRIGGER sealed_no_update" + (" ON sealed" if site.on_postgres else ""))
    with pytest.raises(EscrowError, match="schema altered"):
        site.writer()


def test_a_database_of_another_escrow(site: Site, stranger: Site) -> None:
    with pytest.raises(EscrowError, match="belongs to another escrow"):
        EscrowWriter.open(stranger.url, site.keys, domain="d", run_id="r", now=NOW)


def test_a_database_that_does_not_know_the_public_key(site: Site) -> None:
    site.tamper("UPDATE escrow_key SET public = ?", bytes(32))
    with pytest.raises(EscrowError, match="does not know this public key"):
        site.writer()


@pytest.mark.parametrize("name", ["escrow.db", "."])
def test_a_database_open_to_others(sqlite_site: Site, name: str) -> None:
    site = sqlite_site
    (site.folder / name).chmod(0o755)
    with pytest.raises(EscrowError, match="open to others"):
        site.writer()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("meta", "value"), ("escrow_key", "kem"), ("epoch", "run_id"), ("epoch_key", "wrapped"),
        ("batch", "root"), ("subject_key", "wrapped"), ("sealed", "blob"), ("log", "body"),
    ],
)  # fmt: skip
def test_tables_only_grow(site: Site, table: str, column: str) -> None:
    site.put("b", rows(2))
    with site.sql() as db:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = NULL"):  # noqa: S608
            with pytest.raises(Exception, match="append-only") as caught:
                db.execute(statement)
            assert type(caught.value).__name__ in {"IntegrityError", "RestrictViolation"}


# what lies on the disk


def test_nothing_on_the_disk_shows_a_person(sqlite_site: Site) -> None:
    site = sqlite_site
    canaries = [b"CANARY-record-1", b"CANARY-subject-1", b"CANARY payload jessica@example.com"]
    with site.writer() as writer:
        writer.put("b", [SealedRecord(canaries[0].decode(), canaries[1].decode(), canaries[2])])
        files = [path for path in site.folder.rglob("*") if path.is_file()]
        assert any(path.name.endswith("-wal") and path.stat().st_size for path in files)
        assert all(path.stat().st_mode & 0o077 == 0 for path in files if path.name != "escrow.pub")
        data = b"".join(path.read_bytes() for path in files)
    assert reveal(site, canaries[0].decode()) == [canaries[2]]
    data += b"".join(path.read_bytes() for path in site.folder.rglob("*") if path.is_file())
    for canary in canaries:
        assert canary not in data
        assert canary.hex().encode() not in data


def test_nonces_on_the_disk_do_not_repeat(site: Site) -> None:
    site.put("b", rows(3_000))
    with site.sql() as db:
        nonces = [blob[10:22] for (blob,) in db.execute("SELECT blob FROM sealed")]
    assert len(set(nonces)) == 3_000
