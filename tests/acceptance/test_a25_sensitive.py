"""A-25: special-care content is taken out of the text, whoever else is named beside it."""

from pathlib import Path

import pytest
from acceptance_run import MODES
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
