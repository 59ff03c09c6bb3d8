"""What is PostgreSQL's own: roles, what the server must be, addresses, and a server that dies."""

import contextlib
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import escrow_admin
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from escrow_site import NOW, PASSPHRASE, Site, found, reveal, rows

import postgresserver
from deid.errors import EscrowError
from deid.escrow import (
    Expired,
    SealedRecord,
    backup,
    checkpoint,
    expire,
    gc,
    init_escrow,
    restore,
    shred,
    status,
    verify,
    wipe,
)
from deid.escrow.stores import postgres_check, postgres_schema
from deid.escrow.stores.postgres import PostgresDatabase
from deid.escrow.stores.postgres_schema import GRANTS, MIGRATIONS
from deid.escrow.stores.store import _FIND
from postgresserver import PostgresServer, files_in, memory

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


# what the server must be


def alter_database(site: Site, change: str) -> None:
    with site.sql() as db:
        (name,) = db.execute("SELECT current_database()").fetchone()
        db.execute(f'ALTER DATABASE "{name}" {change}')


def test_a_server_that_may_lose_commits_is_refused(postgres_site: Site) -> None:
    alter_database(postgres_site, "SET synchronous_commit = off")
    with pytest.raises(EscrowError, match="`synchronous_commit` is off") as caught:
        postgres_site.writer()
    assert "switch it on" in caught.value.hint


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_does_not_write_through_is_refused(
    tmp_path: Path, server: PostgresServer, setting: str
) -> None:
    del server  # skips where none is installed
    with postgresserver.running(memory(), {setting: "off"}) as careless:
        url = careless.url("careless")
        escrow_admin.create(url)
        with pytest.raises(EscrowError, match=f"`{setting}` is off"):
            found(tmp_path / "keys", url)
        assert not (tmp_path / "keys").exists()
        with escrow_admin.sql(url) as db:
            assert db.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'careless%'").fetchone() == (
                0,
            )


ALTERATIONS = {
    "trigger dropped": "DROP TRIGGER log_no_delete ON log",
    "trigger disabled": "ALTER TABLE log DISABLE TRIGGER log_no_update",
    "trigger for replicas only": "ALTER TABLE log ENABLE REPLICA TRIGGER log_no_update",
    "foreign keys disabled": "ALTER TABLE batch DISABLE TRIGGER ALL",
    "function emptied": (
        "CREATE OR REPLACE FUNCTION escrow.refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS $$BEGIN RETURN OLD; END$$"
    ),
    "lost in a crash": "ALTER TABLE swept SET UNLOGGED",
    "rule added": "CREATE RULE quiet AS ON INSERT TO log DO INSTEAD NOTHING",
    "rows hidden": "ALTER TABLE sealed ENABLE ROW LEVEL SECURITY",
    "column added": "ALTER TABLE log ADD COLUMN note text",
    "column may be empty": "ALTER TABLE log ALTER COLUMN body DROP NOT NULL",
    "constraint dropped": "ALTER TABLE log DROP CONSTRAINT log_author_n_key",
    "index dropped": "DROP INDEX escrow.sealed_record",
    "trigger added": (
        "CREATE TRIGGER more AFTER INSERT ON sealed FOR EACH STATEMENT EXECUTE FUNCTION escrow.refuse()"
    ),
}  # fmt: skip


@pytest.mark.parametrize("statement", ALTERATIONS.values(), ids=ALTERATIONS.keys())
def test_an_altered_schema_is_refused(postgres_site: Site, statement: str) -> None:
    with postgres_site.sql() as db:
        db.execute(statement)
    with pytest.raises(EscrowError, match="schema altered"):
        postgres_site.writer()


GIFTS = [
    "GRANT USAGE ON SCHEMA escrow TO PUBLIC",
    "GRANT SELECT ON sealed TO PUBLIC",
    "GRANT SELECT (blob) ON sealed TO PUBLIC",
    "GRANT EXECUTE ON FUNCTION rewrite_keys() TO PUBLIC",
]


@pytest.mark.parametrize("gift", GIFTS)
def test_an_escrow_open_to_every_user_is_refused(postgres_site: Site, gift: str) -> None:
    with postgres_site.sql() as db:
        db.execute(gift)
    with pytest.raises(EscrowError, match="open to every user"):
        postgres_site.writer()


