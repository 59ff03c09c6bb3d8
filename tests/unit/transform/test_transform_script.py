import pytest

from deid.transform.names import parse_person
from deid.transform.script import (
    Language,
    fold,
    fold_romaji,
    has_hiragana,
    has_kanji,
    has_katakana,
    is_japanese,
    language_of,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ａｂ", "ab"),
        ("ミサキ", "みさき"),
        ("ﾐｻｷ", "みさき"),
        ("田\u200b中", "田中"),
        ("ÉCOLE", "école"),
        ("ABC", "abc"),
        ("ー", "ー"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("Satou", "Satoh", "Satō", "SATO", "Satoo"), "sato"),
        (("Yuuki", "Yūki", "yuki"), "yuki"),
        (("Tati", "Tachi"), "tachi"),
        (("Huzi", "Fuji"), "fuji"),
        (("Syouhei", "Shohei", "Shouhei"), "shohei"),
        (("Kenpachi", "Kempachi"), "kenpachi"),
        (("Ohno", "Ono", "Oono"), "ono"),
        (("Mitsuru", "Mituru"), "mitsuru"),
    ],
)
def test_fold_romaji(spellings: tuple[str, ...], folded: str) -> None:
    assert {fold_romaji(spelling) for spelling in spellings} == {folded}


def test_oh_before_a_vowel_stays() -> None:
    assert fold_romaji("Ohashi") == "ohashi"


def test_scripts() -> None:
    assert is_japanese("x田")
    assert is_japanese("ｱ")
    assert not is_japanese("Émile 한국 αβγ 😀")
    assert has_kanji("佐々木")
    assert not has_kanji("ささき")
    assert has_hiragana("さ")
    assert not has_hiragana("サ")
    assert has_katakana("サ")
    assert has_katakana("ｻ")
    assert not has_katakana("さ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello", "en"),
        ("こんにちは", "ja"),
        ("my name is 田中 and I am 34", "en"),
        ("私はJohnです、よろしく", "ja"),
        ("", "en"),
        ("😀", "en"),
    ],
)
def test_language_of(text: str, language: Language) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("surface", "prefix", "atoms", "suffix"),
    [
        ("Mr. John Smith's", "Mr. ", ("John", "Smith"), "'s"),
        ("Prof. Dr. Smith", "Prof. Dr. ", ("Smith",), ""),
        ("Tanaka-san’s", "", ("Tanaka",), "-san’s"),
        ("mika chan", "", ("mika",), " chan"),
        ("田中　美咲さん", "", ("田中", "美咲"), "さん"),
        ("ジョン・スミス氏", "", ("ジョン", "スミス"), "氏"),
        ("Smith, John", "", ("Smith", "John"), ""),
        (" John ", " ", ("John",), " "),
        ("先生", "", ("先生",), ""),
        ("Missy", "", ("Missy",), ""),
        ("...", "", ("...",), ""),
        ("O'Neil", "", ("O'Neil",), ""),
    ],
)
def test_parse_person(surface: str, prefix: str, atoms: tuple[str, ...], suffix: str) -> None:
    mention = parse_person(surface)
    assert (mention.prefix, mention.atoms, mention.suffix) == (prefix, atoms, suffix)
    joined = "".join(a + b for a, b in zip(mention.atoms, (*mention.separators, ""), strict=True))
    assert mention.prefix + joined + mention.suffix == surface
