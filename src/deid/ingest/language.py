"""Which name detectors a text needs, by its script: kana or Han is Japanese, Latin words are English."""

import re

_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\u3005]")
_LATIN = re.compile("[A-Za-z\uff21-\uff3a\uff41-\uff5a]{2}")


# At least three words in Latin letters.
_PASSAGE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ ,.!?;:\-]{1,3}[A-Za-z][A-Za-z'’]*){2,}")


def english_passages(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of a text's passages of at least three words in Latin letters."""
    return [match.span() for match in _PASSAGE.finditer(text)]


def language_of(text: str) -> str:
    """Return ``ja``, ``en``, or ``""`` for a text with neither script."""
    if not text.isascii() and _JAPANESE.search(text):
        return "ja"
    return "en" if _LATIN.search(text) else ""
