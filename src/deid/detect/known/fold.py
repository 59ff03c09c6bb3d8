"""One spelling for the searches of known values: width, case, kind of kana and accents do not count.

Every step after NFKC keeps the number of characters, so that offsets lead back to the original.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from deid.ingest.normalize import Normalized, normalize, one_for_one, plainly


def _base(code: int) -> str:
    """Return the letter of an accented Latin one, or the character itself."""
    base = unicodedata.normalize("NFD", chr(code))[0]
    return base if base.isascii() and base.isalpha() else chr(code)


# Old and variant characters of family names, and the usual ones (list of 人名用漢字 variants, hand-picked).
_OLD = "髙﨑邊邉齋齊廣濵濱澤嶋國惠眞瀧櫻龍德冨槇圓榮學壽條藏豐邦彌萬來淵渕嵜"
_NEW = "高崎辺辺斎斉広浜浜沢島国恵真滝桜竜徳富槙円栄学寿条蔵豊邦弥万来渕渕崎"

_FOLDED: dict[int, str] = str.maketrans(
    {
        **{code: _base(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))},
        **{ord(c): plain for c, plain in zip("øłđı", "oldi", strict=True)},
        **{ord(old): new for old, new in zip(_OLD, _NEW, strict=True)},
        **{code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)},
    }
)
_PLANE = 1 << 16  # all that is folded lies in the first plane
_TABLE = np.arange(_PLANE, dtype=np.uint32)
_TABLE[list(_FOLDED)] = [ord(plain) for plain in _FOLDED.values()]
_MANY = 64  # characters from which on a table of all is faster
_SEPARATORS = re.compile(r"(?:[\s\-‐‑‒–—−・･._/=＝()\[\]<>&'’#,、]|(?<=[0-9])ー(?=[0-9]))+")
_BETWEEN = frozenset(filter(_SEPARATORS.fullmatch, map(chr, range(128))))
_SEPARATES = dict.fromkeys(map(ord, _BETWEEN))
_UNFOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}]")
_KANJI = re.compile("[一-龥々〆ヶ]")
_MAX_GAP = 3


@dataclass(frozen=True, slots=True)
class Folded:
    """A text for searching.

    normal : the text normalised, its case and kana as written.
    text   : the same, folded; as many characters.
    """

    normal: Normalized = field(repr=False)
    text: str = field(repr=False)

    def tail(self, at: int, size: int) -> str:
        """Return up to ``size`` folded characters before an offset of ``text``."""
        return self.text[max(0, at - size) : at]


def fold_text(text: str) -> Folded:
    """Return a text folded. Linear."""
    normal = normalize(text)
    return Folded(normal, fold(normal.text))


def fold_together(texts: Sequence[str]) -> str:
    """Return texts folded, without the way back to the originals, and NUL between them. Linear."""
    whole = "\0".join(texts)
    if (same := plainly(whole)) is not None and whole.count("\0") < len(texts):  # most often
        return fold(same)
    forms = (one_for_one(text) for text in texts)
    plain = (normalize(text).text if form is None else form for text, form in zip(texts, forms, strict=True))
    return fold("\0".join([form.replace("\0", " ") if "\0" in form else form for form in plain]))


def compact(folded: str) -> str:
    """Return a folded text without what may stand between the parts of a value."""
    if folded.isascii():
        return folded.translate(_SEPARATES)
    return folded if folded.isalpha() else _SEPARATORS.sub("", folded)


def positions(folded: str) -> Sequence[int]:
    """Return the offset in a folded text of each character of its compact form."""
    if folded.isascii():
        return [at for at, character in enumerate(folded) if character not in _BETWEEN]
    kept: list[int] = []
    start = 0
    for gap in _SEPARATORS.finditer(folded):
        kept.extend(range(start, gap.start()))
        start = gap.end()
    kept.extend(range(start, len(folded)))
    return kept


def fold(normalized: str) -> str:
    """Return a normalised text in small letters without accents, katakana as hiragana; length is kept."""
    lowered = normalized.lower()
    if len(lowered) != len(normalized):
        # A few capitals lower to two characters; offsets matter more than their case.
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in normalized)
    if lowered.isascii() or _UNFOLDED.search(lowered) is None:
        return lowered
    return lowered.translate(_FOLDED) if len(lowered) < _MANY else _looked_up(lowered)


def _looked_up(text: str) -> str:
    """Return a long text with its characters replaced, as ``str.translate`` does."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    found = np.where(codes < _PLANE, _TABLE[np.minimum(codes, _PLANE - 1)], codes)
    return found.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def squeeze(folded: str) -> tuple[str, frozenset[int]]:
    """Return a folded value without separators, and the offsets where they stood."""
    # Most values are words alone, and no separator is a letter.
    split = folded.split(" ") if folded.replace(" ", "").isalpha() else _SEPARATORS.split(folded)
    parts = [part for part in split if part]
    cuts, length = set(), 0
    for part in parts[:-1]:
        length += len(part)
        cuts.add(length)
    return "".join(parts), frozenset(cuts)


def may_part(before: str, after: str, gap: str, *, at_cut: bool) -> bool:
    """Whether a separator may stand between two characters of one value.

    at_cut : the value itself is parted there.
    """
    if at_cut:
        return len(gap) <= _MAX_GAP
    if "," in gap or "、" in gap:
        return False
    if gap in ("'", "’"):
        return before == "n" and after in "aiueoy"  # Ken'ichi
    if before.isdigit() and after.isdigit():
        return len(gap) <= _MAX_GAP
    if _KANJI.match(before) or _KANJI.match(after):
        return len(gap) == 1 and (gap.isspace() or gap == "・")
    return False
