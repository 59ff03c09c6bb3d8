"""How long work takes, for the tests that ask how it grows with its input."""

import gc
import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least seconds of processor of some runs of `work`, without the garbage collector.

    Behind thousands of other tests one whole collection takes a second: longer than what is measured.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return min(_seconds(work) for _ in range(times))
    finally:
        if collecting:
            gc.enable()


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
