"""SIGKILL at named points of shred, expire, gc, checkpoint, backup, restore, reveal and rotate."""

from dataclasses import replace

import pytest
from custody_child import PASSPHRASE, Act, main
from escrow_process import kill_itself
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import (
    Expired,
    backup,
    certificate_holds,
    checkpoint,
    expire,
    gc,
    open_private_key,
    restore,
    shred,
    verify,
)
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.rotation import Rotation, list_keys, rewrap, rotate

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

# Points have the names of SQLite's statements; where PostgreSQL is told something else, this.
ON_POSTGRES = {
    "after BEGIN IMMEDIATE": "after SELECT pg_advisory_xact_lock",
    "after BEGIN DEFERRED": "after BEGIN ISOLATION LEVEL REPEATABLE",
    "before PRAGMA wal_checkpoint": "before SELECT rewrite_keys",
}


def kill(site: Site, act: str, point: str, count: int = 1) -> bytes:
    """Return what the process had said when it killed itself."""
    where = ON_POSTGRES.get(point, point) if site.on_postgres else point
    kill_itself(main, Act(site.folder, site.url, act, where, count))
    said = site.folder / "said"
    return said.read_bytes() if said.exists() else b""


def closed(site: Site, record: str) -> bool:
    try:
        reveal(site, record)
    except EscrowError:
        return True
    return False


def settled(site: Site) -> None:
    verify(site.url, site.keys)
    if not site.on_postgres:
        with site.sql() as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


BEFORE = ["after BEGIN IMMEDIATE", "after INSERT INTO log", "before COMMIT"]


@pytest.mark.parametrize("point", [*BEFORE, "after INSERT INTO dead_key", "after DELETE FROM subject_key"])
def test_a_shredding_killed_right_before_its_commit_is_on_the_list_and_done_by_the_next(
    site: Site, point: str
) -> None:
    site.put("b", rows(3))
    kill(site, "shred", point, 2 if point == "before COMMIT" else 1)
    assert not closed(site, "r1")
    if point == "before COMMIT":
        with pytest.raises(EscrowError, match="1 destructions on the list of tombstones are not in the log"):
            verify(site.url, site.keys)
    shred(site.url, site.keys, subject="u2", why="request 8", now=NOW)
    assert closed(site, "r1") == (point == "before COMMIT")
    settled(site)


def test_a_shredding_killed_right_before_its_commit_is_certified_when_it_is_asked_for_again(
    site: Site,
) -> None:
    site.put("b", rows(3))
    kill(site, "shred", "before COMMIT", 2)
    again = shred(site.url, site.keys, subject="u1", why="request 8", now=NOW, known=True)
    assert (again.why, len(again.key_ids), len(again.epochs)) == ("request 7", 1, 1)
    assert closed(site, "r1")
    assert shred(site.url, site.keys, subject="u1", why="request 9", now=NOW, known=True) == again
    settled(site)


@pytest.mark.parametrize("point", ["after COMMIT", "before PRAGMA wal_checkpoint"])
def test_a_shredding_killed_after_its_commit_holds(site: Site, point: str) -> None:
    site.put("b", rows(3))
    kill(site, "shred", point, 2 if point == "after COMMIT" else 1)
    assert closed(site, "r1")
    settled(site)


@pytest.mark.parametrize(
    "point", ["after INSERT INTO dead_epoch", "after DELETE FROM sealed", "before COMMIT"]
)
def test_an_expiry_killed_before_its_commit_is_done_again(site: Site, point: str) -> None:
    site.put("b", rows(3))
    kill(site, "expire", point, 2 if point == "before COMMIT" else 1)
    assert not closed(site, "r1")
    certificate = expire(site.url, site.keys, Expired(run_id="run-1"), why="kept a year", now=NOW)
    assert bool(certificate.of) == (point == "before COMMIT")
    assert certificate_holds(certificate, site.keys)
    assert closed(site, "r1")
    settled(site)


@pytest.mark.parametrize(
    "point",
    [
        "after COMMIT",
        "after BEGIN DEFERRED",
        "after SELECT seq, batch_id, key_seq",
        "after SELECT seq, request FROM reveal_run",
    ],
)
def test_a_backup_killed_has_no_name(site: Site, point: str) -> None:
    site.put("b", rows(3))
    kill(site, "backup", point, 2 if point in ("after COMMIT", "after BEGIN DEFERRED") else 1)
    assert not (site.folder / "saved").exists()
    settled(site)
    backup(site.url, site.keys, site.folder / "saved", now=NOW)


