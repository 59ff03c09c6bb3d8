import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import names
from deid.types import Span
from measure import Unavailable
from nameengines import Engine, engines, ours
from namesets import NAME_SETS, Example, NameSet
from resultfile import load
from slots import Gold

ROOT = Path(__file__).parents[3]
EXAMPLES = [
    Example("Ann met Bo", (Gold(0, 3, "PERSON"), Gold(8, 10, "PERSON")), ((0, 3), (4, 7), (8, 10))),
    Example("so it goes", (), ((0, 2), (3, 5), (6, 10))),
]


def fixed(texts: Sequence[str]) -> list[list[Span]]:
    return [[Span(0, 3, "PERSON", 0.9), Span(4, 7, "PERSON", 0.3)] if "Ann" in text else [] for text in texts]


def missing(_: Sequence[str]) -> list[list[Span]]:
    raise Unavailable("not installed")


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (Engine("deid fast", fixed, peer=False), Engine("other", missing))
    monkeypatch.setattr(names, "engines", lambda _: made)
    monkeypatch.setattr(names, "NAME_SETS", {"klue": NameSet("ko", lambda _: EXAMPLES)})
    monkeypatch.setattr(names, "LANGUAGES", ())


@pytest.mark.usefixtures("toy")
def test_rows_of_a_data_set() -> None:
    rows: dict[str, Any] = {str(row["name"]): row for row in names.measured(Path())}
    person = rows["names/klue/deid fast/PERSON"]
    assert person["n"] == 2
    assert person["coverage"]["value"] == 0.5
    assert person["exact_f"]["value"] == person["exact_recall"]["value"] == 0.5
    assert rows["names/klue/deid fast/words"]["vain"]["value"] == 0.1667
    curve = rows["names/klue/deid fast/curve"]
    assert curve["points"] == [[0.3, 0.5, 0.1667], [0.9, 0.5, 0.0]]
    assert (curve["coverage_at_vain_3"], curve["threshold"]) == (0.5, 0.9)
    assert rows["reliability/ko/deid fast/0.9"]["right_exact"]["value"] == 1.0
    assert rows["reliability/ko/deid fast/0.3"]["right"]["value"] == 0.0
    assert rows["names/klue/other"] == {
        "name": "names/klue/other",
        "skipped": "not installed",
        "peer": True,
    }


@pytest.mark.usefixtures("toy")
def test_only_leaves_the_others_out() -> None:
    assert [row["name"] for row in names.measured(Path(), "klue/other")] == ["names/klue/other"]
    assert list(names.measured(Path(), "wnut")) == []


@pytest.mark.usefixtures("toy")
def test_tables_show_each_engine_and_why_one_is_missing() -> None:
    shown = names.tables(list(names.measured(Path())))
    assert "klue (aims for persons, coverage and F: default .70" in shown
    line = next(line for line in shown.splitlines() if line.startswith("deid fast"))
    assert line.split()[2:7] == ["0.500", "0.500", "0.500", "0.500", "0.000"]
    assert shown.count("other: skipped: not installed") == 1


def test_every_set_has_an_aim_and_every_language_ours_and_the_peer() -> None:
    assert names.AIMS.keys() == NAME_SETS.keys()
    for language in ("en", "ja", "zh", "ko"):
        known = [engine.name for engine in engines(language)]
        assert known[:3] == ["deid fast", "deid default", "deid accurate"]
        assert known[-1] == "presidio"
    assert "ja_ginza" in [engine.name for engine in engines("ja")]


def test_a_mode_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="no detectors for nothing"):
        ours("nothing")


def test_script_says_where_the_data_should_be(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "benchmarks" / "names.py"), "--data", str(tmp_path)]
    done = subprocess.run([*script, "--only", "wnut17"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "DEID_DATA" in done.stderr


def test_script_writes_a_result_and_its_curves(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "benchmarks" / "names.py"), "--data", str(tmp_path)]
    target = tmp_path / "trial.json"
    arguments = ["--only", "no such engine", "--write", str(target)]
    done = subprocess.run([*script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert load(target)["results"] == []
    assert (tmp_path / "trial.svg").read_text(encoding="utf-8").startswith("<svg")
