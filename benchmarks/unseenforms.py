"""Surface forms of the family ``unseen``: the names of ``surfaces.py``, other ways of writing.

No pattern is written against these.
"""

import re
from collections.abc import Callable
from random import Random

from surfaces import PLACES, fullwidth, in_kanji

_EN_DIGITS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KANA_DIGITS = ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_KANJI_DIGITS = "零一二三四五六七八九"
_DIGITS = re.compile(r"[0-9]+")
_AT = {
    "en": ("[AT]", " (a) ", "<at>", " -at- ", " @ ", "(@)", " at-sign "),
    "ja": ("アットマーク", "＠マーク", "(アット)", " @ ", "【at】", "★"),
}
_DOT = {
    "en": ("[.]", " DOT ", "(.)", " . ", "<dot>", "."),
    "ja": ("(ドット)", "どっと", "【dot】", "．", "(.)", "."),
}


def shape(text: str, form: str, language: str, rng: Random) -> str:
    """Return ``text`` in one form; a form of ``PLACES`` leaves it as it is.

    Raises KeyError for a form nobody knows.
    """
    return text if form == "plain" or form in PLACES else _FORMS[form](text, language, rng)


def _fullwidth(text: str, _: str, rng: Random) -> str:
    """Return the digits and letters in full width, the signs too or not."""
    if rng.random() < 0.5:
        return "".join(fullwidth(char) if char.isalnum() else char for char in text)
    return fullwidth(text).replace("－", rng.choice("－ー−‐"))


def _spaced(text: str, _: str, rng: Random) -> str:
    """Return digits in pairs, or one by one between blanks, dots or hyphens."""
    plus = "+" if text.startswith("+") else ""
    digits = "".join(char for char in text if char.isdigit())
    if not digits or rng.random() < 0.4:
        kept = digits or "".join(text.split())
        return plus + rng.choice(("  ", "-", " - ", "・")).join(kept)
    return plus + " ".join(digits[index : index + 2] for index in range(0, len(digits), 2))


def _joined(text: str, _: str, __: Random) -> str:
    return ("+" if text.startswith("+") else "") + "".join(char for char in text if char.isalnum())


def _spelled(text: str, language: str, rng: Random) -> str:
    """Return digits as they are dictated: oh, double five; ゼロきゅうゼロ; 零九零."""
    groups = _DIGITS.findall(text)
    if language == "ja":
        words: tuple[str, ...] = rng.choice((_KANA_DIGITS, tuple(_KANJI_DIGITS)))
        return rng.choice(("、", "の", " ")).join(
            "".join(words[int(char)] for char in group) for group in groups
        )
    return rng.choice((", ", " ", " - ")).join(_dictated(group) for group in groups)


def _dictated(group: str) -> str:
    runs = re.findall(r"(([0-9])\2?)", group)
    said = (
        f"double {_EN_DIGITS[int(char)]}" if len(run) == 2 else _EN_DIGITS[int(char)] for run, char in runs
    )
    return " ".join(said)


def _separated(text: str, _: str, rng: Random) -> str:
    groups = re.findall(r"[^-\s().]+", text)
    return rng.choice((" / ", "_", "−", "‐", "．", "・", ") ")).join(groups)


def _obfuscated(text: str, language: str, rng: Random) -> str:
    """Return an e-mail with its at sign replaced, a URL or address defanged in a vendor's way."""
    if "@" in text and "://" not in text:
        user, _, domain = text.rpartition("@")
        return user + rng.choice(_AT[language]) + domain.replace(".", rng.choice(_DOT[language]))
    head, found, tail = text.partition("://")
    if not found:
        return text.replace(".", rng.choice(("(.)", "[dot]", " . ")))
    return rng.choice(
        (f"{head}[://]{tail}", f"{head} ://{tail}", f"{head}[:]//{tail.replace('.', '[.]', 1)}")
    )


def _upper(text: str, _: str, __: Random) -> str:
    return text[:1].upper() + text[1:].swapcase()


def _lower(text: str, _: str, __: Random) -> str:
    return text.lower()


def _zero_width(text: str, _: str, rng: Random) -> str:
    """Return the surface with an invisible character after every third one."""
    mark = rng.choice(("\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"))
    return mark.join(text[index : index + 3] for index in range(0, len(text), 3))


def _kanji(text: str, _: str, rng: Random) -> str:
    """Return an address with numbers in kanji, with units or digit by digit."""
    plain = rng.random() < 0.5
    return _DIGITS.sub(lambda match: _by_digit(match[0]) if plain else in_kanji(int(match[0])), text)


def _by_digit(number: str) -> str:
    return "".join("〇一二三四五六七八九"[int(char)] for char in number)


_FORMS: dict[str, Callable[[str, str, Random], str]] = {
    "fullwidth": _fullwidth,
    "spaced": _spaced,
    "joined": _joined,
    "spelled": _spelled,
    "separated": _separated,
    "obfuscated": _obfuscated,
    "upper": _upper,
    "lower": _lower,
    "zero_width": _zero_width,
    "kanji": _kanji,
}
