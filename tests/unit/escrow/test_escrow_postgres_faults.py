"""Servers and connections that die, fill up, or are stopped while an escrow is written or read."""

import random
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import escrow_admin
import pytest
from escrow_process import check_opens
from escrow_site import Site, found, reveal, rows

from deid.errors import EscrowError
from deid.escrow import EscrowWriter, SealedRecord, verify
from deid.escrow.stores.postgres import PostgresDatabase
from postgresserver import PostgresServer

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def put_until_refused(writer: EscrowWriter, prefix: str, records: Sequence[SealedRecord]) -> None:
    for number in range(100):
        writer.put(f"{prefix}-{number}", records)


def publish_until_refused(writer: EscrowWriter, prefix: str, published: dict[str, str]) -> None:
    for shard in range(1_000_000):
        name = f"{prefix}-{shard}"
        published[name] = writer.put(name, rows(40, f"{name}-")).attempt


def test_many_writers_at_once_leave_no_gap(postgres_site: Site) -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with postgres_site.writer(f"run-{number}") as writer:
                for batch in range(5):
                    writer.put(f"{number}-{batch}", rows(7, f"{number}-{batch}-"))
        except BaseException as error:  # noqa: BLE001 - the test asks what happened
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    report = verify(postgres_site.url, postgres_site.keys)
    assert (report.n_batches, report.n_records, report.size) == (20, 140, 1 + 4 + 20)


def test_a_server_killed_in_copy_leaves_nothing_of_the_batch(
    mortal: tuple[PostgresServer, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, site = mortal
    kept = site.put("kept", rows(5))
    load = PostgresDatabase.load

    def dying(rows: Iterable[object]) -> Iterator[object]:
        for number, row in enumerate(rows):
            if number == 4_000:
                own.kill()
            yield row

    def dying_load(
        self: PostgresDatabase, table: str, rows: Iterable[Sequence[object]], columns: Mapping[str, str]
    ) -> None:
        load(self, table, dying(rows) if table == "sealed" else rows, columns)  # type: ignore[arg-type]

    monkeypatch.setattr(PostgresDatabase, "load", dying_load)
    with (
        site.writer() as writer,
        pytest.raises(EscrowError, match=r"postgresql:///mortal: escrow database: it cannot be"),
    ):
        writer.put("lost", rows(5_000, "lost"))
    monkeypatch.undo()
    with pytest.raises(EscrowError, match="cannot be reached"):
        site.writer()
    own.start()
    report = verify(site.url, site.keys)
    assert (report.n_batches, report.n_records) == (1, 5)
    site.put("next", rows(5, "next"))
    assert reveal(site, "r4", {"kept": kept.attempt}) == [b"secret of r4"]
    verify(site.url, site.keys)


KILLS = [(0, 3), *(pytest.param(seed, 15, marks=pytest.mark.slow) for seed in range(1, 5))]


@pytest.mark.parametrize(("seed", "n_kills"), KILLS)
def test_a_server_killed_at_any_moment_loses_nothing_it_acknowledged(
    mortal: tuple[PostgresServer, Site], seed: int, n_kills: int
) -> None:
    """Each seed has a server of its own, so that no kill costs more than another."""
    own, site = mortal
    rng, published = random.Random(seed), dict[str, str]()
    for kill in range(n_kills):
        timer = threading.Timer(rng.uniform(0.0, 0.1), own.kill)
        with site.writer(f"run{kill}") as writer:
            timer.start()
            with pytest.raises(EscrowError, match="escrow database"):
                publish_until_refused(writer, f"run{kill}", published)
        timer.join()
        own.start()
        verify(site.url, site.keys)
    check_opens(site, published, 40)
    report = verify(site.url, site.keys)
    assert len(published) <= report.n_batches <= len(published) + n_kills
    assert report.n_records == 40 * report.n_batches


@pytest.fixture
def small(server: PostgresServer) -> Iterator[str]:
    """A tablespace on a file system of 24 MB."""
    folder = server.folder / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size=24m,mode=0700,uid={server.folder.stat().st_uid}", "tmpfs"]
    done = subprocess.run([*mount, str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no file system may be mounted here")
    url = server.url("small")
    try:
        with escrow_admin.sql(server.url("postgres")) as db:
            db.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
            db.execute("CREATE DATABASE small TABLESPACE small")
        yield url
        escrow_admin.drop(url)
        with escrow_admin.sql(server.url("postgres")) as db:
            db.execute("DROP TABLESPACE small")
    finally:
        # The server may hold a deleted file open until its next checkpoint.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_said_and_nothing_is_half_written(small: str, tmp_path: Path) -> None:
    site = found(tmp_path / "keys", small)
    kept = site.put("kept", rows(3))
    big = [SealedRecord(f"b{i}", "u", bytes(60_000)) for i in range(100)]
    with site.writer() as writer:
        with pytest.raises(EscrowError, match="the disk is full"):
            put_until_refused(writer, "big", big)
        assert verify(site.url, site.keys).n_records % 100 == 3
        assert writer.put("empty", []).n_records == 0
    assert reveal(site, "r1", {"kept": kept.attempt}) == [b"secret of r1"]


def test_a_server_that_stops_ends_the_batch(mortal: tuple[PostgresServer, Site]) -> None:
    own, site = mortal
    with site.writer() as writer:
        own.stop()
        with pytest.raises(EscrowError, match="escrow database"):
            writer.put("a", rows(1))
    own.start()
    assert verify(site.url, site.keys).n_batches == 0


def end_connections(site: Site) -> None:
    """End every connection of ours, as an administrator can."""
    with site.sql() as db:
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'deid'")


def test_a_connection_an_administrator_ends(postgres_site: Site) -> None:
    with postgres_site.writer() as writer:
        end_connections(postgres_site)
        with pytest.raises(EscrowError, match="escrow database"):
            writer.put("a", rows(1))
    assert verify(postgres_site.url, postgres_site.keys).n_batches == 0


def read_over_a_lost_connection(site: Site, n_rows: int, *, go_on: bool) -> None:
    """Read some rows, lose the connection, then go on or give up."""
    opened = PostgresDatabase.open(site.url)
    try:
        with opened.snapshot():
            read = opened.stream("SELECT seq FROM sealed ORDER BY seq")
            assert len(list(islice(read, n_rows))) == n_rows
            end_connections(site)
            if go_on:
                list(read)
            del read
    finally:
        opened.close()


@pytest.mark.parametrize("go_on", [True, False], ids=["going on", "given up"])
@pytest.mark.parametrize("n_rows", [0, 1, 50])
def test_a_connection_lost_in_a_read_leaves_no_cursor_open(
    postgres_site: Site, n_rows: int, *, go_on: bool
) -> None:
    """One left open is a ResourceWarning, and a second error one that cannot be raised: both fail here."""
    postgres_site.put("a", rows(50))
    with pytest.raises(EscrowError, match="escrow database"):
        read_over_a_lost_connection(postgres_site, n_rows, go_on=go_on)
