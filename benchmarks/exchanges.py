r"""Exchanges: what a person and the assistant say to each other, read from a template file.

    # comment
    % food = curry, ramen            words that fill {_food}
    @ chat                           an exchange, and its kind
    U thinking of {_food} for dinner
    A Good idea.\nWhich one?        backslash and n: a new line in a message

``U`` is the user, ``V`` a second one, ``A`` the assistant, ``M`` a line of the assistant's memory; ``~``
alone is a pause in which other things are said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

_MARKS = ("U", "V", "A", "M", "~")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Lines of (speaker, template), said one after the other."""

    kind: str
    language: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that can be said in one language, and the words that fill its gaps."""

    language: str
    exchanges: tuple[Exchange, ...]
    fillers: Mapping[str, tuple[str, ...]]


def read_book(path: Path, language: str) -> Book:
    """Read a template file; ValueError names the line that is none of the grammar's."""
    exchanges: list[tuple[str, list[tuple[str, str]]]] = []
    fillers: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        mark, _, rest = line.partition(" ")
        if mark in ("", "#"):
            continue
        if mark == "@":
            exchanges.append((rest, []))
        elif mark == "%":
            name, _, words = rest.partition(" = ")
            fillers[name] = tuple(word.strip() for word in words.split(","))
        elif mark in _MARKS and exchanges:
            exchanges[-1][1].append((mark, rest.replace("\\n", "\n")))
        else:
            raise ValueError(f"{path.name}:{number}: not a line of an exchange")
    made = tuple(Exchange(kind, language, tuple(lines)) for kind, lines in exchanges)
    return Book(language, made, fillers)


@dataclass(slots=True)
class Deck:
    """Deals exchanges of some kinds in random order, all of them before any comes again."""

    book: Book
    kinds: Iterable[str]
    rng: Random = field(repr=False)
    _left: list[Exchange] = field(default_factory=list)

    def deal(self) -> Exchange:
        """Return the next exchange."""
        if not self._left:
            self._left = [exchange for exchange in self.book.exchanges if exchange.kind in self.kinds]
            self.rng.shuffle(self._left)
        return self._left.pop()
