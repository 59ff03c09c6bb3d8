"""Labelled lines of invented chat to train the taggers of names with.

Templates (``text/``) and real carrier lines get names, places and organizations
from the lists of ``inventories.py``; about two lines in five have none. Spans are
PERSON, LOCATION and ORGANIZATION without titles, honorifics, possessives and signs.
No name whose hash is held out for benchmarks occurs as a PERSON. The same seed,
data and lists give the same lines.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random

import abroad
import carriers
import japanese
import latin
import styles
from gold import Line
from grammar import PERSON, Generator, Grammar, Piece, Template, read
from reserved import held_out

TEXT = Path(__file__).parent / "text"
LANGUAGES = ("en", "ja", "zh", "ko", "de", "fr", "es", "it", "pt")
NEGATIVE_SHARE = 0.38
REAL_SHARE = 0.35
SPLICED_SHARE = 0.2
TRIES = 20
CARRIERS_JA = 60_000
_BLANKS = re.compile(r"\s+")


Maker = Callable[[Random], list[Piece]]


@dataclass(frozen=True, slots=True)
class Source:
    """What the lines of one language are made of.

    splice : a line of real chat with a name in it, or None where a language has no carriers.
    style  : the last touch on a line.
    """

    language: str
    named: Grammar
    traps: Grammar
    generators: dict[str, Generator]
    splice: Maker | None
    style: Callable[[list[Piece], Random], list[Piece]]

    def pieces(self, rng: Random, *, negative: bool) -> list[Piece]:
        """One message before it is joined; without a name if ``negative``."""
        if negative:
            return self.style(self._nobody(rng), rng)
        if self.splice and rng.random() < SPLICED_SHARE:
            return self.style(self.splice(rng), rng)
        out = self._expand(self.named, rng)
        if rng.random() < 0.12:
            blank = "" if self.language in ("ja", "zh") else rng.choice((" ", ". ", " "))
            out = [*out, Piece(blank), *self._expand(rng.choice((self.named, self.traps)), rng)]
        return self.style(out, rng)

    def _nobody(self, rng: Random) -> list[Piece]:
        """Draw a real line as it is, or a trap."""
        if self.splice and rng.random() < REAL_SHARE:
            return list(self.generators["carrier"](rng))
        return self._expand(self.traps, rng)

    def _expand(self, grammar: Grammar, rng: Random) -> list[Piece]:
        template: Template = rng.choice(grammar.templates)
        return self.named.expand(template, self.generators, rng)


def join(pieces: Sequence[Piece], language: str) -> Line:
    """Join pieces; blanks at a span's edge stand outside of it."""
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = 0
    for text, label in pieces:
        body = text.strip() if label else _BLANKS.sub(" ", text)
        if not out:
            body = body.lstrip()
        if label and body:
            spans.append((at, at + len(body), label))
        out.append(body)
        at += len(body)
        if not at:
            out.clear()
    return Line("".join(out).rstrip(), tuple(spans), language)


def _clean(line: Line) -> bool:
    """Whether a line has text and no person of a held-out name."""
    if not line.text:
        return False
    return not any(label == PERSON and held_out(line.text[a:b]) for a, b, label in line.spans)


def _splicer(lines: Sequence[str], language: str, slots: Mapping[str, Generator]) -> Maker:
    """Make real lines with a name in them; "body" is any company, school or office."""
    fills = {
        "person": slots["P"],
        "place": slots["L"],
        "body": lambda rng: slots[rng.choice("BUV")](rng),
    }

    def make(rng: Random) -> list[Piece]:
        while True:
            if out := carriers.splice(rng.choice(lines), language, fills, rng):
                return out

    return make


def _english(data: Path, lists: Path) -> Source:
    names = latin.load(lists)
    lines = carriers.english(data, (*names.favoured.given.values, *names.nicknames))
    slots = latin.generators(names)
    slots["carrier"] = lambda rng: [Piece(rng.choice(lines))]
    named, traps = _grammars("en")
    splice = _splicer(lines, "en", slots)
    return Source("en", named, traps, slots, splice, styles.latin)


def _japanese(data: Path, lists: Path) -> Source:
    names = japanese.load(lists)
    lines = carriers.japanese(data, Random(0), CARRIERS_JA)
    slots = japanese.generators(names)
    slots["carrier"] = lambda rng: [Piece(rng.choice(lines))]
    named, traps = _grammars("ja")
    splice = _splicer(lines, "ja", slots)
    ending = named.definitions["end"][1]

    def style(pieces: list[Piece], rng: Random) -> list[Piece]:
        end = named.expand(rng.choice(ending.branches), slots, rng)
        return styles.japanese(pieces, rng, "".join(p.text for p in end))

    return Source("ja", named, traps, slots, splice, style)


def _other(language: str, lists: Path) -> Source:
    named, traps = _grammars(language)
    slots = abroad.generators(language, lists)
    style = {"zh": _unstyled, "ko": abroad.korean}.get(language, styles.latin)
    return Source(language, named, traps, slots, None, style)


def _unstyled(pieces: list[Piece], _rng: Random) -> list[Piece]:
    return pieces


def _grammars(language: str) -> tuple[Grammar, Grammar]:
    """Templates with names, and without; both know all definitions."""
    paths = (TEXT / f"{language}.txt", TEXT / f"{language}-traps.txt")
    named, traps = read(paths[:1]), read(paths[1:])
    return Grammar(named.templates, {**named.definitions, **traps.definitions}), traps


@cache
def source(language: str, data: Path, lists: Path) -> Source:
    """Read the lists, carriers and templates of a language; ValueError for one we have not."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}; one of {', '.join(LANGUAGES)}")
    builders = {"en": partial(_english, data), "ja": partial(_japanese, data)}
    return builders.get(language, partial(_other, language))(lists)


def generate(language: str, n: int, seed: int, *, data: Path, lists: Path) -> Iterator[Line]:
    """Yield ``n`` lines; ``lists`` holds the unpacked packages, one folder each."""
    made = source(language, data, lists)
    rng = Random(f"{language}:{seed}")
    seen: set[str] = set()
    for _ in range(n):
        line = _fresh(made, rng, seen)
        seen.add(line.text)
        yield line


def _fresh(made: Source, rng: Random, seen: set[str]) -> Line:
    """Draw a clean line, new if a few tries find one."""
    negative = rng.random() < NEGATIVE_SHARE
    tries = 0
    while True:
        line = join(made.pieces(rng, negative=negative), made.language)
        tries += 1
        if _clean(line) and (line.text not in seen or tries > TRIES):
            return line


def write(lines: Iterable[Line], out: Path) -> None:
    """Write lines as JSON, one a line: text, spans, language."""
    with out.open("w", encoding="utf-8") as file:
        for line in lines:
            row = {"text": line.text, "spans": line.spans, "language": line.language}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Generate lines from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, required=True)
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    write(generate(args.language, args.n, args.seed, data=args.data, lists=args.lists), args.out)


if __name__ == "__main__":
    main()
