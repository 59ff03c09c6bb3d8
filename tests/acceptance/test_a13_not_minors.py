"""A-13: other people's ages, past ages, limits and roles make nobody a minor."""

from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, person, run, said

NOT_THEMSELVES = (
    "when I was 16 I moved to Osaka",
    "my son is 16",
    "息子は16歳です",
    "16歳以上対象のゲームです",
    "let's role-play: you are a 16 year old elf",
    "I have 16 cats",
    "I'm 34 and my daughter just turned 15",
)


@pytest.mark.parametrize("mode", MODES)
def test_not_flagged_and_a_childs_age_is_generalized(tmp_path: Path, mode: str) -> None:
    people = [person(f"u{n}", text, age=34) for n, text in enumerate(NOT_THEMSELVES)]
    result = run(tmp_path, [*crowd(), *people], mode)
    assert (result.barred, result.minors) == ({}, None)
    assert "my son is" in said(tmp_path)
    assert "my son is 16" not in said(tmp_path)
    assert "my son is 10s" in said(tmp_path)
    assert "息子は10代です" in said(tmp_path)
