"""A text as a keyboard would have written it: one blank between words, a hyphen for every dash inside a value.

Word processors turn hyphens into dashes, and aligned or pasted text doubles its blanks; the patterns read
one of each. Blanks between two numbers may be columns: more than two of them stay.
"""

import re
from array import array

from deid.ingest.normalize import Normalized

_DASH = re.compile("(?<=[0-9A-Za-z])[‐‑‒–−](?=[0-9A-Za-z])|(?<=[0-9])[—―](?=[0-9])")
_BLANKS = re.compile("(?<=[0-9])  (?=[0-9])|(?<=[^0-9 ]) {2,}|(?<=[0-9]) {2,}(?=[^0-9 ])")


def plain(normal: Normalized) -> Normalized | None:
    """Return the plain reading of a normalised text; None where it is that already. Linear."""
    text = normal.text if normal.text.isascii() else _DASH.sub("-", normal.text)
    if "  " in text:
        return _single(normal, text)
    return Normalized(text, normal.offsets) if text != normal.text else None


def _single(normal: Normalized, text: str) -> Normalized:
    starts, ends = array("q"), array("q")
    at = 0
    for blanks in _BLANKS.finditer(text):
        first, after = blanks.span()
        _copy(normal, range(at, first), starts, ends)
        start, end = normal.original(first, after)
        starts.append(start)
        ends.append(end)
        at = after
    _copy(normal, range(at, len(text)), starts, ends)
    return Normalized(_BLANKS.sub(" ", text), (starts, ends))


def _copy(normal: Normalized, places: range, starts: "array[int]", ends: "array[int]") -> None:
    """Append where some characters of a normalised text came from."""
    known, one_past = normal.offsets or (places, range(places.start + 1, places.stop + 1))
    cut = slice(places.start, places.stop) if normal.offsets is not None else slice(None)
    starts.extend(known[cut])
    ends.extend(one_past[cut])
