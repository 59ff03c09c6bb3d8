"""Write the samples of the three policies' pipelines: one file a policy, of invented people.

    python benchmarks/policysamples.py --out configs/samples --seed 1

``omigo.jsonl.gz`` holds conversations with profile, memory, device logs and top-ups, ``gmo-air.csv.gz``
customers with inquiries, ``omakase.jsonl.gz`` reservations with requests, cookies and places. Every item that
REQUIREMENTS 3.2 names for a policy has a value. The same seed gives the same bytes.
"""

import argparse
import csv
import gzip
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from casting import own_value
from deid.store import write_bytes
from exchanges import read_book
from inputs import write_lines
from nationalids import digits, luhn_digit, my_number, us_ssn
from people import REFERENCE_YEAR, Person, people
from policyvalues import RARE, SHARED, cell_of

_BOOK = read_book(Path(__file__).parent / "templates" / "policies.txt", "")
_MONTH = "2026-09"
_SMALL = ("dish", "way")
_PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"


@dataclass(frozen=True, slots=True)
class Plant:
    """A value that no release may hold, and the item of the policy that it stands for."""

    record: str
    item: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sample:
    """Records of one policy, and what is planted in them."""

    records: tuple[dict[str, object], ...] = field(repr=False)
    plants: tuple[Plant, ...] = field(repr=False)


class Guest:
    """One person while their record is written; every value put into it is planted or shared."""

    def __init__(self, person: Person, number: int, rare: int, rng: Random) -> None:
        self.person = person
        self.number = number
        self.rare = rare
        self.rng = rng
        self.plants: list[tuple[str, str]] = []
        self.cell = cell_of(person)
        self.words = _words(person, rng)

    def put(self, item: str, value: str) -> str:
        """Return a value of this person alone, planted."""
        self.plants.append((item, value))
        return value

    def word(self, item: str, name: str) -> str:
        """Return one of the words that texts are filled with, planted as a field."""
        return self.put(item, self.words[name])

    def common(self, item: str, kind: str) -> str:
        """Return a value that the whole cell has; somebody rare has one of their own, planted."""
        if self.cell is None:
            return self.put(item, RARE[kind][self.rare % len(RARE[kind])])
        pool = SHARED[kind].get(self.person.language) or SHARED[kind]["both"]
        return pool[self.cell % len(pool)]

    def said(self, item: str, kind: str) -> list[tuple[str, str]]:
        """Return (mark, line) of one exchange, the values that fill it planted."""
        book = [one for one in _BOOK.exchanges if one.kind == f"{self.person.language}-{kind}"]
        lines = book[self.number % len(book)].lines
        for name, value in self.words.items():
            if name not in _SMALL and any(f"{{{name}}}" in line for _, line in lines):
                self.put(item, value)
        return [(mark, line.format_map(self.words)) for mark, line in lines]

    def line(self, item: str, kind: str) -> str:
        """Return the one line of an exchange."""
        return self.said(item, kind)[0][1]


def _words(person: Person, rng: Random) -> dict[str, str]:
    card = f"411111{digits(rng, 9)}"
    return {
        "name": person.name,
        "nick": person.nick,
        "email": person.email,
        "phone": person.phone,
        "address": own_value(person, "address"),
        "friend": rng.choice(_BOOK.fillers[f"{person.language}_friend"]),
        "my_number": my_number(rng),
        "ssn": us_ssn(rng),
        "password": f"Qz{digits(rng, 4)}!vR{digits(rng, 2)}",
        "card": card + luhn_digit(card),
        "cvv": digits(rng, 3),
        "login": f"user{digits(rng, 6)}",
        "contract": f"GA-{digits(rng, 8)}",
        "dish": rng.choice(_BOOK.fillers[f"{person.language}_dish"]),
        "way": rng.choice(_BOOK.fillers[f"{person.language}_way"]),
        "sensitive": rng.choice(_BOOK.fillers[f"{person.language}_sensitive"]),
    }


def _hex(rng: Random, count: int) -> str:
    return f"{rng.getrandbits(4 * count):0{count}x}"


def _time(guest: Guest) -> str:
    """Return a moment that nobody else has: planted at full precision by whoever puts it."""
    rng = guest.rng
    hour, minute, second = rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59)
    return f"{_MONTH}-{rng.randint(1, 28):02}T{hour:02}:{minute:02}:{second:02}"


