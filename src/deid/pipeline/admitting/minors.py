"""People under age, by their profile or their own words: out of every release, with nothing anonymized left.

A policy promises it or not; the rule is the policy's. Somebody is *suspected* here, on what the record says;
whether they are is for the operator, who gets their ids beside the release and ends their accounts.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deid.config import Config
from deid.detect.facts import parse_age, read_facts
from deid.detect.stated.births import age_at
from deid.ingest.record import Record, subject_index
from deid.policies import MinorRule, load_majority, load_policy
from deid.sections import InputConfig
from deid.transform.dates import parse_date
from deid.types import Span

_AGE = re.compile(r"([0-9]+)(?:-([0-9]+))?")
# A band such as «teens» ends just beyond the limit: who says so little is more likely under it than not.
_BEYOND = 2


@dataclass(frozen=True, slots=True)
class MinorCheck:
    """A policy's rule, ready to be asked.

    majority : ISO 3166 code → age of majority, where it is above the rule's.
    places   : surface of a place → its leaf, as for ``read_facts``.
    today    : day of the run; an age is reckoned for it.
    """

    rule: MinorRule
    roles: InputConfig
    majority: Mapping[str, int] = field(repr=False)
    places: Mapping[str, str] = field(repr=False)
    today: datetime.date

    def suspected(self, record: Record, spans: Sequence[Sequence[Span]]) -> set[int]:
        """Return the subjects of a record who are under age by what it says, as indices."""
        limits = self._limits(record)
        stated = [
            (record.turns[fact.turn].speaker, fact.value)
            for fact in read_facts(record.turns, spans, self.places, today=self.today)
            if fact.kind == "AGE" and fact.whose == "speaker"
        ]
        return {
            subject
            for subject, age in (*stated, *self._profile(record))
            if subject is not None and is_under(age, limits[subject])
        }

    def _profile(self, record: Record) -> list[tuple[int, str]]:
        ages = [(who, parse_age(value)) for who, value in self._values(record, self.roles.age)]
        births = [(who, self._age_of(value)) for who, value in self._values(record, self.roles.birth_date)]
        return [(who, age) for who, age in (*ages, *births) if age is not None]

    def _age_of(self, birth: str) -> str | None:
        born = parse_date(birth)
        if born is None:
            return None
        parts = [part for part in (born.month, born.day) if part is not None]
        return age_at("-".join([str(born.year), *(f"{part:02d}" for part in parts)]), self.today)

    def _limits(self, record: Record) -> list[int]:
        limits = [self.rule.under] * len(record.subjects)
        for who, country in self._values(record, self.roles.country):
            limits[who] = max(limits[who], self.majority.get(country.upper(), 0))
        return limits

    @staticmethod
    def _values(record: Record, declared: str | None) -> list[tuple[int, str]]:
        return [
            (subject_index(leaf.path, record.prefixes), str(leaf.value))
            for leaf in record.leaves
            if leaf.declared == declared and leaf.value not in (None, "")
        ]


def minor_check(config: Config, places: Mapping[str, str], today: datetime.date) -> MinorCheck | None:
    """Return the check that the configured policy promises; None when it promises none."""
    rule = load_policy(config.policy).minors if config.policy else None
    if rule is None:
        return None
    return MinorCheck(rule, config.input, load_majority(), places, today)


def is_under(age: str, limit: int) -> bool:
    """Return whether an age, or a band of ages such as ``13-19``, is taken for less than ``limit`` years."""
    found = _AGE.fullmatch(age)
    if found is None:
        return False
    low, high = int(found[1]), int(found[2] or found[1])
    return low < limit and high < limit + _BEYOND
