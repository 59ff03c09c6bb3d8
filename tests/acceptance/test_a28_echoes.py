"""A-28: what the assistant repeats, inflects or writes in another script goes too, as one person."""

import re
from pathlib import Path

from acceptance_session import talk

SAID = "ミカです。電話は090-1234-5678だよ"
ECHO = ("ミカちゃん、〇九〇一二三四五六七八にかけるね", "Mika-san, I'll call 09012345678", "mika, ﾐｶ")


def test_all_variants_go_and_are_one(tmp_path: Path) -> None:
    told = talk(tmp_path, "anonymize", SAID, echo=ECHO, name="ミカ")
    text = " ".join(told)
    assert not [form for form in ("ミカ", "ﾐｶ", "〇九〇", "0901234", "090-1234") if form in text]
    assert "mika" not in text.lower()
    assert set(re.findall(r"\[PHONE_NUMBER_\d+\]", text)) == {"[PHONE_NUMBER_1]"}
    assert text.count("[PHONE_NUMBER_1]") == 3
    (kana,) = re.findall(r"^(.+?)です", told[0])
    assert told[1].startswith(f"{kana}ちゃん")
