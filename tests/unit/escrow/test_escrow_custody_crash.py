"""SIGKILL at named points of shred, expire, backup, restore and reveal."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import Expired, backup, certificate_holds, expire, restore, shred, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

CHILD = Path(__file__).with_name("custody_child.py")


def kill(site: Site, act: str, point: str, count: int = 1) -> bytes:
    """Return what the process had said when it killed itself."""
    command = [sys.executable, str(CHILD), str(site.folder), act, point, str(count)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout


def closed(site: Site, record: str) -> bool:
    try:
        reveal(site, record)
    except EscrowError:
        return True
    return False


def settled(site: Site) -> None:
    verify(site.url, site.keys)
    with site.sql() as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


BEFORE = ["after BEGIN IMMEDIATE", "after INSERT INTO log", "before COMMIT"]


@pytest.mark.parametrize("point", [*BEFORE, "after INSERT INTO dead_key", "after DELETE FROM subject_key"])
def test_a_shredding_killed_right_before_its_commit_is_on_the_list_and_done_by_the_next(
    sqlite_site: Site, point: str
) -> None:
    site = sqlite_site
    site.put("b", rows(3))
    kill(site, "shred", point, 2 if point == "before COMMIT" else 1)
    assert not closed(site, "r1")
    if point == "before COMMIT":
        with pytest.raises(EscrowError, match="1 destructions on the list of tombstones are not in the log"):
            verify(site.url, site.keys)
    shred(site.url, site.keys, subject="u2", why="request 8", now=NOW)
    assert closed(site, "r1") == (point == "before COMMIT")
    settled(site)


@pytest.mark.parametrize("point", ["after COMMIT", "before PRAGMA wal_checkpoint"])
def test_a_shredding_killed_after_its_commit_holds(sqlite_site: Site, point: str) -> None:
    site = sqlite_site
    site.put("b", rows(3))
    kill(site, "shred", point, 2 if point == "after COMMIT" else 1)
    assert closed(site, "r1")
    settled(site)


@pytest.mark.parametrize(
    "point", ["after INSERT INTO dead_epoch", "after DELETE FROM sealed", "before COMMIT"]
)
def test_an_expiry_killed_before_its_commit_is_done_again(sqlite_site: Site, point: str) -> None:
    site = sqlite_site
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
def test_a_backup_killed_has_no_name(sqlite_site: Site, point: str) -> None:
    site = sqlite_site
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
def test_a_restore_killed_leaves_no_database_and_can_be_done_again(sqlite_site: Site, point: str) -> None:
    site = sqlite_site
    site.put("b", rows(3))
    backup(site.url, site.keys, site.folder / "older", now=NOW)
    shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    for path in site.folder.glob("escrow.db*"):
        path.unlink()
    kill(site, "restore", point, 2 if point == "before COMMIT" else 1)
    assert not site.database.exists()
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
    sqlite_site: Site, point: str, count: int, logged: int
) -> None:
    site = sqlite_site
    site.put("b", rows(3))
    assert kill(site, "reveal", point, count) == b""
    with site.sql() as db:
        assert db.execute("SELECT count(*) FROM log WHERE kind = 'reveal'").fetchone() == (logged,)
    settled(site)
