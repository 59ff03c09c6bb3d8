"""A PostgreSQL server of one's own, for tests and benchmarks: a new cluster on a socket, deleted afterwards.

``postgres`` refuses to run as root; started by root, it runs as the user ``postgres`` or ``nobody``.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_START_S = 60.0


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
        given = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **(settings or {})}
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *options],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **_unprivileged(),
            )  # fmt: skip
        deadline = time.monotonic() + _START_S
        while self._asked(given.get("port", "5432")) != 0:
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(f"{self.folder / 'log'}: the server does not start")
            time.sleep(0.05)

    def _asked(self, port: str) -> int:
        asking = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.folder), "-p", port]
        return subprocess.run(asking, check=False).returncode

    def stop(self) -> None:
        """Stop, and wait for the end."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill it and its children at once, as a power cut would."""
        if self.process is not None:
            for child in _children(self.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        self._end(signal.SIGKILL)

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
    """Return the folder of the newest server installed, None for none."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name), reverse=True
    )
    return next((each for each in folders if (each / "initdb").is_file()), None)


def memory() -> Path | None:
    """Return a folder in memory, where databases are made and dropped faster; None for none."""
    folder = Path("/dev/shm")  # noqa: S108
    return folder if os.access(folder, os.W_OK) else None


@contextlib.contextmanager
def running(place: Path | None = None, settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    """Run a block beside a new server under ``place``; RuntimeError when none is installed."""
    found = binaries()
    if found is None:
        raise RuntimeError("no PostgreSQL server is installed")
    folder = Path(tempfile.mkdtemp(prefix="deid-pg-", dir=place))
    user = _unprivileged()
    if user:
        os.chown(folder, pwd.getpwnam(user["user"]).pw_uid, -1)
    server = PostgresServer(folder, found)
    try:
        command = [str(found / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"]
        command += ["--no-sync", "--encoding=UTF8", "--locale=C"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
        server.start(settings)
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)


def _unprivileged() -> dict[str, Any]:
    """Return how a subprocess is started without root's rights."""
    if os.getuid() != 0:
        return {}
    names = {each.pw_name for each in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    group = pwd.getpwnam(user).pw_gid
    return {"user": user, "group": group, "extra_groups": []}


def _children(parent: int) -> list[int]:
    """Return the processes that a process started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(path.parent.name))
    return found
