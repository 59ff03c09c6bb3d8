"""Check digits of identifiers: each function takes the surface, separators included, and says whether it holds.

Surfaces are normalised text (ASCII digits). Every formula names its source; the Japanese ones are
worked through in the tests. A check digit of one digit lets 9 to 10 % of random numbers through, so
context still decides the label where a number has no other structure.
"""

import datetime
import re
from collections.abc import Iterable, Sequence

_DIGITS = re.compile("[0-9]+")
_NOT_ALNUM = re.compile(r"[^0-9A-Za-z]+")


def digits(surface: str) -> str:
    """Return only the ASCII digits."""
    return surface if surface.isdecimal() and surface.isascii() else "".join(_DIGITS.findall(surface))


def _alnum(surface: str) -> str:
    return _NOT_ALNUM.sub("", surface).upper()


def _weighted(number: Iterable[str], weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))


_DOUBLED = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}


def luhn(surface: str) -> bool:
    """Check the Luhn sum (ISO/IEC 7812-1 annex B); all-equal digits never pass."""
    number = digits(surface)
    total = sum(map(int, number[::-2])) + sum(map(_DOUBLED.__getitem__, number[-2::-2]))
    return total % 10 == 0 and len(set(number)) > 1


def payment_card(surface: str) -> bool:
    """Check Luhn, and the issuer's prefix and lengths (ISO/IEC 7812, the schemes' public ranges)."""
    return _issued(digits(surface)) and luhn(surface)


def _issued(number: str) -> bool:
    size, two, four = len(number), int(number[:2]), int(number[:4])
    if number[0] == "4":
        return size in {13, 16, 18, 19}
    if four in {2131, 1800} or two in {34, 37}:
        return size == 15
    if two in {36, 38, 39, 30}:
        return 14 <= size < 20
    if 51 <= two < 56 or 2221 <= four < 2721 or 2200 <= four < 2205:
        return size == 16
    if two == 35 or four == 6011 or two in {62, 64, 65, 60, 81, 82}:
        return 16 <= size < 20
    return two in {50, 56, 57, 58, 63, 66, 67, 68, 69} and 12 <= size < 20


_IBAN_LENGTHS = {
    code: int(length)
    for code, length in re.findall(
        "([A-Z]{2})([0-9]{2})",
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18"
        "FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20"
        "LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31"
        "SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30",
    )
}


def iban(surface: str) -> bool:
    """Check country, length and mod 97 (ISO 13616, SWIFT IBAN registry)."""
    number = _alnum(surface)
    if _IBAN_LENGTHS.get(number[:2]) != len(number):
        return False
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1


def aba_routing(surface: str) -> bool:
    """Check a US routing number: weights 3 7 1, mod 10 (ABA key to routing numbers)."""
    number = digits(surface)
    return len(number) == 9 and number != "0" * 9 and _weighted(number, (3, 7, 1) * 3) % 10 == 0


