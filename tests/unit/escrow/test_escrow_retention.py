import dataclasses
import fcntl
import json
import os
import stat
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import (
    EscrowWriter,
    Expired,
    ExpiryCertificate,
    SealedRecord,
    certificate_holds,
    expire,
    shred,
    tombstones,
    verify,
    wipe,
)
from deid.escrow.keys.local import read_public

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture
def two(site: Site) -> Site:
    """Runs of two domains on three days."""
    for run, domain, day in (("old", "ads", 1), ("new", "ads", 20), ("other", "news", 1)):
        now = datetime(2026, 1, day, tzinfo=UTC)
        with EscrowWriter.open(site.url, site.keys, domain=domain, run_id=run, now=now) as writer:
            writer.put(run, rows(3, run))
    return site


def end(site: Site, which: Expired) -> ExpiryCertificate:
    return expire(site.url, site.keys, which, why="kept a year", now=NOW)


def opens(site: Site) -> set[str]:
    found = set()
    for run in ("old", "new", "other"):
        with suppress(EscrowError):
            assert reveal(site, f"{run}0") == [f"secret of {run}0".encode()]
            found.add(run)
    return found


@pytest.mark.parametrize(
    ("which", "left"),
    [
        (Expired(run_id="old"), {"new", "other"}),
        (Expired(before=datetime(2026, 1, 20, tzinfo=UTC)), {"new"}),
        (Expired(before=datetime(2026, 1, 20, tzinfo=UTC), domain="ads"), {"new", "other"}),
        (Expired(domain="ads"), {"other"}),
        (Expired(), set()),
    ],
)
def test_what_is_due_goes_and_the_rest_stays(two: Site, which: Expired, left: set[str]) -> None:
    certificate = end(two, which)
    assert opens(two) == left
    report = verify(two.url, two.keys)
    assert (report.n_records, report.n_keys) == (3 * len(left), 3 * len(left))
    assert len(certificate.epochs) == 3 - len(left)
    assert certificate_holds(certificate, two.keys)


@pytest.mark.parametrize("which", [Expired(run_id="none"), Expired(before=NOW - timedelta(days=365))])
def test_nothing_covered_is_an_error_and_no_entry(two: Site, which: Expired) -> None:
    size = verify(two.url, two.keys).size
    with pytest.raises(EscrowError, match="nothing sealed is covered"):
        end(two, which)
    assert verify(two.url, two.keys).size == size


def test_the_certificate_names_the_keys_of_the_epochs(two: Site) -> None:
    with two.sql() as db:
        query = """SELECT DISTINCT substr(k.wrapped, 3, 8) FROM subject_key k JOIN epoch USING (epoch_id)
 WHERE run_id = 'old'"""
        ((key_id,),) = db.execute(query).fetchall()
    assert end(two, Expired(run_id="old")).key_ids == (key_id.hex(),)


def test_a_certificate_altered_anywhere_does_not_hold(two: Site, stranger: Site) -> None:
    certificate = end(two, Expired(run_id="old"))
    assert not certificate_holds(certificate, stranger.keys)
    for field in dataclasses.fields(certificate):
        value = getattr(certificate, field.name)
        if isinstance(value, str):
            other: Any = ("1" if value[:1] == "0" else "0") + value[1:]
        else:
            other = value + 1 if isinstance(value, int) else (*value, "00" * 8)
        assert not certificate_holds(dataclasses.replace(certificate, **{field.name: other}), two.keys)


def test_nothing_of_the_keys_is_left_in_the_files(two: Site) -> None:
    with two.sql() as db:
        kept = [
            row[0]
            for row in db.execute("SELECT wrapped FROM subject_key UNION SELECT wrapped FROM epoch_key")
        ]
        kept += [row[0] for row in db.execute("SELECT blob FROM sealed")]
    end(two, Expired())
    on_disk = b"".join(path.read_bytes() for path in two.folder.iterdir())
    assert [blob for blob in kept if blob[20:] in on_disk] == []


def test_a_writer_at_work_is_refused_its_expired_epoch(site: Site) -> None:
    with site.writer() as writer:
        writer.put("a", rows(3))
        end(site, Expired(run_id="run-1"))
        with pytest.raises(EscrowError, match="has expired"):
            writer.put("b", rows(3))
    verify(site.url, site.keys)


