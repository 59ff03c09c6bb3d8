"""The word lists of ``words/`` that name one value in many ways: ``value: English forms | Japanese forms``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Lower-case form → value, by language."""

    en: Mapping[str, str] = field(repr=False)
    ja: Mapping[str, str] = field(repr=False)


def read_vocabulary(name: str) -> Vocabulary:
    """Return the forms of ``NAME.txt``."""
    en: dict[str, str] = {}
    ja: dict[str, str] = {}
    for line in (files("deid.detect") / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        value, _, forms = line.partition(": ")
        for found, side in zip((en, ja), forms.split("|"), strict=True):
            found.update((form.strip(), value) for form in side.split(",") if form.strip())
    return Vocabulary(en, ja)


OCCUPATIONS = read_vocabulary("occupations")
NATIONALITIES = read_vocabulary("nationalities")
LANGUAGES = read_vocabulary("languages")
