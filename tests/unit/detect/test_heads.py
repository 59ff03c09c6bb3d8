"""The letters that a number begins with, where they stand apart; and values that are only shown."""

import pytest

from deid.detect.asides import is_clause, is_sample
from deid.detect.heads import with_head
from deid.types import Span


def headed(text: str, value: str, label: str = "ACCOUNT_ID") -> str:
    start = text.index(value)
    span = with_head(Span(start, start + len(value), label, 0.7, "scan"), text)
    assert span.end == start + len(value)
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("番号はKの七三五〇三九四です", "七三五〇三九四", "Kの七三五〇三九四"),
        ("番号はK・8093235です", "8093235", "K・8093235"),
        ("番号はK–\n8093235です", "8093235", "K–\n8093235"),
        ("認証：F 4 4 5 9 8 4です", "4 4 5 9 8 4", "F 4 4 5 9 8 4"),
        ("Ｙの七二一〇五八です", "七二一〇五八", "Ｙの七二一〇五八"),
        ("プランA 482913です", "482913", "482913"),
        ("TEL・8093235です", "8093235", "8093235"),
        ("xK・8093235です", "8093235", "8093235"),
        ("Kの8093235です", "8093235", "8093235"),
        ("8093235です", "8093235", "8093235"),
        ("I 4 8 2 9 1 3", "4 8 2 9 1 3", "4 8 2 9 1 3"),
    ],
)
def test_a_head_that_is_written_as_its_number_is_part_of_it(text: str, value: str, whole: str) -> None:
    assert headed(text, value) == whole


def test_a_name_behind_a_letter_keeps_its_range() -> None:
    assert headed("Aの三浦さん", "三浦", "PERSON") == "三浦"
    assert headed("Aの三四郎さん", "三四郎", "PERSON") == "三四郎"


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("記入例「1234567」のまま", "1234567", True),
        ("見本に〒000-0000って", "〒000-0000", True),
        ("記入例には「〇〇〇-〇〇〇〇」と", "〇〇〇-〇〇〇〇", True),
        ("画面の例に「123-456」って", "123-456", True),
        ("記入例「1234568」のまま", "1234568", False),
        ("暗証は1234567です", "1234567", False),
        ("例のコード、000000です", "000000", False),
        ("記入例のとおり482913です", "482913", False),
    ],
)
def test_what_counts_up_and_is_shown_is_nobodys(text: str, value: str, shown: bool) -> None:  # noqa: FBT001 - of pairs
    start = text.index(value)
    assert is_sample(text, start, start + len(value)) is shown


@pytest.mark.parametrize(
    "said", ["廃止されました", "先週と同じでいいって", "英数字", "20文字以内", "秘密", "違いますと出る"]
)
def test_a_sentence_about_a_secret_is_none(said: str) -> None:
    assert is_clause(said)


@pytest.mark.parametrize("said", ["さくら団地", "ひらけごま", "ゆきうさぎ", "おでんの大根"])
def test_words_may_be_a_secret(said: str) -> None:
    assert not is_clause(said)
