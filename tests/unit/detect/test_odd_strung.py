"""Values strung out or said, the gate of shapes, and what stands round the groups of a value."""

from collections.abc import Sequence

import numpy as np
import pytest

from deid.detect.matching.automata import HAS_HYPERSCAN
from deid.detect.odd import gate
from deid.detect.odd.facts import Facts, facts_of
from deid.detect.odd.features import Before, candidates
from deid.detect.odd.gate import SHAPE, SHAPES, WORD, near_of
from deid.detect.odd.lexicon import BITS, NO_WORDS, Lexicon, packed
from deid.detect.odd.strung import strung
from deid.detect.odd.units import Unit, odd_ones, units_of
from deid.detect.odd.values import said_before
from deid.detect.odd.worded import worded_ones
from deid.types import Span, Turn
from processor_time import least_seconds

LEXICON = Lexicon.read("+unlock vault\n", packed(["kettle", "marmalade", "broken", "pin"], ["broken"]))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("it is 9 2 2 8 ok", "9228"),
        ("said U Q C, one eight one zero", "UQC1810"),
        ("four two oh dash six nine", "42069"),
        ("m b r  0 3 2", "mbr032"),
        ("Zero eight NINE.", "089"),
    ],
)
def test_a_strung_value_is_put_together(text: str, value: str) -> None:
    assert [one.value for one in strung(text)] == [value]


@pytest.mark.parametrize("text", ["one of the two", "I am a b", "no one two", "I O U one", "vitamin a b c"])
def test_fewer_characters_are_none(text: str) -> None:
    assert not [*strung(text)]


def test_a_strung_value_shows_no_text() -> None:
    (one,) = strung("its 9 2 2 8")
    assert repr(one) == "Strung(4, 11)"


def facts(found: Sequence[Unit]) -> list[Facts]:
    return [facts_of(unit.text, LEXICON) for unit in found]


def odd(text: str) -> list[str]:
    found = units_of(text)
    return [text[found[at].start : found[at].end] for at in odd_ones(found, facts(found))]


def test_a_strung_value_is_one_odd_unit() -> None:
    assert odd("code f a s y o f then") == ["f a s y o f"]
    assert odd("code nine two eight then") == ["nine two eight"]


def test_marks_between_groups_are_no_groups() -> None:
    assert odd("MBR - 1181 / 50 now") == ["MBR", "1181", "50", "now"]


def test_a_hyphen_at_the_end_of_a_line_goes_on() -> None:
    assert odd("code ajk-\nmhss-qty") == ["ajk-\nmhss-qty"]


def test_letters_in_groups_are_odd_in_capitals() -> None:
    assert odd("there NPDJ-FZSN then PIXEL.MARBLE then WELL-known") == ["NPDJ-FZSN", "PIXEL.MARBLE"]


def placed(text: str, *, naming: bool) -> list[str]:
    found = units_of(text)
    return [found[at].text for at in worded_ones(found, facts(found), asked=False, naming=lambda: naming)]


def test_a_rare_word_may_be_a_value_behind_is() -> None:
    assert placed("the vault is marmalade there", naming=True) == ["marmalade"]
    assert placed("the vault is broken and kettle", naming=True) == []
    assert placed("the vault is marmalade there", naming=False) == []


def test_common_words_have_bits_of_their_own() -> None:
    assert (LEXICON.is_known("kettle"), LEXICON.is_common("kettle")) == (True, False)
    assert (LEXICON.is_known("broken"), LEXICON.is_common("broken")) == (True, True)
    assert len(packed([])) == BITS // 4
    assert packed([]).dtype == np.uint8


def test_dashes_and_keycaps_are_read_as_plain_ones() -> None:
    text = "vault 4️⃣4️⃣1️⃣0️⃣ or EGQG–LION"
    found = candidates(text, Before(), LEXICON)
    assert [text[one.start : one.end] for one in found] == ["4️⃣4️⃣1️⃣0️⃣", "EGQG–LION"]


def test_what_is_found_keeps_its_place_beside_keycaps() -> None:
    text = "４️⃣ kx77, kx88"
    found = candidates(text, Before(), LEXICON, [Span(4, 8, "PASSWORD", 0.9, "scan")])
    assert [(text[one.start : one.end], one.like) for one in found] == [("kx88", True)]


def test_labels_found_before_are_told() -> None:
    talk = [Turn(f"[{at}]", text, at % 2) for at, text in enumerate(("kx77", "hm", "kx88"))]
    found = [[Span(0, 4, "PASSPORT", 0.9, "scan"), Span(0, 4, "PERSON", 0.9, "scan")], [], []]
    before = said_before(talk, 2, found)
    assert before.labels == ("PASSPORT",)
    (told,), (untold,) = (candidates("kx88", one, LEXICON) for one in (before, said_before(talk, 2)))
    assert {*told.rows} > {*untold.rows}


SHAPED = {
    "to 51404245": True,
    "in 2019": False,
    "at 10:45:33": False,
    "BD61 KXO": True,
    "f a s y": True,
    "zero one two": True,
    "one of": False,
    "NPDJ-FZSN": True,
    "well-known": False,
    "ajk-mhss-qty": True,
    "foo_bar77": True,
    "a/foo_bar": False,
    "３１４５": True,
    "0️⃣": True,
    "72 85 02": True,
    "0200.3411": True,
    "v0.9.12": False,
    "2.5": False,
    "KINOKO.MARBLE": True,
    "9691\n2504": True,
    "i<3comet70": True,
    "k5527602j": True,
    "": False,
}


@pytest.mark.parametrize("native", [True, False])
def test_a_shape_opens_the_gate(native: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.setattr(gate, "HAS_HYPERSCAN", native and HAS_HYPERSCAN)
    near = near_of(("vault",), SHAPES)
    assert dict(zip(SHAPED, map(bool, near([*SHAPED])), strict=True)) == SHAPED
    assert near(["vault", "to 51404245", "vault 51404245", "so"]) == [WORD, SHAPE, WORD + SHAPE, 0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the pin is 4 4 1 0 I think", "4 4 1 0"),
        ("my pin is four four one zero, I promise", "four four one zero"),
        ("safe opens with a 7 2 9 1", "7 2 9 1"),
        ("my phone pin is k x q 7 a friend set it", "k x q 7"),
        ("plate K 4 9 2", "K 4 9 2"),
    ],
)
def test_a_word_of_the_sentence_is_no_part(text: str, value: str) -> None:
    (found,) = strung(text)
    assert text[found.start : found.end] == value


def test_time_is_linear_in_a_table_of_numbers() -> None:
    def seconds(text: str) -> float:
        return least_seconds(lambda: candidates(text, Before("what is the code?"), NO_WORDS))

    row = "12 34 56 78 "
    assert seconds(row * 160) < 6 * max(seconds(row * 40), 0.02)
