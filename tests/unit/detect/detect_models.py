"""Detectors that take a moment to load, once for all tests of a session."""

from collections.abc import Sequence
from functools import cache

from deid.detect.detector import DefaultDetector
from deid.detect.names.english import EnglishNames
from deid.detect.names.japanese import JapaneseNames
from deid.detect.spacy import SpacyNames
from deid.types import Span


@cache
def default() -> DefaultDetector:
    return DefaultDetector.default()


@cache
def fast() -> DefaultDetector:
    return DefaultDetector.default(use="fast")


@cache
def accurate() -> DefaultDetector:
    return DefaultDetector.default(use="accurate")


@cache
def japanese() -> JapaneseNames:
    return JapaneseNames.load()


@cache
def english() -> EnglishNames:
    return EnglishNames.load()


@cache
def spacy_names() -> SpacyNames:
    return SpacyNames.load()


def surfaces(text: str, spans: Sequence[Span]) -> list[tuple[str, str]]:
    """(surface, label) of each span."""
    return [(text[span.start : span.end], span.label) for span in spans]
