"""What is no prose: code, commands, addresses, paths, tags. A way of writing is not looked for in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from deid.types import Span

# CommonMark 4.5: a fence, to the end of the text where none closes it.
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"`[^`\n]+`"  # CommonMark 6.1: a code span
    r"|[\[<{⟦]{1,2}/?[A-Za-z][\w.:-]{0,80}[\]>}⟧]{1,2}"  # a tag or a placeholder
)
_LINE = re.compile(r"[^\n]+")
_PROMPT = re.compile(r">>> |\$ |[ ]{4}|\t")
_STATEMENT_ENDS, _STATEMENT_HAS = (";", "{", "}"), frozenset("=()<>{}[]")
# Runs of signs of ASCII: Japanese may stand right beside them.
_CHUNK = re.compile(r"[!-~]+")
_CODE = re.compile(
    r"\w://|\w@\w|\w[=\\|]+\w|\w_\w|\w\[|\w::\w|&#?\w+;"
    r"|\w\(\)|\.\w+\("  # a call
    r"|^[.@#$%]\w*[A-Za-z]"  # .NET, .gitignore, @handle, #tag, $HOME
    r"|^(?:~|\.{1,2})?/\w|\w/\w+/\w|^[A-Za-z]:\\"  # a path
    r"|^--[A-Za-z][\w-]*$|^-[A-Za-z]$"  # an option
    r"|^(?:[A-Za-z]\.)+[A-Za-z]$"  # e.g, U.S.A
)


def codelike(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of what stays as it stands, in order; parts of spans are left out.

    spans : sorted and disjoint.
    """
    ends = [span.end for span in spans]
    for start, end in _found(text):
        cursor = start
        place = bisect_right(ends, start)
        while place < len(spans) and spans[place].start < end:
            if cursor < spans[place].start:
                yield cursor, spans[place].start
            cursor = spans[place].end
            place += 1
        if cursor < end:
            yield cursor, end


def _found(text: str) -> Iterator[tuple[int, int]]:
    cursor = 0
    for match in _FENCE.finditer(text):
        yield from _in_lines(text, cursor, match.start())
        yield match.span()
        cursor = match.end()
    yield from _in_lines(text, cursor, len(text))


def _in_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, start, end):
        written = line[0].rstrip()
        statement = written.endswith(_STATEMENT_ENDS) and not _STATEMENT_HAS.isdisjoint(written)
        if statement or _PROMPT.match(line[0]):
            yield line.span()
        else:
            yield from _in_line(text, *line.span())


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cursor = start
    for match in _INLINE.finditer(text, start, end):
        yield from _chunks(text, cursor, match.start())
        yield match.span()
        cursor = match.end()
    yield from _chunks(text, cursor, end)


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _CHUNK.finditer(text, start, end):
        bare = match[0].lstrip("\"'(")
        first = match.end() - len(bare)
        trimmed = bare.rstrip(".,!?;:'\")")
        if trimmed.endswith("(") and bare.startswith(")", len(trimmed)):  # as in «run()»
            trimmed += ")"
        if _CODE.search(trimmed):
            yield first, first + len(trimmed)
