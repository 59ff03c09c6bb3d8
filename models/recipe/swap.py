"""Gold lines with other names in the same places: what a tagger should learn is the place, not the name."""

from collections.abc import Callable, Iterable
from random import Random

from gold import LABELS, Line

_SWAPPED = 0.7


def pools(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Return the surfaces of each label, in order and distinct."""
    found: dict[str, dict[str, None]] = {label: {} for label in LABELS}
    for line in lines:
        for start, end, label in line.spans:
            found[label][line.text[start:end]] = None
    return {label: list(surfaces) for label, surfaces in found.items()}


def swapped(lines: Iterable[Line], names: dict[str, list[str]], seed: int) -> list[Line]:
    """Return a copy of each line that holds a name, most of its names replaced by others of their label."""
    rng = Random(seed)
    some = (line for line in lines if line.spans and not line.ignored)
    return [renamed(line, names, rng, lambda *_: rng.random() < _SWAPPED) for line in some]


def renamed(line: Line, names: dict[str, list[str]], rng: Random, wanted: Callable[[str, str], bool]) -> Line:
    """Return a line with others of their label for the names that are ``wanted``, by surface and label."""
    text, spans, before = "", [], 0
    for start, end, label in line.spans:
        text += line.text[before:start]
        surface = line.text[start:end]
        if wanted(surface, label):
            surface = _cased(rng.choice(names[label]), surface)
        spans.append((len(text), len(text) + len(surface), label))
        text += surface
        before = end
    return Line(text + line.text[before:], tuple(spans), line.language)


def _cased(surface: str, like: str) -> str:
    """Return a surface in capitals where what it replaces is."""
    return surface.upper() if like.isupper() and len(like) > 1 else surface
