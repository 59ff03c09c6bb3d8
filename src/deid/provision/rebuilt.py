"""A release that another replaces, since somebody asked for deletion: entered, with those who hold it."""

import datetime

from deid.papers.source import PaperSource
from deid.provision.reassess import holders
from deid.provision.register import Event, Register


def is_entered(source: PaperSource, register: Register, *, by: str) -> bool:
    """Return whether it is entered that a release is replaced by the one with this manifest."""
    return any(event.facts["by"] == by for event in register.of(source.digest, "rebuild"))


def enter_rebuilt(
    source: PaperSource, register: Register, *, by: str, why: str, now: datetime.datetime
) -> Event:
    """Enter that a release is replaced; the event names the recipients to be told (Omigo 6.3).

    by  : SHA-256 of the manifest of the release that replaces it.
    why : ticket or ground, in clear.
    """
    facts = {"on": now.date().isoformat(), "by": by, "why": why, "holders": holders(source, register)}
    return register.append("rebuild", source, facts, now=now)