def my_number(surface: str) -> bool:
    """Check an Individual Number (ministerial ordinance 85 of 2014, art. 5: weighted mod 11)."""
    number = digits(surface)
    if len(number) != 12:
        return False
    rest = _weighted(number[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(number[11]) == (0 if rest <= 1 else 11 - rest)


def jp_driver_license(surface: str) -> bool:
    """Check a Japanese driver's licence: prefecture 10 to 97, 11th digit mod 11 (REQUIREMENTS 3.3)."""
    number = digits(surface)
    if len(number) != 12 or not 10 <= int(number[:2]) < 98:
        return False
    check = 11 - _weighted(number[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(number[10]) == check % 10


def jp_insurer(surface: str) -> bool:
    """Check an insurer number of 8 or 6 digits: weights 2 1 from the lowest, digit sums, mod 10."""
    number = digits(surface)
    if len(number) not in {6, 8}:
        return False
    products = (int(digit) * (2, 1)[i % 2] for i, digit in enumerate(reversed(number[:-1])))
    return int(number[-1]) == -sum(sum(divmod(product, 10)) for product in products) % 10


def us_ssn(surface: str) -> bool:
    """Check that area, group and serial can be issued (20 CFR 422.103; 9xx is not an SSN)."""
    number = digits(surface)
    area, group, serial = number[:3], number[3:5], number[5:]
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def us_itin(surface: str) -> bool:
    """Check a taxpayer number: 9xx, group 50-65, 70-88, 90-92 or 94-99 (IRS Publication 4757)."""
    number = digits(surface)
    group = int(number[3:5])
    return number[0] == "9" and (50 <= group < 66 or 70 <= group < 89 or (group >= 90 and group != 93))


def uk_nhs(surface: str) -> bool:
    """Check an NHS number: weights 10 to 2, mod 11 (NHS Data Dictionary)."""
    number = digits(surface)
    return len(number) == 10 and (11 - _weighted(number[:9], range(10, 1, -1)) % 11) % 11 == int(number[9])


def uk_nino(surface: str) -> bool:
    """Refuse prefixes never issued (HMRC NIM39110)."""
    return _alnum(surface)[:2] not in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}


_D5 = "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043".split()
_D5 += ["8765932104", "9876543210"]
_P8 = "0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258".split()


def verhoeff(surface: str) -> bool:
    """Check the Verhoeff digit (J. Verhoeff, Error Detecting Decimal Codes, 1969)."""
    check = 0
    for place, digit in enumerate(reversed(digits(surface))):
        check = int(_D5[check][int(_P8[place % 8][int(digit)])])
    return check == 0


def kr_rrn(surface: str) -> bool:
    """Check the birth date of a Korean number; numbers since October 2020 have no check digit."""
    number = digits(surface)
    return len(number) == 13 and _is_date("20" + number[:6])


def kr_rrn_checked(surface: str) -> bool:
    """Check birth date and the mod 11 digit that Korean numbers had until October 2020."""
    number = digits(surface)
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    return kr_rrn(surface) and (11 - _weighted(number[:12], weights) % 11) % 10 == int(number[12])


def cn_resident_id(surface: str) -> bool:
    """Check date of birth and ISO 7064 mod 11-2 (GB 11643-1999)."""
    number = _alnum(surface)
    total = sum(int(digit) << (17 - i) for i, digit in enumerate(number[:17]))
    return _is_date(number[6:14]) and "10X98765432"[total % 11] == number[17]


def tw_id(surface: str) -> bool:
    """Check a Taiwanese national or resident number: letter to two digits, mod 10."""
    number = surface.upper()
    letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    total = letter // 10 + 9 * (letter % 10) + _weighted(number[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1))
    return total % 10 == 0


def sg_nric(surface: str) -> bool:
    """Check a Singapore NRIC or FIN letter (S, T, F, G and, from 2022, M)."""
    number = surface.upper()
    total = _weighted(number[1:8], (2, 7, 6, 5, 4, 3, 2)) + {"T": 4, "G": 4, "M": 3}.get(number[0], 0)
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "XWUTRQPNJLK"}.get(number[0], "XWUTRQPNMLK")
    return letters[total % 11] == number[8]


def au_tfn(surface: str) -> bool:
    """Check an Australian tax file number of 9 digits, mod 11."""
    number = digits(surface)
    return len(number) == 9 and _weighted(number, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def au_medicare(surface: str) -> bool:
    """Check an Australian Medicare number: first digit 2 to 6, ninth digit mod 10."""
    number = digits(surface)
    return number[0] in "23456" and _weighted(number[:8], (1, 3, 7, 9) * 2) % 10 == int(number[8])


def de_tax_id(surface: str) -> bool:
    """Check a German tax number: ISO 7064 mod 11,10 over 11 digits."""
    number = digits(surface)
    product = 10
    for digit in number[:-1]:
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    return len(number) == 11 and number[0] != "0" and (11 - product) % 10 == int(number[-1])


def fr_nir(surface: str) -> bool:
    """Check a French number: 97 minus the rest mod 97; Corsica's 2A and 2B count as 19 and 18 (INSEE)."""
    number = _alnum(surface).replace("2A", "19").replace("2B", "18")
    return number.isdigit() and 97 - int(number[:13]) % 97 == int(number[13:])


def es_nif(surface: str) -> bool:
    """Check the letter of a Spanish DNI or NIE: mod 23 (Real Decreto 1553/2005)."""
    number = _alnum(surface)
    body = str("XYZ".find(number[0])) + number[1:8] if number[0] in "XYZ" else number[:8]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23] == number[-1]


_CF_ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21) * 2, strict=False)
) | dict(zip("KLMNOPQRSTUVWXYZ", (2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True))


def it_fiscal_code(surface: str) -> bool:
    """Check the last letter of a codice fiscale (Decreto ministeriale 23 December 1976)."""
    code = surface.upper()
    even = sum(int(char, 36) - (10 if char > "9" else 0) for char in code[1:15:2])
    return (sum(_CF_ODD[char] for char in code[:15:2]) + even) % 26 == ord(code[15]) - ord("A")


def nl_bsn(surface: str) -> bool:
    """Check a Dutch number with the 11-proof: weights 9 to 2, then -1."""
    number = digits(surface)
    total = _weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) if len(number) == 9 else 1
    return total % 11 == 0 and number != "0" * 9


def br_cpf(surface: str) -> bool:
    """Check both mod 11 digits of a Brazilian CPF; all-equal digits never pass."""
    number = digits(surface)
    if len(number) != 11 or len(set(number)) == 1:
        return False
    first = _weighted(number[:9], range(10, 1, -1)) * 10 % 11 % 10
    second = _weighted(number[:10], range(11, 1, -1)) * 10 % 11 % 10
    return number[9:] == f"{first}{second}"


def pl_pesel(surface: str) -> bool:
    """Check a Polish PESEL: weights 1 3 7 9, mod 10."""
    number = digits(surface)
    return len(number) == 11 and _weighted(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def se_personal(surface: str) -> bool:
    """Check a Swedish or Finnish-style personal number of 10 digits: Luhn over the last ten."""
    number = digits(surface)[-10:]
    return luhn(number) and 1 <= int(number[2:4]) < 13


def hk_id(surface: str) -> bool:
    """Check a Hong Kong identity card: letters as 10 to 35, weights 9 to 1, mod 11."""
    number = _alnum(surface).rjust(9)
    values = [36 if char == " " else int(char, 36) for char in number[:8]]
    check = 10 if number[8] == "A" else int(number[8])
    return (sum(value * (9 - i) for i, value in enumerate(values)) + check) % 11 == 0


def vehicle_id(surface: str) -> bool:
    """Check the ninth character of a 17-character VIN (49 CFR 565.15)."""
    values = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", "012345678912345678123457923456789", strict=True))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    code = surface.upper()
    return "0123456789X"[_weighted((values[char] for char in code), weights) % 11] == code[8]


def _is_date(compact: str) -> bool:
    try:
        datetime.date(int(compact[:4]), int(compact[4:6]), int(compact[6:8]))
    except ValueError:
        return False
    return True
