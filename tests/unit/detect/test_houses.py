"""Houses told by a number and a name of no kind, or by a name: what must be found, what must not."""

import pytest

from deid.detect.odd.houses import HouseNames
from deid.detect.odd.values import OddValues
from deid.types import Span, Turn


@pytest.fixture(scope="module")
def houses() -> HouseNames:
    return HouseNames(OddValues.load().lexicon)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("delivery for 12 harcourt", "12 harcourt"),
        ("send the man to 83 balmoral please", "83 balmoral"),
        ("i live at 2 church cottages", "2 church cottages"),
        ("im at rose cottage, mill lane if you get lost", "rose cottage, mill lane"),
        ("deliver to number four the square", "number four the square"),
        ("the leak is in flat 22, cedar house", "flat 22, cedar house"),
        ("estate 5, close 3, house 22", "estate 5, close 3, house 22"),
        ("the house is called Fern Bank", "Fern Bank"),
        ("drop me at 6 abbotsbury ta", "6 abbotsbury"),
    ],
)
def test_a_house_is_found(houses: HouseNames, text: str, surface: str) -> None:
    (found,) = houses.beside([text], [[]])
    assert [text[span.start : span.end] for span in found] == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "14 parcels left and no driver",
        "910 unread, send help",
        "town hall, room 203, planning meeting",
        "floor 3, wing B, door 945",
        "an emu farm near the house",
        "we bought a beautiful cottage",
        "grandma house is nice",
        "the driver waited 20 minutes at home",
        "moved to version 2 yesterday",
        "delivered 3 sofas and a bed",
        "the house is called off",
        "in the 1st place the key is not to",
    ],
)
def test_what_counts_or_describes_is_none(houses: HouseNames, text: str) -> None:
    assert houses.beside([text], [[]]) == [[]]


def test_what_others_found_is_left_alone(houses: HouseNames) -> None:
    text = "parcel for 12 harcourt"
    known = [Span(text.index("12"), len(text), "STREET_ADDRESS", 0.9, "scan")]
    assert houses.beside([text], [known]) == [known]


def test_turns_are_read_each_alone(houses: HouseNames) -> None:
    turns = [Turn("a", "where to", 0), Turn("b", "delivery for 12 harcourt", 1)]
    first, second = houses.in_talks([turns], [[[], []]])[0]
    assert first == []
    assert len(second) == 1
