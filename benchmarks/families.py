"""The families of the corpus: patterns are written against ``tuned`` and ``voices``, not the other two.

A family is templates, names, plain values and surface forms. All share the names of their forms, so that
scores stand side by side, and the check digits of identifiers; they share no template and few formats.
``voices`` and ``kept`` are two halves of one list, with the names of ``unseen``; they have no
conversations.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import plainvalues
import surfaces
import unseenforms
import unseenvalues
import voiceforms
import voicevalues
from exchanges import read_book
from personforms import Name, Words, birthday, birthday_forms, day_written, draw, person_forms, written
from slots import Value

_TEMPLATES = Path(__file__).parent / "templates"

_AS_IT_IS = ("plain", *surfaces.PLACES)
_TRIES = 100

Whole = str | Name | date
"""A value before it is written down."""


@dataclass(frozen=True, slots=True)
class Family:
    """Where texts and values come from.

    plain : generator, label and language to a plain surface.
    shape : plain surface, form, language and generator to a surface.
    """

    name: str
    people: Words = field(repr=False)
    plain: Callable[[Random, str, str], str]
    shape: Callable[[str, str, str, Random], str]

    def whole(self, rng: Random, label: str, language: str) -> Whole:
        """Return a new value of a label."""
        if label == "PERSON":
            return draw(rng, self.people, language)
        return birthday(rng) if label == "DATE_OF_BIRTH" else self.plain(rng, label, language)

    def surface(self, whole: Whole, form: str, language: str, rng: Random) -> str:
        """Return a value written in a form; KeyError for a form it does not have."""
        if isinstance(whole, str):
            return self.shape(whole, form, language, rng)
        own = "plain" if form in surfaces.PLACES else form
        return written(whole, own) if isinstance(whole, Name) else day_written(whole, own, language)

    def value(self, rng: Random, label: str, form: str, language: str) -> Value:
        """Return a new value in a form; one that the form leaves as it is (IPv6 has no dot) is not taken.

        Raises ValueError for a form that changes no value of the label.
        """
        for _ in range(_TRIES):
            whole = self.whole(rng, label, language)
            surface = self.surface(whole, form, language, rng)
            if form in _AS_IT_IS or surface != self.surface(whole, "plain", language, rng):
                return Value(surface, label, form)
        raise ValueError(f"{self.name}: {form} changes no {label}")

    def template(self, name: str) -> Path:
        """Return the file of the family's templates called ``name``."""
        return _TEMPLATES / f"{self.name}-{name}.txt"

    def has(self, name: str) -> bool:
        """Whether the family has templates called ``name``."""
        return self.template(name).exists()


def forms(label: str, language: str) -> tuple[str, ...]:
    """Return the forms of a label in a language, in both families."""
    if label == "PERSON":
        return ("plain", *surfaces.PLACES, *person_forms(language))
    if label == "DATE_OF_BIRTH":
        return ("plain", *surfaces.POSITIONS, *birthday_forms(language))
    return surfaces.forms(label, language)


def _people(name: str) -> Words:
    return read_book(_TEMPLATES / name, "").fillers


FAMILIES: dict[str, Family] = {
    "tuned": Family("tuned", _people("people.txt"), plainvalues.plain, surfaces.shape),
    "unseen": Family("unseen", _people("unseen-people.txt"), unseenvalues.plain, unseenforms.shape),
    "voices": Family("voices", _people("unseen-people.txt"), voicevalues.plain(0), voiceforms.shape(0)),
    "kept": Family("kept", _people("unseen-people.txt"), voicevalues.plain(1), voiceforms.shape(1)),
}
