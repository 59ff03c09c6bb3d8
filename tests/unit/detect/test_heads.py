"""The letters that a number begins with, where they stand apart; and values that are only shown."""

import pytest

from deid.detect.asides import is_clause, is_sample
from deid.detect.reread.heads import with_groups, with_head
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
        ("例: 〒111-1111", "〒111-1111", True),
        ("例えば〒000-0000みたいに", "〒000-0000", True),
        ("サンプルの番号は1234567です", "1234567", True),
        ("本人確認の入力例は123456です", "123456", True),
        ("例えば私の番号は1234567です", "1234567", False),
        ("例えば俺のPINは7777なんだけど、これ弱い?", "7777", False),
        ("例えばさ、うちの玄関の暗証番号は1111なんだけど不用心?", "1111", False),
        ("例えばうちの郵便番号は〒111-1111です", "〒111-1111", False),
        ("ダミーじゃなくて本物。口座番号は1234567", "1234567", False),
        ("記入例と違う?口座番号は1234567", "1234567", False),
        ("定例に使うZoomのパスコードは123456", "123456", False),
        ("来週の例会、会場の金庫の番号は777-7777", "777-7777", False),
        ("恒例で郵便番号は〒444-4444のまま", "〒444-4444", False),
        ("前例はないけど口座番号 1234567", "1234567", False),
        ("事例: 顧客の電話番号は000-000-0000", "000-000-0000", False),
        ("サンプル送るね、郵便番号は〒555-5555で合ってる?", "〒555-5555", False),
        ("サンプルの送り先は〒555-5555です", "〒555-5555", False),
        ("見本誌の送り先は〒666-6666です", "〒666-6666", False),
    ],
)
def test_what_counts_up_and_is_shown_is_nobodys(text: str, value: str, shown: bool) -> None:  # noqa: FBT001 - of pairs
    start = text.index(value)
    assert is_sample(text, start, start + len(value)) is shown


@pytest.mark.parametrize(
    "said",
    [
        "廃止されました",
        "先週と同じでいいって",
        "英数字",
        "20文字以内",
        "秘密",
        "違いますと出る",
        "誰にも言わない",
        "知ってるけど",
        "お分かり",
    ],
)
def test_a_sentence_about_a_secret_is_none(said: str) -> None:
    assert is_clause(said)


@pytest.mark.parametrize(
    "said",
    [
        "さくら団地",
        "ひらけごま",
        "ゆきうさぎ",
        "おでんの大根",
        "おにぎり",
        "さくらがおか",
        "かにかま",
        "ながい",
        "あした",
        "わかりやま",
    ],
)
def test_words_may_be_a_secret(said: str) -> None:
    assert not is_clause(said)


def grouped(text: str, value: str, label: str = "ACCOUNT_ID") -> str:
    start = text.index(value)
    span = with_groups(Span(start, start + len(value), label, 0.7, "scan"), text)
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("it is MBR - 635828", "635828", "MBR - 635828"),
        ("strangely yes, CUS_ - 3405 - 3WS", "3405 - 3WS", "CUS_ - 3405 - 3WS"),
        ("i know it, 2724 - 0808 - 40", "2724 - 0808", "2724 - 0808 - 40"),
        ("my ID - 635828", "635828", "635828"),
        ("NO - 635828", "635828", "635828"),
        ("see MBR 635828", "635828", "635828"),
        ("it is 2724 0808 - 40 left", "2724 0808", "2724 0808"),
        ("口座の記号 2724 - 0808 - 2 個", "2724 - 0808", "2724 - 0808"),
        ("it is 2724 - 0808 - 2 items", "2724 - 0808", "2724 - 0808"),
        ("it is 2724 - 0808 - ok", "2724 - 0808", "2724 - 0808"),
    ],
)
def test_a_group_as_far_apart_as_the_others_is_part_of_a_code(text: str, value: str, whole: str) -> None:
    assert grouped(text, value) == whole


def test_only_codes_have_such_groups() -> None:
    assert grouped("MBR - 635828", "635828", "PHONE_NUMBER") == "635828"
