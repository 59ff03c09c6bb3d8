"""Texts as other people's models can read them: whole Unicode, and not longer than they take."""

import re
from collections.abc import Iterator

_SURROGATE = re.compile("[\ud800-\udfff]")


def readable_pieces(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) of a text: no half of a surrogate pair, cut between words where there are any."""
    readable = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    start = 0
    while len(readable) - start > longest:
        space = readable.rfind(" ", start, start + longest)
        end = space if space > start else start + longest
        yield start, readable[start:end]
        start = end
    yield start, readable[start:]


def has_letter(text: str) -> bool:
    """Whether there is anything in a text that a name could be made of."""
    return any(map(str.isalpha, text))
