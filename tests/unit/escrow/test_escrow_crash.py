import json
import multiprocessing
import random
import signal
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import NamedTuple

import pytest
from escrow_child import N_RECORDS, write_for_ever
from escrow_site import NOW, Site

from deid.errors import EscrowError
from deid.escrow import gc, reveal_records, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

# Children come from a process that has imported everything, so hundreds of them are cheap.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["escrow_child"])


class Child(NamedTuple):
    process: ForkServerProcess
    ready: Connection


def start(site: Site, prefix: str, point: str = "", count: int = 0) -> Child:
    here, there = CONTEXT.Pipe(duplex=False)
    arguments = ((site.url, site.folder), prefix, there, point, count)
    process = CONTEXT.Process(target=write_for_ever, args=arguments)
    process.start()
    there.close()
    return Child(process, here)


def kill_after(child: Child, seconds: float) -> None:
    with child.ready as ready:
        assert ready.recv() == "ready"
    time.sleep(seconds)
    child.process.kill()
    wait_for_its_end(child)


def wait_for_its_end(child: Child) -> None:
    """Wait until the child has been killed, by whomever."""
    child.process.join(timeout=30)
    assert child.process.exitcode == -signal.SIGKILL
    child.process.close()
    child.ready.close()


def acknowledged(site: Site, prefix: str) -> dict[str, str]:
    lines = (site.folder / f"{prefix}.acknowledged").read_text().splitlines()
    return dict(json.loads(line) for line in lines)


def check(site: Site, prefix: str) -> int:
    """Every acknowledged batch opens, whole. Returns how many there were."""
    published = acknowledged(site, prefix)
    names = [f"{batch}-{i}" for batch in published for i in range(N_RECORDS)]
    opened = reveal_records(
        site.url,
        private_key=site.private_key,
        records=names,
        purpose="crash test",
        requester="tester",
        published=published,
        now=NOW,
    )
    assert list(opened) == [(name, [f"secret of {name}".encode()]) for name in names]
    with site.sql() as db:
        query = "SELECT count(*) FROM batch JOIN epoch USING (epoch_id) WHERE run_id = ?"
        (n_stored,) = db.execute(query, (prefix,)).fetchone()
    # At most one batch was committed whose acknowledgement was lost.
    assert len(published) <= n_stored <= len(published) + 1
    return len(published)


def check_whole(site: Site) -> None:
    """The log, the trees and the file itself are whole, and no batch is there in part."""
    report = verify(site.url, site.keys)
    assert report.n_records == N_RECORDS * (report.n_batches - report.n_swept)
    if not site.on_postgres:
        with site.sql() as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("n_cycles", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_a_writer_killed_at_any_moment_loses_nothing_it_acknowledged(site: Site, n_cycles: int) -> None:
    """Two writers are alive at any time."""
    assert kill_again_and_again(site, random.Random(n_cycles), n_cycles=n_cycles) > n_cycles


def kill_again_and_again(site: Site, rng: random.Random, *, n_cycles: int) -> int:
    """Return how many batches were acknowledged."""
    children, total = [start(site, f"run{cycle}") for cycle in range(2)], 0
    for cycle in range(n_cycles):
        kill_after(children[cycle], rng.uniform(0.0, 0.12))
        total += check(site, f"run{cycle}")
        children.append(start(site, f"run{cycle + 2}"))
        if cycle % 10 == 9:
            check_whole(site)
    for child in children[n_cycles:]:
        kill_after(child, 0.0)
    check_whole(site)
    return total


POINTS = [
    ("after BEGIN I", 4),
    ("after INSERT INTO batch", 3),
    ("after INSERT INTO subject_key", 1),
    ("after INSERT INTO sealed", 3),
    ("within INSERT INTO sealed", 100),
    ("after INSERT INTO log", 4),
    ("before COMMIT", 5),
    ("after COMMIT", 5),
]


@pytest.mark.parametrize(("point", "count"), POINTS, ids=[point for point, _ in POINTS])
def test_a_writer_killed_at_a_named_point(site: Site, point: str, count: int) -> None:
    wait_for_its_end(start(site, "run", point, count))
    assert check(site, "run") < count
    check_whole(site)


def test_the_next_run_goes_on_and_sweeps_what_was_lost(site: Site) -> None:
    wait_for_its_end(start(site, "run", "after COMMIT", 5))
    published = acknowledged(site, "run")
    report = gc(site.url, site.keys, published, run_id="run", now=NOW)
    assert (len(published), report.n_records) == (2, N_RECORDS)
    with pytest.raises(EscrowError, match="not in the escrow"):
        gc(site.url, site.keys, {**published, "run-2": report.attempts[0]}, run_id="run", now=NOW)
    check_whole(site)


def test_two_writers_race_while_one_is_killed(site: Site) -> None:
    children = {prefix: start(site, prefix) for prefix in ("one", "two")}
    for seconds, (_, child) in zip((0.3, 0.2), children.items(), strict=True):
        kill_after(child, seconds)
    assert check(site, "one") > 0
    assert check(site, "two") > 0
    check_whole(site)
