import re
import unicodedata
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from test_identifiers import VALID

import families
import personforms
import unseenforms
import unseenvalues
from deid.detect.checksums import luhn
from deid.labels import LABELS
from personforms import Name
from surfaces import PLACES

UNSEEN = families.FAMILIES["unseen"]
TUNED = families.FAMILIES["tuned"]
ALL = tuple(families.FAMILIES.values())
LANGUAGES = ("en", "ja")
SEEDS = range(60)
JA = Name("ja", "白石", "楓", ("しらいし", "かえで"), ("shiraishi", "kaede"), "かえぴょん")
EN = Name("en", "Stone", "Ivy", ("", ""), ("Stone", "Ivy"), "Ives")


def plain_labels() -> list[str]:
    cases = {label for language in LANGUAGES for label in LABELS if _has(label, language)}
    return sorted(cases)


def _has(label: str, language: str) -> bool:
    try:
        UNSEEN.plain(Random(0), label, language)
    except KeyError:
        return False
    return True


@pytest.mark.parametrize("label", VALID)
@pytest.mark.parametrize("language", LANGUAGES)
def test_check_digits_hold_whatever_the_format(label: str, language: str) -> None:
    """The independent checks of ``test_identifiers`` on values without their separators."""
    for family in ALL:
        for seed in SEEDS:
            value = family.plain(Random(seed), label, language)
            bare = "".join(char for char in value if char.isalnum())
            if label == "DEVICE_ID" and not bare.isdigit():
                continue  # an Android id has no check digit
            assert VALID[label](bare), (family.name, label, seed)


@pytest.mark.parametrize("label", ["CREDIT_CARD", "IBAN_CODE", "JP_MY_NUMBER", "US_SSN"])
@pytest.mark.parametrize("form", ["fullwidth", "joined"])
def test_forms_keep_the_number_and_its_check_digit(label: str, form: str) -> None:
    for family in ALL:
        if form not in families.forms(label, "en"):
            continue
        for seed in SEEDS:
            whole = family.whole(Random(seed), label, "en")
            shaped = family.surface(whole, form, "en", Random(seed))
            folded = unicodedata.normalize("NFKC", shaped)
            digits = [char for char in str(whole) if char.isalnum()]
            assert [char for char in folded if char.isascii() and char.isalnum()] == digits


def test_unseen_cards_pass_luhn_in_the_detectors_own_reading() -> None:
    for seed in SEEDS:
        card = UNSEEN.plain(Random(seed), "CREDIT_CARD", "en")
        assert luhn(re.sub(r"[^0-9]", "", card))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_every_label_can_be_written(language: str) -> None:
    for family in ALL:
        for label in [*plain_labels(), "PERSON", "DATE_OF_BIRTH"]:
            if not _has(label, language) and label not in ("PERSON", "DATE_OF_BIRTH"):
                continue
            for form in families.forms(label, language):
                value = family.value(Random(1), label, form, language)
                assert (value.label, value.form) == (label, form)
                assert value.surface.strip() == value.surface != ""


def test_a_form_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="tuned: obfuscated changes no CREDIT_CARD"):
        TUNED.value(Random(1), "CREDIT_CARD", "obfuscated", "en")
    with pytest.raises(KeyError):
        UNSEEN.value(Random(1), "CREDIT_CARD", "sideways", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_families_share_no_name(language: str) -> None:
    def names(family: Any) -> set[str]:
        pools = [words for pool, words in family.people.items() if pool.startswith(f"{language}_")]
        return {part for words in pools for word in words for part in word.split(":")[:1]}

    assert not names(TUNED) & names(UNSEEN)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("plain", "白石楓"), ("gap", "白石 楓"), ("family", "白石"), ("given", "楓"),
        ("hiragana", "しらいし かえで"), ("katakana", "シライシカエデ"), ("halfkana", "ｼﾗｲｼ ｶｴﾃﾞ"),
        ("romaji", "Kaede Shiraishi"), ("lower", "shiraishi kaede"), ("upper", "SHIRAISHI Kaede"),
        ("nick", "かえぴょん"),
    ],
)  # fmt: skip
def test_japanese_name_forms(form: str, expected: str) -> None:
    assert personforms.written(JA, form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("plain", "Ivy Stone"), ("lower", "ivy stone"), ("upper", "IVY STONE"), ("given", "Ivy"),
        ("given_lower", "ivy"), ("family", "Stone"), ("initial", "I. Stone"), ("turned", "Stone, Ivy"),
        ("nick", "Ives"), ("nick_lower", "ives"),
    ],
)  # fmt: skip
def test_english_name_forms(form: str, expected: str) -> None:
    assert personforms.written(EN, form) == expected