def test_a_shredding_after_and_before_an_expiry(two: Site) -> None:
    shred(two.url, two.keys, subject="u0", why="request 7", now=NOW)
    end(two, Expired(domain="ads"))
    assert len(shred(two.url, two.keys, subject="u1", why="request 8", now=NOW).key_ids) == 1
    assert verify(two.url, two.keys).n_dead_keys == 4


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM dead_epoch",
        "INSERT INTO dead_epoch SELECT epoch_id FROM epoch WHERE run_id = 'new'",
        "UPDATE dead_epoch SET epoch_id = 2",
        "INSERT INTO epoch_key VALUES (1, zeroblob(8), zeroblob(90))",
        "INSERT INTO subject_key VALUES (1, 1, zeroblob(16), zeroblob(8), zeroblob(70))",
        "INSERT INTO sealed VALUES (1, 1, 1, zeroblob(16), zeroblob(60))",
        "UPDATE epoch SET domain = 'x' WHERE epoch_id = 1",
        "DELETE FROM swept",
    ],
)
def test_an_expiry_undone_or_pretended_is_found(two: Site, statement: str) -> None:
    end(two, Expired(run_id="old"))
    verify(two.url, two.keys)
    two.tamper(statement)
    with pytest.raises(EscrowError, match="does not verify"):
        verify(two.url, two.keys)


# wiping


def destroy(site: Site, escrow_id: str) -> ExpiryCertificate:
    return wipe(site.url, site.keys, escrow_id=escrow_id, why="cessation", now=NOW)


def test_wiping_leaves_no_key_and_a_certificate_of_all(two: Site) -> None:
    public = read_public(two.keys)
    certificate = destroy(two, public.escrow_id)
    assert certificate_holds(certificate, two.keys)
    assert (len(certificate.epochs), len(certificate.key_ids)) == (3, 4)
    assert certificate.key_ids[-1] == public.key_id.hex()
    database = set() if two.on_postgres else {"escrow.db"}
    assert {path.name for path in two.folder.iterdir()} == database | {"escrow.pub", "tombstones.jsonl"}
    assert (verify(two.url, two.keys).n_records, opens(two)) == (0, set())


