"""Chat lines that judge: names marked by authors who know nothing of the detector, figures only.

    # comment
    ## rough                                      a section, until the next one
    [PERSON:maya o] is in [LOCATION:lyon] again    a message; backslash and n: a new line in it

Labels are scored as in ``namescore.py`` over the lines that hold a mark, alarms counted over those that hold
none: they name nobody, though they may name a product or a figure of fiction. English words are what blanks
divide, characters stand for Japanese ones. Nothing here prints a text, and nobody who trains reads the lists.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import namescore
from chatlines import Language
from deid.types import Span
from nameengines import Engine
from namesets import Example, without_handles
from resultfile import Row, rate
from scorer import Rate
from slots import Gold

ALARMS = frozenset({*namescore.LABELS, "USERNAME"})
"""Labels that are an alarm in a line without a name; other labels are told beside."""
_TEMPLATES = Path(__file__).parent / "templates"
_MARK = re.compile(rf"\[({'|'.join(namescore.LABELS)}):([^\[\]]+)\]")
_BROKEN = re.compile(r"\[[A-Z]+:")
_WORDS = {"en": re.compile(r"\S+"), "ja": re.compile(r"\S")}


@dataclass(frozen=True, slots=True)
class Line:
    """A message, its names, and the section that it stands in."""

    section: str
    example: Example = field(repr=False)


def has(language: Language) -> bool:
    """Whether a language has such a list."""
    return _path(language).exists()


def lines(language: Language) -> list[Line]:
    """Return the messages of a language's list."""
    return list(read(_path(language), language))


def read(path: Path, language: Language) -> Iterator[Line]:
    """Yield the messages of a file; ValueError names the line whose mark is broken."""
    section = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            section = line.removeprefix("## ").strip()
        elif line.strip() and not re.match(r"#(\s|$)", line):
            yield Line(section, _example(line.replace("\\n", "\n"), language, f"{path.name}:{number}"))


def _path(language: Language) -> Path:
    return _TEMPLATES / f"names-sixth-{language}.txt"


def _example(line: str, language: Language, place: str) -> Example:
    text, end, gold = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        gold.append(Gold(len(text), len(text) + len(mark[2]), mark[1]))
        text, end = text + mark[2], mark.end()
    text += line[end:]
    if _BROKEN.search(text):
        raise ValueError(f"{place}: a mark that is none")
    words = tuple(word.span() for word in _WORDS[language].finditer(text))
    return without_handles(Example(text, tuple(gold), words))


def rows(engine: Engine, language: Language, read: Sequence[Line]) -> Iterator[Row]:
    """Yield one engine's scores by label and by section, what it masks in vain, and its alarms."""
    start = f"blind/{language}/{engine.name}"
    marked = [line for line in read if line.example.gold]
    examples = [line.example for line in marked]
    found = namescore.comparable(examples, engine.detect([example.text for example in examples]))
    for label in namescore.LABELS:
        yield {"name": f"{start}/{label}", **namescore.label_row(namescore.score(examples, found, label))}
    vain = namescore.vain(examples, found)
    yield {"name": f"{start}/words", "n": vain.total, "vain": rate(vain)}
    yield from _by_section(start, marked, found)
    clean = [line.example for line in read if not line.example.gold]
    alarmed = engine.detect([example.text for example in clean])
    yield from _alarms(start, namescore.comparable(clean, alarmed))


def _by_section(start: str, marked: Sequence[Line], found: Sequence[Sequence[Span]]) -> Iterator[Row]:
    for section in dict.fromkeys(line.section for line in marked if line.section):
        own = [number for number, line in enumerate(marked) if line.section == section]
        examples, spans = [marked[number].example for number in own], [found[number] for number in own]
        for label in namescore.LABELS:
            coverage = namescore.score(examples, spans, label).coverage
            yield {"name": f"{start}/{section}/{label}", "n": coverage.total, "coverage": rate(coverage)}


def _alarms(start: str, found: Sequence[Sequence[Span]]) -> Iterator[Row]:
    """Yield the share of lines with a name in vain, with anything, and with each label that occurs."""
    labels = [{span.label for span in spans} for spans in found]
    counts = Counter(label for own in labels for label in own)
    shares = {"clean": sum(bool(own & ALARMS) for own in labels), "clean/any": sum(map(bool, labels))}
    shares |= {f"clean/{label}": counts[label] for label in sorted(counts)}
    for name, hits in shares.items():
        yield {"name": f"{start}/{name}", "n": len(labels), "alarms": rate(Rate(hits, len(labels)))}
