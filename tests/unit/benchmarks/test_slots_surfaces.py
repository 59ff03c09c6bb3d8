import sys
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

slots: Any = import_module("slots")
surfaces: Any = import_module("surfaces")
exchanges: Any = import_module("exchanges")


def _source(name: str, form: str) -> Any:
    if name.startswith("_"):
        return slots.Value("tea")
    return slots.Value(surfaces.shape("090-0123-4567", form, "en", Random(0)), name, form)


def test_fill_returns_text_and_gold_in_code_points() -> None:
    text, gold = slots.fill("𠮷 {_drink}: {PHONE_NUMBER}, {HEALTH=flu}!", _source)
    assert text == "𠮷 tea: 090-0123-4567, flu!"
    assert gold == (slots.Gold(7, 20, "PHONE_NUMBER"), slots.Gold(22, 25, "HEALTH"))


def test_fill_keeps_the_form_and_measures_the_surface_in_it() -> None:
    text, gold = slots.fill("{PHONE_NUMBER:zero_width}", _source)
    assert text.replace("\u200b", "") == "090-0123-4567"
    assert gold == (slots.Gold(0, 15, "PHONE_NUMBER", "zero_width"),)


def test_fill_splits_a_value_at_its_separators() -> None:
    parts = [slots.fill(f"{{PHONE_NUMBER:{part}/3}}", _source) for part in (1, 2, 3)]
    assert [text for text, _ in parts] == ["090", "0123", "4567"]
    assert {gold[0].form for _, gold in parts} == {"split"}


def test_split_cuts_evenly_without_enough_separators() -> None:
    assert slots.split("abcdefg", 3) == ["abc", "def", "g"]
    assert slots.split("1234-567890-123", 4) == ["1234", "5678", "9012", "3"]


def test_split_cuts_an_email_in_two_at_its_sign() -> None:
    assert slots.split("a.b@example.com", 2) == ["a.b", "example.com"]
    assert slots.split("a.b@example.com", 3) == ["a.b", "example", "com"]


def test_split_keeps_extra_groups_in_the_first_part() -> None:
    assert slots.split("+1 312 555 0183", 3) == ["+1 312", "555", "0183"]


def test_double_braces_are_braces_and_may_marks_optional_gold() -> None:
    text, gold = slots.fill('{{"{_drink}": "{PHONE_NUMBER}", "on": "{may_DATE_TIME=May 3}"}}', _source)
    assert text == '{"tea": "090-0123-4567", "on": "May 3"}'
    assert gold == (slots.Gold(9, 22, "PHONE_NUMBER"), slots.Gold(32, 37, "DATE_TIME", slots.OPTIONAL))


def test_fill_hands_on_the_entity_of_a_value_and_of_its_parts() -> None:
    def source(name: str, _: str) -> Any:
        return slots.Value("01-23", name, "plain", "tel/0")

    _, gold = slots.fill("{PHONE_NUMBER} {PHONE_NUMBER:1/2}", source)
    assert [(span.entity, span.form) for span in gold] == [("tel/0", "plain"), ("tel/0", "split")]


@pytest.mark.parametrize("template", ["a { b", "a } b", "{no-such}"])
def test_fill_refuses_a_brace_outside_a_slot(template: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        slots.fill(template, _source)


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("plain", "en", "090-0123"),
        ("start", "en", "090-0123"),
        ("fullwidth", "en", "０９０－０１２３"),
        ("spaced", "en", "0 9 0 0 1 2 3"),
        ("joined", "en", "0900123"),
        ("spelled", "en", "zero nine zero zero one two three"),
        ("spelled", "ja", "〇九〇の〇一二三"),
        ("zero_width", "en", "0\u200b90-\u200b0123"),
        ("json", "en", "090-0123"),
    ],
)
def test_shape(form: str, language: str, expected: str) -> None:
    assert surfaces.shape("090-0123", form, language, Random(0)) == expected


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("spaced", "en", "+8 1 9 0"),
        ("joined", "en", "+8190"),
        ("spelled", "en", "plus eight one nine zero"),
        ("spelled", "ja", "プラス八一の九〇"),
    ],
)
def test_a_country_code_keeps_its_plus(form: str, language: str, expected: str) -> None:
    assert surfaces.shape("+81-90", form, language, Random(0)) == expected


@pytest.mark.parametrize("language", ["en", "ja"])
def test_obfuscated_email_has_neither_at_nor_dot_of_the_domain(language: str) -> None:
    for seed in range(20):
        text = surfaces.obfuscated("a.b@example.com", language, Random(seed))
        assert "@" not in text
        assert ".com" not in text
        assert text.startswith("a.b")


def test_obfuscated_url_and_address_are_defanged() -> None:
    assert surfaces.obfuscated("https://a.example.com/x", "en", Random(0)) == "hxxps://a[.]example[.]com/x"
    assert surfaces.obfuscated("192.0.2.1", "en", Random(0)) == "192[.]0[.]2[.]1"


def test_halfwidth_katakana_keeps_voicing_marks() -> None:
    assert surfaces.halfwidth("ガパー") == "ｶﾞﾊﾟｰ"


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "〇"), (7, "七"), (10, "十"), (23, "二十三"), (90, "九十"), (305, "三〇五")]
)
def test_numbers_in_kanji(number: int, expected: str) -> None:
    assert surfaces.in_kanji(number) == expected
    assert surfaces.kanji(f"北{number}丁目") == f"北{expected}丁目"


def test_separated_keeps_digits_and_changes_what_stands_between() -> None:
    for seed in range(20):
        text = surfaces.separated("(212) 555-0142", Random(seed))
        assert "".join(char for char in text if char.isdigit()) == "2125550142"
        assert "-" not in text


def test_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        surfaces.shape("x", "sideways", "en", Random(0))


def test_read_book_names_a_line_that_is_none_of_the_grammars(tmp_path: Any) -> None:
    path = tmp_path / "book.txt"
    path.write_text("# fine\n% food = soup, stew\n@ chat\nU hi {_food}\nA hi\n", encoding="utf-8")
    book = exchanges.read_book(path, "en")
    assert book.fillers == {"food": ("soup", "stew")}
    assert book.exchanges == (exchanges.Exchange("chat", "en", (("U", "hi {_food}"), ("A", "hi"))),)
    path.write_text("@ chat\nV one\\ntwo\n~\n", encoding="utf-8")
    assert exchanges.read_book(path, "en").exchanges[0].lines == (("V", "one\ntwo"), ("~", ""))
    path.write_text("@ chat\nnonsense here\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"book\.txt:2"):
        exchanges.read_book(path, "en")


def test_deck_deals_everything_before_anything_again() -> None:
    parts = tuple(exchanges.Exchange("chat", "en", (("U", str(number)),)) for number in range(5))
    other = exchanges.Exchange("end", "en", (("U", "bye"),))
    deck = exchanges.Deck(exchanges.Book("en", (*parts, other), {}), ("chat",), Random(1))
    assert {deck.deal() for _ in range(5)} == set(parts)
    assert {deck.deal() for _ in range(5)} == set(parts)
