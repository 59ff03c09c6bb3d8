"""A-10: who withdraws is absent from the next release; the one before stays as it is and still verifies."""

import shutil
from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, make_ledger, person, run, said

from deid.release.verify import verify


@pytest.mark.parametrize("mode", MODES)
def test_absent_from_the_next_and_the_earlier_untouched(tmp_path: Path, mode: str) -> None:
    people = [*crowd(), person("u1", "I grow tamarillos")]
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    run(first, people, mode)
    assert "tamarillos" in said(first)
    kept = shutil.copytree(first / "out", tmp_path / "kept")
    run(second, people, mode, ledger=str(make_ledger(tmp_path, ("withdrawal", "u1"))))
    assert "tamarillos" not in said(second)
    assert verify(first / "out", public_key=None).rows == len(people)
    for path in (path for path in kept.rglob("*") if path.is_file()):
        assert path.read_bytes() == (first / "out" / path.relative_to(kept)).read_bytes()
