"""A PostgreSQL server of one's own, for tests and benchmarks: a new cluster on a socket, deleted afterwards.

``postgres`` refuses to run as root; started by root, it runs as the user ``postgres`` or ``nobody``.
Its shared memory is in its own folder: ``/dev/shm`` may be small, and what a killed server has there stays.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

_PATIENCE_S = 600.0  # a machine may be slow; a server that has ended is noticed at once
_SHELL = ("/bin/sh", "-c")
_ROOM_BYTES = 1 << 30  # for a cluster, its log and what is put into it
_LONGEST = 80  # of a folder's path: that of the socket in it has at most 107 bytes


def files_in(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file in a folder in which a server may be at work; one it deletes meanwhile is left out."""
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in sorted(names)):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    yield path, path.read_bytes()


@dataclass(slots=True)
class PostgresServer:
    """A cluster in a folder; superuser ``postgres``, no passwords on its socket."""

    folder: Path
    binaries: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, settings: Mapping[str, str] | None = None) -> None:
        """Start, and wait until it answers; with ``settings`` beside the defaults."""
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "dynamic_shared_memory_type": "mmap",
            **(settings or {}),
        }
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *options],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **_unprivileged(),
            )  # fmt: skip
        starting, port = self.process, given.get("port", "5432")
        _wait_until(lambda: starting.poll() is not None or self._answers(port))
        if starting.poll() is not None:
            raise RuntimeError(f"{self.folder / 'log'}: the server does not start")

    def _answers(self, port: str) -> bool:
        asking = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.folder), "-p", port]
        return subprocess.run(asking, check=False).returncode == 0

    def stop(self) -> None:
        """Stop, and wait for the end."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill it and its children at once, as a power cut would, and wait until none is left.

        It is held still first: it makes no child then that is not counted, outlives it, and writes on.
        """
        if self.process is not None:
            parent = self.process.pid
            self.process.send_signal(signal.SIGSTOP)
            _wait_until(lambda: _is_still(parent))
            children = [each for each in _processes() if each.parent == parent]
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)
            self._end(signal.SIGKILL)
            _wait_until(lambda: all(child.has_ended() for child in children))

    def destroy(self) -> None:
        """Stop it without care for its data; unlike one that is killed, it gives its shared memory back."""
        self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
        self.process = None

    def give(self, path: Path) -> None:
        """Make a file the server's own, for its eyes only."""
        path.chmod(0o600)
        owner = self.folder.stat()
        os.chown(path, owner.st_uid, owner.st_gid)

    def url(self, database: str, user: str = "postgres") -> str:
        """Return the address of a database on the socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}"


def binaries() -> Path | None:
    """Return the folder of the newest server installed, None for none that may be started here."""
    if not _may_start():
        return None
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name), reverse=True
    )
    return next((each for each in folders if (each / "initdb").is_file()), None)


def memory() -> Path | None:
    """Return a folder in memory, where databases are made and dropped faster; None for none with room."""
    folder = Path("/dev/shm")  # noqa: S108
    has_room = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM_BYTES
    return folder if has_room else None


@contextlib.contextmanager
def running(place: Path | None = None, settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    """Run a block beside a new server under ``place``; RuntimeError when none is installed."""
    found = binaries()
    if found is None:
        raise RuntimeError("no PostgreSQL server is installed")
    user = _unprivileged()
    folder = _folder(place, user)
    server = PostgresServer(folder, found)
    try:
        command = [str(found / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"]
        command += ["--no-sync", "--encoding=UTF8", "--locale=C"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
        server.start(settings)
        yield server
    finally:
        server.destroy()


def _folder(place: Path | None, user: Mapping[str, Any]) -> Path:
    """Make a folder of the server's under ``place``, or where its user may go and a socket's path fits."""
    for parent in (place, None, Path("/tmp")):  # noqa: S108
        folder = Path(tempfile.mkdtemp(prefix="deid-pg-", dir=parent))
        if user:
            os.chown(folder, pwd.getpwnam(user["user"]).pw_uid, -1)
        reached = subprocess.run([*_SHELL, 'test -w "$0"', str(folder)], check=False, **user)
        if reached.returncode == 0 and len(os.fsencode(folder)) <= _LONGEST:
            return folder
        folder.rmdir()
    raise RuntimeError("no folder for a PostgreSQL server")


def _may_start() -> bool:
    """Whether a process can be started as the server's user: in some containers root may not."""
    try:
        return subprocess.run([*_SHELL, ":"], check=False, **_unprivileged()).returncode == 0
    except OSError:
        return False


def _unprivileged() -> dict[str, Any]:
    """Return how a subprocess is started without root's rights."""
    if os.getuid() != 0:
        return {}
    names = {each.pw_name for each in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    group = pwd.getpwnam(user).pw_gid
    return {"user": user, "group": group, "extra_groups": []}


class _Process(NamedTuple):
    """A process as the system lists it (proc(5)); ``started`` tells it from a later one of its number."""

    pid: int
    state: str
    parent: int
    started: int

    def has_ended(self) -> bool:
        """Whether it is gone, or has only not been waited for."""
        now = _process(self.pid)
        return now is None or now.started != self.started or now.state in "ZX"


def _process(pid: int) -> _Process | None:
    """Return what is known of a process, None for none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, parent, *others = fields.rpartition(")")[2].split()
    return _Process(pid, state, int(parent), int(others[17]))


def _processes() -> Iterator[_Process]:
    """Yield all processes; none where the system does not list them."""
    for path in Path("/proc").glob("[0-9]*"):
        found = _process(int(path.name))
        if found is not None:
            yield found


def _is_still(pid: int) -> bool:
    """Whether a process is stopped or has ended."""
    now = _process(pid)
    return now is None or now.state in "TtZX"


def _wait_until(holds: Callable[[], bool]) -> None:
    """Look again and again; RuntimeError when it never holds."""
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError("a PostgreSQL server neither starts nor ends")
        time.sleep(0.02)
