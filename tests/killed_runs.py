"""The command ``deid run``, held or killed on its way, and what its operator does after a kill.

As a program: ``killed_runs.py WHERE COUNT FOLDER`` and the command's arguments. WHERE is ``held`` (it stops
itself when its working folder is made), ``before`` (it kills itself when, for the COUNT-th time, it opens,
renames or removes a file below FOLDER) or ``destroying`` (the same, counted from where it begins to destroy
its working files; it never kills itself before). Moments are counted, not timed: they are the same on every
machine.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

_COUNTED = ("open", "os.rename", "os.remove", "os.rmdir")


def dying(where: str, count: int, folder: Path, arguments: Sequence[str]) -> list[str]:
    """Return the command of a run that is held or kills itself."""
    return [sys.executable, __file__, where, str(count), str(folder), *arguments]


def hold(folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a run; return it stopped, with its state on disk."""
    process = subprocess.Popen(dying("held", 0, folder, arguments), stderr=subprocess.DEVNULL)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a run, and wait for its end."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def go_on_after(command: Sequence[str]) -> str:
    """Resume a killed run, or start it again where it says why it cannot go on; return what it said."""
    resumed = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    if resumed.returncode == 0:
        return ""
    assert resumed.stderr.splitlines()[-1] == "deid: hint: run again without --resume"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return resumed.stderr


def _main(where: str, count: str, folder: str, *arguments: str) -> int:
    """Carry the command out, and end on the way."""
    from deid.cli import main

    running, publishing = (import_module(f"deid.pipeline.{name}") for name in ("run", "publishing.publish"))
    left, counting = [int(count)], [where == "before"]

    def note(event: str, values: tuple[Any, ...]) -> None:
        if counting[0] and event in _COUNTED and (event != "open" or folder in str(values[0])):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def held(real: Callable[..., Any]) -> Callable[..., Any]:
        def made(*given: Any, **options: Any) -> Any:
            state = real(*given, **options)
            os.kill(os.getpid(), signal.SIGSTOP)
            return state

        return made

    def destroying(real: Callable[..., Any]) -> Callable[..., Any]:
        def begun(*given: Any, **options: Any) -> Any:
            counting[0] = where == "destroying"
            return real(*given, **options)

        return begun

    if where == "held":
        setattr(running, "open_state", held(running.open_state))  # noqa: B010
    setattr(publishing, "destroy", destroying(publishing.destroy))  # noqa: B010
    sys.addaudithook(note)
    return main(arguments)


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
