"""Amounts, makes and models where a value was asked for."""

import pytest

from deid.detect.asides import is_made, is_model, is_placeholder
from deid.detect.detector import DefaultDetector
from deid.detect.scan import Scanner
from deid.detect.talk.carried import carried
from deid.detect.talk.counted import is_amount
from deid.detect.talk.cues import cues_of
from deid.detect.talk.twins import twins
from deid.types import Turn

SCANNER = Scanner()


def read(*lines: str) -> list[str]:
    """Return what turns above name in the last of some turns, of two speakers, or is a twin."""
    turns = [Turn(f"[{n}]", line, n % 2) for n, line in enumerate(lines)]
    spans = SCANNER.detect([*lines])
    held = cues_of([turns])[0]
    last = len(lines) - 1
    told = [one[1:] for one in carried([(turns, spans, held.marks, held.names)], SCANNER.detect)]
    found = [*told, *twins([*lines], spans)]
    return sorted({lines[last][span.start : span.end] for at, span in found if at == last})


@pytest.mark.parametrize(
    "lines",
    [
        ("口座番号は4410926です", "はい", "すみません、売上は1250000円でした"),
        ("口座番号は4410926です", "はい", "ごめん、売上は1250000だった"),
        ("郵便番号は1500001です", "間違いないですか", "1500002円払った"),
        ("郵便番号は1500001です", "間違いないですか", "人口は1400001人"),
        ("フレンドコードは 123456789 です", "やっぱ 100000000 円ほしい"),
        ("インスタ始めた", "いいね", "RTX-4090で動画編集してる"),
        ("パスワードなんだっけ", "知らん", "gpt-4oに聞いて"),
        ("パスワードなんだっけ", "知らん", "i7-13700Kだと速い"),
        ("会員番号をどうぞ", "はい", "今", "WH-1000XMで音楽聴いてる"),
    ],
)
def test_an_amount_or_a_make_behind_a_noun_is_no_value(lines: tuple[str, ...]) -> None:
    assert read(*lines) == []


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("口座番号は4410926です", "はい", "すみません、4419026でした"), "4419026"),
        (("郵便番号は1500001です", "間違いないですか", "ごめん1500002だ"), "1500002"),
        (("フレンドコードは 123456789 です", "やっぱ 100000007 だった"), "100000007"),
        (("インスタ始めた", "いいね", "mei_7.22で検索して"), "mei_7.22"),
        (("パスワードなんだっけ", "知らん", "Kaigi-4417で入れた"), "Kaigi-4417"),
        (("学籍番号をどうぞ", "はい", "科目は?", "出せました、MK-88080"), "MK-88080"),
    ],
)
def test_a_value_behind_a_noun_still_is_one(lines: tuple[str, ...], value: str) -> None:
    assert read(*lines) == [value]


@pytest.mark.parametrize("made", ["RTX-4090", "gtx1080", "i7-13700K", "gpt-4o", "Ryzen 7", "iPhone 15 Pro"])
def test_makes_are_known(made: str) -> None:
    assert is_made(made)


@pytest.mark.parametrize(
    "own", ["pixel2207", "galaxy4410", "mei_7.22", "rtx_mia", "iphone2207", "i7-mia", "MK-8808"]
)
def test_names_with_figures_of_somebody_are_no_makes(own: str) -> None:
    assert not is_made(own)


def test_a_model_is_one_where_the_words_behind_it_say_so() -> None:
    assert is_model("AB-1234だと速い", 0, 7)
    assert not is_model("AB-1234です", 0, 7)
    assert not is_model("AB-1234で登録して", 0, 7)


def test_an_amount_has_a_unit_or_a_noun_that_counts() -> None:
    assert is_amount("売上は4410", 3, 7)
    assert is_amount("4410円", 0, 4)
    assert not is_amount("4410です", 0, 4)
    assert not is_amount("口座は4410", 3, 7)
    assert not is_amount("AB44円", 0, 4)


@pytest.mark.parametrize(
    "surface",
    [
        "PERSON_1",
        "[EMAIL_ADDRESS_12]",
        "⟦ONE_TIME_CODE_3⟧",
        "[PASSWORD_1] [PASSWORD_2]",
        "USERNAME_1]:[PASSWORD_1",
    ],
)
def test_a_placeholder_of_a_release_is_none(surface: str) -> None:
    assert is_placeholder(surface)


@pytest.mark.parametrize(
    "surface", ["PERSON", "PERSON_", "SNORK_1", "person_1", "PERSON_x", "1", "[]", "PERSON_1 k7"]
)
def test_what_looks_like_one_is_a_value(surface: str) -> None:
    assert not is_placeholder(surface)


@pytest.mark.parametrize(
    "text",
    [
        "[PERSON_1] and [EMAIL_ADDRESS_1] wrote to me",
        "⟦PERSON_1⟧ and ⟦EMAIL_ADDRESS_1⟧ wrote to me",
        "my login is [USERNAME_1] and the code [ONE_TIME_CODE_2]",
        "my password: [PASSWORD_1] [PASSWORD_2], login [USERNAME_1]:[PASSWORD_1] works",
        "パスワードは[PASSWORD_1]、口座は⟦BANK_ACCOUNT_1⟧です",
    ],
)
def test_nothing_is_found_in_placeholders(text: str) -> None:
    assert DefaultDetector.default(use="fast").detect([text]) == [[]]
