"""P1, pseudonym reversal: from a released id back to the id it stands for, without any key.

Three attackers. The dictionary holds every source id as it is and under the usual unkeyed functions and
default keys, whole or cut, in hexadecimal and base 64 and 32. The order attacker bets that ids were
numbered, or sorted, as the source's. The counting attacker knows how many records each person has; what
it finds is told apart, for it reverses no id: it needs a list of everybody's activity.
"""

import base64
import hashlib
import hmac
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from deid.risk.attack import AttackResult, Trials, judged, luck, one_each
from deid.risk.case import Case
from deid.risk.documents import numbered
from deid.risk.rates import Ints, exactly

NAME = "P1 pseudonym reversal"
COUNTS = "P1 activity counts"
_FUNCTIONS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_256")
_DEFAULT_KEYS = (b"", b"key", b"secret", b"salt", b"pepper", b"password", b"changeme", b"deid")
_PREFIX = 8  # characters of a cut digest that still tell
_PARTS = re.compile(r"[0-9A-Za-z+/_=-]+")


def by_dictionary(released: Sequence[str], source: Sequence[str]) -> Ints:
    """Return the source id each released id is a form of, -1 for none."""
    forms: dict[str, int] = {}
    for number, value in enumerate(source):
        for form in _forms(value):
            forms.setdefault(form, number)
    return np.array([_find(value, forms) for value in released], np.int64)


def by_order(released: Sequence[str], source: Sequence[str]) -> Ints:
    """Return the source id of the same rank."""
    ranks = np.argsort(np.argsort(np.array(released), kind="stable"), kind="stable")
    order = np.argsort(np.array(source), kind="stable")
    return np.where(ranks < len(order), order[np.minimum(ranks, len(order) - 1)], -1)


def by_count(released: Sequence[int], source: Sequence[int]) -> Ints:
    """Return the only source id with as many records, -1 where none or several have."""
    owners: dict[int, list[int]] = defaultdict(list)
    for number, n in enumerate(source):
        owners[n].append(number)
    return np.array([owners[n][0] if len(owners[n]) == 1 else -1 for n in released], np.int64)


def _forms(value: str) -> Iterator[str]:
    yield value.casefold()
    data = value.encode()
    for name in _FUNCTIONS:
        for digest in (
            hashlib.new(name, data).digest(),
            *(hmac.digest(key, data, name) for key in _DEFAULT_KEYS),
        ):
            for written in (
                digest.hex(),
                base64.b64encode(digest).decode(),
                base64.b32encode(digest).decode(),
            ):
                yield written.casefold()[:_PREFIX]
    yield base64.b64encode(data).decode().casefold().rstrip("=")
    yield data.hex()
    yield value[::-1].casefold()


def _find(value: str, forms: dict[str, int]) -> int:
    folded = value.casefold()
    for part in (folded, *_PARTS.findall(folded), *re.split(r"[^0-9a-z]+", folded)):
        for form in (part, part.rstrip("="), part[:_PREFIX] if len(part) >= _PREFIX else part):
            if form and form in forms:
                return forms[form]
    return -1


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Reverse the ids of the data subjects; the raw opponent is a release that left them as they were."""
    pairs = case.aligned.pairs
    source_ids = list(dict.fromkeys(source.subject for _, source in pairs))
    owner: dict[str, int] = {}
    for number in np.argsort(case.aligned.place).tolist():
        owner.setdefault(pairs[number][0].subject, int(case.person[number]))
    released_ids = list(owner)
    truth = np.array(list(owner.values()), np.int64)
    has = Counter(talk.subject for talk, _ in pairs)
    had = Counter(source.subject for _, source in pairs)
    guesses = {
        "dictionary": by_dictionary(released_ids, source_ids),
        "order": by_order(released_ids, source_ids),
        "first seen": numbered(released_ids),
        "counts": by_count([has[i] for i in released_ids], [had[i] for i in source_ids]),
    }
    own = np.arange(len(source_ids))
    unchanged = by_dictionary(source_ids, source_ids)
    raw = judged(_bare(NAME, "dictionary", len(own)), one_each(unchanged, own), unchanged, own, rng).released
    results = []
    for name, named in guesses.items():
        bare = replace(_bare(COUNTS if name == "counts" else NAME, name, len(own)), raw=raw)
        trials = Trials(named == truth, truth, np.zeros(len(named)), np.zeros(len(named), np.int64))
        chance = luck(named, truth) if name == "dictionary" else None
        results.append(replace(judged(bare, trials, named, truth, rng), tails={}, luck=chance))
    return results


def _bare(attack: str, attacker: str, pool: int) -> AttackResult:
    return AttackResult(attack, attacker, "linkability", pool, exactly(0), exactly(0), exactly(1 / pool))
