r"""Templates of chat lines and the grammar they are written in.

A text file holds one template a line; empty lines and lines that open with ``#``
are skipped.

    line       = definition | template
    definition = "@" name [":" LABEL] "=" choices     a list that templates name
    template   = any text with choices and slots
    choices    = "(" template *("|" template) ")"     one of these, equally likely
    slot       = "{" name "}"                         a definition or a generator
    escape     = "\" any character                    that character itself

A definition with a label marks each of its values as a span of that label.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias

PERSON = "PERSON"
LOCATION = "LOCATION"
ORGANIZATION = "ORGANIZATION"


class Piece(NamedTuple):
    """A stretch of a line; ``label`` is empty outside of spans."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template that a definition or a generator fills."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Templates of which one is taken."""

    branches: "tuple[Template, ...]"


Node: TypeAlias = "str | Slot | Choice"
Template: TypeAlias = "tuple[Node, ...]"
Generator: TypeAlias = Callable[[Random], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The templates and definitions of one or more text files."""

    templates: tuple[Template, ...]
    definitions: Mapping[str, tuple[str, Choice]]

    def expand(self, template: Template, generators: Mapping[str, Generator], rng: Random) -> list[Piece]:
        """One reading of a template, as pieces in order; KeyError for an unknown slot."""
        out: list[Piece] = []
        for node in template:
            if isinstance(node, str):
                out.append(Piece(node))
            elif isinstance(node, Choice):
                out.extend(self.expand(rng.choice(node.branches), generators, rng))
            elif node.name in self.definitions:
                label, choice = self.definitions[node.name]
                pieces = self.expand(rng.choice(choice.branches), generators, rng)
                out.extend([Piece("".join(p.text for p in pieces), label)] if label else pieces)
            else:
                out.extend(generators[node.name](rng))
        return out


def _sequence(text: str, start: int, stops: str) -> tuple[Template, int]:
    """Parse from ``start`` to a character of ``stops`` or the end."""
    nodes: list[Node] = []
    literal: list[str] = []
    i = start
    while i < len(text) and text[i] not in stops:
        if text[i] in "({":
            nodes.extend(["".join(literal)] if literal else [])
            literal.clear()
            node, i = _choice(text, i + 1, ")") if text[i] == "(" else _slot(text, i + 1)
            nodes.append(node)
            continue
        i += text[i] == "\\"
        literal.append(text[i])
        i += 1
    nodes.extend(["".join(literal)] if literal else [])
    return tuple(nodes), i


def _slot(text: str, start: int) -> tuple[Slot, int]:
    end = text.index("}", start)
    return Slot(text[start:end]), end + 1


def _choice(text: str, start: int, stop: str) -> tuple[Choice, int]:
    """Parse branches up to ``stop``; ValueError if it is missing."""
    branches: list[Template] = []
    i = start
    while True:
        branch, i = _sequence(text, i, "|" + stop)
        branches.append(branch)
        if i >= len(text):
            if stop:
                raise ValueError(f"unclosed choice in template: {text}")
            return Choice(tuple(branches)), i
        i += 1
        if text[i - 1] == stop:
            return Choice(tuple(branches)), i


def parse(text: str) -> Template:
    """Parse one template; ValueError for an unclosed choice or slot."""
    return _sequence(text, 0, "")[0]


def read(paths: Iterable[Path]) -> Grammar:
    """Read text files into one grammar; a later definition replaces an earlier one."""
    templates: list[Template] = []
    definitions: dict[str, tuple[str, Choice]] = {}
    for path in paths:
        for raw in path.read_text(encoding="utf-8").splitlines():
            if not raw.strip() or raw.startswith("#"):
                continue
            if not raw.startswith("@"):
                templates.append(parse(raw))
                continue
            head, _, value = raw[1:].partition("=")
            name, _, label = head.strip().partition(":")
            definitions[name] = (label, _choice(value.strip(), 0, "")[0])
    return Grammar(tuple(templates), definitions)