def test_a_later_schema_is_refused(postgres_site: Site) -> None:
    with postgres_site.sql() as db:
        db.execute("INSERT INTO migration VALUES (?)", (postgres_schema.VERSION + 1,))
    with pytest.raises(EscrowError, match="newer than") as caught:
        postgres_site.writer()
    assert "newer deid" in caught.value.hint


def test_the_structure_is_the_one_written_down(postgres_site: Site) -> None:
    opened = PostgresDatabase.open(postgres_site.url)
    assert postgres_check.structure(opened.execute) == MIGRATIONS[-1].structure
    opened.close()


def test_a_database_without_an_escrow(postgres_site: Site, server: PostgresServer) -> None:
    with pytest.raises(EscrowError, match="no escrow in this database"):
        replace(postgres_site, url=server.url("postgres")).writer()
    with pytest.raises(EscrowError, match="cannot be reached"):
        replace(postgres_site, url=server.url("nowhere")).writer()


# TLS


def certificate(server: PostgresServer, name: str) -> Path:
    """Give the server a key and a certificate for a name, signed by itself."""
    key, subject = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for file, data in (("tls.key", key.private_bytes(*form)), ("tls.crt", made.public_bytes(Encoding.PEM))):
        (server.folder / file).write_bytes(data)
        server.give(server.folder / file)
    return server.folder / "tls.crt"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_listening(server: PostgresServer, settings: Mapping[str, str]) -> int:
    """Start on a free port of the loopback interface; whoever else takes it first, it tries another."""
    for _ in range(50):
        port = free_port()
        with contextlib.suppress(RuntimeError):
            server.start({**settings, "listen_addresses": "127.0.0.1", "port": str(port)})
            return port
    raise AssertionError((server.folder / "log").read_text())


def test_a_server_elsewhere_is_reached_over_tls_only(
    tmp_path: Path, mortal: tuple[PostgresServer, Site]
) -> None:
    own, site = mortal
    root = certificate(own, "db.example")

    def seal(host: str, authority: Path) -> None:
        url = f"postgresql://postgres@{host}:{port}/mortal?hostaddr=127.0.0.1&sslrootcert={authority}"
        replace(site, url=url).put("a", rows(1))

    own.stop()
    port = start_listening(own, {})
    with pytest.raises(EscrowError, match="cannot be reached"):
        seal("db.example", root)
    own.stop()
    port = start_listening(
        own, {"ssl": "on", "ssl_cert_file": str(root), "ssl_key_file": str(own.folder / "tls.key")}
    )
    seal("db.example", root)
    with pytest.raises(EscrowError, match="cannot be reached"):
        seal("other.example", root)
    authority = tmp_path / "other.crt"
    authority.write_bytes(root.read_bytes())
    certificate(own, "db.example")
    with pytest.raises(EscrowError, match="cannot be reached"):
        seal("db.example", root)
    seal("db.example", authority)


# founding


def test_nothing_is_made_where_an_escrow_is(postgres_site: Site, tmp_path: Path) -> None:
    with pytest.raises(EscrowError, match="exists already"):
        found(tmp_path / "keys", postgres_site.url)
    assert not (tmp_path / "keys").exists()
    assert verify(postgres_site.url, postgres_site.keys).size == 1


