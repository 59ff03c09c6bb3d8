"""Parts of answers, answers behind a question back, and dates sent in pieces."""

import pytest

from deid.detect.talk.told import after_question, date_pieces, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Marisol, 27", ["Marisol", "27"]),
        ("Bex 22", ["Bex", "22"]),
        ("ゆず　19", ["ゆず", "19"]),
        ("Tacoma. electrician", ["Tacoma", "electrician"]),
        ("1. Hollis Trent 2. 45", ["Hollis Trent", "45"]),
        ("①槙野紗英 ②45", ["槙野紗英", "45"]),
        ("555 0142 or my landline 020 7946 0391", ["555 0142", "my landline 020 7946 0391"]),
        ("松本で電気工事士", ["松本", "電気工事士"]),
        ("12/04/1990", ["12/04/1990"]),
        ("", []),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert [text[start:end].strip() for start, end in parts_of(text)] == parts


@pytest.mark.parametrize(
    ("text", "word", "begin"),
    [
        ("61", False, 0),
        ("does it matter? 61", False, 16),
        ("whats yours? im Ludo", True, 13),
        ("why? because reasons", True, None),
        ("why?", False, None),
        ("なぜ？…", False, None),
        ("今のですか？今は丸徳です", True, 6),
    ],
)
def test_what_follows_a_question_back(text: str, word: bool, begin: int | None) -> None:  # noqa: FBT001
    assert after_question(text, word=word) == begin


@pytest.mark.parametrize(
    ("texts", "pieces"),
    [
        (["November", "the 9th", "1983"], ["November", "9th", "1983"]),
        (["昭和58年", "11月", "9日です"], ["昭和58年", "11月", "9日"]),
        (["November", "why", "1983"], []),
        (["1983"], []),
        ([], []),
    ],
)
def test_a_date_in_pieces(texts: list[str], pieces: list[str]) -> None:
    assert [texts[number][start:end] for number, start, end in date_pieces(texts)] == pieces
