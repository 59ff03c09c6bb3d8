"""Surrogates that can reach nobody: each is drawn from a range reserved for fiction or never assigned.

========================  ======================================================================
e-mail, URL               example.com, .net, .org: RFC 2606, section 3
telephone, North America  555-0100 to 555-0199 of an area code: NANPA, 555 line numbers
telephone, United Kingdom 020 7946 0xxx, 07700 900xxx, 01632 960xxx: Ofcom, numbers for drama use
telephone, Japan          no range is reserved; 090-0xxx-xxxx is never assigned, since the digit after
                          090 is 1 to 9 (MIC telecommunications numbering plan, mobile numbers)
IP                        192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24: RFC 5737; 2001:db8::/32: RFC 3849
MAC                       00:00:5E:00:53:xx: RFC 7042, section 2.1.2
postal code               Japan 000-xxxx (codes begin at 001); United States 000xx (ZIP codes begin at
                          005); otherwise ZZ99 xZZ (ONS pseudo postcodes)
address                   streets and towns called Example, in Japanese 架空 (imaginary)
========================  ======================================================================
"""

import re
from collections.abc import Callable, Mapping

from deid.transform.pools import english, japanese
from deid.transform.script import fold, is_japanese

_DOMAINS = ("example.com", "example.net", "example.org")
_AREA_CODES = ("202", "212", "303", "312", "404", "415", "503", "617", "702", "808")
_UK_RANGES = ("0207946{:04d}", "07700900{:03d}", "01632960{:03d}")
_NETS = ("192.0.2.{}", "198.51.100.{}", "203.0.113.{}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_JP_MOBILE = re.compile(r"0[2-9]0[0-9]{8}")
_GROUPING = re.compile(r"[0-9０-９+＋().（）‐‑–－ー/\s-]+")
_DIGIT = re.compile(r"[0-9０-９]")

Draw = Callable[[str, int], str]
"""From a canonical value, whose country or script counts, and a number: the next number gives another."""


def _email(canonical: str, number: int) -> str:
    pool = japanese() if canonical.endswith(".jp") else english()
    number, given = divmod(number, len(pool.given))
    number, family = divmod(number, len(pool.family))
    number, digits = divmod(number, 90)
    local = f"{pool.given[given].latin}.{pool.family[family].latin}{digits + 10}".lower()
    return f"{local}@{_DOMAINS[number % 3]}"


def _phone(canonical: str, number: int) -> str:
    """Return national digits without grouping."""
    if _is_uk(canonical):
        number, kind = divmod(number, len(_UK_RANGES))
        return _UK_RANGES[kind].format(number % 1000)
    if canonical.startswith("0"):
        return f"0900{number % 10_000_000:07d}"
    number, area = divmod(number, len(_AREA_CODES))
    return f"{_AREA_CODES[area]}55501{number % 100:02d}"


def _is_uk(canonical: str) -> bool:
    """Eleven digits that are no Japanese 0A0 number; 020 is London there and machines here."""
    return (
        len(canonical) == 11
        and canonical[:2] in ("01", "02", "03", "07", "08")
        and (canonical.startswith("020") or not _JP_MOBILE.fullmatch(canonical))
    )


def _username(canonical: str, number: int) -> str:
    del canonical
    return "user_" + _word(number, 6)


def _url(canonical: str, number: int) -> str:
    del canonical
    number, domain = divmod(number, len(_DOMAINS))
    return f"https://{_DOMAINS[domain]}/{_word(number, 8)}"


def _street(canonical: str, number: int) -> str:
    number, first = divmod(number, 900)
    number, second = divmod(number, 40)
    if is_japanese(canonical):
        return f"架空県架空市架空町{first % 9 + 1}-{second + 1}-{first // 9 + 1}"
    return f"{first + 100} Example Street, Exampletown {second + 1}"


def _postal(canonical: str, number: int) -> str:
    if canonical.isdigit() and len(canonical) == 7:
        return f"000-{number % 10_000:04d}"
    if canonical.isdigit():
        return f"000{number % 100:02d}"
    number, digit = divmod(number, 10)
    return f"ZZ99 {digit}{_LETTERS[number % 23]}{_LETTERS[number // 23 % 23]}".upper()


def _ip(canonical: str, number: int) -> str:
    if ":" in canonical:
        return f"2001:db8::{number % 0xFFFF + 1:x}"
    number, net = divmod(number, len(_NETS))
    return _NETS[net].format(number % 254 + 1)


def _mac(canonical: str, number: int) -> str:
    del canonical
    return f"00:00:5E:00:53:{number % 256:02X}"


def _word(number: int, size: int) -> str:
    chars = []
    for _ in range(size):
        number, char = divmod(number, len(_LETTERS))
        chars.append(_LETTERS[char])
    return "".join(chars)


CONTACTS: Mapping[str, Draw] = {
    "EMAIL_ADDRESS": _email,
    "IP_ADDRESS": _ip,
    "MAC_ADDRESS": _mac,
    "PHONE_NUMBER": _phone,
    "POSTAL_CODE": _postal,
    "STREET_ADDRESS": _street,
    "URL": _url,
    "USERNAME": _username,
}


def write_contact(label: str, drawn: str, surface: str) -> str:
    """Write a drawn value as a mention was written: the grouping of a number, the @ of a handle."""
    if label == "PHONE_NUMBER":
        return _write_phone(drawn, surface)
    if label == "USERNAME" and surface[:1] in ("@", "＠"):
        return "@" + drawn
    return drawn


def _write_phone(digits: str, surface: str) -> str:
    """Set the digits in the grouping of the surface when as many fit there, else in groups of our own."""
    if _GROUPING.fullmatch(surface):
        coded = _with_country(digits)
        # Only a North American number is written with its country code and without a plus sign.
        for filled in (coded,) if "+" in fold(surface) else (digits, coded if coded[0] == "1" else ""):
            if len(filled) == len(_DIGIT.findall(surface)):
                return _set_digits(surface, filled)
    return f"{digits[:3]}-{digits[3:-4]}-{digits[-4:]}"


def _with_country(digits: str) -> str:
    """Return a drawn number with the code of its country: Japan, United Kingdom or North America."""
    if not digits.startswith("0"):
        return "1" + digits
    return ("81" if digits.startswith("0900") else "44") + digits[1:]


def _set_digits(surface: str, digits: str) -> str:
    rest = iter(digits)
    return _DIGIT.sub(lambda _: next(rest), surface)
