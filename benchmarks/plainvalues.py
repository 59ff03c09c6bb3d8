"""Plain values of the family ``tuned``: the labels that are written otherwise in each language."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random

from identifiers import COMMON
from nationalids import digits, jp_landline, jp_mobile, jp_plate, letters, luhn_digit, my_number

_ISSUED = "123456789"


def plain(rng: Random, label: str, language: str) -> str:
    """Return a plain value of a label: the language's own where it has one; KeyError for an unknown label."""
    own = _BY_LANGUAGE.get((label, language))
    return own(rng) if own else COMMON[label](rng)


def number(rng: Random, count: int) -> str:
    """Return ``count`` digits, the first of them not 0."""
    return rng.choice(_ISSUED) + digits(rng, count - 1)


def in_groups(text: str, sizes: Sequence[int], separator: str) -> str:
    """Return the first ``sum(sizes)`` characters in groups."""
    starts = accumulate(sizes, initial=0)
    return separator.join(text[start : start + size] for start, size in zip(starts, sizes, strict=False))


def _pick(rng: Random, *values: Sequence[str]) -> list[str]:
    return [rng.choice(group) for group in values]


def _email(rng: Random) -> str:
    first, second, domain = _pick(
        rng,
        ("kaze", "mori", "blue", "j.tanaka", "lena", "marco_p", "s-kim", "hello"),
        ("", "77", ".work", "+news", "_x", "2001"),
        ("example.com", "example.org", "mail.example.net", "example.co.jp", "example.ne.jp"),
    )
    return f"{first}{second}@{domain}"


def _username(rng: Random) -> str:
    first, second = _pick(rng, ("kaze", "moon", "pixel", "tabi", "lo_fi", "Sora"), ("_", ".", "x"))
    return f"{rng.choice(('@', ''))}{first}{second}{digits(rng, 3)}"


def _phone_ja(rng: Random) -> str:
    home = rng.choice((jp_mobile, jp_mobile, jp_landline))(rng, lead=_ISSUED)
    return rng.choice((home, home, f"+81-{home[1:]}"))


def _phone_en(rng: Random) -> str:
    tail = f"555-01{digits(rng, 2)}"
    area = rng.choice(("212", "415", "512", "312"))
    return rng.choice(
        (f"({area}) {tail}", f"{area}-{tail}", f"+1 {area}-{tail}", f"+44 7700 9000{digits(rng, 2)}")
    )


def _address_ja(rng: Random) -> str:
    town, street, house = _pick(
        rng,
        ("東京都練馬区", "大阪府堺市北区", "愛知県岡崎市", "北海道旭川市", "福岡県糸島市", "京都府宇治市"),
        ("光陽台", "南町", "稲穂通", "東ヶ丘"),
        ("", "コーポ若竹102", "グリーンハイツ305号室"),
    )
    first, second, third = (rng.randint(1, 28) for _ in range(3))
    numbers = rng.choice((f"{first}-{second}-{third}", f"{first}丁目{second}番{third}号"))
    return f"{town}{street}{numbers}{house}"


def _address_en(rng: Random) -> str:
    street, place = _pick(
        rng,
        ("Willow Bend Road", "Kestrel Street", "Harbour View", "Thornton Ave", "Quarry Lane Apt 4B"),
        ("Denver, CO 80203", "Madison, WI 53703", "York YO1 7HH", "Boston, MA 02116"),
    )
    return f"{rng.randint(2, 2400)} {street}, {place}"


def _plate_en(rng: Random) -> str:
    return f"{letters(rng, 2)}{digits(rng, 2)} {letters(rng, 3)}"


def _postal_en(rng: Random) -> str:
    return rng.choice((number(rng, 5), f"{rng.choice(('LS', 'BS', 'YO'))}{number(rng, 1)} 4QT"))


def _card(rng: Random) -> str:
    prefix, groups = rng.choice(
        (("4", (4, 4, 4, 4)), ("53", (4, 4, 4, 4)), ("37", (4, 6, 5)), ("35", (4, 4, 4, 4)))
    )
    return in_groups(card(rng, prefix, sum(groups)), groups, rng.choice(" -"))


def _my_number(rng: Random) -> str:
    return in_groups(my_number(rng), (4, 4, 4), rng.choice(("-", " ", "")))


def iban(country: str, bban: str) -> str:
    """Return an account number with the check digits of ISO 7064 mod 97-10."""
    value = "".join(str(int(char, 36)) for char in f"{bban}{country}00")
    return f"{country}{98 - int(value) % 97:02}{bban}"


def card(rng: Random, prefix: str, length: int) -> str:
    """Return a card number of some length; Luhn."""
    body = prefix + digits(rng, length - 1 - len(prefix))
    return body + luhn_digit(body)


def _iban(rng: Random) -> str:
    text = iban(*rng.choice((("DE", digits(rng, 18)), ("NL", f"{letters(rng, 4)}{digits(rng, 10)}"))))
    return in_groups(text, [4] * -(-len(text) // 4), " ")


_BY_LANGUAGE: dict[tuple[str, str], Callable[[Random], str]] = {
    **dict.fromkeys((("EMAIL_ADDRESS", "ja"), ("EMAIL_ADDRESS", "en")), _email),
    **dict.fromkeys((("USERNAME", "ja"), ("USERNAME", "en")), _username),
    **dict.fromkeys((("CREDIT_CARD", "ja"), ("CREDIT_CARD", "en")), _card),
    **dict.fromkeys((("JP_MY_NUMBER", "ja"), ("JP_MY_NUMBER", "en")), _my_number),
    **dict.fromkeys((("IBAN_CODE", "ja"), ("IBAN_CODE", "en")), _iban),
    ("PHONE_NUMBER", "ja"): _phone_ja,
    ("PHONE_NUMBER", "en"): _phone_en,
    ("STREET_ADDRESS", "ja"): _address_ja,
    ("STREET_ADDRESS", "en"): _address_en,
    ("POSTAL_CODE", "ja"): lambda rng: f"{number(rng, 3)}-{digits(rng, 4)}",
    ("POSTAL_CODE", "en"): lambda rng: rng.choice((number(rng, 5), f"{letters(rng, 2)}{digits(rng, 1)} 4QT")),
    ("LICENSE_PLATE", "ja"): jp_plate,
    ("LICENSE_PLATE", "en"): _plate_en,
    ("BANK_ACCOUNT", "ja"): lambda rng: digits(rng, 7),
    ("BANK_ACCOUNT", "en"): lambda rng: number(rng, 10),
}
