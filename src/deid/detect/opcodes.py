"""What ``re`` compiles expressions to, written down and read again.

``re`` reads an expression and compiles it in Python, which takes milliseconds for one of ours; of the opcodes that this
gives CPython makes a pattern in microseconds (``re._compiler.compile``, which ends in ``_sre.compile``). Neither is
documented: what is written follows from ``VERSION`` too, ``works`` says whether a probe comes back as it was, and ``_sre``
refuses opcodes that are none.
"""

import json
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

VERSION = (sys.implementation.cache_tag, sys.version, sys.byteorder, array("I").itemsize)
"""What opcodes follow from beside the expression."""

_PROBE = r"(?i:a(?P<v>[b-d]{2,3})|é+?)\b(?<!x)(x)?"
_INT = "I"  # opcodes are of four bytes (``Py_UCS4``)


class Opcodes:
    """Patterns by number, of what ``written`` gave; each is made anew where it is asked for."""

    __slots__ = ("_content", "_ends")

    def __init__(self, content: bytes) -> None:
        sizes, self._content = content.split(b"\n", 1)
        self._ends = [0, *json.loads(sizes)]

    def __getitem__(self, number: int) -> tuple[re.Pattern[str], str]:
        """Return a pattern, and what was written beside it."""
        start, end = self._ends[number : number + 2]
        about, _, code = self._content[start:end].partition(b"\n")
        expression, flags, groups, names, beside = json.loads(about)
        of_group: list[str | None] = [None] * (groups + 1)
        for name, group in names.items():
            of_group[group] = name
        opcodes = array(_INT, code).tolist()
        compiled = _module("_sre").compile(expression, flags, opcodes, groups, names, tuple(of_group))
        return compiled, beside


def written(expressions: Iterable[tuple[str, int, str]]) -> bytes:
    """Return what some expressions are compiled to: each given with flags for ``re`` and anything to stand beside it."""
    rows = [_row(*expression) for expression in expressions]
    ends = [0]
    for row in rows:
        ends.append(ends[-1] + len(row))
    return b"\n".join([json.dumps(ends[1:]).encode(), b"".join(rows)])


@cache
def works() -> bool:
    """Say whether patterns are made of opcodes here as ``re`` makes them."""
    try:
        found, beside = Opcodes(written([(_PROBE, re.ASCII, "é")]))[0]
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return False
    return (found, beside) == (re.compile(_PROBE, re.ASCII), "é") and found.groupindex == {"v": 1}


def _row(expression: str, flags: int, beside: str) -> bytes:
    compiler, parser = _module("re._compiler"), _module("re._parser")
    parsed = parser.parse(expression, flags)
    code = array(_INT, compiler._code(parsed, flags))  # noqa: SLF001
    state = parsed.state
    about = [expression, int(flags | state.flags), state.groups - 1, state.groupdict, beside]
    return b"\n".join([json.dumps(about).encode(), code.tobytes()])


@cache
def _module(name: str) -> Any:
    return import_module(name)
