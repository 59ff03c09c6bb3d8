"""Rules of the interface.

Data go to ``-o`` or standard output; everything else goes to standard error, prefixed ``deid:``, lower
case, no full stop. An error says what, where and a hint. A failed command leaves no output file. Deleted
information is never written to a terminal unless asked for. Progress is shown when a terminal is attached.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from deid.errors import DeidError, InputError, Unwritable
from deid.store import atomic_file, check_named, sweep

Progress = Callable[[str, int, int], None]


def say(message: str) -> None:
    """Tell the person something, on standard error; what it cannot take does not end the work."""
    with suppress(OSError):
        print(f"deid: {message}", file=sys.stderr)


def fail(error: DeidError) -> int:
    """Print an error and its hint; return the exit code."""
    say(f"error: {error}")
    if error.hint:
        say(f"hint: {error.hint}")
    return error.exit_code


def emit_json(value: Any, out: str | None = None) -> None:
    """Write one JSON document to ``out`` or standard output."""
    with output(out) as handle:
        handle.write((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def check_new(path: str | None) -> None:
    """Refuse a file that cannot be made, before what it tells of is done; None is standard output."""
    if path is None:
        check_stdout()
        return
    check_named(path)
    if Path(path).exists():
        sweep(Path(path))
        raise InputError(f"{path}: exists already", hint="nothing is ever overwritten")
    check_folder(path)


def check_stdout() -> None:
    """Refuse a standard output that is closed, before what would be told there is done."""
    if sys.stdout is None:
        raise InputError("standard output: closed", hint="open it, or name a file where the verb has -o")


def check_folder(path: str | None) -> None:
    """Refuse a file without a name, or whose folder is not there; None is standard output."""
    if path is None:
        return
    check_named(path)
    if not Path(path).parent.is_dir():
        raise InputError(f"{path}: no such folder", hint="make the folder first")


def clear(path: str | None, inputs: Iterable[str | None]) -> None:
    """Remove what an earlier command left at ``path``: where this one fails, nothing stands there as its own.

    Refuses a file that is one of the inputs or lies in one, and what is no file; None is standard output.
    """
    check_folder(path)
    if path is None or not Path(path).exists():
        return
    whole = Path(path).resolve()
    read = {Path(one).resolve() for one in inputs if one}
    if not whole.is_file() or read & {whole, *whole.parents}:
        raise InputError(
            f"{path}: belongs to what is read, or is no file", hint="name another for the result"
        )
    Path(path).unlink()


@contextmanager
def output(path: str | None) -> Iterator[IO[bytes]]:
    """Open ``path`` atomically, or standard output for None."""
    if path is None:
        check_stdout()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    check_folder(path)
    if target.is_dir():  # renaming over it would be refused, but not before the work is done
        raise Unwritable(f"{path}: cannot write: Is a directory", hint="name a file")
    with atomic_file(target) as handle:
        yield handle


def table(rows: Sequence[tuple[str, ...]], header: tuple[str, ...]) -> str:
    """Return rows as aligned plain text."""
    widths = [max(len(row[n]) for row in [header, *rows]) for n in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [header, tuple("-" * width for width in widths), *rows]
    ]
    return "\n".join(lines)


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield a function (stage, done, total) that draws bars on a terminal and is silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (
        TextColumn("deid: {task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield update
