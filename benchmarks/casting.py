"""What fills the slots of an exchange: the person's own values, third parties, dates and filler.

What belongs to a person (their passport, their address) is drawn from a generator seeded with their id,
so it is the same in all of their conversations; what belongs to the moment comes from the exchange's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from identifiers import COMMON
from nationalids import digits, jp_plate
from people import REFERENCE_YEAR, Person, phone, third_party
from slots import Value
from surfaces import shape

_TOWN_JA = ("若葉台", "桜見町", "東雲ヶ丘", "泉野", "緑ヶ丘", "本町通")
_BUILDING_JA = ("", "", "メゾン青葉203号室", " コーポ森101", "ハイツ光405")
_STREET_EN = ("Larkspur Lane", "Maple Hollow Road", "Old Mill Street", "Juniper Avenue", "Foxglove Court")
_ERAS = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))
_MONTHS = (  # strftime would follow the locale
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """The source of one exchange's values."""

    person: Person
    language: str
    fillers: Mapping[str, tuple[str, ...]]
    rng: Random = field(repr=False)
    _drawn: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def __call__(self, name: str, form: str) -> Value:
        """Return the value of a slot; the same slot gives the same value within an exchange.

        Raises KeyError for a slot nobody knows.
        """
        if name.startswith("_"):
            return Value(self._once(name, form))
        label, plain = self._labelled(name, form)
        return Value(
            shape(plain, form, self.language, self.rng) if form not in _DATES else plain, label, form
        )

    def _labelled(self, name: str, form: str) -> tuple[str, str]:
        if name == "birthday":
            return "DATE_OF_BIRTH", write_date(self.person.birthday, form, self.language)
        if name in _OWN:
            return _OWN[name], own_value(self.person, name)
        if name in _MOMENT:
            return _MOMENT[name], self._once(name, "")
        return name, own_value(self.person, name)

    def _once(self, name: str, variant: str) -> str:
        if (name, variant) not in self._drawn:
            taken = set(self._drawn.values())
            self._drawn[name, variant] = self._draw(name, taken)
        return self._drawn[name, variant]

    def _draw(self, name: str, taken: set[str]) -> str:
        if name.startswith("_"):
            return self.rng.choice([word for word in self.fillers[name[1:]] if word not in taken])
        if name == "date":
            day = date(REFERENCE_YEAR, self.rng.randint(1, 9), self.rng.randint(1, 28))
            return write_date(day, "day", self.language)
        who, _, part = name.partition("_")
        family, given = self._third(who)
        if part:
            return family if part == "family" else given
        return f"{family}{given}" if self.language == "ja" else f"{given} {family}"

    def _third(self, who: str) -> tuple[str, str]:
        key = (f"{who}!", "")
        if key not in self._drawn:
            self._drawn[key] = "/".join(third_party(self.rng, self.language))
        family, _, given = self._drawn[key].partition("/")
        return family, given


_MOMENT = {
    "friend": "PERSON",
    "friend_given": "PERSON",
    "colleague_family": "PERSON",
    "date": "DATE_TIME",
}
_OWN = {
    "name": "PERSON",
    "family": "PERSON",
    "given": "PERSON",
    "kana": "PERSON",
    "hira": "PERSON",
    "nick": "PERSON",
    "handle": "USERNAME",
    "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "landline": "PHONE_NUMBER",
    "address": "STREET_ADDRESS",
    "postal": "POSTAL_CODE",
    "age": "AGE",
    "city": "LOCATION",
    "occupation": "OCCUPATION",
    "employer": "ORGANIZATION",
    "plate": "LICENSE_PLATE",
}
_DATES = ("era", "slash")


def own_value(person: Person, name: str) -> str:
    """Return a value of the person: a profile field, or one drawn from their own generator.

    Raises KeyError for a name that is neither.
    """
    simple = {"kana": person.katakana, "hira": person.kana[1], "age": str(person.age), "city": person.city[0]}
    if name in simple:
        return simple[name]
    if name in _OWN and hasattr(person, name):
        return str(getattr(person, name))
    rng = Random(f"{person.user_id}/{'address' if name == 'postal' else name}")
    if name in ("address", "postal"):
        return _address(rng, person)[name == "postal"]
    return _OF_COUNTRY[name](rng, person) if name in _OF_COUNTRY else COMMON[name](rng)


def write_date(day: date, form: str, language: str) -> str:
    """Return a date as people write it: plain, ``day`` (no year), ``era`` (Japanese) or ``slash`` (US)."""
    if form == "slash":
        return f"{day.month:02}/{day.day:02}/{day.year}"
    if form == "era":
        start, era = next((start, era) for start, era in _ERAS if day >= start)
        year = day.year - start.year + 1
        return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    if language == "ja":
        return f"{'' if form == 'day' else f'{day.year}年'}{day.month}月{day.day}日"
    return f"{_MONTHS[day.month - 1]} {day.day}{'' if form == 'day' else f', {day.year}'}"


def _plate(rng: Random, language: str) -> str:
    if language == "ja":
        return jp_plate(rng)
    return f"{rng.randint(2, 8)}{''.join(rng.choices('BCDFGHJKLMNP', k=3))}{digits(rng, 3)}"


_OF_COUNTRY: Mapping[str, Callable[[Random, Person], str]] = {
    "landline": lambda rng, person: phone(rng, person.region, mobile=False),
    "plate": lambda rng, person: _plate(rng, person.language),
    "BANK_ACCOUNT": lambda rng, person: digits(rng, 7 if person.language == "ja" else 10),
}


def _address(rng: Random, person: Person) -> tuple[str, str]:
    """Return an address and its postal code: a real town, an invented street."""
    city, place = person.city
    if person.language == "ja":
        block = "-".join(str(rng.randint(1, 30)) for _ in range(3))
        code = f"{rng.randint(100, 999)}-{digits(rng, 4)}"
        return f"{place}{rng.choice(_TOWN_JA)}{block}{rng.choice(_BUILDING_JA)}", code
    where = "".join(digits(rng, 1) if char == "#" else char for char in place)
    state, _, code = where.partition(" ") if where[:2].isalpha() and " " in where[:4] else ("", "", where)
    street = f"{rng.randint(100, 9800)} {rng.choice(_STREET_EN)}"
    return f"{street}, {city}{f', {state}' if state else ''} {code}", code
