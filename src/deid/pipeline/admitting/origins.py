"""Where records come from: laws that let data from somewhere serve some purposes alone in pseudonymize mode.

A newer Supplementary Rule to the APPI limits pseudonymously processed information that came from the EU to
statistics (REQUIREMENTS D-10, A-43); what is anonymized is destroyed beyond recall, and is free of it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from deid.config import Config
from deid.errors import ReleaseRefused
from deid.ingest.record import Record
from deid.rulesets import OriginRule, load_rules


@dataclass(frozen=True, slots=True)
class OriginCheck:
    """The rules of a day, ready to be asked.

    field   : declared field that says where a record comes from.
    purpose : what the release is for; None serves nothing that is limited.
    """

    field: str
    purpose: str | None
    rules: Mapping[str, OriginRule]

    def check(self, record: Record) -> None:
        """Refuse the whole run for a record whose origin does not allow it; raises ReleaseRefused."""
        for leaf in record.leaves:
            rule = self.rules.get(str(leaf.value).upper()) if leaf.declared == self.field else None
            if rule is not None and self.purpose not in rule.pseudonymize:
                raise _refusal(str(leaf.value).upper(), self.purpose, rule)


def _refusal(origin: str, purpose: str | None, rule: OriginRule) -> ReleaseRefused:
    allowed = " or ".join(rule.pseudonymize)
    told = f"records from {origin} may serve {allowed} alone in mode pseudonymize, not `{purpose}`"
    return ReleaseRefused([f"{told} ({rule.source})"], hint="use mode anonymize, or leave these records out")


def origin_check(config: Config, today: datetime.date) -> OriginCheck | None:
    """Return the check; None where nothing is limited: in anonymize mode, and without `input.origin`."""
    if config.input.origin is None or config.mode == "anonymize":
        return None
    rules = load_rules("APPI", on=today).origins
    return OriginCheck(config.input.origin, config.purpose, rules)
