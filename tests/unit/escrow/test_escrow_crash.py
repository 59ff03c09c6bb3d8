import json
import random
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import NamedTuple

import pytest
from escrow_child import N_RECORDS, write_for_ever
from escrow_process import CONTEXT, check_opens, wait_for_its_end
from escrow_site import NOW, Site

from deid.errors import EscrowError
from deid.escrow import gc, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


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


def kill(child: Child) -> None:
    child.process.kill()
    lose(child)


def lose(child: Child) -> None:
    """Wait until the child has been killed, by whomever."""
    wait_for_its_end(child.process)
    child.ready.close()  # not before: it may still have to say that it is ready


def wait_for_batches(site: Site, prefix: str, child: Child, n_batches: int) -> None:
    """Wait until the child has acknowledged so many, however slow the machine."""
    path = site.folder / f"{prefix}.acknowledged"
    while not path.exists() or path.read_bytes().count(b"\n") < n_batches:
        assert child.process.is_alive()
        time.sleep(0.005)


def acknowledged(site: Site, prefix: str) -> dict[str, str]:
    path = site.folder / f"{prefix}.acknowledged"
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(json.loads(line) for line in lines)


def check(site: Site, prefix: str) -> int:
    """Every acknowledged batch opens, whole. Returns how many there were."""
    published = acknowledged(site, prefix)
    check_opens(site, published, N_RECORDS)
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


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))]


@pytest.mark.parametrize("seed", SEEDS)
def test_writers_killed_at_any_moment_lose_nothing_they_acknowledged(site: Site, seed: int) -> None:
    """Twenty kills a seed, each seed in a database of its own, so that no kill costs more than another."""
    rng = random.Random(seed)
    assert sum(kill_four(site, rng, f"round{number}", n_batches=number % 3) for number in range(5)) > 0
    check_whole(site)


def kill_four(site: Site, rng: random.Random, prefix: str, *, n_batches: int) -> int:
    """Kill four writers at work together, one by one, when the first has acknowledged some batches.

    Returns how many were acknowledged by all.
    """
    children = {f"{prefix}-{number}": start(site, f"{prefix}-{number}") for number in range(4)}
    *awaited, (_, last) = children.items()
    for _, child in awaited:
        assert child.ready.recv() == "ready"
    if n_batches:
        wait_for_batches(site, *awaited[0], n_batches)
    for child in (last, *(child for _, child in awaited)):  # the last perhaps while it still opens
        time.sleep(rng.uniform(0.0, 0.06))
        kill(child)
    return sum(check(site, name) for name in children)


@pytest.mark.parametrize("point", ["after INSERT INTO epoch V", "after INSERT INTO epoch_key"])
def test_a_writer_killed_while_it_opens_leaves_nothing(site: Site, point: str) -> None:
    lose(start(site, "run", point, 1))
    assert verify(site.url, site.keys).size == 1


POINTS = [
    "after BEGIN I", "before INSERT INTO batch", "after INSERT INTO batch", "within INSERT INTO subject_key",
    "after INSERT INTO subject_key", "within INSERT INTO sealed", "after INSERT INTO sealed",
    "before INSERT INTO log", "after INSERT INTO log", "before COMMIT", "after COMMIT",
    "before acknowledging", "after acknowledging",
]  # fmt: skip
COUNTS = [5, *(pytest.param(count, marks=pytest.mark.slow) for count in (1, 2, 7))]


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("point", POINTS)
def test_a_writer_killed_at_a_named_point(site: Site, point: str, count: int) -> None:
    lose(start(site, "run", point, count))
    assert check(site, "run") <= count
    check_whole(site)


def test_the_next_run_goes_on_and_sweeps_what_was_lost(site: Site) -> None:
    lose(start(site, "run", "after COMMIT", 5))
    published = acknowledged(site, "run")
    report = gc(site.url, site.keys, published, run_id="run", now=NOW)
    assert (len(published), report.n_records) == (2, N_RECORDS)
    with pytest.raises(EscrowError, match="not in the escrow"):
        gc(site.url, site.keys, {**published, "run-2": report.attempts[0]}, run_id="run", now=NOW)
    check_whole(site)


def test_two_writers_race_while_one_is_killed(site: Site) -> None:
    children = {prefix: start(site, prefix) for prefix in ("one", "two")}
    for prefix, child in children.items():
        wait_for_batches(site, prefix, child, 5)
        kill(child)
    assert check(site, "one") > 0
    assert check(site, "two") > 0
    check_whole(site)
