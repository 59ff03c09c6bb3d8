"""Invented chat to learn names from, and as much that names nobody: ``text/names-LIST-LANGUAGE.txt``.

    # comment
    told [PERSON:maya o] to wait in [LOCATION:lyon]    a message; backslash and n: a new line in it

A line in seven is kept, by digest, to watch a course by. No person of a held-out name is learned: others stand in
those lines.
"""

import hashlib
import re
from collections.abc import Sequence
from random import Random

from generate import TEXT
from gold import LABELS, Line
from reserved import held_out
from swap import renamed

_MARK = re.compile(rf"\[({'|'.join(LABELS)}):([^\[\]]+)\]")
_BROKEN = re.compile(r"\[[A-Z]+:")
_WATCHED = 38  # of 256
LISTS = ("chat", "talk")


def raw(language: str, lists: Sequence[str] = LISTS) -> list[str]:
    """Return the messages of a language's lists as written, marks and all, each once."""
    paths = [TEXT / f"names-{name}-{language}.txt" for name in lists]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(line for line in lines if line.strip() and not re.match(r"#(\s|$)", line)))


def watched(line: str) -> bool:
    """Whether a message is kept to watch a course by."""
    return hashlib.sha256(line.encode()).digest()[0] < _WATCHED


def learned(language: str, lists: Sequence[str], names: dict[str, list[str]], seed: int) -> list[Line]:
    """Return the lines to learn from, a held-out person's name replaced by one of ``names``."""
    rng = Random(f"chat:{language}:{seed}")
    lines = [read(line, language) for line in raw(language, lists) if not watched(line)]
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