@pytest.mark.usefixtures("postgres_site")
def test_a_founding_that_fails_leaves_nothing(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.url("unlucky")
    escrow_admin.create(url)
    monkeypatch.setattr("deid.escrow.stores.log.LogTables.append", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        found(tmp_path / "keys", url)
    monkeypatch.undo()
    assert not (tmp_path / "keys").exists()
    site = found(tmp_path / "keys", url)
    assert verify(site.url, site.keys).size == 1


def test_a_user_who_may_not_make_roles_cannot_found(server: PostgresServer, tmp_path: Path) -> None:
    url = server.url("poor")
    escrow_admin.create(url)
    with escrow_admin.sql(url) as db:
        db.execute("CREATE ROLE nobody_much LOGIN")
    with pytest.raises(EscrowError, match="this user may not do that"):
        init_escrow(server.url("poor", "nobody_much"), tmp_path / "keys", passphrase=PASSPHRASE, now=NOW)


# roles

DELETES = {
    ("sweeper", "sealed"), ("shredder", "subject_key"), ("shredder", "epoch_key"), ("rotator", "epoch_key"),
}  # fmt: skip


def refused(site: Site, statement: str) -> bool:
    import psycopg

    with site.sql() as db:
        try:
            db.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


def test_each_role_does_its_work(as_role: Callable[[str], Site]) -> None:
    writer = as_role("writer")
    kept, orphan = writer.put("a", rows(3)), writer.put("a", rows(3))
    checkpoint(writer.url, writer.keys, now=NOW)
    assert reveal(as_role("revealer"), "r1", {"a": kept.attempt}) == [b"secret of r1"]
    sweeper = as_role("sweeper")
    swept = gc(sweeper.url, sweeper.keys, {"a": kept.attempt}, run_id="run-1", now=NOW)
    assert swept.attempts == (orphan.attempt,)
    shredder = as_role("shredder")
    assert len(shred(shredder.url, shredder.keys, subject="u1", why="request", now=NOW).key_ids) == 2
    auditor = as_role("auditor")
    assert verify(auditor.url, auditor.keys).n_dead_keys == 2
    assert status(auditor.url, auditor.keys).records == 3


@pytest.mark.parametrize("everything", [False, True], ids=["expire", "wipe"])
def test_shredder_and_sweeper_together_destroy_epochs(
    as_role: Callable[[str], Site], postgres_site: Site, server: PostgresServer, *, everything: bool
) -> None:
    as_role("writer").put("a", rows(3))
    with postgres_site.sql() as db:
        db.execute("DROP ROLE IF EXISTS janitor")
        db.execute("CREATE ROLE janitor LOGIN IN ROLE template_escrow_shredder, template_escrow_sweeper")
    (name,) = [part.partition("?")[0] for part in postgres_site.url.split("/")[3:4]]
    site = replace(postgres_site, url=server.url(name, "janitor"))
    if everything:
        wipe(site.url, site.keys, escrow_id=site.private_key.escrow_id, why="over", now=NOW)
    else:
        expire(site.url, site.keys, Expired(run_id="run-1"), why="kept a year", now=NOW)
    auditor = as_role("auditor")
    if not everything:
        assert verify(auditor.url, auditor.keys).n_records == 0
    assert status(auditor.url, auditor.keys).records == 0


@pytest.mark.parametrize("role", [role for role in GRANTS if role != "revealer"])
def test_no_role_but_the_revealer_can_reveal(as_role: Callable[[str], Site], role: str) -> None:
    as_role("writer").put("a", rows(3))
    with pytest.raises(EscrowError, match="this user may not do that"):
        reveal(as_role(role), "r1")


@pytest.mark.parametrize("role", [role for role in GRANTS if role != "writer"])
def test_no_role_but_the_writer_can_seal(as_role: Callable[[str], Site], role: str) -> None:
    with pytest.raises(EscrowError, match="this user may not do that"):
        as_role(role).writer()


@pytest.mark.parametrize("role", [role for role in GRANTS if role != "shredder"])
def test_no_role_but_the_shredder_can_shred(as_role: Callable[[str], Site], role: str) -> None:
    as_role("writer").put("a", rows(3))
    site = as_role(role)
    with pytest.raises(EscrowError, match="this user may not do that"):
        shred(site.url, site.keys, subject="u1", why="request", now=NOW)


@pytest.mark.parametrize("role", [role for role in GRANTS if role != "sweeper"])
def test_no_role_but_the_sweeper_can_sweep(as_role: Callable[[str], Site], role: str) -> None:
    as_role("writer").put("a", rows(3))
    site = as_role(role)
    with pytest.raises(EscrowError, match="this user may not do that"):
        gc(site.url, site.keys, {}, run_id="run-1", now=NOW)


@pytest.mark.parametrize("role", GRANTS)
def test_no_role_changes_what_is_written_or_makes_anything(as_role: Callable[[str], Site], role: str) -> None:
    site = as_role(role)
    with site.sql() as db:
        query = """SELECT relname, attname FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
 WHERE relnamespace = 'escrow'::regnamespace AND relkind = 'r' AND attnum = 1"""
        tables = db.execute(query).fetchall()
    assert len(tables) >= 13
    for table, column in tables:
        assert refused(site, f"UPDATE {table} SET {column} = NULL")  # noqa: S608
        assert refused(site, f"TRUNCATE {table}")
        if (role, table) not in DELETES:
            assert refused(site, f"DELETE FROM {table}")  # noqa: S608
    assert refused(site, "CREATE TABLE escrow.t(x int)")
    assert refused(site, "ALTER TABLE log DISABLE TRIGGER ALL")
    assert refused(site, "DROP SCHEMA escrow CASCADE")


@pytest.mark.parametrize("column", ["record", "blob", "key_seq", "*"])
def test_the_writer_cannot_read_what_it_sealed(as_role: Callable[[str], Site], column: str) -> None:
    writer = as_role("writer")
    writer.put("a", rows(3))
    assert refused(writer, f"SELECT {column} FROM sealed")  # noqa: S608
    for table in ("subject_key", "epoch_key", "dead_key"):
        assert refused(writer, f"SELECT * FROM {table}")  # noqa: S608
    assert refused(writer, "SELECT body FROM log")
    assert refused(writer, "INSERT INTO sealed VALUES (9, 1, 1, '', '') RETURNING blob")


@pytest.mark.parametrize(("role", "table"), [("shredder", "subject_key"), ("sweeper", "sealed")])
def test_even_who_may_delete_must_leave_a_trace_first(
    as_role: Callable[[str], Site], role: str, table: str
) -> None:
    import psycopg

    as_role("writer").put("a", rows(3))
    trace = "dead_key" if role == "shredder" else "swept"
    with as_role(role).sql() as db:
        for trick in (
            "SET search_path = escrow",
            f"CREATE TEMP TABLE {trace} AS SELECT 1 AS key_seq, 1 AS batch_id",
            "SET search_path = pg_temp, escrow",
        ):
            db.execute(trick)
            with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608


# shredding


def test_no_key_is_left_in_the_tables_file(postgres_site: Site, server: PostgresServer) -> None:
    postgres_site.put("a", rows(3))
    with postgres_site.sql() as db:
        query = "SELECT wrapped FROM subject_key WHERE subject = ?"
        (wrapped,) = db.execute(query, (postgres_site.private_key.index.subject("u1"),)).fetchone()
        (database,) = db.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()

    def on_disk() -> bool:
        with postgres_site.sql() as db:
            db.execute("CHECKPOINT")
        base = server.folder / "data" / "base" / str(database)
        return any(wrapped[20:] in data for _, data in files_in(base))

    assert on_disk()
    shred(postgres_site.url, postgres_site.keys, subject="u1", why="request", now=NOW)
    assert not on_disk()
    assert reveal(postgres_site, "r2") == [b"secret of r2"]


def test_no_key_shredded_again_by_a_restore_is_left_in_the_tables_file(
    postgres_site: Site, server: PostgresServer, tmp_path: Path
) -> None:
    site = postgres_site
    site.put("a", rows(3))
    with site.sql() as db:
        query = "SELECT wrapped FROM subject_key WHERE subject = ?"
        (wrapped,) = db.execute(query, (site.private_key.index.subject("u1"),)).fetchone()
    backup(site.url, site.keys, tmp_path / "saved", now=NOW)
    shred(site.url, site.keys, subject="u1", why="request", now=NOW)
    escrow_admin.drop(site.url)
    escrow_admin.create(site.url)
    restore(tmp_path / "saved", site.url, site.keys, private_key=site.private_key, now=NOW)
    with site.sql() as db:
        (database,) = db.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        db.execute("CHECKPOINT")
    base = server.folder / "data" / "base" / str(database)
    assert not [path for path, data in files_in(base) if wrapped[20:] in data]
    assert reveal(site, "r2") == [b"secret of r2"]


def test_nothing_the_server_writes_shows_a_person(postgres_site: Site, server: PostgresServer) -> None:
    canaries = [b"CANARY-record-1", b"CANARY-subject-1", b"CANARY payload jessica@example.com"]
    postgres_site.put("b", [SealedRecord(canaries[0].decode(), canaries[1].decode(), canaries[2])])
    assert reveal(postgres_site, canaries[0].decode()) == [canaries[2]]
    with postgres_site.sql() as db:
        db.execute("CHECKPOINT")
    # The tables, the write-ahead log, temporary files and the server's own log.
    for _, data in files_in(server.folder):
        for canary in canaries:
            assert canary not in data
            assert canary.hex().encode() not in data


# reading


def test_records_are_found_by_index_before_the_server_has_counted_the_table(postgres_site: Site) -> None:
    """Told nothing, the planner takes 500 random ids for most of the table and reads all of it."""
    names = [postgres_site.private_key.index.record(f"r{i}") for i in range(500)]
    postgres_site.put("a", rows(3_000))
    opened = PostgresDatabase.open(postgres_site.url)
    with opened.snapshot():
        plan = opened.look_up("EXPLAIN " + _FIND.format(",".join("?" * 500)), names)
    opened.close()
    said = "\n".join(line for (line,) in plan)
    assert "on sealed_record" in said
    assert "Seq Scan" not in said
    assert "Gather" not in said
