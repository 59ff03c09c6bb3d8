"""Which name detectors a text needs."""

import pytest

from deid.ingest.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello", "en"),
        ("ok", "en"),
        ("x", ""),
        ("", ""),
        ("123 !? 🎉", ""),
        ("ｈｅｌｌｏ", "en"),
        ("こんにちは", "ja"),
        ("カタカナ", "ja"),
        ("ﾊﾝｶｸ", "ja"),
        ("東京", "ja"),
        ("佐々木", "ja"),
        ("々", "ja"),
        ("my name is 太郎", "ja"),
        ("안녕", ""),
        ("привет", ""),
        ("、。", ""),
    ],
)
def test_language_of(text: str, language: str) -> None:
    assert language_of(text) == language
