"""National identifiers with valid check digits, and Japanese telephone numbers and plates.

Ranges that issuers keep for tests are used where they exist (UIDAI 9999, NHS 999, Canadian 0, US areas
never assigned geographically); otherwise a number that somebody holds may come up by chance.
"""

import string
from collections.abc import Callable, Sequence
from random import Random

_UPPER = string.ascii_uppercase


def digits(rng: Random, count: int) -> str:
    """Return ``count`` random digits."""
    return "".join(rng.choices(string.digits, k=count))


def letters(rng: Random, count: int, alphabet: str = _UPPER) -> str:
    """Return ``count`` random characters of an alphabet."""
    return "".join(rng.choices(alphabet, k=count))


def _weighted(number: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))


def _retry(rng: Random, build: Callable[[Random], str | None]) -> str:
    """Draw until the check digit exists: some formulas leave numbers without one."""
    while (value := build(rng)) is None:
        continue
    return value


def luhn_digit(body: str) -> str:
    """Return the check digit of ISO/IEC 7812-1 annex B for the digits before it."""
    total = 0
    for index, char in enumerate(reversed(body)):
        value = int(char) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _birth(rng: Random) -> str:
    return f"{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


# ---------------------------------------------------------------- Japan


def my_number(rng: Random) -> str:
    """Return an Individual Number: check digit of MIC ordinance 85 of 2014, art. 5."""
    body = digits(rng, 11)
    rest = _weighted(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return body + ("0" if rest <= 1 else str(11 - rest))


def jp_driver_license(rng: Random) -> str:
    """Return a licence number: 2 prefecture, 2 year, 6 serial, check digit, reissue count."""
    body = f"{rng.randint(10, 97)}{digits(rng, 8)}"
    check = (11 - _weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 10
    return f"{body}{check}{rng.randint(0, 2)}"


def jp_mobile(rng: Random, *, lead: str = "0") -> str:
    """Return a mobile number; its second group begins with one of ``lead`` (0: never allocated)."""
    return f"{rng.choice(('090', '080', '070', '060'))}-{rng.choice(lead)}{digits(rng, 3)}-{digits(rng, 4)}"


def jp_landline(rng: Random, *, lead: str = "0") -> str:
    """Return a landline number of a large city; its exchange begins with one of ``lead``."""
    area, width = rng.choice((("03", 3), ("06", 3), ("011", 2), ("045", 2), ("052", 2), ("092", 2)))
    return f"{area}-{rng.choice(lead)}{digits(rng, width)}-{digits(rng, 4)}"


def jp_plate(rng: Random) -> str:
    """Return a licence plate."""
    office = rng.choice(("品川", "横浜", "なにわ", "札幌", "福岡", "多摩", "神戸"))
    kana = rng.choice("さすせそたちつてと")
    return f"{office} {rng.choice(('300', '500', '330', '580'))} {kana} {digits(rng, 2)}-{digits(rng, 2)}"


def health_insurance(rng: Random) -> str:
    """Return a health insurance symbol and number."""
    return f"{rng.randint(10, 99)}-{digits(rng, 4)}・{rng.randint(100, 9999)}"


def residence_card(rng: Random) -> str:
    """Return a residence card number: 2 letters, 8 digits, 2 letters."""
    return f"{letters(rng, 2)}{digits(rng, 8)}{letters(rng, 2)}"


# ---------------------------------------------------------------- other countries


def us_ssn(rng: Random) -> str:
    """Return a number whose area was never assigned while areas were geographic (734-749)."""
    return f"{rng.randint(734, 749)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"


def us_itin(rng: Random) -> str:
    """Return a taxpayer number: 9xx, group 70-88."""
    return f"9{digits(rng, 2)}-{rng.randint(70, 88)}-{digits(rng, 4)}"


def uk_nhs(rng: Random) -> str:
    """Return a number of the test range 999, mod 11."""

    def draw(source: Random) -> str | None:
        body = "999" + digits(source, 6)
        check = 11 - _weighted(body, range(10, 1, -1)) % 11
        return None if check == 10 else f"{body[:3]} {body[3:6]} {body[6:]}{check % 11}"

    return _retry(rng, draw)


def uk_nino(rng: Random) -> str:
    """Return a National Insurance number, in its printed groups."""
    prefix = rng.choice(("AB", "JZ", "SK", "WM"))
    return f"{prefix} {digits(rng, 2)} {digits(rng, 2)} {digits(rng, 2)} {rng.choice('ABCD')}"


_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_P = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def aadhaar(rng: Random) -> str:
    """Return a number of the test range 9999; Verhoeff check digit."""
    body = "9999" + digits(rng, 7)
    state = 0
    for index, char in enumerate(reversed(body)):
        state = int(_D[state][int(_P[(index + 1) % 8][int(char)])])
    number = f"{body}{_D[state].index('0')}"
    return f"{number[:4]} {number[4:8]} {number[8:]}"


def kr_rrn(rng: Random) -> str:
    """Return a resident registration number with the check digit used until 2020."""
    body = f"{_birth(rng)}{rng.choice('12')}{digits(rng, 5)}"
    check = (11 - _weighted(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return f"{body[:6]}-{body[6:]}{check}"


def cn_resident_id(rng: Random) -> str:
    """Return a number by GB 11643-1999 (ISO 7064 mod 11-2)."""
    body = f"110101{rng.randint(1950, 2004)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{digits(rng, 3)}"
    return body + "10X98765432"[_weighted(body, [2 ** (17 - i) % 11 for i in range(17)]) % 11]


def tw_id(rng: Random) -> str:
    """Return a national identification number: letter code, then weights 8 to 1."""
    letter = rng.choice("ABCDEFGH")
    code = ord(letter) - ord("A") + 10
    body = rng.choice("12") + digits(rng, 7)
    total = code // 10 + code % 10 * 9 + _weighted(body, range(8, 0, -1))
    return f"{letter}{body}{-total % 10}"


def sg_nric(rng: Random) -> str:
    """Return an S-series number: weights 2,7,6,5,4,3,2, letter table JZIHGFEDCBA."""
    body = digits(rng, 7)
    return f"S{body}{'JZIHGFEDCBA'[_weighted(body, (2, 7, 6, 5, 4, 3, 2)) % 11]}"


def au_tfn(rng: Random) -> str:
    """Return a tax file number: weighted sum divisible by 11."""
    weights = (1, 4, 3, 7, 5, 8, 6, 9, 10)

    def draw(source: Random) -> str | None:
        body = f"{source.randint(1, 9)}{digits(source, 7)}"
        check = next((c for c in range(10) if (_weighted(body, weights[:8]) + 10 * c) % 11 == 0), None)
        return None if check is None else f"{body[:3]} {body[3:6]} {body[6:]}{check}"

    return _retry(rng, draw)


def au_medicare(rng: Random) -> str:
    """Return a card number: weights 1,3,7,9,1,3,7,9 mod 10, then the issue digit."""
    body = f"{rng.randint(2, 6)}{digits(rng, 7)}"
    check = _weighted(body, (1, 3, 7, 9, 1, 3, 7, 9)) % 10
    return f"{body[:4]} {body[4:]}{check} {rng.randint(1, 4)}"


def ca_sin(rng: Random) -> str:
    """Return a social insurance number beginning with 0, which is not issued; Luhn."""
    body = "0" + digits(rng, 7)
    number = body + luhn_digit(body)
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def de_tax_id(rng: Random) -> str:
    """Return a tax identification number: one digit twice, ISO 7064 mod 11,10."""
    chosen = rng.sample(string.digits, 9)
    body = [*chosen, rng.choice(chosen)]
    rng.shuffle(body)
    if body[0] == "0":
        body.sort(reverse=True)
    product = 10
    for char in body:
        product = ((int(char) + product) % 10 or 10) * 2 % 11
    return "".join(body) + str((11 - product) % 10)


def fr_nir(rng: Random) -> str:
    """Return a social security number: key 97 - n mod 97."""
    body = f"{rng.choice('12')}{digits(rng, 2)}{rng.randint(1, 12):02}{rng.randint(1, 95):02}{digits(rng, 6)}"
    parts = (body[0], body[1:3], body[3:5], body[5:7], body[7:10], body[10:], f"{97 - int(body) % 97:02}")
    return " ".join(parts)


def es_nif(rng: Random) -> str:
    """Return a DNI number with its letter, mod 23."""
    body = digits(rng, 8)
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


_ODD_DIGIT = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_ODD_LETTER = (*_ODD_DIGIT, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ODD = dict(zip(string.digits + _UPPER, _ODD_DIGIT + _ODD_LETTER, strict=True))


def it_fiscal_code(rng: Random) -> str:
    """Return a codice fiscale with its control letter (Ministerial Decree of 23 December 1976)."""
    consonants = "BCDFGLMNPRSTVZ"
    body = (
        f"{letters(rng, 6, consonants)}{digits(rng, 2)}{rng.choice('ABCDEHLMPRST')}"
        f"{rng.randint(1, 28):02}{rng.choice('FHL')}{digits(rng, 3)}"
    )
    even = sum(int(c) if c.isdigit() else ord(c) - ord("A") for c in body[1::2])
    return body + _UPPER[(sum(_ODD[c] for c in body[::2]) + even) % 26]


def nl_bsn(rng: Random) -> str:
    """Return a citizen service number: 11-proof with weights 9 to 2, -1."""

    def draw(source: Random) -> str | None:
        body = f"{source.randint(1, 9)}{digits(source, 7)}"
        check = _weighted(body, range(9, 1, -1)) % 11
        return None if check == 10 else f"{body}{check}"

    return _retry(rng, draw)


def br_cpf(rng: Random) -> str:
    """Return a CPF number: two mod 11 digits."""
    body = digits(rng, 9)
    for first in (10, 11):
        rest = _weighted(body, range(first, 1, -1)) * 10 % 11
        body += str(rest % 10)
    return f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}"


def pl_pesel(rng: Random) -> str:
    """Return a Polish national number: weights 1,3,7,9 repeated."""
    body = f"{_birth(rng)}{digits(rng, 4)}"
    return f"{body}{-_weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10}"
