"""Canonical values: two surfaces of one label with the same canonical value are one identity."""

import re
from ipaddress import ip_address

from deid.labels import LABELS, LabelClass
from deid.transform.ages import range_text, read_age
from deid.transform.dates import coarsen_iso
from deid.transform.names import join_key, parse_person
from deid.transform.script import fold, has_kanji

# Patterns read folded text: small letters, hiragana for every kana.
_AT = re.compile(r"\s*[\[({<]\s*(?:at|a|あっと|@)\s*[\])}>]\s*|\s+at\s+|\s*あっと(?:まーく)?\s*")
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|どっと|\.)\s*[\])}>]\s*|\s+dot\s+|\s*どっと\s*")
_NOT_PHONE = re.compile(r"[^0-9+]")
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TRUNK = re.compile(r"^\+(?:81|44)0?")
_NANP_DIGITS = 11
_NOT_WORD = re.compile(r"[\W_]+")
_SPACE = re.compile(r"\s+")
_DASH = re.compile(r"[‐‑‒–—−ー－]")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_DEFANGED = re.compile(r"[\[(]([.:])[\])]")


def canonical(label: str, surface: str) -> str:
    """Return the value a surface stands for, whatever way it is written.

    Never empty: a surface with nothing left stands for itself.
    """
    if label == "PERSON":
        return join_key(parse_person(surface).keys) or surface
    folded = fold(surface)
    return _CANONICAL.get(label, _default)(folded) or folded or surface


def _email(folded: str) -> str:
    address = _DOT.sub(".", _AT.sub("@", folded))
    return _SPACE.sub("", address).removeprefix("mailto:")


def _phone(folded: str) -> str:
    """Return the national number: digits, with the trunk 0 for +81 and +44, without the 1 of +1."""
    if has_kanji(folded):
        folded = folded.translate(_KANJI_DIGITS)
    digits = _NOT_PHONE.sub("", folded)
    if not digits.startswith("+"):
        digits = digits.replace("+", "")
        return digits[1:] if len(digits) == _NANP_DIGITS and digits.startswith("1") else digits
    return _TRUNK.sub("0", digits).removeprefix("+1").replace("+", "")


def _number(folded: str) -> str:
    """Return letters and digits only: groupings of one number are one."""
    return _NOT_WORD.sub("", folded)


def _address(folded: str) -> str:
    return _SPACE.sub("", _DASH.sub("-", folded))


def _url(folded: str) -> str:
    return _SCHEME.sub("", _SPACE.sub("", folded)).rstrip("/")


def _username(folded: str) -> str:
    return folded.strip().removeprefix("@")


def _ip(folded: str) -> str:
    """Return the shortest form of an address (RFC 5952); what is none, such as a network, as it stands."""
    written = _SPACE.sub("", _DEFANGED.sub(r"\1", folded))
    try:
        return ip_address(written).compressed
    except ValueError:
        return written


def _date(folded: str) -> str:
    """Return a date in ISO 8601; one without a year as it is written."""
    return coarsen_iso(folded, "day") or _default(folded)


def _age(folded: str) -> str:
    years = read_age(folded)
    return _default(folded) if years is None else range_text(years)


def _default(folded: str) -> str:
    return " ".join(folded.split())


_NUMBERS = ("POSTAL_CODE", "MAC_ADDRESS", "LICENSE_PLATE", "DEVICE_ID", "AD_ID", "ACCOUNT_ID")
_CANONICAL = {
    **dict.fromkeys(_NUMBERS, _number),
    **{
        name: _number for name, label in LABELS.items() if label.cls in (LabelClass.CODE, LabelClass.PROPERTY)
    },
    "DATE_OF_BIRTH": _date,
    "AGE": _age,
    "EMAIL_ADDRESS": _email,
    "PHONE_NUMBER": _phone,
    "STREET_ADDRESS": _address,
    "URL": _url,
    "USERNAME": _username,
    "IP_ADDRESS": _ip,
}
