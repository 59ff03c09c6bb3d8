import os
import shutil
import tracemalloc
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from escrow_custody import live
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError, InputError
from deid.escrow import Expired, RestoreReport, SealedRecord, backup, expire, restore, shred, verify
from deid.escrow.stores.open import open_store
from deid.escrow.stores.retention import DUMPED
from deid.escrow.stream import CHUNK_BYTES, open_stream, seal_stream

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

KEY, HEADER = bytes(range(32)), b"header"


def save(site: Site, name: str = "saved") -> Path:
    path = site.folder.parent / name
    backup(site.url, site.keys, path, now=NOW)
    return path


def bring_back(site: Site, saved: Path, url: str = "") -> RestoreReport:
    return restore(saved, url or site.url, site.keys, private_key=site.private_key, now=NOW)


lose = Site.lose


def rows_of(site: Site) -> dict[str, list[tuple[object, ...]]]:
    with open_store(site.url, site.private_key.escrow_id) as store, store.snapshot():
        found: dict[str, list[tuple[object, ...]]] = {table: [] for table in DUMPED}
        for table, row in store.retention.dump():
            found[table].append(row)
        return found


def test_what_is_brought_back_is_what_was_saved_and_one_entry(site: Site) -> None:
    live(site)
    saved, before = save(site), rows_of(site)
    lose(site)
    report = bring_back(site, saved)
    after = rows_of(site)
    entry = after["log"].pop()
    assert (entry[1], entry[3]) == ("custodian", "restore")
    assert after == before
    assert (report.size, report.n_destroyed) == (len(after["log"]) + 1, 0)
    with pytest.raises(EscrowError, match="needs 2 approvals"):
        reveal(site, "a0")
    verify(site.url, site.keys)
    if not site.on_postgres:
        assert site.database.stat().st_mode & 0o777 == 0o600
    assert not list(site.folder.glob(".escrow.db*"))


def test_every_table_is_in_a_backup(sqlite_site: Site) -> None:
    with sqlite_site.sql() as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(DUMPED) == tables


def test_a_later_shredding_holds_in_an_older_backup(site: Site) -> None:
    for run in "abc":
        site.put(run, rows(3, run), run_id=run)
    shred(site.url, site.keys, subject="u0", why="request 1", now=NOW)
    saved = save(site)
    shred(site.url, site.keys, subject="u1", why="request 2", now=NOW)
    expire(site.url, site.keys, Expired(run_id="c"), why="kept a year", now=NOW)
    lose(site)
    assert bring_back(site, saved).n_destroyed == 2
    for gone in ("a0", "a1", "b1", "c0", "c2"):
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            reveal(site, gone)
    assert reveal(site, "b2") == [b"secret of b2"]
    assert verify(site.url, site.keys).n_dead_keys == 6


def test_a_shredding_in_one_history_holds_in_another(site: Site) -> None:
    """An older backup is restored, somebody shredded, and then a newer backup is found after all."""
    older = save(site, "older")
    for run in "abc":
        site.put(run, rows(3, run), run_id=run)
    newer = save(site, "newer")
    lose(site)
    bring_back(site, older)
    shred(site.url, site.keys, subject="u1", why="request 2", now=NOW)
    lose(site)
    assert bring_back(site, newer).n_destroyed == 1
    for run in "abc":
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            reveal(site, f"{run}1")
    verify(site.url, site.keys)


def test_a_drill_beside_the_living_escrow_costs_it_nothing(site: Site) -> None:
    """Somebody is shredded and comes back; an older backup is restored elsewhere, twice."""
    site.put("a", rows(3, "a"))
    saved = save(site)
    shred(site.url, site.keys, subject="u1", why="request 1", now=NOW)
    site.put("b", rows(3, "b"), run_id="run-2")
    for number in range(2):
        drill = f"sqlite:///{site.folder.parent}/drill{number}/escrow.db"
        assert bring_back(site, saved, drill).n_destroyed == 1
        verify(drill, site.keys)
    verify(site.url, site.keys)
    save(site, "next")
    assert reveal(site, "b1") == [b"secret of b1"]
    assert len((site.folder / "tombstones.jsonl").read_text().splitlines()) == 3


