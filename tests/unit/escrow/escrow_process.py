"""Processes that a test starts and that end by SIGKILL, and what must be left of their work."""

import multiprocessing
import signal
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess

from escrow_site import NOW, Site

from deid.escrow import reveal_records

# Children come from a process that has imported what they need, so hundreds of them are cheap. It would
# not find modules of tests: it ignores the path, and what it cannot import.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["deid.escrow", "deid.escrow.rotation", "deid.escrow.stores.postgres", "deid.escrow.keys.create"]
)

_PATIENCE_S = 600.0  # for a child that never gets to the point where it kills itself


def kill_itself(work: Callable[..., None], *arguments: object) -> None:
    """Let a process do some work that it does not survive."""
    process = CONTEXT.Process(target=work, args=arguments)
    process.start()
    wait_for_its_end(process)


def wait_for_its_end(process: ForkServerProcess) -> None:
    """Wait until a process has been killed, by whomever."""
    process.join(timeout=_PATIENCE_S)
    code = process.exitcode
    if code is None:
        process.kill()
        process.join()
    process.close()
    assert code == -signal.SIGKILL


def check_opens(site: Site, published: Mapping[str, str], n_records: int) -> None:
    """Check that every acknowledged batch opens, whole; ``n_records`` are in each."""
    names = [f"{batch}-{i}" for batch in published for i in range(n_records)]
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
