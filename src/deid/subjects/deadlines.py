"""By when an entry has to be carried out: the earlier of the policy's business days and the law's period."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from deid.policies import RequestRule
from deid.subjects.calendar import BusinessCalendar
from deid.subjects.entries import CLOCKED, Entry, Kind
from deid.subjects.ledger import Ledger

State = Literal["overdue", "soon", "open", "waiting for verification"]


@dataclass(frozen=True, slots=True)
class Due:
    """One entry that is not done.

    due    : last day; None while the person's identity is not verified and no law counts without it.
    source : clause or article that gives the day.
    """

    n: int
    kind: Kind
    received: datetime.date
    verified: datetime.date | None
    due: datetime.date | None
    source: str
    ticket: str
    state: State


def due_items(
    ledger: Ledger, rule: RequestRule, business: BusinessCalendar, *, today: datetime.date
) -> list[Due]:
    """Return every entry with a deadline that is neither done nor void, the most urgent first.

    Business days count from the verification of identity, or from receipt if that came later; a law's period
    from what the law says. ``soon`` is within the rule's last ``warn`` business days.
    """
    ended = {entry.refers for entry in ledger.entries() if entry.kind in ("done", "void")}
    found = [
        _due(entry, rule, business, today)
        for entry in ledger.entries()
        if entry.kind in CLOCKED and entry.n not in ended
    ]
    return sorted(found, key=lambda item: (item.due or datetime.date.max, item.n))


def overdue(items: list[Due]) -> list[Due]:
    """Return the items whose last day has passed."""
    return [item for item in items if item.state == "overdue"]


def _due(entry: Entry, rule: RequestRule, business: BusinessCalendar, today: datetime.date) -> Due:
    days = sorted(_last_days(entry, rule, business))
    due, source = days[0] if days else (None, rule.clause)
    return Due(
        entry.n, entry.kind, entry.received, entry.verified, due, source, entry.ticket,
        _state(due, rule, business, today),
    )  # fmt: skip


def _last_days(
    entry: Entry, rule: RequestRule, business: BusinessCalendar
) -> Iterator[tuple[datetime.date, str]]:
    if entry.verified is not None:
        start = max(entry.received, entry.verified)
        yield business.after(start, rule.business_days), rule.clause
    for period in rule.legal:
        start_day = entry.received if period.counts_from == "receipt" else entry.verified
        if start_day is not None:
            last = months_after(start_day, period.months) + datetime.timedelta(days=period.days)
            yield last, f"{period.regime} {period.source}"


def months_after(start: datetime.date, number: int) -> datetime.date:
    """Return the same day some months later, or that month's last."""
    months = start.month - 1 + number
    year, month = start.year + months // 12, months % 12 + 1
    return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _state(
    due: datetime.date | None, rule: RequestRule, business: BusinessCalendar, today: datetime.date
) -> State:
    if due is None:
        return "waiting for verification"
    if due < today:
        return "overdue"
    return "soon" if due <= business.after(today, rule.warn) else "open"
