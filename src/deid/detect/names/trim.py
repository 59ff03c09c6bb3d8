"""What a tagger's spans lose before they count: signs at their ends, and words that only announce a value."""

import re
from collections.abc import Iterable

from deid.detect.names.words import read_words
from deid.types import Span

# A particle behind a word in kanji or katakana: «青森の».
_PARTICLE = re.compile(r"[一-龥々ァ-ヴー][のはがをにとでも]\Z")
_NO_NAMES = read_words("identifier_words") | read_words("common_words_en") | read_words("common_words_ja")


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans without what is neither letter nor digit at their ends, and without a last particle.

    A span without a letter is left out, and so is one that is a word for a kind of identifier («IBAN») or a
    common word that taggers take for a person («sudo», 「ピーマン」).
    """
    kept = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".ー々":
            end -= 1
        if _PARTICLE.search(text, start, end):
            end -= 1
        surface = text[start:end]
        if any(map(str.isalpha, surface)) and surface.casefold() not in _NO_NAMES:
            kept.append(Span(start, end, span.label, span.score, span.source))
    return kept
