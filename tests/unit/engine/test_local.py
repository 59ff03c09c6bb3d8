"""The local engine: order, errors, and processes that die."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

import pytest

from deid.engine import map_shards
from deid.errors import DeidError, EscrowError, InputError


@dataclass
class Squarer:
    """A worker that notes what happens to it in a folder."""

    folder: Path
    entered: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.entered.append(1)
        return self

    def __exit__(self, *_: object) -> None:
        (self.folder / f"closed-{os.getpid()}").touch()

    def __call__(self, number: int) -> tuple[int, int]:
        assert self.entered == [1]
        return number * number, os.getpid()


def plain() -> Callable[[int], int]:
    return abs


def raising(error: Exception) -> Callable[[int], int]:
    def work(number: int) -> int:
        if number == 2:
            raise error
        return number

    return work


def failing_to_start(error: Exception) -> Callable[[int], int]:
    raise error


def asking() -> Callable[[int], bool]:
    """Build a worker that says whether its process takes notice of Ctrl-C."""
    return lambda _number: signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


def dying(folder: Path, times: int) -> Callable[[int], int]:
    """Build a worker that kills its process on number 2, so many times."""

    def work(number: int) -> int:
        with (folder / f"done-{number}").open("a") as handle:
            handle.write("x")
        killed = folder / "killed"
        so_far = len(killed.read_text()) if killed.exists() else 0
        if number == 2 and so_far < times:
            killed.write_text("x" * (so_far + 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return work


def test_one_worker_runs_here_and_in_order(tmp_path: Path) -> None:
    found = list(map_shards(partial(Squarer, tmp_path), [3, 1, 2], workers=1))
    assert found == [(9, os.getpid()), (1, os.getpid()), (4, os.getpid())]
    assert [path.name for path in tmp_path.iterdir()] == [f"closed-{os.getpid()}"]


def test_receipts_come_as_they_are_done() -> None:
    began: list[int] = []

    def note(number: int) -> int:
        began.append(number)
        return number

    receipts = map_shards(lambda: note, [1, 2, 3], workers=1)
    assert next(receipts) == 1
    assert began == [1]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_shards_is_no_work(workers: int) -> None:
    assert list(map_shards(plain, [], workers=workers)) == []


def test_one_shard_needs_no_pool(tmp_path: Path) -> None:
    assert list(map_shards(partial(Squarer, tmp_path), [5], workers=2)) == [(25, os.getpid())]


def test_two_workers_do_every_shard_once_elsewhere_and_close(tmp_path: Path) -> None:
    found = list(map_shards(partial(Squarer, tmp_path), list(range(12)), workers=2))
    assert sorted(square for square, _ in found) == [n * n for n in range(12)]
    processes = {process for _, process in found}
    assert os.getpid() not in processes
    assert {path.name for path in tmp_path.iterdir()} >= {f"closed-{process}" for process in processes}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_worker_raises_is_raised(workers: int) -> None:
    error = InputError("x.jsonl:7: broken", hint="mend it")
    with pytest.raises(InputError, match=r"^x\.jsonl:7: broken$") as caught:
        list(map_shards(partial(raising, error), [1, 2, 3], workers=workers))
    assert (caught.value.hint, caught.value.exit_code) == ("mend it", 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_building_a_worker_raises_is_raised(workers: int, capfd: pytest.CaptureFixture[str]) -> None:
    error = EscrowError("no such escrow", hint="make one")
    with pytest.raises(EscrowError, match=r"^no such escrow$") as caught:
        list(map_shards(partial(failing_to_start, error), [1, 2, 3], workers=workers))
    assert caught.value.hint == "make one"
    assert capfd.readouterr().err == ""


def test_a_killed_process_is_replaced_and_the_work_finished(tmp_path: Path) -> None:
    found = list(map_shards(partial(dying, tmp_path, 2), [1, 2, 3, 4], workers=2))
    assert sorted(found) == [1, 2, 3, 4]
    assert (tmp_path / "killed").read_text() == "xx"
    assert (tmp_path / "done-2").read_text() == "xxx"


def test_a_shard_that_kills_three_times_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(DeidError, match="worker processes died 3 times") as caught:
        list(map_shards(partial(dying, tmp_path, 9), [1, 2], workers=2))
    assert type(caught.value) is DeidError
    assert caught.value.exit_code == 1
    assert (tmp_path / "killed").read_text() == "xxx"


@pytest.mark.parametrize("how", ["killed", "closed"])
def test_no_process_of_a_pool_outlives_its_program(how: str) -> None:
    child = Path(__file__).with_name("engine_child.py")
    done = subprocess.run([sys.executable, child, how], capture_output=True, timeout=300, check=False)
    assert done.returncode == (-signal.SIGKILL if how == "killed" else 0)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_only_the_program_itself_takes_notice_of_ctrl_c(workers: int) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    try:
        assert list(map_shards(asking, [1, 2], workers=workers)) == [workers == 1] * 2
    finally:
        signal.signal(signal.SIGINT, before)
