"""Transcripts of the command line: what is typed, and what must come of it.

    # a comment says what the transcript shows, and why
    use NAME                     put one of the ready-made inputs of ``cli_materials`` into the folder
    file PATH <<EOF … EOF        create a file; ``append`` adds to one
    edit PATH 'old' 'new'        replace text that occurs once; \\n is a new line
    flip PATH                    change one byte
    deid VERB …                  run it in this process; ``$ deid …`` runs the installed command
    exit N                       every command is followed by its exit code
    stdout 'text'                what it wrote holds the text; '' means nothing was written; so ``stderr``
    exists PATH | absent PATH    what it left
    holds PATH 'text' | lacks PATH 'text'

A transcript runs in a folder of its own, ``$WORK``. The rules of the interface (``deid.cli.ui``) are
checked after every command, and so is the rule that no message holds a person's text: in every input the
word ``marzipan`` stands for it.
"""

import contextlib
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.cli import main

MARK = "marzipan"
_INSTALLED = Path(sys.executable).with_name("deid")
# Deleted information is asked for by name; there alone a person's text belongs on standard output.
_SHOWS_TEXT = "--to-terminal"


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that was run: its line, exit code and what it wrote."""

    command: str
    code: int
    stdout: str
    stderr: str


@dataclass(slots=True)
class Stage:
    """Where a transcript plays: its folder, the ready-made inputs, and the command run last."""

    work: Path
    materials: Callable[[str, Path], None]
    last: Ran | None = field(default=None)

    def path(self, name: str) -> Path:
        return self.work / name

    @property
    def ran(self) -> Ran:
        assert self.last is not None, "no command was run before"
        return self.last


def play(text: str, stage: Stage) -> None:
    """Carry out a transcript; AssertionError names the line that does not hold."""
    lines = enumerate(text.replace("$WORK", str(stage.work)).splitlines(), 1)
    for number, first in lines:
        if not first.strip() or first.startswith("#"):
            continue
        line = _whole(first, lines)
        block = list(_block(lines)) if line.endswith("<<EOF") else []
        try:
            _step(line, block, stage)
        except AssertionError as error:
            raise AssertionError(f"line {number}: {line}\n{error}\n{stage.last}") from None


def _whole(line: str, lines: Iterator[tuple[int, str]]) -> str:
    """Return a line with those that follow until its quotes are closed."""
    while line.count("'") % 2:
        line = f"{line}\n{next(lines)[1]}"
    return line


def _block(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        if line == "EOF":
            return
        yield line


def _step(line: str, block: Sequence[str], stage: Stage) -> None:
    if line == "deid" or line.startswith(("deid ", "$ deid ")):
        stage.last = _run(line, stage.work)
        check_rules(stage.last)
        return
    verb, *words = shlex.split(line)
    _STEPS[verb](stage, words, "".join(f"{row}\n" for row in block))


def _run(line: str, work: Path) -> Ran:
    if line.startswith("$"):
        words = shlex.split(line.removeprefix("$ deid "))
        done = subprocess.run([_INSTALLED, *words], cwd=work, capture_output=True, check=False)
        return Ran(line, done.returncode, done.stdout.decode(), done.stderr.decode())
    return run_here(shlex.split(line)[1:])


def run_here(words: Sequence[str]) -> Ran:
    """Run a command in this process, in the current folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: object = main(words)
        except SystemExit as stop:  # argparse, after --help or a line it does not understand
            code = stop.code or 0
    assert isinstance(code, int)
    return Ran("deid " + shlex.join(words), code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def check_rules(ran: Ran) -> None:
    """Check what every command must keep to."""
    assert "Traceback" not in ran.stderr
    assert "internal error" not in ran.stderr
    assert MARK not in ran.stderr
    assert MARK not in ran.stdout or _SHOWS_TEXT in ran.command
    said = ran.stderr.splitlines()
    assert all(line.startswith("deid: ") for line in said)
    errors = [line for line in said if line.startswith("deid: error: ")]
    hints = [line for line in said if line.startswith("deid: hint: ")]
    assert len(errors) == (ran.code != 0)
    assert len(hints) <= len(errors)
    for line in (*errors, *hints):
        assert not line.endswith("."), "a full stop"
        assert not re.match(r"deid: \w+: [A-Z][a-z]+ ", line), "a capital"


def _use(stage: Stage, words: Sequence[str], _block: str) -> None:
    for name in words:
        stage.materials(name, stage.work)


def _file(stage: Stage, words: Sequence[str], block: str) -> None:
    path = stage.path(words[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block, encoding="utf-8")


def _append(stage: Stage, words: Sequence[str], block: str) -> None:
    with stage.path(words[0]).open("a", encoding="utf-8") as handle:
        handle.write(block)


def _edit(stage: Stage, words: Sequence[str], _block: str) -> None:
    old, new = (word.replace("\\n", "\n") for word in words[1:])
    path = stage.path(words[0])
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"occurs {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _flip(stage: Stage, words: Sequence[str], _block: str) -> None:
    path = stage.path(words[0])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _exit(stage: Stage, words: Sequence[str], _block: str) -> None:
    assert stage.ran.code == int(words[0])


def _stdout(stage: Stage, words: Sequence[str], _block: str) -> None:
    _holds(stage.ran.stdout, words[0])


def _stderr(stage: Stage, words: Sequence[str], _block: str) -> None:
    _holds(stage.ran.stderr, words[0])


def _holds(written: str, text: str) -> None:
    assert text in written
    assert text or not written


def _exists(stage: Stage, words: Sequence[str], _block: str) -> None:
    assert stage.path(words[0]).exists()


def _absent(stage: Stage, words: Sequence[str], _block: str) -> None:
    name = Path(words[0]).name
    folder = stage.path(words[0]).parent
    found = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    # Nothing half-written under another name either; `.NAME.work` is what `--resume` goes on with.
    left = [
        other
        for other in found
        if other == name or (other.startswith(f".{name}.") and not other.endswith(".work"))
    ]
    assert not left, left


def _file_holds(stage: Stage, words: Sequence[str], _block: str) -> None:
    assert words[1] in stage.path(words[0]).read_text(encoding="utf-8")


def _file_lacks(stage: Stage, words: Sequence[str], _block: str) -> None:
    assert words[1] not in stage.path(words[0]).read_text(encoding="utf-8")


_STEPS: dict[str, Callable[[Stage, Sequence[str], str], None]] = {
    "use": _use,
    "file": _file,
    "append": _append,
    "edit": _edit,
    "flip": _flip,
    "exit": _exit,
    "stdout": _stdout,
    "stderr": _stderr,
    "exists": _exists,
    "absent": _absent,
    "holds": _file_holds,
    "lacks": _file_lacks,
}
