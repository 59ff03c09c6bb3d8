"""Ask for what other tools' recognizers ask for: values drawn from their own expressions, in their own words.

    python benchmarks/peercases.py [--count 20] [--write]

Presidio's country recognizers say what they look for: expressions, a check and context words. Values are
drawn from the expressions; those that the recognizer itself refuses are drawn again. Each is read twice by
``deid`` (``fast``): behind the recognizer's first context word, and as a whole message. The example numbers
of ``phonenumbers`` are read as they are printed internationally, and behind a cue as at home. A value
counts as found when its letters and digits lie in spans, whatever their label: replaced it is.
"""

import argparse
import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import phonenumbers
from presidio_analyzer import PatternRecognizer, predefined_recognizers

from deid.detect.detector import DefaultDetector
from deid.types import Span
from resultfile import Row, add_write, document, rate, save, table
from scorer import Rate

_SEED = 20261122
_TRIES = 4000  # a check digit refuses nine values of ten, two of them ninety-nine
_MOST = 4  # repeats of an open-ended expression beyond its least
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: string.digits,
    _constants.CATEGORY_WORD: string.ascii_letters + string.digits,
    _constants.CATEGORY_SPACE: " ",
    _constants.CATEGORY_NOT_DIGIT: string.ascii_letters,
    _constants.CATEGORY_NOT_WORD: " -",
    _constants.CATEGORY_NOT_SPACE: string.ascii_letters + string.digits,
}
_PRINTED = string.ascii_letters + string.digits + " -./"

Found = Callable[[Sequence[str]], list[list[Span]]]
Case = tuple[str, str]
"""A text, and the value that stands in it."""


def main() -> int:
    """Measure, print a table, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="values a recognizer")
    add_write(parser)
    arguments = parser.parse_args()
    rows = list(measure(DefaultDetector.default(("en", "ja"), use="fast").detect, arguments.count))
    metrics = ("cued", "whole")
    print(table(("asked by", "values", *metrics), [_shown(row, metrics) for row in rows]))
    if arguments.write:
        save(arguments.write, document("peercases", {"count": arguments.count, "seed": _SEED}, rows))
    return 0


def measure(detect: Found, count: int) -> Iterator[Row]:
    """Yield a row for each recognizer, and one for telephone numbers."""
    for recognizer in recognizers():
        drawn = values(recognizer, count)
        if drawn:
            cue = (recognizer.context or ["number"])[0]
            yield _row(
                recognizer.name, detect, [(f"my {cue} is {v}", v) for v in drawn], [(v, v) for v in drawn]
            )
    home, abroad = telephones()
    yield _row("phonenumbers", detect, home, abroad)


def recognizers() -> list[Any]:
    """Return the installed country recognizers that look for expressions, by name."""
    classes: dict[str, Any] = {
        name: value
        for name, value in vars(predefined_recognizers).items()
        if isinstance(value, type)
        and issubclass(value, PatternRecognizer)
        and ".country_specific" in value.__module__
    }
    return [classes[name]() for name in sorted(classes)]


def values(recognizer: Any, count: int) -> list[str]:
    """Return values that a recognizer finds, drawn from its expressions in turn; perhaps fewer."""
    rng = Random(f"{_SEED} {recognizer.name}")
    # Their engine lets flags for the whole expression stand anywhere.
    written = [re.sub(r"\(\?[a-z]+\)", "", pattern.regex) for pattern in recognizer.patterns]
    trees = [_parser.parse(expression) for expression in written]
    found: dict[str, None] = {}
    for number in range(_TRIES):
        value = "".join(_draw(trees[number % len(trees)], rng, {})).strip()
        if value not in found and _is_asked(recognizer, value):
            found[value] = None
        if len(found) == count:
            break
    return list(found)


def _is_asked(recognizer: Any, value: str) -> bool:
    results = recognizer.analyze(value, recognizer.supported_entities, None)
    return any(result.start == 0 and result.end == len(value) for result in results)


def _draw(tree: Iterable[Any], rng: Random, groups: dict[int, str]) -> Iterator[str]:
    """Yield the pieces of a text that an expression matches; look-arounds and edges are left to chance."""
    for kind, argument in tree:
        if kind in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
            least, most, inner = argument
            for _ in range(rng.randint(least, min(most, least + _MOST))):
                yield from _draw(inner, rng, groups)
        elif kind is _constants.BRANCH:
            yield from _draw(rng.choice(argument[1]), rng, groups)
        elif kind is _constants.SUBPATTERN:
            text = "".join(_draw(argument[3], rng, groups))
            groups[argument[0]] = text
            yield text
        else:
            yield _sign(kind, argument, rng, groups)


def _sign(kind: object, argument: Any, rng: Random, groups: dict[int, str]) -> str:
    """Return what one character of an expression, or the group it names, stands for."""
    if kind is _constants.LITERAL:
        return chr(argument)
    if kind is _constants.IN:
        return rng.choice(_members(argument))
    if kind is _constants.GROUPREF:
        return groups.get(argument, "")
    return rng.choice(string.ascii_uppercase) if kind is _constants.ANY else ""


def _members(members: Sequence[Any]) -> str:
    """Return the characters of a class."""
    held = ""
    for kind, argument in members:
        if kind is _constants.LITERAL:
            held += chr(argument)
        elif kind is _constants.RANGE:
            held += "".join(map(chr, range(argument[0], argument[1] + 1)))
        elif kind is _constants.CATEGORY:
            held += _CATEGORIES[argument]
    if members[0][0] is _constants.NEGATE:
        return "".join(char for char in _PRINTED if char not in held)
    return held


def telephones() -> tuple[list[Case], list[Case]]:
    """Return the example numbers of all regions: as printed at home behind a cue, and from abroad."""
    home, abroad = [], []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if number is not None:
            national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
            home.append((f"my phone number is {national}", national))
            far = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
            abroad.append((far, far))
    return home, abroad


def covered(detect: Found, cases: Sequence[Case]) -> Rate:
    """Return the share of values whose letters and digits all lie in spans."""
    texts = [text for text, _ in cases]
    hits = sum(
        _is_covered(text, value, spans) for (text, value), spans in zip(cases, detect(texts), strict=True)
    )
    return Rate(hits, len(cases))


def _is_covered(text: str, value: str, spans: Sequence[Span]) -> bool:
    first = text.rindex(value)
    return all(
        any(span.start <= first + match.start() < span.end for span in spans)
        for match in re.finditer(r"\w", value)
    )


def _row(name: str, detect: Found, cued: Sequence[Case], whole: Sequence[Case]) -> Row:
    return {
        "name": name,
        "values": len(whole),
        "cued": rate(covered(detect, cued)),
        "whole": rate(covered(detect, whole)),
    }


def _shown(row: Row, metrics: Sequence[str]) -> list[str]:
    shares = [row[metric] for metric in metrics]
    figures = [f"{share['value']:.3f}" for share in shares if isinstance(share, dict)]
    return [str(row["name"]), str(row["values"]), *figures]


if __name__ == "__main__":
    sys.exit(main())