def test_no_backup_is_made_of_an_escrow_that_was_put_back(site: Site) -> None:
    site.put("a", rows(3))
    put_back = site.keep()
    shred(site.url, site.keys, subject="u1", why="request 1", now=NOW)
    put_back()
    with pytest.raises(EscrowError, match="1 destructions on the list of tombstones are not in the log"):
        save(site)
    assert reveal(site, "r1") == [b"secret of r1"]
    shred(site.url, site.keys, subject="u2", why="request 2", now=NOW)
    save(site)


def test_keys_shredded_later_are_not_in_the_restored_files(sqlite_site: Site) -> None:
    site = sqlite_site
    site.put("a", rows(3))
    saved = save(site)
    with site.sql() as db:
        query = "SELECT wrapped FROM subject_key WHERE subject = ?"
        (wrapped,) = db.execute(query, (site.private_key.index.subject("u1"),)).fetchone()
    shred(site.url, site.keys, subject="u1", why="request 2", now=NOW)
    lose(site)
    bring_back(site, saved)
    assert not [path for path in site.folder.iterdir() if wrapped[20:] in path.read_bytes()]


def test_sealing_goes_on_while_a_backup_is_made_and_after_it_is_back(site: Site) -> None:
    with site.writer() as writer:
        writer.put("a", rows(3))
        saved = save(site)
        writer.put("b", rows(3, "b"))
    lose(site)
    bring_back(site, saved)
    site.put("b", rows(3, "b"))
    assert reveal(site, "b2") == [b"secret of b2"]
    verify(site.url, site.keys)


def test_nothing_is_overwritten(site: Site) -> None:
    saved = save(site)
    with pytest.raises(EscrowError, match="exists already"):
        save(site)
    with pytest.raises(EscrowError, match="exists already"):
        bring_back(site, saved)


