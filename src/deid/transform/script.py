"""Scripts: which one a text is in, and foldings under which spellings of one name are equal."""

import re
import unicodedata
from typing import Literal

from deid.detect.names.kana import to_hiragana
from deid.ingest.normalize import normalize

Language = Literal["ja", "en"]

_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\uff66-\uff9d"
_JAPANESE = re.compile(f"[{_HAN}{_KANA}]")
_KANJI = re.compile(f"[{_HAN}]")
_HIRAGANA = re.compile("[\u3041-\u3096]")
_KATAKANA = re.compile("[\u30a1-\u30fa\uff66-\uff9d]")
_LATIN = re.compile("[A-Za-z]")
_SAMPLE = 2000

# Kunrei (ISO 3602) and keyboard spellings to Hepburn ones, then long vowels to short ones.
_SPELLINGS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"sy", "sh"), (r"ty", "ch"), (r"[zj]y", "j"), (r"si", "shi"), (r"ti", "chi"), (r"tu", "tsu"),
        (r"(?<![sc])hu", "fu"), (r"zi", "ji"), (r"tch", "cch"), (r"m(?=[bmp])", "n"),
        (r"oh(?![aiueoy])", "o"), (r"o[ou]+", "o"), (r"uu+", "u"),
    )
)  # fmt: skip


def fold(text: str) -> str:
    """Return a text without case, width, kind of kana and invisible characters: ミサキ and みさき are one."""
    if text.isascii():
        return text.lower()
    return to_hiragana(normalize(text).text.casefold())


def fold_romaji(latin: str) -> str:
    """Return one spelling for the usual ways to romanize a name: Satou, Satoh, Satō and Sato are one."""
    if not latin.isascii():
        latin = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    folded = latin.casefold()
    for pattern, spelling in _SPELLINGS:
        folded = pattern.sub(spelling, folded)
    return folded


def is_japanese(text: str) -> bool:
    """Return whether a text holds a kana or a kanji."""
    return not text.isascii() and _JAPANESE.search(text) is not None


def has_kanji(text: str) -> bool:
    """Return whether a text holds a kanji."""
    return not text.isascii() and _KANJI.search(text) is not None


def has_hiragana(text: str) -> bool:
    """Return whether a text holds a hiragana."""
    return not text.isascii() and _HIRAGANA.search(text) is not None


def has_katakana(text: str) -> bool:
    """Return whether a text holds a katakana, half-width ones included."""
    return not text.isascii() and _KATAKANA.search(text) is not None


def language_of(text: str) -> Language:
    """Return the language most of a text is in, from its first 2,000 characters.

    A Japanese character counts as two letters, for it says about as much.
    """
    if text.isascii():
        return "en"
    sample = text[:_SAMPLE]
    return "ja" if 2 * len(_JAPANESE.findall(sample)) > len(_LATIN.findall(sample)) else "en"
