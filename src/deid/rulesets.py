"""What laws ask of a release, as dated data: which gate or file shows each rule, and which none can."""

import datetime
from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from deid.errors import ConfigError
from deid.policies import Mode
from deid.yamlfile import Frozen, config_folder, names, read_mapping, validate


class Rule(Frozen):
    """One rule of a law.

    checks    : starts of the names of gates that show it.
    files     : files of a release that show it.
    otherwise : why a program cannot show it; set when neither can.
    """

    article: str
    modes: tuple[Mode, ...]
    says: str
    checks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    otherwise: str = ""

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if bool(self.checks or self.files) == bool(self.otherwise):
            raise ValueError(f"name checks or files that show it, or say why none can ({self.article})")
        return self


class OriginRule(Frozen):
    """Purposes that data from somewhere may serve in pseudonymize mode."""

    pseudonymize: tuple[str, ...]
    source: str


class RuleSet(Frozen):
    """The rules of one regime, as in force from a day.

    in_force : first day on which they hold.
    dated    : day of this reading.
    origins  : where records come from → what they may serve.
    """

    regime: Literal["APPI", "GDPR", "CCPA"]
    title: str
    in_force: datetime.date
    dated: datetime.date
    source: str
    origins: dict[str, OriginRule] = Field(default_factory=dict)
    rules: dict[str, Rule]


def load_rules(regime: str, *, on: datetime.date) -> RuleSet:
    """Return the rules of a regime that are in force on a day; ConfigError when none are known."""
    known = [found for found in all_rules() if found.regime == regime and found.in_force <= on]
    if not known:
        raise ConfigError(f"no rules of {regime} are known for {on}", hint="see configs/rules")
    return max(known, key=lambda found: found.in_force)


def all_rules() -> Iterator[RuleSet]:
    """Yield every shipped rule set."""
    for name in names("rules"):
        path = config_folder("rules", f"{name}.yaml")
        found = validate(RuleSet, read_mapping(path), str(path))
        if name != f"{found.regime.lower()}-{found.in_force}":
            raise ConfigError(f"{path}: the name says another regime or day than the file")
        yield found
