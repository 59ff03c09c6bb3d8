"""Conversation snippets of each language: what answers say is found, and nothing where nothing is said.

The files tell what they are; the share that must be found is what was reached, so that it cannot fall.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from deid.detect.detector import DefaultDetector
from deid.labels import LabelClass, class_of
from deid.types import Span, Turn

FOLDER = Path(__file__).parent / "conversation"
MARK = re.compile(r"\{([^|{}]+)\|([A-Z_/]+)\}")
SPEAKERS = {"U": 0, "V": 1, "A": None}
STRICT = {LabelClass.DIRECT, LabelClass.CODE, LabelClass.PROPERTY, LabelClass.SECRET}


@dataclass(frozen=True, slots=True)
class Snippet:
    """Turns, and for each the ranges that must be found with their labels."""

    kind: str
    turns: list[Turn] = field(default_factory=list)
    gold: list[list[tuple[int, int, str]]] = field(default_factory=list)

    def add(self, speaker: str, line: str) -> None:
        text, gold = "", []
        at = 0
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            gold.append((len(text), len(text) + len(match[1]), match[2]))
            text += match[1]
            at = match.end()
        self.turns.append(Turn(f"[{len(self.turns)}]", text + line[at:], SPEAKERS[speaker]))
        self.gold.append(gold)


def snippets(name: str) -> Iterator[Snippet]:
    made: Snippet | None = None
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            if made:
                yield made
            made = Snippet(line[2:])
        elif made and not line.startswith("#"):
            made.add(line[0], line[3:])
    if made:
        yield made


@cache
def detector() -> DefaultDetector:
    return DefaultDetector.default()


def missed(snippet: Snippet) -> list[str]:
    """Return «turn text: label» of what is not found with its label, or found where nothing is."""
    found = detector().detect_conversation(snippet.turns)
    if snippet.kind == "nothing":
        return [str(span.label) for spans in found for span in spans if class_of(span.label) in STRICT]
    return [
        f"{turn.text}: {label}"
        for turn, gold, spans in zip(snippet.turns, snippet.gold, found, strict=True)
        for start, end, label in gold
        if not is_found(start, end, label.split("/"), spans)
    ]


def is_found(start: int, end: int, labels: list[str], spans: list[Span]) -> bool:
    covered = {at for span in spans if span.label in labels for at in range(span.start, span.end)}
    return set(range(start, end)) <= covered


def score(name: str) -> float:
    made = list(snippets(name))
    return sum(not missed(snippet) for snippet in made) / len(made)


@pytest.mark.parametrize(
    ("name", "count"), [("en", 40), ("ja", 40), ("en-held", 20), ("ja-held", 20), ("en-told", 36)]
)
def test_files_hold_what_they_say(name: str, count: int) -> None:
    made = list(snippets(name))
    assert len(made) == count
    assert all(any(s.gold) == (s.kind != "nothing") for s in made)


@pytest.mark.parametrize(
    ("name", "reached"), [("en", 0.95), ("ja", 0.975), ("en-held", 0.9), ("ja-held", 0.95), ("en-told", 0.91)]
)
def test_what_answers_say_is_found(name: str, reached: float) -> None:
    # The «held» files were measured once, after the rules were done, and no rule was changed for them.
    assert score(name) >= reached


@pytest.mark.parametrize("name", ["en", "ja", "en-held", "ja-held", "en-told"])
def test_nothing_is_found_where_nothing_is_said(name: str) -> None:
    quiet = [missed(snippet) for snippet in snippets(name) if snippet.kind == "nothing"]
    assert quiet
    assert not any(quiet)
