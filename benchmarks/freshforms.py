"""Surface forms of the ``fresh`` texts: how hands, phones, scanners and speech write a value.

A form is a pure function of a surface, a language and a generator. Groups are what stands between blanks,
dashes and dots; a surface of one long group is first cut into fours, as people do who read it aloud.
"""

import re
from collections.abc import Callable
from random import Random

from surfaces import fullwidth

Form = Callable[[str, str, Random], str]

_DASHES = {"en": "–‑‒−-", "ja": "ー－‐−–"}
_BLANKS = {"en": ("\u00a0", "  ", " - "), "ja": ("\u3000", "  ", "・")}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KANJI = "〇一二三四五六七八九"
_READ = ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_LONG = 8
_AT = {"en": (" at ", " (at) ", "[at]", " AT "), "ja": ("アットマーク", " (at) ", "★", "＠", "[アット]")}
_DOT = {"en": (" dot ", " (dot) ", "[.]", " DOT "), "ja": ("ドット", " . ", "[.]", "．")}


def groups(text: str) -> list[str]:
    """Return the groups of a surface; a single long one in fours."""
    found = re.findall(r"[^\s\-:.・()]+" if "/" not in text else r"[^\s.]+", text)
    if len(found) > 1 or len(text) < _LONG:
        return found
    return re.findall(r".{1,4}", found[0])


def _between(marks: Callable[[str, Random], str]) -> Form:
    def shape(text: str, language: str, rng: Random) -> str:
        return marks(language, rng).join(groups(text))

    return shape


def _joined(text: str, _language: str, _rng: Random) -> str:
    return re.sub(r"[\s\-.・()]", "", text)


def _spaced(text: str, _language: str, rng: Random) -> str:
    return rng.choice((" ", " ", "  ")).join(char for char in text if char.isalnum() or char == "+")


def _odd(text: str, _language: str, rng: Random) -> str:
    """Return groups of two or three, whatever the official ones are."""
    bare = _joined(text, "", rng)
    return rng.choice(" -").join(re.findall(rng.choice((".{1,2}", ".{1,3}")), bare))


