"""A ledger to play with, and short ways to write entries."""

import datetime
from pathlib import Path
from typing import Any

from deid.subjects.entries import Draft, Kind
from deid.subjects.ledger import Ledger

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def draft(kind: Kind, subject: str = "", **more: Any) -> Draft:
    return Draft(kind=kind, subject=subject, **{"received": day("2026-11-02"), **more})


def ledger(folder: Path, *drafts: Draft) -> Ledger:
    made = Ledger.create(folder / "ledger.db")
    made.add(drafts, now=NOW)
    return made
