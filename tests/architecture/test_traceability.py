"""Every requirement from a clause of the policies is traced, and every test it is traced to exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "traceability.md").read_text("utf-8")
ROWS = {
    row[0]: row[2]
    for line in PAGE.splitlines()
    if len(row := [cell.strip() for cell in line.strip("|").split("|")]) == 3
    and re.fullmatch(r"[OGM]-\d\d", row[0])
}


def wanted() -> list[str]:
    """The requirements of section 1, in order."""
    section = (ROOT / "docs" / "requirements.md").read_text("utf-8").split("\n## 1. ")[1].split("\n## 2. ")[0]
    return re.findall(r"^\| ([OGM]-\d\d) ", section, re.MULTILINE)


def test_every_requirement_has_one_row() -> None:
    assert list(ROWS) == wanted()
    assert len(ROWS) == 76


@pytest.mark.parametrize("name", ROWS)
def test_a_row_names_tests_or_says_why_not(name: str) -> None:
    named = re.findall(r"`(tests/[^`]+)`", ROWS[name])
    reason = ROWS[name].partition("Not shown: ")[2]
    assert named or len(reason) > 30, name
    for test in named:
        path, _, function = test.partition("::")
        assert (ROOT / path).is_file(), test
        if function:
            tree = ast.parse((ROOT / path).read_text("utf-8"))
            assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test