def _broken(text: str, _language: str, rng: Random) -> str:
    """Return the surface with a line break between two of its groups, as narrow columns give."""
    cuts = [found.end() for found in re.finditer(r"[\s\-.,・/]+", text) if found.end() < len(text)]
    cut = rng.choice(cuts or [len(text) // 2])
    return f"{text[:cut].rstrip()}\n{text[cut:]}"


def _keycaps(text: str, _language: str, _rng: Random) -> str:
    """Return digits as keycap emoji (Unicode emoji sequences: digit, VS16, U+20E3)."""
    return "".join(f"{char}\ufe0f\u20e3" if char in "0123456789" else char for char in text)


def _spelled(text: str, language: str, rng: Random) -> str:
    plus = {"en": "plus ", "ja": "プラス"}[language] if text.startswith("+") else ""
    parts = groups(text.lstrip("+"))
    if language == "en":
        zero = rng.choice(("zero", "oh"))
        words = [" ".join(_word(char, zero) for char in part) for part in parts]
        return plus + rng.choice((" ", ", ", " dash ")).join(words)
    table = rng.choice((_KANJI, _KANJI, _READ))
    read = ["".join(table[int(char)] if char in "0123456789" else char for char in part) for part in parts]
    return plus + rng.choice(("の", "、", "の")).join(read)


def _word(char: str, zero: str) -> str:
    if char == "0":
        return zero
    return _WORDS[int(char)] if char in "0123456789" else char.upper()


def _said(text: str, language: str, rng: Random) -> str:
    """Return an address of the net with its signs said or hidden."""
    if "@" not in text:
        return text.replace("http", "hxxp", 1).replace(".", rng.choice(("[.]", "(.)", " dot ")))
    user, _, domain = text.partition("@")
    return user + rng.choice(_AT[language]) + domain.replace(".", rng.choice(_DOT[language]))


def _gapped(text: str, _language: str, rng: Random) -> str:
    """Return an address of the net with blanks round its signs, as phones' keyboards put them."""
    return text.replace("@", rng.choice((" @", "@ ", " @ "))).replace(".", rng.choice((" .", ". ")), 1)


def _han(text: str, _language: str, _rng: Random) -> str:
    """Return numbers in kanji digits, and hyphens between them as の."""
    kanji = re.sub(r"[0-9]", lambda found: _KANJI[int(found[0])], text)
    return re.sub(r"(?<=[〇一二三四五六七八九])-(?=[〇一二三四五六七八九])", "の", kanji)


SHAPES: dict[str, Form] = {
    "plain": lambda text, _language, _rng: text,
    "joined": _joined,
    "dots": _between(lambda _language, _rng: "."),
    "slashes": _between(lambda _language, rng: rng.choice(("/", " / "))),
    "dashes": _between(lambda language, rng: rng.choice(_DASHES[language])),
    "blanks": _between(lambda language, rng: rng.choice(_BLANKS[language])),
    "spaced": _spaced,
    "odd": _odd,
    "broken": _broken,
    "keycaps": _keycaps,
    "spelled": _spelled,
    "said": _said,
    "gapped": _gapped,
    "han": _han,
    "wide": lambda text, _language, _rng: fullwidth(text),
    "lower": lambda text, _language, _rng: text.lower(),
    "upper": lambda text, _language, _rng: text.upper(),
}

_NUMBER = ("joined", "dots", "slashes", "dashes", "blanks", "spaced", "odd", "broken", "wide", "spelled")
_LETTERED = ("joined", "dashes", "blanks", "spaced", "lower", "wide", "broken")
_ADDRESS = {"en": ("lower", "upper", "broken"), "ja": ("wide", "han", "blanks", "broken")}

FORMS: dict[str, tuple[str, ...]] = {
    "EMAIL_ADDRESS": ("said", "gapped", "wide", "upper"),
    "URL": ("said", "upper", "wide", "gapped", "broken"),
    "IP_ADDRESS": ("said", "wide", "gapped"),
    "USERNAME": ("wide", "upper"),
    "PHONE_NUMBER": (*_NUMBER, "keycaps"),
    "POSTAL_CODE": ("joined", "blanks", "dashes", "spaced", "wide", "spelled", "keycaps"),
    "ONE_TIME_CODE": ("spaced", "odd", "dashes", "wide", "spelled", "keycaps"),
    "CARD_SECURITY_CODE": ("spaced", "wide", "spelled", "keycaps"),
    **dict.fromkeys(
        ("PASSPORT", "DRIVER_LICENSE", "UK_NINO", "IN_PAN", "SG_NRIC", "ES_NIF", "IT_FISCAL_CODE", "TW_ID",
         "JP_RESIDENCE_CARD", "IBAN_CODE", "CN_RESIDENT_ID", "LICENSE_PLATE", "ACCOUNT_ID", "SHARE_CODE",
         "NATIONAL_ID"),
        _LETTERED,
    ),
    "DEVICE_ID": ("joined", "blanks", "spaced", "odd", "wide"),
    "MAC_ADDRESS": ("lower", "wide", "blanks", "dots"),
    "AD_ID": ("upper", "joined", "wide", "blanks", "broken"),
    **dict.fromkeys(("CRYPTO", "COOKIE_ID", "SECRET_KEY", "PASSWORD", "MEDIA"), ()),
}  # fmt: skip
"""Forms of a label beside ``plain``; whatever is not here is a number. Credentials come in kinds instead."""


def forms(label: str, language: str) -> tuple[str, ...]:
    """Return the forms that people write a label in."""
    own = _ADDRESS[language] if label == "STREET_ADDRESS" else FORMS.get(label, _NUMBER)
    return ("plain", *own)


def machine_forms(label: str, language: str) -> tuple[str, ...]:
    """Return the forms that programs and printed forms write a label in."""
    return tuple(form for form in ("plain", "joined") if form in forms(label, language))
