"""Invented chat to learn names from, and as much that names nobody: ``text/names-chat-LANGUAGE.txt``.

    # comment
    told [PERSON:maya o] to wait in [LOCATION:lyon]    a message; backslash and n: a new line in it

A line in seven is kept, by digest, to watch a course by. No person of a held-out name is learned: others stand in
those lines.
"""

import hashlib
import re
from pathlib import Path
from random import Random

from generate import TEXT
from gold import LABELS, Line
from reserved import held_out
from swap import renamed

_MARK = re.compile(rf"\[({'|'.join(LABELS)}):([^\[\]]+)\]")
_BROKEN = re.compile(r"\[[A-Z]+:")
_WATCHED = 38  # of 256


def source(language: str) -> Path:
    """Return the file of a language."""
    return TEXT / f"names-chat-{language}.txt"


def raw(path: Path) -> list[str]:
    """Return the messages of a file as written, marks and all."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not re.match(r"#(\s|$)", line)]


def watched(line: str) -> bool:
    """Whether a message is kept to watch a course by."""
    return hashlib.sha256(line.encode()).digest()[0] < _WATCHED


def learned(language: str, names: dict[str, list[str]], seed: int) -> list[Line]:
    """Return the lines to learn from, a held-out person's name replaced by one of ``names``."""
    rng = Random(f"chat:{language}:{seed}")
    lines = [read(line, language) for line in raw(source(language)) if not watched(line)]
    return [renamed(line, names, rng, reserved) for line in lines]


def reserved(surface: str, label: str) -> bool:
    """Whether a name is a person's and kept for benchmarks."""
    return label == "PERSON" and held_out(surface)


def read(line: str, language: str) -> Line:
    """Return a message with its names; ValueError at a broken mark, which tells no text."""
    text, end, spans = "", 0, []
    line = line.replace("\\n", "\n")
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text, end = text + mark[2], mark.end()
    text += line[end:]
    if _BROKEN.search(text):
        raise ValueError("a mark that is none")
    return Line(text, tuple(spans), language)
