"""A-11, the clock: 15 business days, over New Year and Golden Week too; late is an exit code."""

from pathlib import Path

import pytest

from deid.cli import main


@pytest.mark.parametrize(
    ("verified", "last_day", "day_after"),
    [
        ("2025-12-18", "2026-01-16", "2026-01-17"),  # 19, 22-26 | 5-9 | 13-16: 12 is a holiday
        ("2026-04-21", "2026-05-18", "2026-05-19"),  # 22-24, 27, 28, 30 | 1, 7, 8 | 11-15 | 18
    ],
)
def test_due_over_holidays(tmp_path: Path, verified: str, last_day: str, day_after: str) -> None:
    ledger = str(tmp_path / "ledger.db")
    assert main(["ledger", "init", ledger]) == 0
    add = ["ledger", "add", "deletion", "--ledger", ledger, "--subject", "u1"]
    assert main([*add, "--received", verified, "--verified", verified]) == 0
    due = ["ledger", "due", "--ledger", ledger, "--policy", "gmo-air"]
    assert main([*due, "--on", last_day]) == 0
    assert main([*due, "--on", day_after]) == 3
    assert main(["ledger", "add", "done", "--ledger", ledger, "--entry", "1"]) == 0
    assert main([*due, "--on", day_after]) == 0