def _omigo(guest: Guest) -> dict[str, object]:
    """One conversation with all that Omigo holds about its user (clauses 1.1 to 1.7, 2, 3.3 and 4.2)."""
    put, word, common, person, rng = guest.put, guest.word, guest.common, guest.person, guest.rng
    chat = [line for kind in ("small", "chat", "secret") for line in guest.said("chat", kind)]
    return {
        "conversation_id": put("user-id", f"conv-{_hex(rng, 10)}"),
        "user_id": put("user-id", person.user_id),
        "profile": {
            "username": put("username", person.handle),
            "nickname": word("username", "nick"),
            "name": word("username", "name"),
            "password": put("password", f"pw-{_hex(rng, 12)}"),
            "email": word("email", "email"),
            "phone": word("phone", "phone"),
            "birth_date": put("birth-date", person.birthday.isoformat()),
            "age": person.age,
            "gender": person.gender,
            "nationality": common("nationality", "nationality"),
            "location": person.region,
            "biography": guest.line("biography", "biography"),
            "goal": guest.line("other-inputs", "biography"),
            "apple_id": put("third-party-account", f"{_hex(rng, 8)}@appleid.example.com"),
            "google_id": put("third-party-account", f"1{digits(rng, 20)}"),
            "picture": put("pictures", f"{_PICTURE}{_hex(rng, 24)}"),
            "voice": put("voice", f"data:audio/ogg;base64,T2dnUwAC{_hex(rng, 24)}"),
            "community": put("membership", f"cohort-{_hex(rng, 6)}"),
        },
        "character": "restart",
        "messages": [
            {
                "role": "user" if mark == "U" else "assistant",
                "content": text,
                "time": put("log-times", _time(guest)),
            }
            for mark, text in chat
        ],
        "memory": [guest.line("memory", "memory")],
        "search": [guest.line("search-terms", "search")],
        "clipboard": {
            "code": put("clipboard-codes", f"share-{_hex(rng, 8)}"),
            "link": put("links", f"https://files.example.com/u/{_hex(rng, 10)}?sig={_hex(rng, 16)}"),
        },
        "feedback": [put("feedback", f"complaint {_hex(rng, 6)} about {guest.words['friend']}")],
        "device": {
            "model": common("device", "model"),
            "system": common("device", "system"),
            "network": common("network", "network"),
            "android_id": put("device-ids", _hex(rng, 16)),
            "idfa": put("device-ids", f"{_hex(rng, 8)}-{_hex(rng, 4)}-{_hex(rng, 4)}-{_hex(rng, 12)}"),
            "ip": put("ip-address", f"203.0.113.{guest.number}"),
            "sensors": [put("sensors", f"{rng.uniform(-9, 9):.6f}")],
            "apps": [put("app-list", f"com.example.app{_hex(rng, 6)}")],
            "crash": guest.line("crash", "crash"),
        },
        "cookies": {
            "anonymous_id": put("cookies", f"anon-{_hex(rng, 16)}"),
            "session": put("session", f"sess-{_hex(rng, 24)}"),
        },
        "places": [put("location-history", f"{rng.uniform(30, 45):.5f},{rng.uniform(130, 145):.5f}")],
        "topups": [
            {
                "time": put("purchases", _time(guest)),
                "goods": common("purchases", "goods"),
                "amount": guest.rng.randint(1, 9) * 100 + 1 if guest.cell is not None else 9_800_000,
            }
        ],
        "payment": {
            "holder": put("card-holder", f"{person.name} {_hex(rng, 4)}"),
            "security_code": put("payment-secrets", f"sc-{_hex(rng, 8)}"),
        },
        "violations": [put("violation", f"case {_hex(rng, 8)}")],
    }


def _gmo_air(guest: Guest) -> dict[str, object]:
    """One customer with an inquiry (clauses 2.1, 2.2, 3.1 and 8)."""
    put, word, common, rng = guest.put, guest.word, guest.common, guest.rng
    return {
        "inquiry_id": put("customer-id", f"inq-{_hex(rng, 10)}"),
        "customer_id": put("customer-id", guest.person.user_id),
        "name": word("name", "name"),
        "company": common("corporate-name", "company"),
        "email": word("email", "email"),
        "phone": word("phone", "phone"),
        "prefecture": guest.person.region,
        "street": word("address", "address"),
        "inquiry": guest.line("inquiry", "inquiry"),
        "contract": word("contract", "contract"),
        "contact": put("contract", f"desk {_hex(rng, 6)}"),
        "goods": common("payments", "service"),
        "amount": str(5001 if guest.cell is not None else 9_800_000),
        "paid": f"{_MONTH}-15",
        "changed": put("service-changes", _time(guest)),
        "prize": guest.line("prizes", "prize"),
        "cookie": put("related", f"ck-{_hex(rng, 16)}"),
        "advertising_id": put("related", f"{_hex(rng, 8)}-{_hex(rng, 4)}-{_hex(rng, 4)}-{_hex(rng, 12)}"),
    }


