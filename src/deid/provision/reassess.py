"""An assessment made again: it holds for another while, or the release counts as anonymous no more (O-26)."""

import datetime
from collections.abc import Iterator

from deid.errors import InputError
from deid.papers.source import PaperSource
from deid.provision.register import Event, Register
from deid.subjects.deadlines import months_after
from deid.types import Json

_STRICTNESS = ("internal", "controlled", "public")

# Time to call a release back that is personal data again; no law says a number.
_EXPIRES_MONTHS = 1


def reassess(source: PaperSource, register: Register, risk: Json, *, now: datetime.datetime) -> Event:
    """Enter the result of a later attack run, as ``deid risk --gate GATE --json`` prints it.

    A gate that does not hold changes the status from anonymous to pseudonymous, with a day by which the data
    set has to go and the recipients who have to be told. Raises InputError for a result that cannot be read,
    is of another release, or answers to a laxer gate than the release did.
    """
    if source.mode != "anonymize":
        raise InputError(f"{source.name}: a pseudonymized release is personal data whatever an attack finds")
    if problem := next(_unfit(source, risk), None):
        raise InputError(problem, hint="make it with `deid risk … --gate GATE --json`")
    on = now.date()
    failed = [check["name"] for check in risk["checks"] if not check["passed"]]
    facts: Json = {"on": on.isoformat(), "gate": risk.get("gate")}
    if not failed:
        due = months_after(on, _months(source)).isoformat()
        return register.append("reassessment", source, {**facts, "next": due}, now=now)
    return _fall(source, register, {**facts, "failed": failed}, now=now)


def declassify(source: PaperSource, register: Register, *, why: str, now: datetime.datetime) -> Event:
    """Enter that an anonymous release counts as pseudonymous from now on (O-26, G-20).

    Because its personal-related data were joined to people, say, or an attack outside of this tool succeeded.
    There is no way back: what was once shown to identify does so for good. Raises InputError for a release
    that is pseudonymous already.
    """
    if source.mode != "anonymize" or register.of(source.digest, "status"):
        raise InputError(f"{source.name}: counts as pseudonymous already")
    return _fall(source, register, {"on": now.date().isoformat(), "failed": [], "why": why}, now=now)


def _fall(source: PaperSource, register: Register, facts: Json, *, now: datetime.datetime) -> Event:
    """Enter the change of status, with the day by which the data go and the recipients to be told."""
    facts = {
        **facts,
        "from": "anonymous",
        "to": "pseudonymous",
        "expires": months_after(now.date(), _EXPIRES_MONTHS).isoformat(),
        "holders": holders(source, register),
    }
    return register.append("status", source, facts, now=now)


def _unfit(source: PaperSource, risk: Json) -> Iterator[str]:
    """Yield why a result says nothing of this release."""
    checks = risk.get("checks")
    if not checks or not isinstance(checks, list):
        yield "the result names no checks"
    elif not all(_is_check(check) for check in checks):
        yield "the result has a check without `name`, or with a `passed` that is neither true nor false"
    if risk.get("manifest") != source.digest:
        yield f"the result is not of this manifest of {source.name}"
    gate, held = risk.get("gate"), source.risk.get("gate")
    if gate not in _STRICTNESS:
        yield "the result names no gate"
    elif held in _STRICTNESS and _STRICTNESS.index(gate) < _STRICTNESS.index(held):
        yield f"the result is of gate `{gate}`; the release passed `{held}`"


def _is_check(check: object) -> bool:
    return (
        isinstance(check, dict)
        and isinstance(check.get("name"), str)
        and isinstance(check.get("passed"), bool)
    )


def holders(source: PaperSource, register: Register) -> list[str]:
    """Return the recipients who were given a release, each once."""
    given = [event.facts["recipient"] for event in register.of(source.digest, "provision")]
    return list(dict.fromkeys(given))


def _months(source: PaperSource) -> int:
    """Return for how many months the first assessment was made to hold."""
    return (source.reassess.year - source.created.year) * 12 + source.reassess.month - source.created.month