def test_a_name_form_of_the_other_language_is_refused() -> None:
    with pytest.raises(KeyError):
        personforms.written(EN, "katakana")


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("plain", "ja", "1989年1月8日"), ("era", "ja", "平成元年1月8日"), ("era_short", "ja", "H1.1.8"),
        ("era_kanji", "ja", "平成元年一月八日"), ("slash", "ja", "1989/1/8"), ("digits", "ja", "19890108"),
        ("plain", "en", "January 8, 1989"), ("slash", "en", "01/08/1989"), ("iso", "en", "1989-01-08"),
        ("dots", "en", "08.01.1989"), ("short", "en", "8 Jan 1989"), ("lower", "en", "january 8 1989"),
    ],
)  # fmt: skip
def test_date_of_birth_forms(form: str, language: str, expected: str) -> None:
    assert personforms.day_written(date(1989, 1, 8), form, language) == expected


def test_a_year_of_an_era_in_kanji() -> None:
    assert personforms.day_written(date(1988, 12, 23), "era_kanji", "ja") == "昭和六十三年十二月二十三日"


@pytest.mark.parametrize(
    ("form", "language", "text", "pattern"),
    [
        ("spelled", "en", "020-7946-0055", r"oh two oh\W+seven nine four six\W+double oh double five"),
        ("spelled", "ja", "090-1200", r"(ゼロきゅうゼロ|零九零)[、の ](いちにゼロゼロ|一二零零)"),
        ("kanji", "ja", "北町12番5号", r"北町(十二|一二)番五号"),
        ("fullwidth", "ja", "12-34", r"１２[-－ー−‐]３４"),
        ("spaced", "en", "12-34", r"12 34|1(  |-| - |・)2\1?3\1?4|1(.+)2\2?3\2?4"),
        ("obfuscated", "en", "a@b.example", r"a[^@a-z]{0,2}(AT|a|at|@|at-sign)\W{0,2}b.+example"),
        ("obfuscated", "en", "192.0.2.1", r"192( \. |\(\.\)|\[dot\])0\1(?:2)\1(?:1)"),
        ("zero_width", "en", "abcdef", "abc.def"),
    ],
)
def test_unseen_forms(form: str, language: str, text: str, pattern: str) -> None:
    for seed in range(30):
        assert re.fullmatch(pattern, unseenforms.shape(text, form, language, Random(seed)))


def test_unseen_place_forms_leave_the_surface() -> None:
    assert {unseenforms.shape("x@y", form, "en", Random(0)) for form in ("plain", *PLACES)} == {"x@y"}


RESERVED: dict[str, Callable[[str], bool]] = {
    "EMAIL_ADDRESS": lambda text: re.search(r"[@.]example\.", text) is not None,
    "URL": lambda text: re.search(r"(^|[/.])example\.(com|net|org)", text) is not None,
    "IP_ADDRESS": lambda text: text.startswith(("203.0.113.", "2001:0db8:")),
    "MAC_ADDRESS": lambda text: re.sub(r"[^0-9a-f]", "", text.lower()).startswith("00005e0053"),
}


@pytest.mark.parametrize("label", RESERVED)
def test_unseen_values_are_of_ranges_kept_for_documentation(label: str) -> None:
    assert all(RESERVED[label](unseenvalues.plain(Random(seed), label, "en")) for seed in SEEDS)