@pytest.mark.parametrize(
    "point",
    [
        "after INSERT INTO sealed",
        "after INSERT INTO tombstone",
        "before COMMIT",
        "before PRAGMA wal_checkpoint",
    ],
)
def test_a_restore_killed_leaves_no_database_and_can_be_done_again(site: Site, point: str) -> None:
    site.put("b", rows(3))
    backup(site.url, site.keys, site.folder / "older", now=NOW)
    shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    site.lose()
    schema_first = not site.on_postgres  # and committed on its own
    kill(site, "restore", point, 2 if point == "before COMMIT" and schema_first else 1)
    assert not site.is_there
    restore(site.folder / "older", site.url, site.keys, private_key=site.private_key, now=NOW)
    assert closed(site, "r1")
    assert not closed(site, "r2")
    assert not list(site.folder.glob(".escrow.db*"))
    settled(site)


@pytest.mark.parametrize(
    ("point", "count", "logged"),
    [("after INSERT INTO log", 1, 0), ("before COMMIT", 2, 0), ("after COMMIT", 2, 1)],
)
def test_a_reveal_killed_has_said_nothing_that_is_not_logged(
    site: Site, point: str, count: int, logged: int
) -> None:
    site.put("b", rows(3))
    assert kill(site, "reveal", point, count) == b""
    with site.sql() as db:
        assert db.execute("SELECT count(*) FROM log WHERE kind = 'reveal'").fetchone() == (logged,)
    settled(site)


@pytest.mark.parametrize(
    ("point", "gone"),
    [
        ("after INSERT INTO swept", False),
        ("after DELETE FROM sealed", False),
        ("after INSERT INTO log", False),
        ("before COMMIT", False),
        ("after COMMIT", True),
    ],
)
def test_a_sweep_killed_is_done_whole_or_not_at_all(site: Site, point: str, *, gone: bool) -> None:
    site.put("b", rows(3))
    kill(site, "gc", point, 2 if "COMMIT" in point else 1)
    assert closed(site, "r1") == gone
    settled(site)
    assert bool(gc(site.url, site.keys, {}, run_id="run-1", now=NOW).attempts) != gone
    settled(site)


@pytest.mark.parametrize("point", ["after INSERT INTO checkpoint", "after COMMIT"])
def test_a_checkpoint_killed_is_kept_or_made_again(site: Site, point: str) -> None:
    site.put("b", rows(3))
    kill(site, "checkpoint", point, 2 if "COMMIT" in point else 1)
    settled(site)
    made = checkpoint(site.url, site.keys, now=NOW)
    assert verify(site.url, site.keys, checkpoint=made).size == made.size


def turn(site: Site) -> Rotation:
    """Say again what the killed process was told."""
    secrets = open_secrets(site.folder / "escrow.key", PASSPHRASE)
    new = NewKey("local:x25519", PASSPHRASE, NO_ACCESS)
    return rotate(site.url, site.keys, secrets, new, out=site.folder / "successor", now=NOW)


def test_a_rotation_killed_after_its_commit_is_done_and_the_same_call_says_so(site: Site) -> None:
    site.put("b", rows(3))
    kill(site, "rotate", "after COMMIT", 2)
    made = turn(site)
    *_, before, after = list_keys(site.url, site.keys)
    assert (made.before, made.key_id) == (before.key_id, after.key_id)
    assert [path.name for path in made.files] == ["escrow.key", "escrow.pub"]
    successor = replace(site, private_key=open_private_key(made.files[0], PASSPHRASE))
    made.files[1].replace(site.folder / "escrow.pub")
    rewrap(site.url, site.keys, site.private_key, now=NOW)
    assert reveal(successor, "r1") == reveal(site, "r1")
    with pytest.raises(EscrowError) as caught:  # the first call of another rotation, into the same folder
        turn(site)
    assert caught.value.hint == "give another folder; keep the file: the escrow knows its key"
    settled(site)


def test_a_rotation_killed_before_its_commit_is_nothing_and_its_key_is_called_so(site: Site) -> None:
    kill(site, "rotate", "before COMMIT", 2)
    with pytest.raises(EscrowError) as caught:
        turn(site)
    assert caught.value.hint == "give another folder; this key was never in force and opens nothing here"
    assert len(list_keys(site.url, site.keys)) == 1
    (site.folder / "successor" / "escrow.key").write_bytes(b"{")
    with pytest.raises(EscrowError) as caught:
        turn(site)
    assert caught.value.hint.startswith("give another folder; keep the file: it does not open")
    settled(site)
