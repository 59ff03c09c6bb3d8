"""A program with a pool whose processes would work for ever: ``engine_child.py killed`` or ``closed``.

Killed, the pool's processes are left without the program that started them; closed, nobody asks for their
results any more. They write to the program's standard error as long as they live, so that whoever reads it
to its end has waited for them.
"""

import os
import signal
import sys
from collections.abc import Callable

from deid.engine import map_shards


def build() -> Callable[[int], int]:
    return work


def work(number: int) -> int:
    """Kill the program on 1, return 2, and work for ever on any other."""
    if number == 1:
        os.kill(os.getppid(), signal.SIGKILL)
    while number != 2:
        signal.pause()
    return number


if __name__ == "__main__":
    receipts = map_shards(build, [1, 3] if sys.argv[1] == "killed" else [2, 3], workers=2)
    assert isinstance(receipts, type(_ for _ in ()))
    next(receipts)
    receipts.close()
