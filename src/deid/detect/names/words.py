"""The word lists of this package: files of words between white space, ``#`` to the end of a line is a comment."""

import re
from importlib.resources import files

_COMMENT = re.compile("#.*")


def read_words(name: str) -> frozenset[str]:
    """Return the words of ``NAME.txt``."""
    return frozenset(_read(name).split())


def read_groups(name: str) -> tuple[frozenset[str], ...]:
    """Return the words of each line of ``NAME.txt``; empty lines are left out."""
    return tuple(map(frozenset, read_rows(name)))


def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each line of ``NAME.txt`` in order; empty lines are left out."""
    return tuple(tuple(line.split()) for line in _read(name).splitlines() if line.split())


def _read(name: str) -> str:
    return _COMMENT.sub("", (files("deid.detect.names") / f"{name}.txt").read_text(encoding="utf-8"))
