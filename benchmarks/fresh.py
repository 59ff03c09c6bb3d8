"""Texts that no pattern was written against: one half to be learnt from now on, one that nobody looks at.

A template of ``templates/fresh-*.txt`` belongs to ``sealed`` when the SHA-256 of its kind and lines is odd,
else to ``fresh``. Every template is filled as often as another, its forms in turn. Of ``sealed``
``detection.py`` gives figures of labels, never of a form, and nothing here prints a text of it.
``second`` to ``sixth`` are other such lists, written the same way later: the last one judges like ``sealed``,
the others are to be learnt from. ``LESSONS`` were written to be learnt from and never judged.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import freshforms
import freshvalues
from corpus import Language, Message, filler
from dialogues import Dialogue, Said
from exchanges import Book, read_book
from slots import Value, fill

HALVES: Mapping[str, str] = {
    "fresh": "half of a list written without knowing the patterns, to be learnt from",
    "sealed": "the other half: figures of labels only, nobody looks at a miss",
}
SETS: Mapping[str, str] = {
    **HALVES,
    "second": "a later list written without knowing the patterns, to be learnt from since its first figures",
    "third": "a third one, of other registers, to be learnt from since its first figures",
    "fourth": "a fourth one, of other speakers and places, to be learnt from since its first figures",
    "fifth": "a fifth one, in still other voices, to be learnt from since it judged once",
    "sixth": "a last one, which judges: nobody who writes patterns reads it",
}

LESSONS: Mapping[str, str] = {
    "lessons": "young people's chats, games, deals, flats and gigs; in Japanese desks and offices too",
    "service": "desks, agents and operations, and those who write to them",
    "family": "families, neighbours, small firms, clubs, travellers, forums",
    "offices": "colleagues, engineers and clerks, with what they paste",
    "streets": "drivers, tenants, sellers, patients and witnesses, many in a second language",
    "talks": "questions and answers alone, with assistants, companions and one another",
    "words": "plain words as handles, secrets and codes, among friends, players and makers",
    "homes": "addresses, plates and papers, told by tenants, couriers, drivers and the old; in Japanese too",
    "errands": "people and assistants, bots and desks, who ask, correct and repeat; in Japanese too",
    "codes": "secrets and codes of a moment, read out, pasted, corrected; in Japanese too",
    "handles": "who is who where, in one line and over several turns",
    "traps": "work, play and shops, full of numbers and the words of secrets, few anybody's; in Japanese too",
}
"""Lists without figures: lines in other voices, whose authors knew nothing of the patterns."""

JUDGES = frozenset({"sealed", "sixth"})
"""Lists of which only figures of labels are told."""

_TEMPLATES = Path(__file__).parent / "templates"
_TALK, _NEGATIVE = "talk", "negative"
_SPEAKERS = {"A": None, "U": 0, "V": 1}
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Template:
    """One text or exchange to fill: its label, what writes it, and its (speaker, line) pairs.

    label : a label, or ``negative``.
    manner : empty, ``data``, ``voice``, ``talk``, or what a negative looks like.
    """

    label: str
    manner: str
    lines: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def half(self) -> str:
        """The half that the template belongs to, whatever else the list holds."""
        text = "\n".join((self.label, self.manner, *(line for _, line in self.lines)))
        return tuple(HALVES)[hashlib.sha256(text.encode()).digest()[0] % 2]

    def forms(self, language: str) -> tuple[str, ...]:
        """Return the forms that a value can have here."""
        if self.manner == "voice":
            return ("spelled",)
        known = freshforms.machine_forms if self.manner == "data" else freshforms.forms
        return known(self.label, language)


def has(language: Language, half: str) -> bool:
    """Whether a half or list has texts in a language."""
    return _path(language, half).exists()


def templates(language: Language, half: str) -> list[Template]:
    """Return the templates of a half, or of a whole list, in the order of their file."""
    every = _all(_book(language, half))
    return [one for one in every if half not in HALVES or one.half == half]


def generate(language: Language, n: int, seed: int, *, half: str) -> list[Message]:
    """Return about ``n`` single messages, as many of each template; gold spans as in ``corpus.py``."""
    wanted = [one for one in templates(language, half) if one.manner != _TALK]
    return [
        Message(said[0].text, said[0].gold, _kind(one))
        for one, said in _filled(wanted, _book(language, half), max(1, n // len(wanted)), f"{half}/{seed}")
    ]


def dialogues(language: Language, n: int, seed: int, *, half: str) -> list[Dialogue]:
    """Return about ``n`` questions with their answers; each value is an entity of its own."""
    wanted = [one for one in templates(language, half) if one.manner == _TALK]
    filled = _filled(wanted, _book(language, half), max(1, n // len(wanted)), f"talk/{half}/{seed}")
    return [Dialogue(said, (one.label,)) for one, said in filled]


def _path(language: Language, half: str) -> Path:
    return _TEMPLATES / f"{'fresh' if half in HALVES else half}-{language}.txt"


def _book(language: Language, half: str) -> Book:
    return read_book(_path(language, half), language)


def _all(book: Book) -> Iterator[Template]:
    for exchange in book.exchanges:
        label, _, manner = exchange.kind.partition(" ")
        if manner == _TALK:
            yield Template(label, manner, exchange.lines)
        else:
            yield from (Template(label, manner, (line,)) for line in exchange.lines)


def _kind(template: Template) -> str:
    return f"{_NEGATIVE} {template.manner}" if template.label == _NEGATIVE else "gold"


def _filled(
    wanted: list[Template], book: Book, times: int, seed: str
) -> Iterator[tuple[Template, tuple[Said, ...]]]:
    rng = Random(f"{book.language}/{seed}")
    for one in wanted:
        forms = one.forms(book.language)
        first = rng.randrange(len(forms))
        for turn in range(times):
            yield one, _fill(one, forms[(first + turn) % len(forms)], book, rng)


def _fill(template: Template, form: str, book: Book, rng: Random) -> tuple[Said, ...]:
    value = Value("") if template.label == _NEGATIVE else _value(template, form, book.language, rng)

    def source(name: str, asked: str) -> Value:
        return value if name == "x" else Value(filler(book, rng, name, asked))

    return tuple(Said(_SPEAKERS[mark], *fill(line, source)) for mark, line in template.lines)


def _value(template: Template, form: str, language: str, rng: Random) -> Value:
    """Return a value that the form changes; a label whose values it leaves as they are is plain."""
    label = template.label
    for _ in range(_TRIES):
        whole = freshvalues.plain(rng, label, language, template.manner)
        surface = freshforms.SHAPES[form](whole, language, rng)
        if surface != whole:
            return Value(surface, label, form, f"{label}/value")
    return Value(freshvalues.plain(rng, label, language, template.manner), label, "plain", f"{label}/value")
