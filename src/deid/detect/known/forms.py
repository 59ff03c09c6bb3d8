"""The written forms of a known value: what is searched for, and which second cue it needs.

A form that no text holds is not made: most of a profile is said nowhere, and what every way of writing a
value has in common is asked for first.
"""

import re
from collections.abc import Iterator

from deid.detect.known.cues import is_named_thing
from deid.detect.known.fold import compact, fold
from deid.detect.known.form import Form, Holds, plain
from deid.detect.known.names import person
from deid.detect.known.places import addresses, core_of, organizations
from deid.detect.names.words import read_words
from deid.ingest.normalize import normalize
from deid.types import KnownValue

_MIN_LOCAL_PART = 5
# What all ways of writing a school or employer, and an address with its number first, begin with.
_FIRST_WORD = re.compile(r"(?!(?i:university of )|.{1,6}立)[A-Za-z0-9]+")
_HOUSE = re.compile(r"[0-9]+[a-zA-Z]?\s+[0-9A-Za-z](?=.*[a-zA-Z])")
_LETTERED = re.compile(r"[a-z]{1,3}[ -]?([0-9]{7,12})")  # of a paper: its number is said without them
_ORGANIZATION = ("EDUCATION", "ORGANIZATION")
_COMPANY_WORDS = read_words("company_words_en")


def labels_of(known: KnownValue) -> Iterator[str]:
    """Yield the labels that the forms of a value may have."""
    yield known.label
    if known.label == "EMAIL_ADDRESS":
        yield "USERNAME"


def anchor_of(known: KnownValue) -> str:
    """Return what texts hold, folded and without separators, where they hold any form; empty for no such thing."""
    value = fold(normalize(known.value).text.strip())
    if known.label == "EMAIL_ADDRESS":
        return compact(value.partition("@")[0])
    varied = known.label in ("PERSON", "STREET_ADDRESS", *_ORGANIZATION)
    return "" if varied else compact(value.removeprefix("@") if known.label == "USERNAME" else value)


def forms_of(known: KnownValue, holds: Holds) -> Iterator[Form]:
    """Yield the forms of a value that the texts hold, but for telephone numbers and dates."""
    value = normalize(known.value).text.strip()
    if known.label == "PERSON":
        yield from person(value, holds)
    elif known.label == "EMAIL_ADDRESS":
        yield from _email(value, holds)
    elif known.label == "USERNAME":
        yield from plain(fold(value.removeprefix("@")), known.label, holds)
    elif known.label in _ORGANIZATION:
        if _begins(value, _FIRST_WORD, holds) and holds(compact(fold(core_of(value)))):
            yield from _organization(value, known.label, holds)
    elif known.label == "STREET_ADDRESS":
        if _begins(value, _HOUSE, holds):
            for written in addresses(value, lambda begun: holds(compact(fold(begun)))):
                yield from plain(fold(written), known.label, holds)
    else:
        yield from plain(fold(value), known.label, holds)
        if lettered := _LETTERED.fullmatch(fold(value)):
            yield from plain(lettered[1], known.label, holds)


def _begins(value: str, beginning: re.Pattern[str], holds: Holds) -> bool:
    """Whether the texts hold what all ways of writing a value begin with, where that can be told."""
    match = beginning.match(value)
    return match is None or holds(compact(fold(match[0])))


def _organization(value: str, label: str, holds: Holds) -> Iterator[Form]:
    """Yield a school's or employer's forms; one that is a word needs a capital or a word before it."""
    for written in organizations(value):
        folded = fold(written)
        yield from plain(folded, label, holds, is_named_thing if folded in _COMPANY_WORDS else None)


def _email(value: str, holds: Holds) -> Iterator[Form]:
    local, _, domain = fold(value).partition("@")
    if not holds(compact(local)):
        return
    for at, dot in (("@", "."), ("at", "."), ("at", "dot"), ("あっと", "."), ("あっと", "どっと")):
        if domain:
            yield from plain(f"{local} {at} {domain.replace('.', f' {dot} ')}", "EMAIL_ADDRESS", holds)
    if len(local) >= _MIN_LOCAL_PART:
        yield from plain(local, "USERNAME", holds)
