"""What tests take from the machine: nothing that differs from one to the next.

Files are made under the usual umask. Property tests try the same examples everywhere and every time;
``pytest --hypothesis-profile=search`` draws new ones, 1,000 where a test does not say how many. Keys, nonces
and run names come from a stream of the test's own name, so that no test fails on one draw in a thousand;
processes that a test starts draw from the system.
"""

import hashlib
import itertools
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
os.umask(0o022)

_system = os.urandom


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Start the test's own stream, before any fixture of it."""
    os.urandom = _stream(item.nodeid)


def _stream(name: str) -> Callable[[int], bytes]:
    """Return a source of bytes that is the same in every run; a forked child's is the system's."""
    owner, draws = os.getpid(), itertools.count()

    def drawn(size: int, /) -> bytes:
        if os.getpid() != owner:
            return _system(size)
        return hashlib.shake_256(f"{name} {next(draws)}".encode()).digest(size)

    return drawn
