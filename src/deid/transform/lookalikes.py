"""Text that looks like one of our tags but was typed by someone: found, and escaped.

A look-alike is a bracketed word of our tags, with a number, a token or nothing after it, in any case and
width, white space and invisible characters allowed: ``[PERSON_1]``, ``［ｐｅｒｓｏｎ＿１］``, ``[ secret ]``.
Escaping turns its two brackets into ⟦ and ⟧ (U+27E6, U+27E7), which no tag has: lengths stay, a reader still
sees what was typed, and nobody can plant a placeholder in a release.
"""

import re
from collections.abc import Collection, Iterator

from deid.ingest.normalize import normalize
from deid.transform.operators import TAG_WORDS

OPENED, CLOSED = "\u27e6", "\u27e7"

_OPENING, _CLOSING = "\\[［【〔﹇", "\\]］】〕﹈"
# 600 characters hold every tag, a two-way token of 256 bytes among them, with room for white space.
_BRACKETED = re.compile(f"[{_OPENING}]([^{_OPENING}{_CLOSING}]{{1,600}})[{_CLOSING}]")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[_\-]?(?:[0-9]*|[A-Z2-7]{20,})$")


def find_lookalikes(text: str, ours: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the range of each bracketed tag word, brackets included, in order; none overlap.

    ours : ranges that we wrote ourselves; one that is exactly a tag is not a look-alike.
    """
    for match in _BRACKETED.finditer(text):
        if match.span() not in ours and _is_tag_word(match[1]):
            yield match.span()


def _is_tag_word(inner: str) -> bool:
    word = _SPACE.sub("", normalize(inner).text).upper()
    return _NUMBER.sub("", word) in TAG_WORDS
