"""A test corpus for detection: single messages with gold spans, in every form people write a value.

``generate`` is a pure function of its arguments. Two messages in five hold a value (now and then two), one
in five is a hard negative (prices, versions, hashes, scores, names that are common nouns), the rest are plain
chat. Order numbers are no negatives here: they are ``ACCOUNT_ID`` by definition. Templates and fillers are
other than the sample's, and nothing in this module knows the detector.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, cycle
from pathlib import Path
from random import Random
from typing import Literal

from exchanges import Book, read_book
from identifiers import COMMON
from nationalids import digits, jp_landline, jp_mobile, jp_plate, letters, luhn_digit, my_number
from slots import Gold, Value, fill
from surfaces import DEFAULT_FORMS, FORMS, POSITIONS, shape

__all__ = ["Gold", "Message", "cases", "generate"]

_TEMPLATES = Path(__file__).parent / "templates"
_GOLD, _NEGATIVE, _TWO = 0.4, 0.2, 0.1
_ISSUED = "123456789"

Language = Literal["en", "ja"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message and what must be found in it, in order and disjoint."""

    text: str = field(repr=False)
    gold: tuple[Gold, ...]


def generate(language: Language, n: int, seed: int) -> list[Message]:
    """Return ``n`` messages; values go round every label and form of the language in a shuffled order."""
    rng = Random(f"{language}/{seed}")
    book = read_book(_TEMPLATES / f"corpus-{language}.txt", language)
    wanted = list(cases(language))
    rng.shuffle(wanted)
    turn = cycle(wanted)
    return [_message(book, rng, lambda: next(turn)) for _ in range(n)]


def cases(language: Language) -> tuple[tuple[str, str], ...]:
    """Return every (label, form) the corpus of a language holds."""
    book = read_book(_TEMPLATES / f"corpus-{language}.txt", language)
    return tuple((label, form) for label in book.fillers if label.isupper() for form in forms(label))


def forms(label: str) -> tuple[str, ...]:
    """Return the surface and position forms of a label."""
    return FORMS.get(label, DEFAULT_FORMS)


def _message(book: Book, rng: Random, case: Callable[[], tuple[str, str]]) -> Message:
    draw = rng.random()
    if draw >= _GOLD:
        return _fill(book, rng, "negative" if draw < _GOLD + _NEGATIVE else "clean")
    label, form = case()
    message = _planted(book, rng, label, form)
    if form in POSITIONS or rng.random() >= _TWO:
        return message
    return _joined(message, _planted(book, rng, *case()))


def _joined(first: Message, second: Message) -> Message:
    shift = len(first.text) + 1
    moved = (replace(gold, start=gold.start + shift, end=gold.end + shift) for gold in second.gold)
    return Message(f"{first.text}\n{second.text}", (*first.gold, *moved))


def _planted(book: Book, rng: Random, label: str, form: str) -> Message:
    plain = _surface(rng, label, book.language)
    surface = shape(plain, form, book.language, rng)
    same = surface == plain and form not in POSITIONS  # an IPv6 address has no dot to defang
    value = Value(surface, label, "plain" if same else form)
    cue = Value(rng.choice(book.fillers[label]))
    return _fill(book, rng, form if form in POSITIONS else "plain", {"x": value, "_cue": cue})


def _fill(book: Book, rng: Random, kind: str, values: Mapping[str, Value] | None = None) -> Message:
    lines = [template for part in book.exchanges if part.kind == kind for _, template in part.lines]
    known = dict(values or {})

    def source(name: str, form: str) -> Value:
        if name in known:
            return known[name]
        return Value(_filler(book, rng, name, form))

    return Message(*fill(rng.choice(lines), source))


def _filler(book: Book, rng: Random, name: str, form: str) -> str:
    if name in _RANDOM:
        return _RANDOM[name](rng, int(form) if form.isdigit() else 1)
    return rng.choice(book.fillers[name[1:]])


def _number(rng: Random, count: int) -> str:
    return rng.choice(_ISSUED) + digits(rng, count - 1)


_RANDOM: dict[str, Callable[[Random, int], str]] = {
    "_num": _number,
    "_digit": lambda rng, _: digits(rng, 1),
    "_upper": letters,
    "_hex": lambda rng, count: letters(rng, count, "0123456789abcdef"),
}


def _surface(rng: Random, label: str, language: str) -> str:
    """Return a plain value: the language's own where it has one."""
    own = _BY_LANGUAGE.get((label, language))
    return own(rng) if own else COMMON[label](rng)


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
    number = rng.choice((jp_mobile, jp_mobile, jp_landline))(rng, lead=_ISSUED)
    return rng.choice((number, number, f"+81-{number[1:]}"))


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
    return rng.choice((_number(rng, 5), f"{rng.choice(('LS', 'BS', 'YO'))}{_number(rng, 1)} 4QT"))


def _card(rng: Random) -> str:
    prefix, groups = rng.choice(
        (("4", (4, 4, 4, 4)), ("53", (4, 4, 4, 4)), ("37", (4, 6, 5)), ("35", (4, 4, 4, 4)))
    )
    body = prefix + digits(rng, sum(groups) - 1 - len(prefix))
    return _in_groups(body + luhn_digit(body), groups, rng.choice(" -"))


def _my_number(rng: Random) -> str:
    return _in_groups(my_number(rng), (4, 4, 4), rng.choice(("-", " ", "")))


def _iban(rng: Random) -> str:
    """Return an account number with the check digits of ISO 7064 mod 97-10."""
    country, bban = rng.choice((("DE", digits(rng, 18)), ("NL", f"{letters(rng, 4)}{digits(rng, 10)}")))
    number = "".join(str(int(char, 36)) for char in f"{bban}{country}00")
    text = f"{country}{98 - int(number) % 97:02}{bban}"
    return _in_groups(text, [4] * -(-len(text) // 4), " ")


def _in_groups(text: str, sizes: Sequence[int], separator: str) -> str:
    starts = accumulate(sizes, initial=0)
    return separator.join(text[start : start + size] for start, size in zip(starts, sizes, strict=False))


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
    ("POSTAL_CODE", "ja"): lambda rng: f"{_number(rng, 3)}-{digits(rng, 4)}",
    ("POSTAL_CODE", "en"): lambda rng: rng.choice(
        (_number(rng, 5), f"{letters(rng, 2)}{digits(rng, 1)} 4QT")
    ),
    ("LICENSE_PLATE", "ja"): jp_plate,
    ("LICENSE_PLATE", "en"): _plate_en,
    ("BANK_ACCOUNT", "ja"): lambda rng: digits(rng, 7),
    ("BANK_ACCOUNT", "en"): lambda rng: _number(rng, 10),
}
