from pathlib import Path

import pytest
from escrow_site import NOW, PASSPHRASE, Site, rows

from deid.errors import EscrowError
from deid.escrow import checkpoint, gc, init_escrow, shred, status, verify
from deid.escrow.stores import sqlite
from deid.escrow.stores.log import LogTables

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def test_a_new_escrow_is_whole(tmp_path: Path) -> None:
    info = init_escrow(
        f"sqlite:///{tmp_path}/vault/deep/e.db", tmp_path / "keys", passphrase=PASSPHRASE, now=NOW
    )
    assert verify(info.url, info.keys).size == 1
    assert info.keys == f"local:{tmp_path}/keys/escrow.pub"
    assert info.private_key == tmp_path / "keys" / "escrow.key"
    assert (tmp_path / "vault" / "deep").stat().st_mode & 0o777 == 0o700
    assert status(info.url, info.keys).key_ids == (info.key_id,)


@pytest.mark.parametrize("name", ["escrow.db", "escrow.pub", "escrow.key", "writer.key"])
def test_nothing_is_ever_overwritten(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "escrow"
    folder.mkdir(mode=0o700)
    (folder / name).write_bytes(b"mine")
    with pytest.raises(EscrowError, match="exists already"):
        init_escrow(f"sqlite:///{folder}/escrow.db", folder, passphrase=PASSPHRASE, now=NOW)
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == b"mine"


def test_made_again_it_says_whether_it_is_made(site: Site) -> None:
    with pytest.raises(EscrowError, match="exists already, and its escrow") as caught:
        init_escrow(site.url, site.folder, passphrase=PASSPHRASE, now=NOW)
    assert caught.value.hint.startswith("nothing is to be done")
    site.lose()  # as a call killed before there was a database leaves it
    with pytest.raises(EscrowError, match=r"exists already$") as caught:
        init_escrow(site.url, site.folder, passphrase=PASSPHRASE, now=NOW)
    assert caught.value.hint.startswith("give another folder for the keys, and keep these; ")


def test_the_keys_of_an_escrow_that_cannot_be_read_are_not_called_another_s(sqlite_site: Site) -> None:
    database = sqlite_site.folder / "escrow.db"
    database.write_bytes(b"no database")
    with pytest.raises(EscrowError, match=r"exists already$") as caught:
        init_escrow(sqlite_site.url, sqlite_site.folder, passphrase=PASSPHRASE, now=NOW)
    assert caught.value.hint == (
        f"give another folder for the keys, and keep these; {database}: escrow database: this is no database"
    )


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LogTables, "append", lambda *_: 1 // 0)
    folder = tmp_path / "escrow"
    with pytest.raises(ZeroDivisionError):
        init_escrow(f"sqlite:///{folder}/escrow.db", folder, passphrase=PASSPHRASE, now=NOW)
    assert not folder.exists()


def test_a_schema_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "statements", lambda: ["CREATE TABLE"])
    folder = tmp_path / "escrow"
    with pytest.raises(EscrowError, match="it cannot be used"):
        init_escrow(f"sqlite:///{folder}/escrow.db", folder, passphrase=PASSPHRASE, now=NOW)
    assert not folder.exists()


def test_a_failure_leaves_no_folder_and_takes_none_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LogTables, "append", lambda *_: 1 // 0)
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    with pytest.raises(ZeroDivisionError):
        init_escrow(f"sqlite:///{own}/a/b/e.db", own / "keys" / "new", passphrase=PASSPHRASE, now=NOW)
    assert [*tmp_path.rglob("*")] == [own]


@pytest.mark.parametrize("passphrase", [b"", b"1234567"])
def test_a_short_passphrase(tmp_path: Path, passphrase: bytes) -> None:
    with pytest.raises(EscrowError, match="too short"):
        init_escrow(f"sqlite:///{tmp_path}/e/e.db", tmp_path / "e", passphrase=passphrase, now=NOW)
    assert not (tmp_path / "e").exists()


def test_a_folder_open_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(EscrowError, match="open to others") as caught:
        init_escrow(f"sqlite:///{folder}/e.db", folder, passphrase=PASSPHRASE, now=NOW)
    assert str(folder) in caught.value.hint


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for vault, keys in (("file/x", "keys"), ("other", "file/x")):
        with pytest.raises(EscrowError, match="cannot be made"):
            init_escrow(f"sqlite:///{tmp_path}/{vault}/e.db", tmp_path / keys, passphrase=PASSPHRASE, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_status_counts(site: Site) -> None:
    empty = status(site.url, site.keys)
    assert (empty.batches, empty.records, empty.epochs, empty.last_checkpoint) == (0, 0, 0, None)
    with site.writer() as writer:
        writer.put("a", rows(3, "a"))
        writer.put("b", rows(4, "b"))
    kept = site.put("c", rows(5, "c"), run_id="run-2")
    gc(site.url, site.keys, {"c": kept.attempt}, run_id="run-2", now=NOW)
    gc(site.url, site.keys, {}, run_id="run-1", now=NOW)
    shred(site.url, site.keys, subject="u0", why="request 7", now=NOW)
    made = checkpoint(site.url, site.keys, now=NOW)
    full = status(site.url, site.keys)
    assert (full.epochs, full.batches, full.swept_batches, full.records) == (2, 3, 2, 5)
    assert (full.subject_keys, full.shredded_keys, full.log_entries) == (4, 2, 8)
    assert full.last_checkpoint == made
    assert full.size_bytes >= (0 if site.on_postgres else site.database.stat().st_size)
    assert full.key_ids == (site.private_key.key_id.hex(),)
