"""Normalisation for detection: one spelling of every character, and the way back to the original.

Detectors read the normalised text; spans are reported in the original. NFKC turns full-width and
half-width forms, ligatures and circled digits into plain ones (Unicode Standard Annex 15). Characters
without a glyph of their own (zero-width, bidirectional marks, variation selectors, the keycap ring)
are dropped, since they split an identifier without a reader noticing. An unpaired surrogate becomes
U+FFFD, so that every normalised text can be encoded.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_KEYCAP = "\u20e3"
_RING = re.compile(f"[{_INVISIBLE}]*{_KEYCAP}")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_DIRTY = re.compile(f"[{_INVISIBLE}\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# All characters that may merge with the one before them, and many that do not.
_MAY_ATTACH = (
    "^\x00-\u02ff\u1e00-\u20cf\u2100-\u2cee\u2e80-\u3029\u3030-\u3098\u309b-\u3130\u3190-\ua66e\uac00-\ud7a3"
    "\ue000-\ufb1d\ufe30-\uff9d\uffe0-\uffff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
STABLE = "\x00-\x7f\u2018-\u201d\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\U0001f300-\U0001faff"
"""Some of the characters that NFKC leaves as they are, as ranges."""

# What becomes one plain character, which does not merge with another: the full-width forms of ASCII.
_WIDE = "\u3000\uff01-\uff5e"
_IS_STABLE = re.compile(f"[{STABLE}]*+")
_IS_ONE_FOR_ONE = re.compile(f"[{STABLE}{_WIDE}]*+")
_ATTACHING = re.compile(f"[{_MAY_ATTACH}]")
_PIECE = re.compile(f"(?P<stable>[{STABLE}]+)(?![{_MAY_ATTACH}])|.[{_MAY_ATTACH}]*", re.DOTALL)
# Starters that nevertheless merge with the character before them: NFC_Quick_Check=Maybe with
# combining class 0, Unicode 14 to 16 (DerivedNormalizationProps.txt).
_MERGING = frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000113b8\U000113bb\U000113c2\U000113c5\U000113c7\U000113c9\U000114b0"
    "\U000114ba\U000114bd\U000115af\U0001611e\U00016129\U0001611f\U00016120\U00011930\U00016d67"
) | frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised text and where each of its characters came from.

    offsets : None when character i of the text is character i of the original; else two arrays of
              code-point offsets, where the original of each character starts and where it ends.
    """

    text: str = field(repr=False)
    offsets: tuple["array[int]", "array[int]"] | None = field(default=None, repr=False)

    def append_origins(self, start: int, end: int, starts: "array[int]", ends: "array[int]") -> None:
        """Append where the characters of the range ``[start, end)`` begin and end in the original."""
        if self.offsets is None:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend(self.offsets[0][start:end])
            ends.extend(self.offsets[1][start:end])

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the original range of the non-empty normalised range ``[start, end)``.

        A character that came from several covers all of them, and several that came from one give
        that one, so the result never cuts a character of either text.
        """
        if self.offsets is None:
            return start, end
        starts, ends = self.offsets
        return starts[start], ends[end - 1]

    def normalised(self, start: int, end: int) -> tuple[int, int]:
        """Return the normalised range that comes, if only in part, from ``[start, end)`` of the original."""
        if self.offsets is None:
            return start, end
        starts, ends = self.offsets
        return bisect_right(ends, start), bisect_left(starts, end)


def one_for_one(text: str) -> str | None:
    """Return the normalised form of a text whose characters all keep their places; None for other texts.

    Most chat is such a text; it may be one without being told from the others.
    """
    if text.isascii():
        return text
    if _IS_ONE_FOR_ONE.fullmatch(text) is None:
        return None
    form = text.replace("！", "!").replace("？", "?")  # nearly all that Japanese chat has of them
    return form if _IS_STABLE.fullmatch(form) is not None else unicodedata.normalize("NFKC", form)


def plainly(text: str) -> str | None:
    """Return the normalised form of a text that nearly has it, soon told; None for other texts."""
    if text.isascii():
        return text
    form = text.replace("！", "!").replace("？", "?")
    return form if unicodedata.is_normalized("NFKC", form) and _DIRTY.search(form) is None else None


def normalize(text: str) -> Normalized:
    """Return the NFKC form of ``text`` without invisible characters. Linear; ASCII costs nothing."""
    form = one_for_one(text)
    if form is not None:
        return Normalized(form)
    if _DIRTY.search(text) is not None:
        return _normalize_dirty(text)
    if unicodedata.is_normalized("NFKC", text):
        return Normalized(text)
    form = unicodedata.normalize("NFKC", text)
    if len(form) == len(text) and _ATTACHING.search(text) is None:
        return Normalized(form)
    return Normalized(form, _offsets(text, range(len(text) + 1)))


def _normalize_dirty(text: str) -> Normalized:
    clean = _SURROGATE.sub("\ufffd", text)
    if _DROPPED.search(clean) is None:
        return normalize(clean)
    kept = array("q", (i for i, char in enumerate(clean) if _DROPPED.match(char) is None))
    form = _DROPPED.sub("", clean)
    offsets = _offsets(form, kept)
    if _KEYCAP in clean:
        offsets[1][:] = array("q", (_ringed(clean, end) for end in offsets[1]))
    return Normalized(unicodedata.normalize("NFKC", form), offsets)


def _ringed(clean: str, end: int) -> int:
    """Return the end of a character with its key's ring: digit, U+FE0F, U+20E3 (Unicode emoji sequences)."""
    ring = _RING.match(clean, end)
    return ring.end() if ring else end


def _offsets(clean: str, origin: "array[int] | range") -> "tuple[array[int], array[int]]":
    """Map each character of the normalised form of ``clean`` through ``origin`` to the original."""
    starts, ends = array("q"), array("q")
    parts: dict[str, list[tuple[int, int, int]]] = {}
    for piece in _PIECE.finditer(clean):
        if piece["stable"] is not None:
            positions = origin[piece.start() : piece.end()]
            starts.extend(positions)
            ends.extend(position + 1 for position in positions)
            continue
        surface, at = piece.group(), piece.start()
        if surface not in parts:
            parts[surface] = list(_segments(surface))
        for start, end, length in parts[surface]:
            first, last = origin[at + start], origin[at + end - 1]
            starts.extend([first] * length)
            ends.extend([last + 1] * length)
    return starts, ends


def _segments(piece: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, normalised length) of the shortest parts that normalise independently."""
    start, size = 0, len(piece)
    while start < size:
        end = start + 1
        while end < size and _attaches(piece[end]):
            end += 1
        yield start, end, len(unicodedata.normalize("NFKC", piece[start:end]))
        start = end


def _attaches(char: str) -> bool:
    """Say whether a character may merge or reorder with the one before it."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.combining(first) != 0 or first in _MERGING
