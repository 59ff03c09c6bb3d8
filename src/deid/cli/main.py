"""Entry point: parse, call the verb, turn errors into exit codes."""

import argparse
import errno
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn, TextIO

from deid.cli import (
    detecting,
    escrow,
    kanon,
    keys,
    ledger,
    policy,
    releasing,
    repseudonymize,
    reveal,
    review,
    risk,
    run,
    shred,
    ui,
)
from deid.errors import DeidError, InputError

_GROUPS = (
    run, detecting, policy, kanon, risk, review, releasing, escrow, keys, reveal, shred, repseudonymize,
    ledger,
)  # fmt: skip

_STDERR = 2


class _Terminated(KeyboardInterrupt):
    """SIGTERM came."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line as every other error is said: one line, and a hint."""

    def error(self, message: str) -> NoReturn:
        ui.say(f"error: {message}")
        ui.say(f"hint: `{self.prog} --help` shows what it takes")
        raise SystemExit(InputError.exit_code)


def build_parser() -> argparse.ArgumentParser:
    """Return the whole command line; each group adds its verbs."""
    parser = _Parser(
        prog="deid",
        description="De-identify chat logs: detect, anonymize or pseudonymize, enforce k-anonymity, gate, "
        "release.",
        epilog="exit codes: 0 done, 1 our fault, 2 your input or configuration, 3 release refused, "
        "4 escrow, keys or ledger",
    )
    parser.add_argument("--version", action="version", version=f"deid {_version()}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for group in _GROUPS:
        group.add_verbs(verbs)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _hold_streams()
    try:
        arguments = _parsed(argv)
        _no_core_dumps()
        with _terminable():
            result: int = arguments.call(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()  # at Python's end nobody says what could not be written
    except DeidError as error:
        return ui.fail(error)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt as end:
        return _ended(end)
    except OSError as error:
        return _no_memory() if error.errno == errno.ENOMEM else _refused(error)
    except Exception as error:  # noqa: BLE001 - a traceback could quote a person's text
        return _our_fault(error)
    finally:
        _let_go(sys.stdout)
        _let_go(sys.stderr)
    return result


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    arguments = build_parser().parse_args(argv)
    if getattr(arguments, "out", None) == "":  # a shell's unset variable: no verb's default is meant
        raise InputError("-o takes no empty value", hint="name a file or folder to be made")
    return arguments


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end a command as Ctrl-C does, so that what is under way is taken away again."""
    if threading.current_thread() is not threading.main_thread():  # no other may set a handler
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise _Terminated


def _ended(end: KeyboardInterrupt) -> int:
    by, said = (
        (signal.SIGTERM, "terminated") if isinstance(end, _Terminated) else (signal.SIGINT, "interrupted")
    )
    ui.say(said)
    return 128 + by


def _refused(error: OSError) -> int:
    """Say what the machine refused; the message of an OSError names a file, never what is in one."""
    ui.say(f"error: {error.filename or _nameless(error)}: {error.strerror or type(error).__name__}")
    return InputError.exit_code


def _nameless(error: OSError) -> str:
    """Return what an error without a file's name is about."""
    return "the working folder" if isinstance(error, FileNotFoundError) else "standard output"


def _hold_streams() -> None:
    """Take the numbers of standard streams that are closed, so that no file is opened under one.

    What a library says on standard error would go into that file.
    """
    while (taken := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        os.set_inheritable(taken, True)  # noqa: FBT003 - takes no name; workers need them too
    os.close(taken)
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - for as long as it runs
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as it runs


def _let_go(stream: TextIO | None) -> None:
    """Send what a stream cannot write nowhere, or Python tries it again at its end and says so at length."""
    if stream is None:
        return
    try:
        stream.flush()
    except (OSError, ValueError):  # full, or closed
        with suppress(OSError, ValueError):
            number = stream.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def _no_core_dumps() -> None:
    """Keep texts and keys in memory out of core files, of this process and of its workers."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _our_fault(error: Exception) -> int:
    """Say where it broke, by file and line, without the message: it could quote a person's text."""
    # Where memory is limited, a library that cannot be loaded says neither that nor which.
    if isinstance(error, MemoryError) or (isinstance(error, ImportError) and _limited()):
        return _no_memory()
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
    ui.say(f"error: internal error: {type(error).__name__} at {place}")
    ui.say("hint: please report this line; it holds nothing from your data")
    return DeidError.exit_code


def _no_memory() -> int:
    return ui.fail(DeidError("out of memory", hint="give it more (`ulimit -v`), or fewer --workers"))


def _limited() -> bool:
    """Return whether this process may have less memory than there is."""
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def _version() -> str:
    try:
        return version("deid-toolkit")
    except PackageNotFoundError:
        return "unknown"
