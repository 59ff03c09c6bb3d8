import pytest

from deid.detect.names.kana import (
    is_kana,
    kana_readings,
    roman_beginnings,
    romanizations,
    to_hiragana,
    to_katakana,
    to_romaji,
)


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("ゆうき", "yuuki"),
        ("コー", "ko"),
        ("しょうた", "shouta"),
        ("ジュン", "jun"),
        ("チャコ", "chako"),
        ("きょうこ", "kyouko"),
        ("はっとり", "hattori"),
        ("ヴィオラ", "viora"),
        ("ファビオ", "fabio"),
        ("ん", "n"),
        ("", ""),
        ("漢", ""),
    ],
)
def test_to_romaji(kana: str, romaji: str) -> None:
    assert to_romaji(kana) == romaji


def test_between_kinds_of_kana() -> None:
    assert to_katakana("さくらsanー") == "サクラsanー"
    assert to_hiragana("サクラsanー") == "さくらsanー"
    # No hiragana stands for these; the letter stays.
    assert to_hiragana("ヷ") == "ヷ"


@pytest.mark.parametrize(
    ("text", "kana"), [("さくら", True), ("ユーキ", True), ("", False), ("桜", False), ("さa", False)]
)
def test_is_kana(text: str, kana: bool) -> None:  # noqa: FBT001
    assert is_kana(text) is kana


@pytest.mark.parametrize(
    ("kana", "forms"),
    [
        ("ゆうこ", {"yuuko", "yuko", "yuhko"}),
        ("おおの", {"oono", "ono", "ohno"}),
        ("しんぺい", {"shinpei", "sinpei", "shimpei"}),
        ("まっちゃ", {"maccha", "mactya", "matcha"}),
        ("つよし", {"tsuyoshi", "tuyosi", "tuyoshi", "tsuyosi"}),
    ],
)
def test_romanizations(kana: str, forms: set[str]) -> None:
    assert romanizations(kana) == forms


@pytest.mark.parametrize(
    ("romaji", "reading"),
    [
        ("Yuki", "ユキ"),
        ("Yuki", "ユウキ"),
        ("Yūko", "ユウコ"),
        ("Kenichi", "ケンイチ"),
        ("Kenichi", "ケニチ"),
        ("Ohno", "オオノ"),
        ("Satoh", "サトウ"),
        ("Shimbashi", "シンバシ"),
        ("Hattori", "ハットリ"),
        ("Matcha", "マッチャ"),
        ("tuyosi", "ツヨシ"),
    ],
)
def test_readings(romaji: str, reading: str) -> None:
    assert reading in kana_readings(romaji)


@pytest.mark.parametrize("word", ["Will", "Schmidt", "Xavier", "", "quentin", "h"])
def test_no_reading_of_what_is_not_japanese(word: str) -> None:
    assert kana_readings(word) == frozenset()


def test_readings_are_few() -> None:
    assert max(len(kana_readings(name)) for name in ("Ohnoyokosukotsunoguchi", "ononoononoko")) <= 16


@pytest.mark.parametrize(
    "name", ["しの", "ちひろ", "つるみ", "ふみ", "じゅん", "おおの", "のりこ", "シュウ", "ンジャ", "っち"]
)
def test_every_romanization_has_one_of_the_beginnings(name: str) -> None:
    assert all(written.startswith(tuple(roman_beginnings(name))) for written in romanizations(name))


def test_a_beginning_says_something() -> None:
    assert roman_beginnings("しの") == {"sh", "sy", "si"}
    assert roman_beginnings("あき") == {"a"}
    assert roman_beginnings("ん") == {""}
