"""A list of tombstones that names no decision: an earlier version made it, or a first shredding did."""

from pathlib import Path

import pytest
from escrow_custody import ask, register, require, run, say_yes
from escrow_site import NOW, PASSPHRASE, Site, rows

from deid.errors import EscrowError
from deid.escrow import backup, init_escrow, open_private_key, restore, shred, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def only_destructions(site: Site) -> None:
    """Leave the list as the version before decisions were listed had it."""
    path = site.folder / "tombstones.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b'"author":"operator"' in line))


@pytest.fixture
def earlier(site: Site) -> Site:
    """An escrow in which much was decided, and a shredding is all the list names."""
    site.put("a", rows(6, "a"))
    register(site)
    require(site, 1)
    request = ask(site, "a0")
    say_yes(site, request, "legal")
    run(site, request)
    shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    only_destructions(site)
    return site


def test_an_escrow_founded_with_approvals_verifies_when_somebody_was_shredded(tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    made = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, approvals=1)
    site = Site(folder, open_private_key(made.private_key, PASSPHRASE), url)
    site.put("a", rows(3, "a"))
    shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    verify(site.url, site.keys)


def test_an_escrow_of_an_earlier_version_verifies(earlier: Site) -> None:
    verify(earlier.url, earlier.keys)


def test_the_next_backup_lists_what_was_decided_and_from_then_on_no_line_may_lack(earlier: Site) -> None:
    backup(earlier.url, earlier.keys, earlier.folder / "saved", now=NOW)
    path = earlier.folder / "tombstones.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 6
    path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(EscrowError, match="1 decisions of custody in the log are missing"):
        verify(earlier.url, earlier.keys)


def test_a_backup_of_an_earlier_version_is_restored_and_its_decisions_listed(earlier: Site) -> None:
    saved = earlier.folder.parent / "saved"
    backup(earlier.url, earlier.keys, saved, now=NOW)
    only_destructions(earlier)
    earlier.lose()
    report = restore(saved, earlier.url, earlier.keys, private_key=earlier.private_key, now=NOW)
    assert (report.n_destroyed, report.n_decided) == (0, 0)
    assert len((earlier.folder / "tombstones.jsonl").read_bytes().splitlines()) == 6
    with pytest.raises(EscrowError, match="1 approvals are needed already"):
        require(earlier, 1)
    verify(earlier.url, earlier.keys)


def test_a_destruction_that_lacks_is_still_refused(earlier: Site) -> None:
    saved = earlier.folder.parent / "saved"
    backup(earlier.url, earlier.keys, saved, now=NOW)
    (earlier.folder / "tombstones.jsonl").write_bytes(b"")
    with pytest.raises(EscrowError, match="1 destructions in the log are missing"):
        verify(earlier.url, earlier.keys)
    earlier.lose()
    with pytest.raises(EscrowError, match="1 destructions or decisions in the backup are not on this list"):
        restore(saved, earlier.url, earlier.keys, private_key=earlier.private_key, now=NOW)
