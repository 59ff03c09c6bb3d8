"""Check digits of further countries' numbers: each function takes the surface, separators included.

Surfaces are normalised text (ASCII digits), letters in any case. Every formula names its source.
"""

import datetime
from collections.abc import Sequence

from deid.detect.checksums import digits, luhn


def _alnum(surface: str) -> str:
    return "".join(char for char in surface if char.isascii() and char.isalnum()).upper()


def _weighted(number: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))


def _is_day(year: str, month: int, day: int) -> bool:
    """Say whether there is such a day; a year of two digits may be of either century."""
    for century in ("19", "20") if len(year) == 2 else ("",):
        try:
            datetime.date(int(century + year), month, day)
        except ValueError:
            continue
        return True
    return False


def fi_hetu(surface: str) -> bool:
    """Check day and character of a Finnish code: mod 31 (Act 661/2009, decree 330/2022 for its signs)."""
    code = surface.upper()
    if not _is_day(code[4:6], int(code[2:4]), int(code[:2])):
        return False
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(code[:6] + code[7:10]) % 31] == code[10]


def se_born(surface: str) -> bool:
    """Check Luhn over the last ten digits of a Swedish number, and its day; 60 is added for coordination numbers."""
    number = digits(surface)
    body = number[-10:]
    return _is_day(number[:-8], int(body[2:4]), int(body[4:6]) % 60) and luhn(body)


def pl_born(surface: str) -> bool:
    """Check the day of a PESEL; centuries add 20, 40, 60 or 80 to the month (Act on population records, art. 15)."""
    number = digits(surface)
    return _is_day(number[:2], int(number[2:4]) % 20, int(number[4:6]))


def _crossed(number: str, weights: Sequence[int]) -> int:
    """Return the sum of the digit sums of products."""
    return sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(number, weights, strict=True))


def _spelled(letter: str) -> str:
    return f"{ord(letter) - ord('A') + 1:02}"


def de_pension(surface: str) -> bool:
    """Check a German pension insurance number: day (50 may be added), letter, mod 10 (VKVV section 4)."""
    code = _alnum(surface)
    day, month = int(code[2:4]), int(code[4:6])
    if not (1 <= day % 50 <= 31 and day <= 81 and 1 <= month <= 12):
        return False
    body = code[:8] + _spelled(code[8]) + code[9:11]
    return _crossed(body, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)) % 10 == int(code[11])


def de_health(surface: str) -> bool:
    """Check a German health insurance number: letter as two digits, weights 1 2, mod 10 (SGB V section 290)."""
    code = _alnum(surface)
    return _crossed(_spelled(code[0]) + code[1:9], (1, 2) * 5) % 10 == int(code[9])


def travel_document(surface: str) -> bool:
    """Check the last digit of a document number of nine characters: weights 7 3 1, mod 10 (ICAO Doc 9303 part 3)."""
    code = _alnum(surface)
    total = sum(int(char, 36) * (7, 3, 1)[place % 3] for place, char in enumerate(code[:-1]))
    return len(code) == 9 and code[-1].isdigit() and total % 10 == int(code[-1])


def kr_business(surface: str) -> bool:
    """Check a Korean business number: weights 1 3 7 1 3 7 1 3 5, the last product's tens added, mod 10."""
    number = digits(surface)
    total = _weighted(number[:9], (1, 3, 7, 1, 3, 7, 1, 3, 5)) + int(number[8]) * 5 // 10
    return len(number) == 10 and -total % 10 == int(number[9])


def kr_driver(surface: str) -> bool:
    """Check the region of a Korean driver's licence, 11 to 26 or 28 (Road Traffic Act enforcement rules)."""
    return digits(surface)[:2] in {"28", *map(str, range(11, 27))}


def th_citizen(surface: str) -> bool:
    """Check a Thai number: weights 13 to 2, mod 11, then mod 10 (Department of Provincial Administration)."""
    number = digits(surface)
    if len(number) != 13 or number[0] == "0":
        return False
    return (11 - _weighted(number[:12], range(13, 1, -1)) % 11) % 10 == int(number[12])


def tr_citizen(surface: str) -> bool:
    """Check both last digits of a Turkish number (Act 5490, General Directorate of Population)."""
    number = digits(surface)
    if len(number) != 11 or number[0] == "0":
        return False
    odd, even = sum(map(int, number[:9:2])), sum(map(int, number[1:8:2]))
    return (7 * odd - even) % 10 == int(number[9]) and sum(map(int, number[:10])) % 10 == int(number[10])


def za_citizen(surface: str) -> bool:
    """Check a South African number: day of birth, status 0 to 2, Luhn (Identification Act 68 of 1997)."""
    number = digits(surface)
    born = len(number) == 13 and _is_day(number[:2], int(number[2:4]), int(number[4:6]))
    return born and number[10] in "012" and number[11] in "89" and luhn(number)


def au_business(surface: str) -> bool:
    """Check an Australian Business Number: one less at first, weighted mod 89 (Australian Business Register)."""
    number = digits(surface)
    total = _weighted(number, (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) - 10
    return number[0] != "0" and total % 89 == 0


def au_company(surface: str) -> bool:
    """Check an Australian Company Number: weights 8 to 1, mod 10 (ASIC)."""
    number = digits(surface)
    return -_weighted(number[:8], range(8, 0, -1)) % 10 == int(number[8])


def us_provider(surface: str) -> bool:
    """Check a National Provider Identifier: Luhn with the prefix 80840 (45 CFR 162.406)."""
    number = digits(surface)
    return number[0] in "12" and luhn("80840" + number)


def it_business(surface: str) -> bool:
    """Check an Italian VAT number: Luhn over eleven digits (DPR 633/1972)."""
    number = digits(surface)
    return len(number) == 11 and number[:7] != "0" * 7 and luhn(number)


_UEN = "ABCDEFGHJKLMNPQRSTUVWX0123456789"


def sg_entity(surface: str) -> bool:
    """Check the letter of a Singapore entity number: nine places, ten with a year, ten with a type (ACRA)."""
    code = _alnum(surface)
    if code[:-1].isdigit():
        weights = (10, 4, 9, 3, 8, 2, 7, 1) if len(code) == 9 else (10, 8, 6, 4, 9, 7, 5, 3, 1)
        letters = "XMKECAWLJDB" if len(code) == 9 else "ZKCMDNERGWH"
        return letters[_weighted(code[:-1], weights) % 11] == code[-1]
    if not set(code) <= set(_UEN):
        return False
    total = sum(
        _UEN.index(char) * weight
        for char, weight in zip(code[:-1], (4, 3, 5, 3, 10, 2, 2, 5, 7), strict=True)
    )
    return _UEN[(total - 5) % 11] == code[-1]


def uk_driver(surface: str) -> bool:
    """Check surname and date of birth of a British driver number: 50 is added to a woman's month (DVLA)."""
    code = _alnum(surface)
    named = code[:5].rstrip("9")
    month, day = int(code[6:8]) % 50, int(code[8:10])
    return named.isalpha() and int(code[6:8]) < 63 and 1 <= month <= 12 and 1 <= day <= 31


def uk_plate(surface: str) -> bool:
    """Check the age of a British plate of 2001 or later: 02 to 29, 51 to 79 (DVLA INF104)."""
    age = int(digits(surface))
    return 2 <= age < 30 or 51 <= age < 80
