"""A privacy policy's promises as data, and the tables that deadlines and ages are reckoned by."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from deid.errors import ConfigError
from deid.yamlfile import Frozen, config_folder, one_of, read_mapping, validate


class PurposeRule(Frozen):
    """In which modes a purpose may be served, and the clause that says so."""

    modes: tuple[Literal["anonymize", "pseudonymize"], ...]
    clause: str


class LegalPeriod(Frozen):
    """A period within which a law wants a request carried out."""

    regime: str
    months: int = Field(default=0, ge=0)
    days: int = Field(default=0, ge=0)
    counts_from: Literal["receipt", "verification"]
    source: str


class RequestRule(Frozen):
    """By when people's requests are carried out; the earliest day holds."""

    business_days: int = Field(ge=1)
    warn: int = Field(ge=0, description="business days before the last day")
    calendar: str
    clause: str
    legal: tuple[LegalPeriod, ...] = ()


class CalendarSpec(Frozen):
    """Days on which offices are closed, known between two dates."""

    name: str
    source: str
    dated: datetime.date
    first: datetime.date
    last: datetime.date
    weekend: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ...]
    every_year: tuple[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], ...]
    holidays: tuple[tuple[datetime.date, ...], ...]


class MinorRule(Frozen):
    """Whose data a policy promises to delete for their age."""

    under: int = Field(ge=1, le=120, description="years; more where the age of majority is higher")
    clause: str


class _Majority(Frozen):
    age: int = Field(ge=1, le=120)
    source: str


class _MajorityTable(Frozen):
    dated: datetime.date
    ages: dict[str, _Majority]


class PolicySpec(Frozen):
    """A privacy policy's promises, as data."""

    name: str
    title: str
    regimes: tuple[str, ...]
    contact: str
    purposes: dict[str, PurposeRule]
    unnamed_purpose: str = Field(description="why a purpose that is not listed is refused")
    requests: RequestRule
    minors: MinorRule | None = None


def load_policy(name: str) -> PolicySpec:
    """Read a policy of ``configs/policies`` by name."""
    path = config_folder("policies", f"{name}.yaml")
    if not path.is_file():
        raise ConfigError(f"policy: no policy `{name}`", hint=one_of("policies"))
    return validate(PolicySpec, read_mapping(path), str(path))


def load_calendar_spec(name: str) -> CalendarSpec:
    """Read a calendar of ``configs/calendars`` by name."""
    path = config_folder("calendars", f"{name}.yaml")
    if not path.is_file():
        raise ConfigError(f"no calendar `{name}`", hint=one_of("calendars"))
    return validate(CalendarSpec, read_mapping(path), str(path))


def load_majority() -> dict[str, int]:
    """Read the ages of majority above 18: ISO 3166 code to years."""
    path = config_folder("majority.yaml")
    table = validate(_MajorityTable, read_mapping(path), str(path))
    return {place: found.age for place, found in table.ages.items()}
