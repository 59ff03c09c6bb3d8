"""A database that is locked, read-only or full, at whatever is done: one error, and nothing half done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from escrow_site import NOW, Site, connect_with, reveal, rows

from deid.errors import EscrowError
from deid.escrow import Expired, backup, checkpoint, expire, gc, shred, tombstones, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

ACTS: dict[str, Callable[[Site], object]] = {
    "put": lambda site: site.put("b", rows(3, "b")),
    "reveal": lambda site: reveal(site, "r1"),
    "shred": lambda site: shred(site.url, site.keys, subject="u1", why="request 7", now=NOW),
    "expire": lambda site: expire(site.url, site.keys, Expired(run_id="run-1"), why="due", now=NOW),
    "gc": lambda site: gc(site.url, site.keys, {}, run_id="run-1", now=NOW),
    "checkpoint": lambda site: checkpoint(site.url, site.keys, now=NOW),
    "backup": lambda site: backup(site.url, site.keys, site.folder / "saved", now=NOW),
}


State = Callable[[Site, pytest.MonkeyPatch], AbstractContextManager[str]]


@contextmanager
def locked(site: Site, patch: pytest.MonkeyPatch) -> Iterator[str]:
    with site.locked(patch):
        yield "locked by another process"


@contextmanager
def read_only(site: Site, patch: pytest.MonkeyPatch) -> Iterator[str]:
    if not site.on_postgres:
        connect_with(patch, "query_only=ON")
        yield "read-only"
        return
    change = """DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {}',
 current_database()); END$$"""
    with site.sql() as db:
        db.execute(change.format("on"))
    yield "read-only"
    with site.sql() as db:
        db.execute("SET default_transaction_read_only = off")
        db.execute(change.format("off"))


@pytest.mark.parametrize("state", [locked, read_only])
@pytest.mark.parametrize("act", ACTS)
def test_what_is_refused_is_not_half_done_and_done_later(
    site: Site, act: str, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = site.put("a", rows(3))
    before = verify(site.url, site.keys)
    with (
        monkeypatch.context() as patch,
        state(site, patch) as said,
        pytest.raises(EscrowError, match=said),
    ):
        ACTS[act](site)
    assert verify(site.url, site.keys) == before
    listed = tombstones.path_beside(site.keys)
    assert not listed.exists() or listed.read_bytes() == b""
    assert not (site.folder / "saved").exists()
    assert reveal(site, "r1", {"a": kept.attempt}) == [b"secret of r1"]
    ACTS[act](site)
    verify(site.url, site.keys)


def reveal_until_refused(site: Site) -> int:
    """Return how many reveals there were; a thousand log entries do not fit into the free room of a page."""
    for number in range(1_000):
        try:
            reveal(site, "r1")
        except EscrowError as error:
            assert "the disk is full" in str(error)  # noqa: PT017 - which one is refused is not known
            return number
    return -1


def test_a_reveal_that_cannot_be_logged_on_a_full_disk_gives_nothing(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    site.put("a", rows(3))
    with site.sql() as db:
        (n_pages,) = db.execute("PRAGMA page_count").fetchone()
    with monkeypatch.context() as patch:
        connect_with(patch, f"max_page_count={n_pages}")
        n_revealed = reveal_until_refused(site)
    assert n_revealed >= 0
    with site.sql() as db:
        assert db.execute("SELECT count(*) FROM log WHERE kind = 'reveal'").fetchone() == (n_revealed,)
    assert reveal(site, "r1") == [b"secret of r1"]
    verify(site.url, site.keys)
