"""What has to be done about releases by when: purposes to publish, assessments to repeat, data to call in."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deid.provision.register import Event, Register


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; ``n`` is the entry of the register that asks for it."""

    n: int
    release: str
    what: str
    due: datetime.date
    overdue: bool


def tasks(register: Register, *, today: datetime.date) -> list[Task]:
    """Return what is to be done, the most urgent first."""
    found = [
        Task(event.n, event.release, what, due, due < today)
        for event in register.events
        for what, due in _asked(event, register.events[event.n :])
    ]
    return sorted(found, key=lambda task: (task.due, task.n))


def _asked(event: Event, later: Sequence[Event]) -> Iterator[tuple[str, datetime.date]]:
    """Yield what an event asks for and no later one has done."""
    after = {other.kind for other in later if other.manifest == event.manifest}
    if event.kind == "receipt" and event.facts["purpose_due"] and "publication" not in after:
        yield "publish the purpose of use", datetime.date.fromisoformat(event.facts["purpose_due"])
    if event.kind == "publication" and not after & {"publication", "reassessment", "status"}:
        yield "assess again", datetime.date.fromisoformat(event.facts["reassess"])
    if event.kind == "reassessment" and not after & {"reassessment", "status"}:
        yield "assess again", datetime.date.fromisoformat(event.facts["next"])
    if event.kind == "rebuild" and (waiting := _without_the_new(event, later)):
        what = f"give the release that replaces it, have the old one deleted: {', '.join(waiting)}"
        yield what, datetime.date.fromisoformat(event.facts["on"])
    if event.kind == "status":
        holders = ", ".join(event.facts["holders"]) or "nobody"
        yield f"call back and delete; tell {holders}", datetime.date.fromisoformat(event.facts["expires"])


def _without_the_new(event: Event, later: Sequence[Event]) -> list[str]:
    """Return who holds a replaced release and was not given the one that replaces it."""
    given = {
        other.facts["recipient"]
        for other in later
        if other.kind == "provision" and other.manifest == event.facts["by"]
    }
    return [holder for holder in event.facts["holders"] if holder not in given]
