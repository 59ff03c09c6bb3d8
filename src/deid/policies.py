"""A privacy policy's promises as data, and the tables that deadlines and ages are reckoned by."""

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from deid.errors import ConfigError
from deid.yamlfile import Frozen, config_folder, given_or_shipped, names, one_of, read_mapping, validate

Mode = Literal["anonymize", "pseudonymize"]

TreatmentWord = Literal[
    "keep", "text", "generalize", "bands", "coarsen", "top", "shift",
    "surrogate", "reissue", "token", "tag", "delete", "drop",
]  # fmt: skip
"""What becomes of an item: the operators of a configuration, ``text`` (rewritten label by label),
``generalize`` (a quasi-identifier, until k holds) and ``drop`` (never read)."""

ItemClass = Literal[
    "keep", "text", "sensitive", "quasi", "direct", "code", "property", "secret", "linking", "media"
]  # fmt: skip

# What leaves a value, or a part of it, in place; nothing that identifies by itself may have it.
_LEAVES_VALUE = frozenset({"keep", "text", "generalize", "bands", "coarsen", "top", "shift"})
_IDENTIFYING = ("direct", "code", "property", "secret", "linking", "media")
_NEVER_OUT = ("secret", "media")


class PurposeRule(Frozen):
    """In which modes a purpose may be served, and the clause that says so."""

    modes: tuple[Mode, ...]
    clause: str


class ItemRule(Frozen):
    """One kind of personal information that a policy names, and what may become of it.

    row                    : the row of REQUIREMENTS 3.2 it stands in.
    ja, en                 : heading, as in a publication: no value, no method.
    anonymize, pseudonymize: treatments that are enough; leaving an item out always is.
    listed                 : key of the published heading it falls under; None for what is not published.
    retention              : key of the retention rule it falls under.
    """

    row: str
    clause: str
    ja: str
    en: str
    cls: ItemClass = Field(alias="class")
    anonymize: tuple[TreatmentWord, ...]
    pseudonymize: tuple[TreatmentWord, ...]
    listed: str | None = None
    retention: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        if isinstance(value, dict):
            for mode in ("anonymize", "pseudonymize"):
                if not value.get(mode):
                    raise ValueError(
                        f"no treatment in mode {mode} (clause {value.get('clause', 'not said')})"
                    )
        return value

    @model_validator(mode="after")
    def _lets_nothing_through(self) -> Self:
        words = {*self.anonymize, *self.pseudonymize}
        if self.cls in _IDENTIFYING and (wrong := sorted(words & _LEAVES_VALUE)):
            raise ValueError(f"class `{self.cls}` cannot have `{wrong[0]}` (clause {self.clause})")
        if self.cls in _NEVER_OUT and not words <= {"delete", "drop"}:
            raise ValueError(f"class `{self.cls}` is always deleted (clause {self.clause})")
        return self

    def allows(self, mode: Mode, word: TreatmentWord) -> bool:
        """Return whether a treatment is enough; what leaves the item out always is."""
        return word in ("delete", "drop") or word in (
            self.anonymize if mode == "anonymize" else self.pseudonymize
        )


class PublishedItems(Frozen):
    """The items that a policy lists as contained in anonymously processed information (APPI art. 43(3)).

    ja, en : key to heading; both languages list the same.
    """

    clause: str
    ja: dict[str, str]
    en: dict[str, str]

    @model_validator(mode="after")
    def _same(self) -> Self:
        if self.ja.keys() != self.en.keys():
            odd = sorted(self.ja.keys() ^ self.en.keys())
            raise ValueError(
                f"{len(self.ja)} items in Japanese and {len(self.en)} in English, not the same: "
                f"{', '.join(odd)} (clause {self.clause})"
            )
        return self


class Thresholds(Frozen):
    """What a release has to reach, in persons, and for how long its assessment holds."""

    k: int = Field(ge=2, description="inside the organisation")
    k_third_party: int = Field(ge=2, description="for anybody else, no less than inside")
    reassess_months: int = Field(ge=1, description="an assessment older than this is due again")
    source: str

    @model_validator(mode="after")
    def _no_laxer_outside(self) -> Self:
        if self.k_third_party < self.k:
            raise ValueError(f"k_third_party {self.k_third_party} is below k {self.k}")
        return self


class RetentionRule(Frozen):
    """How long a class of data is kept, and whether it may ever be training data."""

    keep: str
    clause: str
    training: bool = True


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
    """A privacy policy's promises, as data.

    version  : what a consent refers to, and the manifest pins; the day of publication where it has one.
    earlier  : earlier version to the purposes it named; a consent to it allows no more (Omigo 8.1).
    mappable : purposes that no clause names, which a person may map to one that is named.
    published: None where the policy itself lists no items.
    """

    name: str
    title: str
    version: str
    regimes: tuple[Literal["APPI", "GDPR", "CCPA"], ...] = Field(min_length=1)
    contact: str = Field(min_length=1)
    purposes: dict[str, PurposeRule]
    unnamed_purpose: str = Field(description="why a purpose that is not listed is refused")
    mappable: tuple[str, ...] = ()
    earlier: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    items: dict[str, ItemRule] = Field(min_length=1)
    published: PublishedItems | None = None
    provision: str = Field(description="what it says of provision to third parties, with the clause")
    thresholds: Thresholds
    retention: dict[str, RetentionRule]
    requests: RequestRule
    minors: MinorRule | None = None

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Self:
        headings = self.published.ja if self.published else {}
        for name, item in self.items.items():
            if item.listed is not None and item.listed not in headings:
                raise ValueError(
                    f"items.{name}: `{item.listed}` is not a published item (clause {item.clause})"
                )
            if item.retention is not None and item.retention not in self.retention:
                raise ValueError(f"items.{name}: no retention rule `{item.retention}` (clause {item.clause})")
        if self.requests.calendar not in names("calendars"):
            raise ValueError(
                f"requests.calendar: no calendar `{self.requests.calendar}` (clause {self.requests.clause})"
            )
        if twice := sorted(set(self.mappable) & self.purposes.keys()):
            raise ValueError(f"mappable: `{twice[0]}` is named by clause {self.purposes[twice[0]].clause}")
        return self


class PurposeMapping(Frozen):
    """A person's decision that a purpose no clause names falls under one that is named (REQUIREMENTS D-8)."""

    policy: str
    purpose: str
    to: str
    reason: str = Field(min_length=1)
    decided_by: str = Field(min_length=1)
    decided_on: datetime.date


def load_mapping(path: str) -> PurposeMapping:
    """Read the file of a purpose mapping."""
    return validate(PurposeMapping, read_mapping(Path(path)), path)


def policy_file(name: str) -> Path:
    """Return the file of a policy: a path, or the name of a shipped one."""
    return given_or_shipped(name, "policies", ".yaml", "policy: no policy")


def load_policy(name: str) -> PolicySpec:
    """Read a policy: a file, or the name of a shipped one."""
    path = policy_file(name)
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