def test_the_zeros_over_a_key_reach_the_disk_before_it_goes(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, sync = list[bytes](), os.fsync

    def watch(descriptor: int) -> None:
        sync(descriptor)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            synced.append(Path(f"/proc/self/fd/{descriptor}").read_bytes())

    sizes = [(sqlite_site.folder / name).stat().st_size for name in ("escrow.key", "writer.key")]
    monkeypatch.setattr("os.fsync", watch)
    destroy(sqlite_site, sqlite_site.private_key.escrow_id)
    assert [bytes(size) in synced for size in sizes] == [True, True]


@pytest.mark.parametrize("escrow_id", ["", "0" * 32, "yes"])
def test_wiping_needs_the_escrows_own_id(two: Site, escrow_id: str) -> None:
    with pytest.raises(EscrowError, match="not the id"):
        destroy(two, escrow_id)
    assert opens(two) == {"old", "new", "other"}


def test_wiping_makes_the_file_small(sqlite_site: Site) -> None:
    site = sqlite_site
    site.put("a", [SealedRecord(f"r{n}", "u", bytes(10_000)) for n in range(50)])
    destroy(site, site.private_key.escrow_id)
    assert site.database.stat().st_size < 200_000


# the list of tombstones


def listed(site: Site) -> Path:
    return site.folder / "tombstones.jsonl"


def bury(site: Site, subject: str) -> Sequence[str]:
    return shred(site.url, site.keys, subject=subject, why="request 7", now=NOW).key_ids


def test_every_destruction_is_on_the_list(two: Site) -> None:
    bury(two, "u0")
    end(two, Expired(run_id="old"))
    said = [json.loads(line) for line in listed(two).read_text().splitlines()]
    assert [each["kind"] for each in said] == ["shred", "expire"]
    assert listed(two).stat().st_mode & 0o777 == 0o600
    verify(two.url, two.keys)


def test_a_destruction_the_database_refuses_is_not_on_the_list(
    two: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise EscrowError("this user may not do that")

    with monkeypatch.context() as patch:
        patch.setattr("deid.escrow.stores.shredding.ShreddingTables.bury", refuse)
        patch.setattr("deid.escrow.stores.retention.Retention.expire", refuse)
        with pytest.raises(EscrowError, match="may not"):
            bury(two, "u0")
        with pytest.raises(EscrowError, match="may not"):
            end(two, Expired(run_id="old"))
    assert listed(two).read_bytes() == b""
    bury(two, "u1")
    assert opens(two) == {"old", "new", "other"}
    verify(two.url, two.keys)


def test_a_list_that_is_lost_is_made_again(two: Site) -> None:
    bury(two, "u0")
    listed(two).unlink()
    verify(two.url, two.keys)
    bury(two, "u1")
    assert len(listed(two).read_text().splitlines()) == 2


def test_lines_missing_from_the_list_are_found(two: Site) -> None:
    for subject in ("u0", "u1"):
        bury(two, subject)
    first, _ = listed(two).read_bytes().splitlines(keepends=True)
    listed(two).write_bytes(first)
    with pytest.raises(EscrowError, match="1 destructions in the log are missing from the list"):
        verify(two.url, two.keys)


def test_a_database_put_back_is_found_by_the_list_and_shredded_again(two: Site) -> None:
    put_back = two.keep()
    bury(two, "u0")
    end(two, Expired(run_id="other"))
    put_back()
    assert opens(two) == {"old", "new", "other"}
    with pytest.raises(EscrowError, match="2 destructions on the list of tombstones are not in the log"):
        verify(two.url, two.keys)
    bury(two, "u2")
    assert opens(two) == set()
    assert reveal(two, "new1") == [b"secret of new1"]
    with pytest.raises(EscrowError):
        reveal(two, "other1")
    verify(two.url, two.keys)


def test_a_line_cut_off_is_not_there_and_the_next_starts_clean(two: Site) -> None:
    bury(two, "u0")
    whole = listed(two).read_bytes()
    listed(two).write_bytes(whole + whole[:50])
    verify(two.url, two.keys)
    bury(two, "u1")
    assert listed(two).read_bytes().startswith(whole)
    verify(two.url, two.keys)


@pytest.mark.parametrize("step", [97, pytest.param(7, marks=pytest.mark.slow)])
def test_any_flipped_bit_of_the_list_is_found(two: Site, step: int) -> None:
    bury(two, "u0")
    bury(two, "u1")
    whole, missed = listed(two).read_bytes(), []
    step = max(step, 61) if two.on_postgres else step  # each verification connects anew there
    for bit in range(0, 8 * len(whole), step):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        listed(two).write_bytes(flipped)
        try:
            verify(two.url, two.keys)
            missed.append(bit)
        except EscrowError:
            pass
    assert missed == []


def test_a_list_open_to_others_is_refused(two: Site) -> None:
    bury(two, "u0")
    listed(two).chmod(0o644)
    with pytest.raises(EscrowError, match="open to others"):
        bury(two, "u1")


def test_one_at_a_time_writes_to_the_list(two: Site) -> None:
    """A restore has a database of its own: only the list's lock keeps it from cutting a line half written."""
    end(two, Expired(domain="ads"))
    path = two.folder / "tombstones.jsonl"
    line = path.read_bytes()
    other = threading.Thread(target=tombstones.add, args=(path, []))
    with path.open("ab", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.write(line[:40])
        other.start()
        other.join(0.3)
        handle.write(line[40:])
    other.join()
    assert path.read_bytes() == line * 2
    verify(two.url, two.keys)


@pytest.mark.parametrize("left", [b"", b"\0" * 200, None])
def test_a_wipe_killed_while_it_destroys_the_keys_gives_its_certificate_yet(
    site: Site, left: bytes | None
) -> None:
    site.put("b", rows(3))
    first = destroy(site, site.private_key.escrow_id)
    if left is not None:
        writer = site.folder / "writer.key"
        writer.write_bytes(left)
        writer.chmod(0o600)
    assert destroy(site, site.private_key.escrow_id) == first
    assert certificate_holds(first, site.keys)
    assert not (site.folder / "writer.key").exists()


def test_a_missing_writer_key_is_no_wipe(site: Site) -> None:
    site.put("b", rows(3))
    (site.folder / "writer.key").unlink()
    with pytest.raises(EscrowError, match="no such key file"):
        destroy(site, site.private_key.escrow_id)
    assert (site.folder / "escrow.key").exists()
