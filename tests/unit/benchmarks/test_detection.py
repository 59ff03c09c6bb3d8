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
import dialogues
from deid.types import Span, Turn
from measure import Unavailable
from resultfile import load as load_result

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Oracle:
    """Finds exactly the gold, all of it or only one label's; and a URL in all messages of a kind."""

    label: str | None = None
    noise: str = ""
    name: str = "oracle"
    labels: frozenset[str] = frozenset()

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        gold = {message.text: message.gold for message in MESSAGES}
        gold |= {turn.text: turn.gold for dialogue in DIALOGUES for turn in dialogue.turns}
        noisy = {message.text for message in MESSAGES if message.kind == self.noise}
        return [
            [Span(g.start, g.end, g.label) for g in gold[text] if self.label in (None, g.label)]
            + [Span(0, 1, "URL")] * (text in noisy)
            for text in texts
        ]

    def detect_conversations(self, conversations: Sequence[tuple[Sequence[Turn], Any]]) -> Any:
        return [self.detect([turn.text for turn in turns]) for turns, _ in conversations]


MESSAGES = corpus.generate("en", 700, 5)
ENGINE = detection.Engine("deid fast", "en")
START = "tuned/en/deid fast"
DIALOGUES = dialogues.generate("en", 60, 5)


def rows_of(oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(detection, "_ours", lambda _: oracle)
    return {str(row["name"]): row for row in detection.on_corpus(ENGINE, START, MESSAGES)}


def test_an_oracle_scores_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle(), monkeypatch)
    whole = rows["tuned/en/deid fast/all"]
    assert whole["coverage"]["value"] == whole["typed"]["value"] == whole["precision"]["value"] == 1.0
    assert whole["alarms"]["value"] == 0.0
    assert 0 < whole["alarms"]["high"] < 0.01
    wanted = [gold for message in MESSAGES for gold in message.gold if gold.form != "optional"]
    assert whole["n"] == len(wanted)
    assert not [name for name in rows if "/false/" in name]
    assert rows["tuned/en/deid fast/alarms/clean"]["alarms"]["value"] == 0.0


def test_an_oracle_for_one_label_scores_there_only(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle("EMAIL_ADDRESS"), monkeypatch)
    assert rows["tuned/en/deid fast/label/EMAIL_ADDRESS"]["typed"]["value"] == 1.0
    assert rows["tuned/en/deid fast/label/IBAN_CODE"]["coverage"]["value"] == 0.0
    assert "precision" not in rows["tuned/en/deid fast/label/IBAN_CODE"]
    assert rows["tuned/en/deid fast/label-form/EMAIL_ADDRESS/start"]["coverage"]["value"] == 1.0
    assert 0 < rows["tuned/en/deid fast/form/start"]["coverage"]["value"] < 0.2


def test_structured_leaves_names_out_and_says_what_is_under_the_aims(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows_of(Oracle(), monkeypatch)[f"{START}/structured"]
    names = sum(g.label == "PERSON" for m in MESSAGES for g in m.gold if g.form != "optional")
    wanted = sum(g.form != "optional" for m in MESSAGES for g in m.gold)
    assert whole["n"] == wanted - names
    assert whole["coverage"]["value"] == whole["precision"]["value"] == 1.0
    assert (
        whole["labels_under_recall"] == whole["forms_under_recall"] == whole["labels_under_precision"] == []
    )

    only = rows_of(Oracle("URL", noise="negative price"), monkeypatch)[f"{START}/structured"]
    under = {name.split()[0] for name in only["labels_under_recall"]}
    assert {"EMAIL_ADDRESS", "IBAN_CODE"} <= under
    assert not under & {"URL", "PERSON"}
    assert "fullwidth" in {name.split()[0] for name in only["forms_under_recall"]}
    assert [name.split()[0] for name in only["labels_under_precision"]] == ["URL"]
    rows = [{**only, "name": f"{START}/structured"}]
    assert "tuned deid fast: labels under precision: URL" in detection.tables(rows)


def test_false_findings_and_alarms_are_counted_where_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle(noise="negative price"), monkeypatch)
    prices = sum(message.kind == "negative price" for message in MESSAGES)
    assert rows[f"{START}/false/URL"]["false"] == prices > 0
    assert rows[f"{START}/false/URL"]["n"] > prices
    assert rows[f"{START}/alarms/price"]["alarms"]["value"] == 1.0
    assert rows[f"{START}/alarms/math"]["alarms"]["value"] == 0.0
    assert [name for name in rows if "/false/" in name] == [f"{START}/false/URL"]


