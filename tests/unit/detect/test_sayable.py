"""Letters that could be an English word, and those that could not."""

import pytest

from deid.detect.patterns.handle_said import is_odd_name
from deid.detect.patterns.sayable import unsayable


@pytest.mark.parametrize(
    "word",
    [
        "background",
        "brightness",
        "smartphone",
        "touchpad",
        "birthday",
        "quiz",
        "rhythm",
        "strengths",
        "jazz",
        "well-known",
        "football",
        "understood",
        "girlfriend",
    ],
)
def test_words_can_be_said(word: str) -> None:
    assert not unsayable(word)


@pytest.mark.parametrize("word", ["vepxkfxkxo", "rxt", "cehq-yocy", "qkz", "tollhirrqh", "aeiou", "bcdfg"])
def test_random_letters_cannot(word: str) -> None:
    assert unsayable(word)


@pytest.mark.parametrize("name", ["xtofuhotarux", "itsmochitofu", "hotaruumeboshi"])
def test_a_name_is_odd(name: str) -> None:
    assert is_odd_name(name)


@pytest.mark.parametrize("word", ["announcement", "conversations", "something", "misrepresented"])
def test_a_word_is_no_odd_name(word: str) -> None:
    assert not is_odd_name(word)