def test_a_file_made_meanwhile_is_not_overwritten(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = site.folder.parent / "saved"

    def seal(*_: object) -> None:
        taken.write_bytes(b"another's")

    monkeypatch.setattr(import_module("deid.escrow.backup"), "seal_stream", seal)
    with pytest.raises(InputError, match="saved: exists already"):
        save(site)
    assert taken.read_bytes() == b"another's"
    assert not list(taken.parent.glob(".saved.*"))


def test_without_the_list_of_tombstones_nothing_is_restored(site: Site) -> None:
    saved = save(site)
    lose(site)
    (site.folder / "tombstones.jsonl").unlink()
    with pytest.raises(EscrowError, match=r"tombstones\.jsonl: cannot read"):
        bring_back(site, saved)
    assert not site.is_there


@pytest.mark.parametrize("kept", [0, 1])
def test_a_list_older_than_the_backup_is_refused(site: Site, kept: int) -> None:
    site.put("a", rows(3))
    for subject in ("u0", "u1"):
        shred(site.url, site.keys, subject=subject, why="request", now=NOW)
    saved, tombs = save(site), site.folder / "tombstones.jsonl"
    lose(site)
    tombs.write_bytes(b"".join(tombs.read_bytes().splitlines(keepends=True)[:kept]))
    with pytest.raises(
        EscrowError, match=f"{2 - kept} destructions or decisions in the backup are not on this list"
    ):
        bring_back(site, saved)
    assert not site.is_there


def test_only_this_escrows_custodian_restores(site: Site, stranger: Site) -> None:
    saved = save(site)
    lose(site)
    with pytest.raises(EscrowError, match="another escrow's"):
        restore(saved, site.url, site.keys, private_key=stranger.private_key, now=NOW)
    other = f"sqlite:///{site.folder}/other.db"
    backup(stranger.url, stranger.keys, site.folder.parent / "theirs", now=NOW)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        bring_back(site, site.folder.parent / "theirs", other)


def test_a_killed_restore_leaves_nothing_the_next_one_keeps(sqlite_site: Site) -> None:
    site = sqlite_site
    saved = save(site)
    lose(site)
    draft = site.folder / ".escrow.db.new"
    draft.write_bytes(b"half")
    bring_back(site, saved)
    assert not draft.exists()


def test_an_escrow_that_does_not_verify_is_not_restored(site: Site) -> None:
    site.put("a", rows(3))
    site.tamper("DELETE FROM sealed WHERE seq = 3")
    saved = save(site)
    lose(site)
    with pytest.raises(EscrowError, match="saved: does not verify: batch a"):
        bring_back(site, saved)
    assert sorted(path.name for path in site.folder.glob("*escrow.db*")) == []


@pytest.mark.parametrize("step", [211, pytest.param(8, marks=pytest.mark.slow)])
def test_any_flipped_bit_of_a_backup_is_refused(site: Site, step: int) -> None:
    site.put("a", rows(3))
    saved = save(site)
    lose(site)
    whole, step = saved.read_bytes(), max(step, 61) if site.on_postgres else step  # each connects anew there
    for bit in [*range(0, 8 * 170, 31), *range(8 * 170, 8 * len(whole), 8 * step)]:
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        saved.write_bytes(flipped)
        with pytest.raises(EscrowError, match=r"^escrow does not open$|made under escrow key"):
            bring_back(site, saved)
    assert not site.is_there


@pytest.mark.parametrize("cut", [0, 1, 22, 61, 62, 100, 152, -1, -16, -17])
def test_a_backup_cut_short_is_refused(site: Site, cut: int) -> None:
    saved = save(site)
    lose(site)
    saved.write_bytes(saved.read_bytes()[:cut])
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        bring_back(site, saved)


def test_no_text_of_a_person_is_in_any_file(sqlite_site: Site) -> None:
    site = sqlite_site
    canaries = [SealedRecord("r-marzipan", "u-marzipan", b"marzipan")]
    with site.writer() as writer:
        writer.put("a", canaries)
        saved = save(site)
        shred(site.url, site.keys, subject="u-marzipan", why="request 7", now=NOW)
        held = [path for path in site.folder.parent.rglob("*") if path.is_file()]
        assert len(held) > 5
        assert not [path for path in held if b"marzipan" in path.read_bytes()]
    shutil.copy(site.database, site.folder / "copy")
    lose(site)
    bring_back(site, saved)
    assert not [path for path in site.folder.iterdir() if b"marzipan" in path.read_bytes()]


# the stream


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_a_stream_opens_as_it_was(size: int) -> None:
    data, out = os.urandom(size), BytesIO()
    seal_stream([data[:7], b"", data[7:]], out, KEY, HEADER)
    assert b"".join(open_stream(BytesIO(out.getvalue()), KEY, HEADER)) == data
    assert len(out.getvalue()) == size + 16 * max(1, -(-size // CHUNK_BYTES))


def sealed(n_chunks: int) -> list[bytes]:
    out, step = BytesIO(), CHUNK_BYTES + 16
    seal_stream([bytes(n_chunks * CHUNK_BYTES - 5)], out, KEY, HEADER)
    data = out.getvalue()
    return [data[at : at + step] for at in range(0, len(data), step)]


def test_chunks_missing_moved_repeated_or_added_do_not_open() -> None:
    a, b, c = sealed(3)
    assert b"".join(open_stream(BytesIO(a + b + c), KEY, HEADER))
    for wrong in (
        [a, b],
        [b, c],
        [a, c],
        [b, a, c],
        [a, a, b, c],
        [a, b, c, c],
        [a, b, c + b"\0"],
        [a, b, c[:-1]],
    ):
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            list(open_stream(BytesIO(b"".join(wrong)), KEY, HEADER))
    for key, header in ((bytes(32), HEADER), (KEY, b"other")):
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            list(open_stream(BytesIO(a + b + c), key, header))


def test_a_backup_of_any_size_takes_little_memory(site: Site) -> None:
    with site.writer() as writer:
        for batch in range(8):
            writer.put(f"b{batch}", [SealedRecord(f"{batch}-{n}", "u", bytes(1 << 20)) for n in range(4)])
    tracemalloc.start()
    saved = save(site)
    (_, peak) = tracemalloc.get_traced_memory()
    lose(site)
    tracemalloc.reset_peak()
    bring_back(site, saved)
    (_, peak_back) = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert saved.stat().st_size > 32 << 20
    assert max(peak, peak_back) < 12 << 20