def test_dialogues_are_read_as_conversations_and_by_a_peer_turn_by_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detection, "_ours", lambda _: Oracle())
    monkeypatch.setattr(detection, "_peer", lambda _: Oracle("PERSON"))
    peer = detection.Engine("presidio", "en", peer=True)
    ours, theirs = (
        {str(row["name"]): row for row in detection.on_dialogues(engine, "c", DIALOGUES)}
        for engine in (ENGINE, peer)
    )
    whole: Any = ours["c/all"]
    assert whole["coverage"]["value"] == whole["precision"]["value"] == 1.0
    assert whole["n"] < sum(len(turn.gold) for dialogue in DIALOGUES for turn in dialogue.turns)
    others: Any = theirs["c/label/PERSON"], theirs["c/scene/split_phone"], theirs["c/all"]
    assert [row["coverage"]["value"] == 1.0 for row in others] == [True, False, False]
    assert others[0]["peer"]


def test_an_engine_that_is_not_there_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise Unavailable("not installed")

    monkeypatch.setattr(detection, "_peer", missing)
    peer = detection.Engine("presidio", "en", peer=True)
    expected: dict[str, object] = {"name": "tuned/en/presidio", "skipped": "not installed"}
    assert list(detection.on_corpus(peer, "tuned/en/presidio", MESSAGES)) == [expected]
    assert list(detection.on_dialogues(peer, "tuned/en/presidio", DIALOGUES)) == [expected]
    assert "tuned/en/presidio: skipped: not installed" in detection.tables([expected])


def test_only_leaves_the_other_engines_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "_ours", lambda _: Oracle())
    monkeypatch.setattr(corpus, "generate", lambda *_, **__: MESSAGES)
    monkeypatch.setattr(dialogues, "generate", lambda *_, **__: DIALOGUES)
    arguments = argparse.Namespace(seed=5, n=9, only="tuned/en/deid fast")
    starts = {str(row["name"]).removeprefix("conversation/")[:18] for row in detection.measured(arguments)}
    assert starts == {"tuned/en/deid fast"}


def test_tables_are_aligned_and_families_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {**row, "name": str(row["name"]).replace("tuned", family, 1)}
        for family in detection.FAMILIES
        for row in rows_of(Oracle(noise="negative price"), monkeypatch).values()
    ]
    lines = detection.tables(rows).splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("en: label"))
    assert lines[head].split()[2:] == [
        "n",
        *(word for family in detection.FAMILIES for word in ("fast", family)),
    ]
    assert lines[head + 1].split() == ["coverage", "precision"] * len(detection.FAMILIES)
    body = next(line for line in lines if line.startswith("EMAIL_ADDRESS"))
    assert len(lines[head + 1]) == len(body)
    assert [line.split()[0] for line in lines[: 2 + len(detection.FAMILIES)]] == [
        "en:",
        "coverage",
        *detection.FAMILIES,
    ]
    assert "label-form" not in "\n".join(lines)
    false = next(number for number, line in enumerate(lines) if line.startswith("en: false"))
    assert lines[false + 2].split()[0] == "URL"
    assert lines[false + 2].split()[2:] == [str(sum(m.kind == "negative price" for m in MESSAGES))] * len(
        detection.FAMILIES
    )


def test_script_scores_and_writes(tmp_path: Path) -> None:
    target = tmp_path / "trial.json"
    script = ROOT / "benchmarks" / "detection.py"
    arguments = ["--n", "60", "--only", "unseen/ja/deid fast", "--write", str(target)]
    done = subprocess.run(
        [sys.executable, str(script), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: Any = load_result(target)
    whole = result["results"][0]
    assert whole["name"] == "unseen/ja/deid fast/all"
    assert whole["coverage"]["value"] > 0.5
    assert result["settings"]["dialogues"] == 7
    assert result["settings"]["families"]["unseen"].startswith("no pattern is written against")
    names = [row["name"] for row in result["results"]]
    assert any(name.startswith("conversation/unseen/ja/deid fast/scene/") for name in names)
    assert 0 <= whole["alarms"]["low"] <= whole["alarms"]["value"] <= whole["alarms"]["high"] <= 1
    assert "ja: form" in done.stdout
    assert "ja: conversation/scene" in done.stdout
