"""A test corpus for detection: single messages with gold spans, in every form people write a value.

``generate`` is a pure function of its arguments. Two messages in five hold a value (now and then two), one
in five is a hard negative, the rest are plain chat; README.md says what counts as personal. Templates and
fillers are other than the sample's, and nothing in this module knows the detector.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import cycle
from random import Random
from typing import Literal

from exchanges import Book, read_book
from families import FAMILIES, Family, forms
from nationalids import digits, letters
from plainvalues import number
from slots import Gold, Value, fill
from surfaces import PLACES, POSITIONS

__all__ = ["Gold", "Message", "cases", "generate"]

_GOLD, _NEGATIVE, _TWO, _SPECIFIC = 0.4, 0.2, 0.1, 0.5

Language = Literal["en", "ja"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message and what must be found in it, in order and disjoint.

    kind : ``gold``, ``clean``, or ``negative`` and what it looks like (``negative price``).
    """

    text: str = field(repr=False)
    gold: tuple[Gold, ...]
    kind: str = ""


def generate(language: Language, n: int, seed: int, *, family: str = "tuned") -> list[Message]:
    """Return ``n`` messages; values go round every label and form of the language in a shuffled order.

    family : one of ``FAMILIES``; KeyError for another.
    """
    rng = Random(f"{language}/{seed}" if family == "tuned" else f"{family}/{language}/{seed}")
    writer = _Writer(FAMILIES[family], _book(family, language), rng)
    wanted = list(cases(language, family=family))
    rng.shuffle(wanted)
    turn = cycle(wanted)
    return [writer.message(lambda: next(turn)) for _ in range(n)]


def cases(language: Language, *, family: str = "tuned") -> tuple[tuple[str, str], ...]:
    """Return every (label, form) the corpus of a language holds."""
    labels = [label for label in _book(family, language).fillers if label.isupper()]
    return tuple((label, form) for label in labels for form in forms(label, language))


def _book(family: str, language: Language) -> Book:
    return read_book(FAMILIES[family].template(f"messages-{language}"), language)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Fills the templates of one book from one generator."""

    family: Family
    book: Book
    rng: Random = field(repr=False)

    def message(self, case: Callable[[], tuple[str, str]]) -> Message:
        chance = self.rng.random()
        if chance >= _GOLD:
            return self._filled("negative" if chance < _GOLD + _NEGATIVE else "clean")
        label, form = case()
        message = self._planted(label, form)
        if form in POSITIONS or self.rng.random() >= _TWO:
            return message
        return _joined(message, self._planted(*case()))

    def _planted(self, label: str, form: str) -> Message:
        value = self.family.value(self.rng, label, form, self.book.language)
        cue = self.rng.choice(self.book.fillers[label])
        kind = form if form in PLACES else "plain"
        own = [line for line in self._lines("specific") if f"{{{label}}}" in line[1]]
        if kind == "plain" and own and self.rng.random() < _SPECIFIC:
            return self._fill(self.rng.choice(own)[1], {label: value})
        template = self.rng.choice(self._lines(kind))[1].replace(
            "{_cue}", cue
        )  # a cue may hold optional gold
        return self._fill(template, {"x": value})

    def _filled(self, kind: str) -> Message:
        exact, template = self.rng.choice(self._lines(kind))
        return replace(self._fill(template), kind=exact)

    def _lines(self, kind: str) -> list[tuple[str, str]]:
        """Return the templates of a kind, each with its exact kind."""
        parts = [part for part in self.book.exchanges if part.kind.partition(" ")[0] == kind]
        return [(part.kind, line) for part in parts for _, line in part.lines]

    def _fill(self, template: str, values: Mapping[str, Value] | None = None) -> Message:
        known = dict(values or {})

        def source(name: str, form: str) -> Value:
            if name in known:
                return known[name]
            if name.isupper():
                return self.family.value(self.rng, name, form, self.book.language)
            return Value(filler(self.book, self.rng, name, form))

        return Message(*fill(template, source), kind="gold")


def _joined(first: Message, second: Message) -> Message:
    shift = len(first.text) + 1
    moved = (replace(gold, start=gold.start + shift, end=gold.end + shift) for gold in second.gold)
    return Message(f"{first.text}\n{second.text}", (*first.gold, *moved), "gold")


def filler(book: Book, rng: Random, name: str, form: str) -> str:
    """Return what fills a slot that is never gold; KeyError for a slot nobody knows."""
    if name in _RANDOM:
        return _RANDOM[name](rng, int(form) if form.isdigit() else 1)
    return rng.choice(book.fillers[name[1:]])


_RANDOM: dict[str, Callable[[Random, int], str]] = {
    "_num": number,
    "_digit": lambda rng, _: digits(rng, 1),
    "_upper": letters,
    "_hex": lambda rng, count: letters(rng, count, "0123456789abcdef"),
}
