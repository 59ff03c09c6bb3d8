"""Surface forms: how people write an identifier when they do not write it plainly.

Every form is a pure function of the plain surface. ``FORMS`` says which forms make sense for a label;
the position forms (start, end, embedded) keep the surface plain and change only where it stands.
"""

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


def zero_width(text: str) -> str:
    """Return the surface with a zero-width space after its first and its middle character."""
    middle = max(2, len(text) // 2)
    return f"{text[:1]}\u200b{text[1:middle]}\u200b{text[middle:]}"


def shape(text: str, form: str, language: str, rng: Random) -> str:
    """Return ``text`` in one form; a position form leaves it as it is.

    Raises KeyError for a form nobody knows.
    """
    if form == "plain" or form in POSITIONS:
        return text
    if form == "spelled":
        return spelled(text, language)
    if form == "obfuscated":
        return obfuscated(text, language, rng)
    return _SIMPLE[form](text)


_SIMPLE: dict[str, Callable[[str], str]] = {
    "fullwidth": fullwidth,
    "halfwidth": halfwidth,
    "spaced": spaced,
    "joined": joined,
    "upper": str.upper,
    "lower": str.lower,
    "zero_width": zero_width,
}

_NUMBER = ("plain", *POSITIONS, "fullwidth", "spaced", "joined")
_CODE = ("plain", *POSITIONS, "fullwidth")
_SECRET = ("plain", *POSITIONS)

FORMS: dict[str, tuple[str, ...]] = {
    "EMAIL_ADDRESS": ("plain", *POSITIONS, "fullwidth", "obfuscated", "upper", "zero_width"),
    "PHONE_NUMBER": (*_NUMBER, "spelled", "zero_width"),
    "URL": ("plain", *POSITIONS, "obfuscated", "upper"),
    "IP_ADDRESS": ("plain", *POSITIONS, "fullwidth", "obfuscated"),
    "POSTAL_CODE": _CODE,
    "STREET_ADDRESS": _CODE,
    "USERNAME": _CODE,
    "CREDIT_CARD": _NUMBER,
    "JP_MY_NUMBER": _NUMBER,
    "US_SSN": _NUMBER,
    "PASSPORT": (*_CODE, "lower"),
    "IBAN_CODE": (*_CODE, "joined", "lower"),
    "MAC_ADDRESS": (*_CODE, "lower"),
    "MEDIA": ("plain", *POSITIONS),
    **dict.fromkeys(("PASSWORD", "SECRET_KEY", "CRYPTO", "COOKIE_ID"), _SECRET),
}
DEFAULT_FORMS = _CODE
