"""Invented identifiers of every label, as plain surfaces.

Every builder takes a seeded ``random.Random``. Where a standard sets numbers apart for documentation or
tests, those are used: RFC 5737, 3849 and 7042 addresses, RFC 2606 domains, the card networks' test
numbers, the IBAN registry's examples, test vectors of BIP 39, BIP 173 and EIP 55. Strings that look like
credentials are put together at run time, so that no file holds one.
"""

import base64
import json
import string
from collections.abc import Callable
from random import Random

from nationalids import (
    aadhaar,
    au_medicare,
    au_tfn,
    br_cpf,
    ca_sin,
    cn_resident_id,
    de_tax_id,
    digits,
    es_nif,
    fr_nir,
    health_insurance,
    it_fiscal_code,
    jp_driver_license,
    kr_rrn,
    letters,
    luhn_digit,
    my_number,
    nl_bsn,
    pl_pesel,
    residence_card,
    sg_nric,
    tw_id,
    uk_nhs,
    uk_nino,
    us_itin,
    us_ssn,
)

Build = Callable[[Random], str]

_UPPER = string.ascii_uppercase
_ALNUM = string.ascii_letters + string.digits


def _pick(*values: str) -> Build:
    return lambda rng: rng.choice(values)


_CARDS = (
    "4111 1111 1111 1111", "4242 4242 4242 4242", "5555 5555 5555 4444", "5105 1051 0510 5100",
    "3782 822463 10005", "3714 496353 98431", "3566 0020 2036 0505", "3530 1113 3330 0000",
    "6011 1111 1111 1117", "4012 8888 8888 1881", "3056 930902 5904", "2223 0031 2200 3222",
)  # fmt: skip
_IBANS = (
    "GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00", "NL91 ABNA 0417 1643 00",
    "FR14 2004 1010 0505 0001 3M02 606", "ES91 2100 0418 4502 0005 1332", "BE68 5390 0754 7034",
    "CH93 0076 2011 6238 5295 7", "SE45 5000 0000 0583 9825 7466", "NO93 8601 1117 947",
)  # fmt: skip
_CRYPTO = (
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",  # BIP 173
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",  # EIP 55
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",  # EIP 55
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",  # Bitcoin wiki, P2PKH
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",  # Bitcoin wiki, P2SH
)
_SEEDS = (  # BIP 39 test vectors
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
)


def secret_key(rng: Random) -> str:
    """Return something shaped like a provider's key, a token or a seed phrase."""
    prefix, count = rng.choice(
        (("sk-", 40), ("ghp" + "_", 36), ("AK" + "IA", 16), ("xo" + "xb-", 32), ("", 0))
    )
    if not count:
        return rng.choice((_jwt(rng), *_SEEDS))
    alphabet = _UPPER + string.digits if prefix.startswith("AK") else _ALNUM
    return prefix + letters(rng, count, alphabet)


def _jwt(rng: Random) -> str:
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": digits(rng, 10), "iat": 1_700_000_000}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, letters(rng, 43, _ALNUM)])


def password(rng: Random) -> str:
    """Return a password as people make them: a word, digits and a sign."""
    word = rng.choice(("Momiji", "tanuki", "Blue" + "berry", "skylark", "Kinako", "raindrop"))
    return f"{word}{rng.choice('!#$_-')}{digits(rng, 4)}{rng.choice('aKxQz')}"


def share_code(rng: Random) -> str:
    """Return an invitation code."""
    return f"{letters(rng, 4, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789')}-{letters(rng, 4)}"


def imei(rng: Random) -> str:
    """Return an IMEI of the test range 00; Luhn."""
    body = "00" + digits(rng, 12)
    return body + luhn_digit(body)


def uuid(rng: Random) -> str:
    """Return a version 4 UUID, the form of advertising identifiers."""
    text = f"{rng.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{rng.choice('89ab')}{text[17:20]}-{text[20:]}"


