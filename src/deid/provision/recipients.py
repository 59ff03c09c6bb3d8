"""Who may be given a release: the recipients that people have agreed with, in a file of their own."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from deid.papers.provided import is_abroad
from deid.yamlfile import Frozen, read_mapping, validate

Kind = Literal["third-party", "processor", "joint-user"]

_NEEDED = "REQUIREMENTS O-22"
_ABROAD = "APPI article 28(2)"
_TRANSFER = "GDPR chapter V; Omigo 4.1"
_JOINT = "APPI article 27(5)(iii)"


class JointUse(Frozen):
    """What was announced of a joint use (APPI art. 27(5)(iii))."""

    announced: datetime.date | None = None
    items: tuple[str, ...] = ()
    scope: str = ""
    purposes: tuple[str, ...] = ()
    manager: str = ""

    def missing(self) -> Iterator[str]:
        """Yield the names of what was not announced."""
        for name in ("announced", "items", "scope", "purposes", "manager"):
            if not getattr(self, name):
                yield f"joint.{name}"


class Recipient(Frozen):
    """One recipient. What may be left out here is refused when a release is provided, by name.

    agreement : reference of the contract.
    purposes  : what it allows.
    country   : ISO 3166 code.
    system    : how personal information is protected there, or where that is published; abroad only.
    measures  : what the recipient does to protect it; abroad only.
    transfer  : mechanism of a transfer under the GDPR: SCC, adequacy or consent; abroad only.
    """

    name: str
    kind: Kind
    agreement: str = ""
    purposes: tuple[str, ...] = ()
    country: str = ""
    system: str = ""
    measures: str = ""
    transfer: str = ""
    joint: JointUse | None = None

    def missing(self, regimes: tuple[str, ...]) -> Iterator[str]:
        """Yield what is not stated and has to be, each with where that is written."""
        for name in ("agreement", "purposes", "country"):
            if not getattr(self, name):
                yield f"{name} ({_NEEDED})"
        if self.country and is_abroad(self.country):
            yield from (f"{name} ({_ABROAD})" for name in ("system", "measures") if not getattr(self, name))
            if "GDPR" in regimes and not self.transfer:
                yield f"transfer ({_TRANSFER})"
        if self.kind == "joint-user":
            yield from (f"{name} ({_JOINT})" for name in (self.joint or JointUse()).missing())


class _Recipients(Frozen):
    recipients: dict[str, Recipient] = Field(default_factory=dict)


def load_recipients(path: Path) -> dict[str, Recipient]:
    """Read the file: id to recipient. Raises ConfigError."""
    return validate(_Recipients, read_mapping(path), str(path)).recipients
