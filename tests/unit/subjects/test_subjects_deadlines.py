"""Last days, counted by hand."""

from pathlib import Path
from typing import Any

import pytest
from subjects_samples import day, draft, ledger

from deid.policies import LegalPeriod, RequestRule, load_policy
from deid.subjects.calendar import load_calendar
from deid.subjects.deadlines import Due, due_items, overdue

JAPAN = load_calendar("japan")
PLAIN = RequestRule(business_days=15, warn=5, calendar="japan", clause="6.3")


def found(folder: Path, *drafts: Any, rule: RequestRule = PLAIN, today: str = "2026-11-02") -> list[Due]:
    with ledger(folder, *drafts) as made:
        return due_items(made, rule, JAPAN, today=day(today))


def asked(received: str, verified: str | None) -> Any:
    return draft("deletion", "u1", received=day(received), verified=day(verified) if verified else None)


@pytest.mark.parametrize(
    ("received", "verified", "due"),
    [
        ("2026-06-01", "2026-06-01", "2026-06-22"),
        ("2026-06-01", "2026-06-03", "2026-06-24"),  # the clock starts at verification
        ("2026-06-03", "2026-06-01", "2026-06-24"),  # or at receipt, if that is later
        ("2026-12-21", "2026-12-21", "2027-01-18"),  # over New Year
        ("2026-06-01", None, None),
    ],
)
def test_business_days(tmp_path: Path, received: str, verified: str | None, due: str | None) -> None:
    (item,) = found(tmp_path, asked(received, verified))
    assert item.due == (day(due) if due else None)


@pytest.mark.parametrize(
    ("received", "verified", "due", "regime"),
    [
        ("2026-06-01", "2026-06-01", "2026-06-22", "6.3"),  # the policy's days end first
        ("2026-06-01", "2026-06-29", "2026-07-01", "GDPR"),  # late verification: the law's month does
        ("2027-01-31", None, "2027-02-28", "GDPR"),  # a month from 31 January
        ("2026-12-15", None, "2027-01-15", "GDPR"),  # into the next year
    ],
)
def test_the_earlier_of_policy_and_law(
    tmp_path: Path, received: str, verified: str | None, due: str, regime: str
) -> None:
    (item,) = found(tmp_path, asked(received, verified), rule=load_policy("omigo").requests)
    assert item.due == day(due)
    assert item.source.startswith(regime)


def test_a_period_from_verification(tmp_path: Path) -> None:
    period = LegalPeriod(regime="X", days=10, counts_from="verification", source="1")
    rule = PLAIN.model_copy(update={"legal": (period,)})
    with ledger(tmp_path, asked("2026-06-01", "2026-06-03"), asked("2026-06-01", None)) as made:
        assert [item.due for item in due_items(made, rule, JAPAN, today=day("2026-06-01"))] == [
            day("2026-06-13"),
            None,
        ]


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-06-02", "open"), ("2026-06-15", "soon"), ("2026-06-22", "soon"), ("2026-06-23", "overdue")],
)
def test_states(tmp_path: Path, today: str, state: str) -> None:
    items = found(tmp_path, asked("2026-06-01", "2026-06-01"), today=today)
    assert [item.state for item in items] == [state]
    assert len(overdue(items)) == (state == "overdue")


def test_what_is_done_or_void_is_not_due(tmp_path: Path) -> None:
    drafts = [asked("2026-06-01", "2026-06-01"), asked("2026-06-02", "2026-06-02"), asked("2026-06-03", None)]
    items = found(tmp_path, *drafts, draft("done", refers=1), draft("void", refers=2))
    assert [(item.n, item.state) for item in items] == [(3, "waiting for verification")]


def test_only_what_somebody_has_to_do_has_a_deadline(tmp_path: Path) -> None:
    kinds: list[Any] = [
        "consent",
        "opt-out",
        "history-cleared",
        "withdrawal",
        "deletion",
        "minor",
        "complaint",
    ]
    items = found(tmp_path, *(draft(kind, "u1") for kind in kinds))
    assert [item.kind for item in items] == kinds[3:]


def test_the_most_urgent_comes_first(tmp_path: Path) -> None:
    drafts = [asked("2026-06-03", None), asked("2026-06-05", "2026-06-05"), asked("2026-06-01", "2026-06-01")]
    assert [item.n for item in found(tmp_path, *drafts)] == [3, 2, 1]
