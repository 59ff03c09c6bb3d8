"""A text as a keyboard would have written it: one blank between words, a hyphen for every dash inside a value.

Word processors turn hyphens into dashes, and aligned or pasted text doubles its blanks; the patterns read
one of each. Blanks between two numbers may be columns: more than two of them stay.
"""

import re
from array import array

from deid.ingest.normalize import Normalized

_ANY_DASH = re.compile("[‐‑‒–−—―]")
_DASH = re.compile("(?<=[0-9A-Za-z])[‐‑‒–−](?=[0-9A-Za-z])|(?<=[0-9])[—―](?=[0-9])")
_BLANKS = re.compile(  # begins with what is rare, so that ``re`` steps from one place to the next
    "  (?<=[^ ]  )(?:(?<=[0-9]  )(?:(?=[0-9])| *(?=[^0-9 ]))|(?<=[^0-9]  ) *)"
)


def plain_text(text: str) -> str | None:
    """Return the plain reading of a normalised text; None where it is that already. Linear."""
    form = text if text.isascii() or _ANY_DASH.search(text) is None else _DASH.sub("-", text)
    if "  " in form:
        form = _BLANKS.sub(" ", form)
    return form if form != text else None


def plain(normal: Normalized) -> Normalized | None:
    """Return the plain reading with its way back to the original; None where the text is plain already. Linear."""
    form = plain_text(normal.text)
    if form is None:
        return None
    if len(form) == len(normal.text):
        return Normalized(form, normal.offsets)
    starts, ends = array("q"), array("q")
    at = 0
    # No dash that is written otherwise stands beside a blank.
    for blanks in _BLANKS.finditer(normal.text):
        first, after = blanks.span()
        normal.append_origins(at, first, starts, ends)
        start, end = normal.original(first, after)
        starts.append(start)
        ends.append(end)
        at = after
    normal.append_origins(at, len(normal.text), starts, ends)
    return Normalized(form, (starts, ends))
