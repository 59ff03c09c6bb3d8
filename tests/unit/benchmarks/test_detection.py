import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import corpus
import detection
from deid.types import Span
from measure import Unavailable
from resultfile import load as load_result

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Oracle:
    """Finds exactly the corpus's gold, all of it or only one label's."""

    label: str | None = None
    name: str = "oracle"
    labels: frozenset[str] = frozenset()

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        gold = {message.text: message.gold for message in MESSAGES}
        return [
            [Span(g.start, g.end, g.label) for g in gold[text] if self.label in (None, g.label)]
            for text in texts
        ]


MESSAGES = corpus.generate("en", 700, 5)
ENGINE = detection.Engine("deid fast", "en")


def rows_of(oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(detection, "_ours", lambda _: oracle)
    return {str(row["name"]): row for row in detection.on_corpus(ENGINE, MESSAGES)}


def test_an_oracle_scores_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle(), monkeypatch)
    whole = rows["en/deid fast/all"]
    assert whole["coverage"]["value"] == whole["typed"]["value"] == whole["precision"]["value"] == 1.0
    assert whole["alarms"]["value"] == 0.0
    assert 0 < whole["alarms"]["high"] < 0.01
    assert whole["n"] == sum(len(message.gold) for message in MESSAGES)


def test_an_oracle_for_one_label_scores_there_only(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle("EMAIL_ADDRESS"), monkeypatch)
    assert rows["en/deid fast/label/EMAIL_ADDRESS"]["typed"]["value"] == 1.0
    assert rows["en/deid fast/label/IBAN_CODE"]["coverage"]["value"] == 0.0
    assert "precision" not in rows["en/deid fast/label/IBAN_CODE"]
    assert rows["en/deid fast/label-form/EMAIL_ADDRESS/start"]["coverage"]["value"] == 1.0
    assert 0 < rows["en/deid fast/form/start"]["coverage"]["value"] < 0.2


def test_an_engine_that_is_not_there_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise Unavailable("not installed")

    monkeypatch.setattr(detection, "_peer", missing)
    peer = detection.Engine("presidio", "en", peer=True)
    expected: dict[str, object] = {"name": "en/presidio", "skipped": "not installed"}
    assert list(detection.on_corpus(peer, MESSAGES)) == [expected]
    assert "en/presidio: skipped: not installed" in detection.tables([expected])


def test_only_leaves_the_other_engines_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "_ours", lambda _: Oracle())
    monkeypatch.setattr(corpus, "generate", lambda *_: MESSAGES)
    arguments = argparse.Namespace(seed=5, n=9, only="en/deid fast")
    assert {str(row["name"]).split("/")[1] for row in detection.measured(arguments)} == {"deid fast"}


def test_tables_are_aligned_and_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(rows_of(Oracle(), monkeypatch).values())
    lines = detection.tables(rows).splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("en: label"))
    assert "deid fast" in lines[head]
    assert lines[head + 1].split() == ["coverage", "typed", "precision"]
    body = next(line for line in lines if line.startswith("EMAIL_ADDRESS"))
    assert len(lines[head + 1]) == len(body)
    assert "label-form" not in "\n".join(lines)


def test_script_scores_and_writes(tmp_path: Path) -> None:
    target = tmp_path / "trial.json"
    script = ROOT / "benchmarks" / "detection.py"
    arguments = ["--n", "60", "--only", "ja/deid fast", "--write", str(target)]
    done = subprocess.run(
        [sys.executable, str(script), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: Any = load_result(target)
    whole = result["results"][0]
    assert whole["name"] == "ja/deid fast/all"
    assert whole["coverage"]["value"] > 0.5
    assert 0 <= whole["alarms"]["low"] <= whole["alarms"]["value"] <= whole["alarms"]["high"] <= 1
    assert "ja: form" in done.stdout
