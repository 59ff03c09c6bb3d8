import pytest

from deid.detect.names.trim import trimmed
from deid.detect.names.words import read_words
from deid.types import Span


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\n田中", ["田中"]),
        ("(Sarah)", ["Sarah"]),
        ("J. R.", ["J. R."]),
        ("アリー", ["アリー"]),
        ("佐々", ["佐々"]),
        ("青森の", ["青森"]),
        ("あやの", ["あやの"]),
        ("\n", []),
        ("=", []),
        ("ー", []),
        ("42", []),
        ("IBAN", []),
        ("マイナンバー:", []),
        ("の中曽根", ["中曽根"]),
        ("野溝ら", ["野溝"]),
        ("ミネルバ達", ["ミネルバ"]),
        ("下田氏", ["下田"]),
        ("斎藤っす", ["斎藤"]),
        ("たなかパイセン", ["たなか"]),
        ("ヨアキム王子", ["ヨアキム"]),
        ("ウィットソン3", ["ウィットソン"]),
        ("伊達", ["伊達"]),
        ("さっちゃん", ["さっ"]),
        ("ゆいちゃん", ["ゆい"]),
        ("おばあちゃん", ["おばあちゃん"]),
        ("おにいちゃん", ["おにいちゃん"]),
        ("ちゃん", ["ちゃん"]),
        ("to 青木", ["青木"]),
        ("五月病", []),
        ("のだめ", ["のだめ"]),
    ],
)
def test_what_is_left_of_a_span(text: str, kept: list[str]) -> None:
    spans = trimmed(text, [Span(0, len(text), "PERSON", 0.8, "names")])
    assert [text[span.start : span.end] for span in spans] == kept
    assert all(span.score == 0.8 and span.source == "names" for span in spans)


def test_the_end_of_a_quoting_particle_is_no_part_of_a_name() -> None:
    (span,) = trimmed("まさとって呼んで", [Span(0, 4, "PERSON", 0.9, "names")])
    assert (span.start, span.end) == (0, 3)


@pytest.mark.parametrize(
    "text", ["sudo", "Thx", "ALSA", "ピーマン", "あはは", "ALTER TABLE", "CUDA", "Q3", "U.S.C.", "RFC"]
)
def test_a_common_word_is_no_name(text: str) -> None:
    assert trimmed(text, [Span(0, len(text), "PERSON", 0.99, "names")]) == []


@pytest.mark.parametrize(
    "word",
    ["Pam", "Kate", "Hardy", "Grant Len", "Max", "Cas", "Elo", "もも", "さくら", "公文", "新居", "菜の花"],
)
def test_a_common_word_that_is_also_a_name_is_kept(word: str) -> None:
    assert trimmed(word, [Span(0, len(word), "PERSON", 0.2, "names")])


@pytest.mark.parametrize("name", ["Le\u0301a", "Nu\u0301n\u0303ez", "ใจดี"])
def test_marks_belong_to_their_letters(name: str) -> None:
    cut = name[: 2 if name[0] in "LN" else -1]
    (span,) = trimmed(f"{name} here", [Span(0, len(cut), "PERSON", 0.8, "names")])
    assert (span.start, span.end) == (0, len(name))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("佐藤かのです", "佐藤かの"),
        ("佐藤からです", "佐藤"),
        ("佐藤なんです", "佐藤"),
        ("佐藤みのりと申します", "佐藤みのり"),
    ],
)
def test_a_family_name_goes_on_with_a_given_name_in_hiragana(text: str, kept: str) -> None:
    (span,) = trimmed(text, [Span(0, 2, "PERSON", 0.8, "names")])
    assert text[span.start : span.end] == kept


def test_a_shop_is_an_organization() -> None:
    (span,) = trimmed("Netflix", [Span(0, 7, "PERSON", 0.8, "names")])
    assert span.label == "ORGANIZATION"


@pytest.mark.parametrize("name", ["Zara", "Tesla", "Levis"])
def test_a_shop_that_is_also_a_name_stays_a_person(name: str) -> None:
    (span,) = trimmed(name, [Span(0, len(name), "PERSON", 0.8, "names")])
    assert span.label == "PERSON"


@pytest.mark.parametrize("words", ["makers", "common_words_en", "identifier_words"])
def test_no_list_of_words_holds_a_given_name(words: str) -> None:
    assert not read_words(words) & (read_words("given_en") | read_words("given_en_ambiguous"))