def _omakase(guest: Guest) -> dict[str, object]:
    """One reservation with what the service holds about the guest (clauses 1, 4, 5 and 10)."""
    put, word, common, person, rng = guest.put, guest.word, guest.common, guest.person, guest.rng
    return {
        "reservation_id": put("member-id", f"rsv-{_hex(rng, 10)}"),
        "member_id": put("member-id", person.user_id),
        "profile": {
            "name": word("name", "name"),
            "receipt_name": put("receipt-name", f"{person.employer} {_hex(rng, 4)}"),
            "external_id": put("external-ids", f"ext-{_hex(rng, 12)}"),
            "password": put("password", f"pw-{_hex(rng, 12)}"),
            "card": word("card", "card"),
            "email": word("email", "email"),
            "phone": word("phone", "phone"),
            "contact": put("contact", f"{guest.words['friend']} {_hex(rng, 6)}"),
            "birth_date": put("birth-date", person.birthday.isoformat()),
            "age": person.age,
            "gender": person.gender,
            "language": common("language", "language"),
            "company": common("company", "company"),
            "area": person.region,
            "allergy": common("allergy", "allergy"),
            "food": common("food", "food"),
            "serving": common("food", "serving"),
            "alcohol": common("alcohol", "alcohol"),
            "note": put("other-inputs", f"{person.email}"),
        },
        "reservation": {
            "date": put("reservation", _time(guest)),
            "cuisine": common("reservation", "cuisine"),
            "shop": put("reservation", f"{guest.words['friend']}亭 {_hex(rng, 4)}"),
            "requests": guest.line("other-inputs", "request"),
        },
        "device": {
            "model": common("device", "model"),
            "browser": common("device", "browser"),
            "provider": common("provider", "provider"),
            "ip": put("ip-address", f"198.51.100.{guest.number}"),
        },
        "visits": [
            {
                "time": put("log-times", _time(guest)),
                "page": common("behaviour", "page"),
                "url": put("urls", f"https://example.com/r/{_hex(rng, 10)}?mail={guest.words['email']}"),
            }
        ],
        "mail_opened": 3 if guest.cell is not None else 812,
        "cookies": {
            "session": put("cookies", f"s-{_hex(rng, 16)}"),
            "anonymous_id": put("cookies", f"a-{_hex(rng, 16)}"),
        },
        "places": [
            {"place": common("location-history", "place"), "time": put("location-history", _time(guest))}
        ],
        "push_token": put("related", f"push-{_hex(rng, 20)}"),
    }


_RECORDS: Mapping[str, tuple[str, Callable[[Guest], dict[str, object]]]] = {
    "omigo": ("omigo.jsonl.gz", _omigo),
    "gmo-air": ("gmo-air.csv.gz", _gmo_air),
    "omakase": ("omakase.jsonl.gz", _omakase),
}
POLICIES = tuple(_RECORDS)


def generate(policy: str, seed: int) -> Sample:
    """Return the sample of a policy."""
    rng = Random(f"{policy}/{seed}")
    records: list[dict[str, object]] = []
    plants: list[Plant] = []
    met: list[Person] = []
    for number, person in enumerate(_crowd(rng, with_minor=policy == "omigo"), 1):
        guest = Guest(person, number, sum(cell_of(one) is None for one in met), rng)
        met.append(person)
        record = _RECORDS[policy][1](guest)
        records.append(record)
        plants += [Plant(str(next(iter(record.values()))), item, value) for item, value in guest.plants]
    return Sample(tuple(records), tuple(plants))


def _crowd(rng: Random, *, with_minor: bool) -> Iterator[Person]:
    """Yield two people for each place in a cell, those who are rare once, and one under age at the end."""
    first = people(rng)
    everybody = [*first, *(person for person in people(rng) if cell_of(person) is not None)]
    for person in everybody:
        yield _renamed(person, rng)
    if with_minor:
        born = date(REFERENCE_YEAR - 14, 4, 1)
        yield _renamed(replace(first[0], user_id=f"usr_{_hex(rng, 10)}", age=14, birthday=born), rng)


def _renamed(person: Person, rng: Random) -> Person:
    family, _, kana = rng.choice(_BOOK.fillers[f"{person.language}_family"]).partition(":")
    nick = person.nick if person.language == "ja" else f"{person.given[:3]}{family[:4]}"
    return replace(person, family=family, kana=(kana, person.kana[1]), nick=nick)


def write(sample: Sample, path: Path) -> None:
    """Write a sample as its name says, gzipped, without name or time."""
    if path.name.endswith(".jsonl.gz"):
        write_lines(path, sample.records)
        return
    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(sample.records[0]))
    writer.writeheader()
    writer.writerows(sample.records)
    write_bytes(path, gzip.compress(lines.getvalue().encode(), mtime=0))


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each policy and its file in a folder."""
    for policy, (name, _) in _RECORDS.items():
        yield policy, folder / name


def main() -> int:
    """Write every sample."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for policy, path in files(arguments.out):
        sample = generate(policy, arguments.seed)
        write(sample, path)
        print(f"{path}: {len(sample.records)} records, {len(sample.plants)} planted values", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
