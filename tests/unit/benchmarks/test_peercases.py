"""The benchmark that asks for what other tools' recognizers ask for."""

import pytest

pytest.importorskip("presidio_analyzer")

from deid.types import Span
from peercases import covered, recognizers, telephones, values


def test_values_are_what_the_recognizer_asks_for() -> None:
    (recognizer,) = [one for one in recognizers() if one.name == "UkNinoRecognizer"]
    drawn = values(recognizer, 5)
    assert len(set(drawn)) == 5
    assert drawn == values(recognizer, 5)
    for value in drawn:
        assert recognizer.analyze(value, ["UK_NINO"], None)


def test_every_recognizer_has_a_name() -> None:
    names = [recognizer.name for recognizer in recognizers()]
    assert len(names) > 50
    assert names == sorted(set(names))


def test_telephones_stand_in_their_texts() -> None:
    home, abroad = telephones()
    assert len(home) == len(abroad) > 200
    assert all(text.endswith(value) for text, value in home + abroad)


@pytest.mark.parametrize(
    ("spans", "hits"),
    [
        ([Span(3, 9, "PASSPORT")], 1),
        ([Span(3, 5, "PASSPORT"), Span(6, 9, "ACCOUNT_ID")], 1),
        ([Span(3, 8, "PASSPORT")], 0),
        ([], 0),
    ],
)
def test_covered_is_every_letter_and_digit(spans: list[Span], hits: int) -> None:
    assert covered(lambda texts: [spans for _ in texts], [("my 12-345 ok"[:9], "12-345")]).hits == hits
