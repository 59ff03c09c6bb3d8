"""One measured case in one fresh process, so that neither memory nor caches of two cases mix.

Seconds are measured inside the process, after a warm-up, over enough runs to last; CPU seconds count its
children too. Memory is measured while the work runs, not while it is prepared: from outside, the resident
sets of the process and its children together, every 20 ms, and from inside the process's high-water mark.
"""

import contextlib
import gc
import logging
import math
import multiprocessing
import os
import resource
import statistics
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from deid.errors import DeidError

# One thread a process: rates are then rates of one core.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_INTERVAL_S = 0.02
_SHORTEST_S = 0.2  # a repeat lasts at least so long: short work is run several times in it
_MB = 1e6


class Unavailable(Exception):
    """A case that cannot be measured here; the message says why."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a case does again and again, over ``messages`` messages of ``n_bytes`` of text.

    run    : the work.
    finish : called when all is measured; what it returns goes into the row.
    """

    run: Callable[[], object] = field(repr=False)
    messages: int
    n_bytes: int
    finish: Callable[[], Mapping[str, object]] = field(default=dict, repr=False)


Case = Callable[[], Work]
"""Prepares the work, unmeasured; must be picklable."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one case took.

    wall_s, cpu_s : seconds of one run, in each repeat.
    base_mb       : resident set of a process that has only imported this benchmark.
    loaded_mb     : the same with everything prepared.
    peak_mb       : the highest while the work ran.
    details       : what the work says of itself.
    """

    messages: int
    n_bytes: int
    wall_s: Sequence[float]
    cpu_s: Sequence[float]
    base_mb: float
    loaded_mb: float
    peak_mb: float
    details: Mapping[str, object]

    def row(self, name: str) -> dict[str, object]:
        """Return the row of a result file; a rate by CPU is left out where the clock is too coarse."""
        mb = self.n_bytes / _MB
        rates = {
            "messages_per_s": [self.messages / wall for wall in self.wall_s],
            "messages_per_cpu_s": [self.messages / cpu for cpu in self.cpu_s if cpu],
            "mb_per_s": [mb / wall for wall in self.wall_s],
            "wall_s": self.wall_s,
            "cpu_s": self.cpu_s,
        }
        return {
            "name": name,
            "n": self.messages,
            **{metric: spread(values) for metric, values in rates.items() if values},
            "base_mb": round(self.base_mb, 1),
            "loaded_mb": round(self.loaded_mb, 1),
            "peak_mb": round(self.peak_mb, 1),
            **self.details,
        }


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median and 10th and 90th percentile (linear between neighbours), 4 digits each."""
    several = values if len(values) > 1 else [*values, *values]
    tenths = statistics.quantiles(several, n=10, method="inclusive")
    chosen = {"median": statistics.median(values), "p10": tenths[0], "p90": tenths[8]}
    return {name: float(f"{value:.4g}") for name, value in chosen.items()}


def measure(case: Case, *, repeats: int, warm_up: bool = True) -> Measured:
    """Measure a case in a process of its own.

    Raises Unavailable when the case says so, DeidError when it fails.
    """
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(sender, case, repeats, warm_up))
    child.start()
    sender.close()
    answer, watch = _answer(receiver), _Watch(child.pid or 0)
    if answer == _READY:
        with watch:
            answer = _answer(receiver)
    child.join()
    if "error" in answer:
        raise DeidError(str(answer["error"]))
    if "unavailable" in answer:
        raise Unavailable(str(answer["unavailable"]))
    own_peak = answer.pop("own_peak_mb")
    return Measured(**answer, peak_mb=max(own_peak, watch.peak_bytes / _MB))


_READY: dict[str, Any] = {"ready": True}


def _answer(receiver: Connection) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = receiver.recv()
    except EOFError:
        return {"error": "the measured process died"}
    return answer


def _child(sender: Connection, case: Case, repeats: int, warm_up: bool) -> None:  # noqa: FBT001
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    base = resident_bytes(os.getpid())
    try:
        work = case()
        runs = runs_of(work) if warm_up else 1
        gc.collect()
        sender.send(_READY)
        sender.send({"base_mb": base / _MB, **_timed(work, repeats, runs)})
    except Unavailable as reason:
        sender.send({"unavailable": str(reason)})
    except DeidError as error:
        sender.send({"error": f"{type(error).__name__}: {error}"})
    except Exception as error:  # noqa: BLE001 - its message may quote a text
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = "/".join(Path(last.filename).parts[-2:])
        sender.send({"error": f"{type(error).__name__} in {place}:{last.lineno}"})


def runs_of(work: Work) -> int:
    """Warm up, and return how many runs make a repeat."""
    work.run()
    start = time.perf_counter()
    work.run()
    return math.ceil(_SHORTEST_S / max(time.perf_counter() - start, 1e-6))


def _timed(work: Work, repeats: int, runs: int) -> dict[str, object]:
    loaded = resident_bytes(os.getpid())
    _forget_high_water()
    wall, cpu = [], []
    for _ in range(repeats):
        wall_start, cpu_start = time.perf_counter(), _cpu_s()
        for _ in range(runs):
            work.run()
        wall.append((time.perf_counter() - wall_start) / runs)
        cpu.append((_cpu_s() - cpu_start) / runs)
    peak = _high_water_bytes()
    return {
        "messages": work.messages,
        "n_bytes": work.n_bytes,
        "wall_s": wall,
        "cpu_s": cpu,
        "loaded_mb": loaded / _MB,
        "own_peak_mb": peak / _MB,
        "details": dict(work.finish()),
    }


def _cpu_s() -> float:
    """Return CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _forget_high_water() -> None:
    """Let the high-water mark start again from here, where the system can: proc(5), clear_refs."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _high_water_bytes() -> int:
    """Return the highest resident set of this process.

    ``ru_maxrss`` starts at the parent's size where a child is made by vfork, so it is the second choice.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size if sys.platform == "darwin" else size * 1024


def resident_bytes(pid: int) -> int:
    """Return a process's resident set; 0 when it has ended or the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def family(pid: int) -> Iterator[int]:
    """Yield a process and its living descendants."""
    yield pid
    try:
        lists = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        children = " ".join(found.read_text(encoding="ascii") for found in lists).split()
    except OSError:
        return  # it has ended
    for child in children:
        yield from family(int(child))


class _Watch:
    """Looks at a family of processes until the block ends; ``peak_bytes`` is the most they held together."""

    def __init__(self, pid: int) -> None:
        self.peak_bytes = 0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_INTERVAL_S):
            self.peak_bytes = max(self.peak_bytes, sum(map(resident_bytes, family(self._pid))))
