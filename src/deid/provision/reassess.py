"""An assessment made again: it holds for another while, or the release counts as anonymous no more (O-26)."""

import datetime

from deid.errors import InputError
from deid.papers.source import PaperSource
from deid.provision.register import Event, Register
from deid.subjects.deadlines import months_after
from deid.types import Json

# Time to call a release back that is personal data again; no law says a number.
_EXPIRES_MONTHS = 1


def reassess(source: PaperSource, register: Register, risk: Json, *, now: datetime.datetime) -> Event:
    """Enter the result of a later attack run, as ``deid risk --gate GATE --json`` prints it.

    A gate that does not hold changes the status from anonymous to pseudonymous, with a day by which the data
    set has to go and the recipients who have to be told. Raises InputError for a result without checks.
    """
    checks = risk.get("checks")
    if source.mode != "anonymize":
        raise InputError(f"{source.name}: a pseudonymized release is personal data whatever an attack finds")
    if not checks:
        raise InputError("the result names no checks", hint="make it with `deid risk … --gate GATE --json`")
    on = now.date()
    failed = [check["name"] for check in checks if not check["passed"]]
    facts: Json = {"on": on.isoformat(), "gate": risk.get("gate")}
    if not failed:
        due = months_after(on, _months(source)).isoformat()
        return register.append("reassessment", source, {**facts, "next": due}, now=now)
    facts |= {
        "from": "anonymous",
        "to": "pseudonymous",
        "failed": failed,
        "expires": months_after(on, _EXPIRES_MONTHS).isoformat(),
        "holders": holders(source, register),
    }
    return register.append("status", source, facts, now=now)


def holders(source: PaperSource, register: Register) -> list[str]:
    """Return the recipients who were given a release, each once."""
    given = [event.facts["recipient"] for event in register.of(source.digest, "provision")]
    return list(dict.fromkeys(given))


def _months(source: PaperSource) -> int:
    """Return for how many months the first assessment was made to hold."""
    return (source.reassess.year - source.created.year) * 12 + source.reassess.month - source.created.month
