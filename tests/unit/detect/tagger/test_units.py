from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.morphology import Morphology, chunks
from deid.detect.tagger.units import CLOSE, Units, joined, words


def surfaces(text: str, units: Units) -> list[str]:
    return [text[start:end] for start, end in zip(units.starts, units.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi Sarah, it's me", ["hi", "Sarah", ",", "it", "'s", "me"]),
        ("don’t ask O'Brien", ["don", "’t", "ask", "O", "'", "Brien"]),
        ("see https://a.example/x?y=1 now", ["see", "https://a.example/x?y=1", "now"]),
        ("mail j.doe@example.com or @jdoe", ["mail", "j.doe@example.com", "or", "@jdoe"]),
        ("wow!!! ok...", ["wow", "!!!", "ok", "..."]),
        ("a_b\n\nc", ["a", "_", "b", "\n\n", "c"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert surfaces(text, words(text)) == expected


def test_keys_leave_out_what_is_rare_and_say_what_stands_close() -> None:
    assert words("soooo 1234 @jdoe https://a.example").keys == ["soo", "0000", "@", "://"]
    assert words("hi, you").keys == ["hi", f"{CLOSE},", "you"]


def test_morphemes_keep_runs_of_katakana_and_latin_letters_whole() -> None:
    text = "アル・パチーノとPython3の話"
    begins = [0, 2, 3, 7, 8, 14, 15, 16]
    units = joined(text, begins, "nbnpn0pn")
    assert surfaces(text, units) == ["アル・パチーノ", "と", "Python3", "の", "話"]
    assert units.keys[0] == "アル・パチーノ\tn"


def test_a_dot_alone_begins_no_run() -> None:
    units = joined("東京・アメリカ", [0, 2, 3], "LbN")
    assert units.keys == ["東京\tL", "・\tb", "アメリカ\tN"]


def test_a_morpheme_that_reaches_past_a_run_goes_with_it() -> None:
    text = "アイスクリーム屋さん"
    units = joined(text, [0, 3, 8], "nnt")
    assert surfaces(text, units) == ["アイスクリーム屋", "さん"]


def test_morphemes_of_no_length_are_passed_over() -> None:
    assert joined("か…お", [0, 1, 1, 1, 2], "p...v").keys == ["か\tp", "…\t.", "お\tv"]


def test_blanks_are_no_units_but_line_ends_are() -> None:
    assert joined("東 京\n", [0, 1, 2, 3], "L L ").keys == ["東\tL", "京\tL", "\n\t "]


def places(units: Units) -> list[int]:
    return [place for pair in zip(units.starts, units.ends, strict=True) for place in pair]


@given(st.text(max_size=60))
def test_units_are_in_order_and_hold_every_letter(text: str) -> None:
    units = words(text)
    assert places(units) == sorted(places(units))
    held = {at for start, end in zip(units.starts, units.ends, strict=True) for at in range(start, end)}
    assert all(at in held or not character.isalnum() for at, character in enumerate(text))


@cache
def morphology() -> Morphology:
    return Morphology.load()


@settings(deadline=None)  # the first one loads the dictionary
@given(st.text(alphabet="東京アルー・ンaZ1 \nのさ。…㍿", max_size=40))
def test_joined_units_are_in_order_and_leave_out_blanks_alone(text: str) -> None:
    for _, chunk in chunks(text):
        units = joined(chunk, *morphology().morphemes(chunk))
        assert places(units) == sorted(places(units))
        gaps = zip([0, *units.ends], [*units.starts, len(chunk)], strict=True)
        assert all(not chunk[start:end].strip() for start, end in gaps)
