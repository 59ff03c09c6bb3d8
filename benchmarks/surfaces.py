"""Surface forms: how people write an identifier when they do not write it plainly.

Every form is a pure function of the plain surface. ``FORMS`` says which forms make sense for a label;
the forms of ``PLACES`` keep the surface plain and change only where it stands.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random

_ASCII_TO_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_HALF_KANA = {ord(unicodedata.normalize("NFKC", chr(code))): code for code in range(0xFF66, 0xFF9E)}
_HALF_KANA |= {0x3099: 0xFF9E, 0x309A: 0xFF9F}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KANJI = "〇一二三四五六七八九"
_AT = {
    "en": (" [at] ", "(at)", " at ", " AT "),
    "ja": ("あっと", " アット ", "(at)", "[at]", "＠"),
}
_DOT = {"en": (" dot ", "[dot]", "(dot)"), "ja": ("ドット", " dot ", "[dot]")}

POSITIONS = ("start", "end", "embedded")
HOLDERS = ("decorated", "punctuated", "markdown", "code", "json", "log", "multiline", "mixed")
"""What a value stands in: decoration, signs, markup, source, data, a log, several lines, two languages."""
PLACES = (*POSITIONS, *HOLDERS)
"""Forms that are templates of their own and leave the surface as it is."""


def fullwidth(text: str) -> str:
    """Return the full-width form of every ASCII character, the space included."""
    return text.translate(_ASCII_TO_WIDE)


def halfwidth(text: str) -> str:
    """Return katakana in half width, voicing marks as characters of their own."""
    return unicodedata.normalize("NFD", text).translate(_HALF_KANA)


def spaced(text: str) -> str:
    """Return digits one by one (``0 9 0 1``), or every character when there is no digit."""
    kept = [char for char in text if char.isdigit()] or [char for char in text if not char.isspace()]
    return _plus(text) + " ".join(kept)


def joined(text: str) -> str:
    """Return the surface without separators; a leading plus stays."""
    return _plus(text) + "".join(char for char in text if char.isalnum())


def _plus(text: str) -> str:
    return "+" if text.startswith("+") else ""


def spelled(text: str, language: str) -> str:
    """Return digits as words: English number words, or kanji numerals joined by の."""
    if language == "en":
        words = [_WORDS[int(char)] for char in text if char.isdigit()]
        return " ".join(["plus", *words] if _plus(text) else words)
    groups = "".join(_KANJI[int(char)] if char.isdigit() else " " for char in text).split()
    return ("プラス" if _plus(text) else "") + "の".join(groups)


def obfuscated(text: str, language: str, rng: Random) -> str:
    """Return an e-mail, address or URL with its signs written out or defanged."""
    if "@" in text:
        user, _, domain = text.partition("@")
        dot = rng.choice(_DOT[language])
        return user + rng.choice(_AT[language]) + domain.replace(".", dot)
    return text.replace("http", "hxxp", 1).replace(".", "[.]")


def separated(text: str, rng: Random) -> str:
    """Return the surface with dots, slashes, long dashes or blanks for its separators."""
    groups = re.findall(r"[^-\s().]+", text)
    return rng.choice((".", "/", "–", "ー", "  ")).join(groups)


def kanji(text: str) -> str:
    """Return an address with its numbers in kanji: 三丁目十二番五号."""
    return re.sub(r"[0-9]+", lambda match: in_kanji(int(match[0])), text)


def in_kanji(number: int) -> str:
    """Return a number in kanji: with 十 below 100, digit by digit above."""
    if number >= 100:
        return "".join(_KANJI[int(char)] for char in str(number))
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else f"{'' if tens == 1 else _KANJI[tens]}十"
    return ten + (_KANJI[ones] if ones or not tens else "")


def zero_width(text: str) -> str:
    """Return the surface with a zero-width space after its first and its middle character."""
    middle = max(2, len(text) // 2)
    return f"{text[:1]}\u200b{text[1:middle]}\u200b{text[middle:]}"


def shape(text: str, form: str, language: str, rng: Random) -> str:
    """Return ``text`` in one form; a form of ``PLACES`` leaves it as it is.

    Raises KeyError for a form nobody knows.
    """
    if form == "plain" or form in PLACES:
        return text
    if form == "spelled":
        return spelled(text, language)
    if form in _DRAWN:
        return obfuscated(text, language, rng) if form == "obfuscated" else separated(text, rng)
    return _SIMPLE[form](text)


_DRAWN = ("obfuscated", "separated")
_SIMPLE: dict[str, Callable[[str], str]] = {
    "fullwidth": fullwidth,
    "halfwidth": halfwidth,
    "spaced": spaced,
    "joined": joined,
    "upper": str.upper,
    "lower": str.lower,
    "zero_width": zero_width,
    "kanji": kanji,
}

_NUMBER = ("plain", *POSITIONS, "fullwidth", "spaced", "joined")
_CODE = ("plain", *POSITIONS, "fullwidth")
_SECRET = ("plain", *POSITIONS)

FORMS: dict[str, tuple[str, ...]] = {
    "EMAIL_ADDRESS": ("plain", *PLACES, "fullwidth", "obfuscated", "upper", "zero_width"),
    "PHONE_NUMBER": (*_NUMBER, *HOLDERS, "spelled", "separated", "zero_width"),
    "URL": ("plain", *PLACES, "obfuscated", "upper"),
    "IP_ADDRESS": ("plain", *PLACES, "fullwidth", "obfuscated"),
    "POSTAL_CODE": _CODE,
    "STREET_ADDRESS": (*_CODE, *HOLDERS),
    "USERNAME": (*_CODE, *HOLDERS),
    "ACCOUNT_ID": (*_CODE, *HOLDERS),
    "CREDIT_CARD": (*_NUMBER, *HOLDERS, "separated", "spelled"),
    "JP_MY_NUMBER": (*_NUMBER, *HOLDERS, "separated", "spelled"),
    "US_SSN": (*_NUMBER, *HOLDERS, "separated", "spelled"),
    "PASSPORT": (*_CODE, "lower"),
    "IBAN_CODE": (*_CODE, "joined", "lower"),
    "MAC_ADDRESS": (*_CODE, "lower"),
    "MEDIA": ("plain", *POSITIONS),
    **dict.fromkeys(("PASSWORD", "SECRET_KEY"), (*_SECRET, *HOLDERS)),
    **dict.fromkeys(("CRYPTO", "COOKIE_ID"), _SECRET),
}
DEFAULT_FORMS = _CODE


def forms(label: str, language: str) -> tuple[str, ...]:
    """Return the forms of a label in a language: only Japanese addresses have numbers in kanji."""
    own = FORMS.get(label, DEFAULT_FORMS)
    return (*own, "kanji") if (label, language) == ("STREET_ADDRESS", "ja") else own
