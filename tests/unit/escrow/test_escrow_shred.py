import pytest
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import SealedRecord, shred, verify
from deid.escrow.keys.local import read_public

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def bury(site: Site, subject: str) -> tuple[str, ...]:
    return shred(site.url, site.keys, subject=subject, why="request 7", now=NOW).key_ids


def test_keys_go_in_every_epoch_and_the_certificate_names_them(site: Site) -> None:
    with site.sql() as db:
        for run in "abc":
            site.put(run, rows(3, run))
        index_id = site.private_key.index.subject("u1")
        query = (
            "SELECT s.key_id, e.writer FROM subject_key s JOIN epoch e USING (epoch_id) WHERE s.subject = ?"
        )
        held = db.execute(query, (index_id,)).fetchall()
    certificate = shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    assert certificate.key_ids == tuple(key_id.hex() for key_id, _ in held)
    assert certificate.epochs == tuple(writer for _, writer in held)
    assert (len(held), certificate.subject) == (3, index_id.hex())
    for run in "abc":
        with pytest.raises(EscrowError):
            reveal(site, f"{run}1")
        assert reveal(site, f"{run}2") == [f"secret of {run}2".encode()]
    assert verify(site.url, site.keys).n_dead_keys == 3


def test_the_certificate_is_the_signed_log_entry(site: Site) -> None:
    site.put("a", rows(3))
    certificate = shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    with site.sql() as db:
        stored = db.execute("SELECT hash, signature FROM log WHERE kind = 'shred'").fetchone()
    assert (certificate.log_hash, certificate.signature) == (stored[0].hex(), stored[1].hex())
    assert certificate.escrow_id == read_public(site.keys).escrow_id


def test_nothing_of_the_key_is_left_in_the_files(sqlite_site: Site) -> None:
    site = sqlite_site
    site.put("a", rows(3))
    with site.sql() as db:
        query = "SELECT wrapped FROM subject_key WHERE subject = ?"
        (wrapped,) = db.execute(query, (site.private_key.index.subject("u1"),)).fetchone()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def on_disk() -> bool:
        return any(wrapped[20:] in path.read_bytes() for path in site.folder.iterdir())

    assert on_disk()
    with site.writer() as idle:  # a writer at work does not keep old pages alive
        bury(site, "u1")
        assert not on_disk()
        idle.put("b", rows(1, "b"))
    assert not on_disk()


def test_a_reader_in_the_way_is_reported_and_a_second_try_ends_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.be_impatient(monkeypatch)
    site.put("a", rows(3))
    with site.sql() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM subject_key").fetchone()
        with pytest.raises(EscrowError, match=r"deleted, but .* still holds"):
            bury(site, "u1")
        reader.execute("ROLLBACK")
    assert bury(site, "u1") == ()
    assert verify(site.url, site.keys).n_dead_keys == 1


def test_a_subject_nobody_knows_leaves_a_tombstone_and_no_keys(site: Site) -> None:
    assert bury(site, "nobody") == ()
    assert verify(site.url, site.keys).size == 2


def test_a_writer_at_work_is_refused_the_subject_and_nobody_else(site: Site) -> None:
    with site.writer() as writer:
        writer.put("a", rows(3, "a"))
        bury(site, "u1")
        bury(site, "new")
        with pytest.raises(EscrowError, match="batch b: 1 records of subjects shredded"):
            writer.put("b", rows(3, "b"))
        with pytest.raises(EscrowError, match="batch c: 1 records of subjects shredded"):
            writer.put("c", [SealedRecord("c", "new", b"")])
        writer.put("d", [SealedRecord("d", "u2", b"kept")])
    assert reveal(site, "d") == [b"kept"]
    assert verify(site.url, site.keys).n_batches == 2


def test_a_later_writer_may_seal_for_someone_who_came_back(site: Site) -> None:
    site.put("a", rows(3, "a"))
    bury(site, "u1")
    site.put("b", rows(3, "b"))
    assert reveal(site, "b1") == [b"secret of b1"]
    with pytest.raises(EscrowError):
        reveal(site, "a1")
    verify(site.url, site.keys)
    assert len(bury(site, "u1")) == 1
    with pytest.raises(EscrowError):
        reveal(site, "b1")


def test_keys_put_back_from_a_copy_are_found(site: Site) -> None:
    site.put("a", rows(3))
    with site.sql() as db:
        query = "SELECT * FROM subject_key WHERE subject = ?"
        kept = db.execute(query, (site.private_key.index.subject("u1"),)).fetchone()
    bury(site, "u1")
    site.tamper("INSERT INTO subject_key VALUES (?,?,?,?,?)", *kept)
    with pytest.raises(EscrowError, match="the subject has keys again"):
        verify(site.url, site.keys)


@pytest.mark.parametrize("why", ["", " "])
def test_a_shredding_without_a_reason_is_refused(site: Site, why: str) -> None:
    with pytest.raises(EscrowError, match="reason must"):
        shred(site.url, site.keys, subject="u1", why=why, now=NOW)


def test_a_lost_certificate_is_given_again_and_nothing_is_signed(site: Site) -> None:
    site.put("a", rows(3, "a"))
    first = shred(site.url, site.keys, subject="u1", why="request 7", now=NOW, known=True)
    shred(site.url, site.keys, subject="u2", why="request 7", now=NOW, known=True)
    size = verify(site.url, site.keys).size
    assert shred(site.url, site.keys, subject="u1", why="request 8", now=NOW, known=True) == first
    assert verify(site.url, site.keys).size == size
    site.put("b", rows(3, "b"))
    later = shred(site.url, site.keys, subject="u1", why="request 9", now=NOW, known=True)
    assert later.key_ids != first.key_ids
    assert shred(site.url, site.keys, subject="u1", why="request 10", now=NOW, known=True) == later
    with pytest.raises(EscrowError, match="nothing sealed is covered"):
        shred(site.url, site.keys, subject="nobody", why="request 8", now=NOW, known=True)
