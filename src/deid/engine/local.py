"""The local engine: a pool of spawned processes, rebuilt when one of them dies.

A shard task is a pure function whose output has a name of its own, so running it again is harmless;
the engine therefore only promises at-least-once. No process of a pool outlives the one that started it: what
it still wrote would fall among the files of the next run.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from typing import Any, TypeVar

from deid.errors import DeidError

Spec = TypeVar("Spec")
Receipt = TypeVar("Receipt")

MAX_ATTEMPTS = 3
_worker: list[Callable[[Any], Any]] = []
"""The worker of this process: one, once the pool's initializer has run."""


def map_shards(
    build: Callable[[], Callable[[Spec], Receipt]], specs: Sequence[Spec], *, workers: int
) -> Iterator[Receipt]:
    """Yield a receipt for each spec, as they are done.

    build   : makes a worker, once in each process; it must be picklable when workers > 1.
    workers : number of processes; 1 runs in this one.

    Raises what the worker or its building raises, and DeidError when a shard killed its process three times.
    """
    if workers == 1 or len(specs) <= 1:
        with _opened(build()) as work:
            for spec in specs:
                yield work(spec)
        return
    yield from _map_pool(build, specs, workers)


def _map_pool(
    build: Callable[[], Callable[[Spec], Receipt]], specs: Sequence[Spec], workers: int
) -> Iterator[Receipt]:
    attempts = dict.fromkeys(range(len(specs)), 0)
    waiting = set(attempts)
    while waiting:
        context = multiprocessing.get_context("spawn")
        others = set(multiprocessing.active_children())
        with ProcessPoolExecutor(
            min(workers, len(waiting)), mp_context=context, initializer=_start, initargs=(build,)
        ) as pool:
            running: dict[Future[Receipt], int] = {pool.submit(_run, specs[n]): n for n in sorted(waiting)}
            try:
                for future in as_completed(running):
                    receipt = future.result()
                    waiting.discard(running[future])
                    yield receipt
            except BrokenProcessPool:
                _count_attempts(attempts, waiting)
            except BaseException as error:
                pool.shutdown(wait=False, cancel_futures=True)
                if not isinstance(error, Exception):  # told to end: nobody waits for shards under way
                    _end(set(multiprocessing.active_children()) - others)
                raise


def _end(processes: Iterable[BaseProcess]) -> None:
    for process in processes:
        process.terminate()


def _count_attempts(attempts: dict[int, int], waiting: set[int]) -> None:
    for number in waiting:
        attempts[number] += 1
    if any(attempts[number] >= MAX_ATTEMPTS for number in waiting):
        raise DeidError(
            f"worker processes died {MAX_ATTEMPTS} times", hint="fewer --workers need less memory"
        ) from None


def _opened(work: Any) -> AbstractContextManager[Callable[[Any], Any]]:
    """Return the worker as a context manager, so that one that holds a file or a database closes it."""
    return work if isinstance(work, AbstractContextManager) else nullcontext(work)


def _start(build: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches all; the process that started this one ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        worker = _opened(build())
        _worker.append(worker.__enter__())
        gc.freeze()  # tables and models stay: looking for cycles among them takes up to a tenth of the time
    except Exception as error:  # noqa: BLE001 - raised by the first task: a pool would only log it and break
        _worker.append(partial(_fail, error))
        return
    # A pool has no hook for the end of its processes; this runs when one ends well.
    Finalize(None, worker.__exit__, (None, None, None), exitpriority=10)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # a pool's process would wait for tasks for ever


def _fail(error: Exception, _spec: Any) -> Any:
    raise error


def _run(spec: Any) -> Any:
    return _worker[0](spec)
