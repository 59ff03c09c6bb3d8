"""A-25: special-care content is taken out of the text, whoever else is named beside it."""

import json
from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, person, run
from acceptance_session import talk

SAID = {
    "ゲイだと親に言えない": ("ゲイ", "SEXUALITY"),
    "HIV陽性と言われた": ("HIV", "HEALTH"),
    "I had an abortion last year": ("abortion", "HEALTH"),
    "うつで通院しています": ("うつ", "HEALTH"),
    "I'm gay and my parents don't know": ("gay", "SEXUALITY"),
}


@pytest.mark.parametrize("mode", MODES)
def test_the_words_go_and_their_class_stays(tmp_path: Path, mode: str) -> None:
    for (word, label), text in zip(SAID.values(), talk(tmp_path, mode, *SAID), strict=True):
        assert word not in text
        assert f"[{label}_" in text


BESIDE = "、電話は090-1234-5678、メールはjess@mail.example。"


@pytest.mark.parametrize("mode", MODES)
def test_so_they_do_beside_identifiers(tmp_path: Path, mode: str) -> None:
    told = [text + BESIDE for text in SAID]
    for (word, label), text in zip(SAID.values(), talk(tmp_path, mode, *told), strict=True):
        assert word not in text
        assert f"[{label}_" in text
        assert "090-1234-5678" not in text
        assert "jess@" not in text


@pytest.mark.parametrize("mode", MODES)
def test_the_report_counts_them_by_class(tmp_path: Path, mode: str) -> None:
    run(tmp_path, [*crowd(), *(person(f"u{n}", text) for n, text in enumerate(SAID))], mode)
    told = json.loads((tmp_path / "out" / "report" / "detection.json").read_text(encoding="utf-8"))
    counted = {label: told["spans"][label] for _, label in SAID.values()}
    assert counted["SEXUALITY"] == 2 * 2  # each is said, and said again by the assistant
    assert counted["HEALTH"] >= 2 * 3
    assert told["classes"]["sensitive"] == sum(counted.values())
