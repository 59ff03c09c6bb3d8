"""Words run together, as handles and passwords are made: «velvetkettle» is no word, and its halves are."""

import re
from collections.abc import Sequence

from deid.detect.odd.lexicon import Lexicon

_LONG = re.compile(r"(?<![0-9A-Za-z_@/.:#'’-])[A-Za-z]{8,24}(?![0-9A-Za-z_@/:'’-]|\.[A-Za-z])")
_SHORTEST, _LONGEST = 8, 24
_PART, _SHORT_PART = 4, 3  # letters of a half, and of one in most common use


def is_compound(word: str, lexicon: Lexicon) -> bool:
    """Whether a word in lower case is in no use and two words that are make it."""
    if not _SHORTEST <= len(word) <= _LONGEST or lexicon.is_known(word):
        return False
    if not word.isascii():
        cuts = range(_SHORT_PART, len(word) - _SHORT_PART + 1)
        return any(_is_half(word[:cut], lexicon) and _is_half(word[cut:], lexicon) for cut in cuts)
    if lexicon.is_common(word[:_SHORT_PART]) and _is_half(word[_SHORT_PART:], lexicon):
        return True
    return any(_is_half(word[cut:], lexicon) for cut in lexicon.heads(word, _PART, len(word) - _SHORT_PART))


def hold_compounds(texts: Sequence[str], lexicon: Lexicon) -> list[bool]:
    """Return which of some texts hold words run together that stand alone."""
    return [any(is_compound(word.lower(), lexicon) for word in _LONG.findall(text)) for text in texts]


def _is_half(part: str, lexicon: Lexicon) -> bool:
    return lexicon.is_known(part) if len(part) >= _PART else lexicon.is_common(part)