def ip_address(rng: Random) -> str:
    """Return an address of the documentation ranges (RFC 5737, RFC 3849)."""
    if rng.random() < 0.25:
        return f"2001:db8:{rng.getrandbits(16):x}:{rng.getrandbits(16):x}::{rng.randint(1, 255):x}"
    return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randint(1, 254)}"


def mac_address(rng: Random) -> str:
    """Return an address of the documentation range (RFC 7042)."""
    separator = rng.choice(":-")
    return separator.join(["00", "00", "5E", "00", "53", f"{rng.getrandbits(8):02X}"])


def media(rng: Random) -> str:
    """Return a data URI with a few random bytes in it."""
    return f"data:image/png;base64,iVBORw0KGgo{base64.b64encode(rng.randbytes(45)).decode()}"


def url(rng: Random) -> str:
    """Return a page address on a documentation domain, with an identifying path or query."""
    tail = rng.choice(
        (f"u/{digits(rng, 7)}", f"s?token={letters(rng, 12, _ALNUM)}", f"album/{letters(rng, 8)}")
    )
    return f"https://{rng.choice(('www', 'my', 'photos'))}.example.{rng.choice(('com', 'org', 'net'))}/{tail}"


COMMON: dict[str, Build] = {
    "URL": url,
    "PASSPORT": lambda rng: f"{letters(rng, 2)}{digits(rng, 7)}",
    "US_SSN": us_ssn,
    "US_ITIN": us_itin,
    "UK_NHS": uk_nhs,
    "UK_NINO": uk_nino,
    "IN_AADHAAR": aadhaar,
    "IN_PAN": lambda rng: f"{letters(rng, 3)}P{letters(rng, 1)}{digits(rng, 4)}{letters(rng, 1)}",
    "KR_RRN": kr_rrn,
    "CN_RESIDENT_ID": cn_resident_id,
    "TW_ID": tw_id,
    "SG_NRIC": sg_nric,
    "AU_TFN": au_tfn,
    "AU_MEDICARE": au_medicare,
    "CA_SIN": ca_sin,
    "DE_TAX_ID": de_tax_id,
    "FR_NIR": fr_nir,
    "ES_NIF": es_nif,
    "IT_FISCAL_CODE": it_fiscal_code,
    "NL_BSN": nl_bsn,
    "BR_CPF": br_cpf,
    "NATIONAL_ID": pl_pesel,
    "JP_MY_NUMBER": my_number,
    "JP_DRIVER_LICENSE": jp_driver_license,
    "JP_RESIDENCE_CARD": residence_card,
    "JP_PENSION_NUMBER": lambda rng: f"{digits(rng, 4)}-{digits(rng, 6)}",
    "JP_RESIDENT_CODE": lambda rng: digits(rng, 11),
    "JP_HEALTH_INSURANCE": health_insurance,
    "DRIVER_LICENSE": lambda rng: f"{letters(rng, 1)}{digits(rng, 7)}",
    "CREDIT_CARD": _pick(*_CARDS),
    "CARD_SECURITY_CODE": lambda rng: digits(rng, 3),
    "IBAN_CODE": _pick(*_IBANS),
    "CRYPTO": _pick(*_CRYPTO),
    "PASSWORD": password,
    "SECRET_KEY": secret_key,
    "ONE_TIME_CODE": lambda rng: digits(rng, 6),
    "SHARE_CODE": share_code,
    "DEVICE_ID": imei,
    "AD_ID": uuid,
    "COOKIE_ID": lambda rng: f"GA1.2.{rng.randint(10**8, 10**9)}.{rng.randint(1_600_000_000, 1_700_000_000)}",
    "IP_ADDRESS": ip_address,
    "MAC_ADDRESS": mac_address,
    "ACCOUNT_ID": lambda rng: f"{rng.choice('AKMR')}-{digits(rng, 8)}",
    "COORDINATE": lambda rng: f"{rng.uniform(26, 45):.5f}, {rng.uniform(128, 145):.5f}",
    "MEDIA": media,
}
