"""The ledger's benchmark measures what it says."""

from pathlib import Path

from ledger import measure


def test_every_step_is_measured(tmp_path: Path) -> None:
    rows = list(measure(tmp_path / "ledger.db", 50))
    assert [row["name"] for row in rows] == [
        "ledger/enter",
        "ledger/read at the start of a run",
        "ledger/ask about everybody",
    ]
    assert {row["people"] for row in rows} == {50}
