import pytest

from deid.detect.names.edges import parted
from deid.types import Span


def people(text: str, *surfaces: str, label: str = "PERSON") -> list[str]:
    """Return what is left of spans over the surfaces, in order."""
    spans = [Span(text.index(s), text.index(s) + len(s), label, 0.8, "names") for s in surfaces]
    found = parted(text, spans)
    assert all((span.label, span.score, span.source) == (label, 0.8, "names") for span in found)
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("surface", "kept"),
    [
        ("Ken's", ["Ken"]),
        ("Tony Marlow’s", ["Tony Marlow"]),
        ("Penny of", ["Penny"]),
        ("and Penny", ["Penny"]),
        ("Amit bhai", ["Amit"]),
        ("Priscilla chan", ["Priscilla chan"]),
        ("Nguyen Van an", ["Nguyen Van an"]),
        ("Smith, J", ["Smith", "J"]),
        ("Le\u0301a Nu\u0301n\u0303ez", ["Le\u0301a Nu\u0301n\u0303ez"]),
        ("李", ["李"]),
        ("Oscar #Marlow", ["Oscar", "Marlow"]),
        ("Ian @Marlow", ["Ian", "Marlow"]),
        ("Ama & Yaw", ["Ama", "Yaw"]),
        ("Ann, Bob", ["Ann", "Bob"]),
        ("Ann\nBob", ["Ann", "Bob"]),
        ("Ann Payne. Love", ["Ann Payne", "Love"]),
        ("Ann Payne.", ["Ann Payne"]),
        ("Ann Payne Jr.", ["Ann Payne Jr."]),
        ("Ann P.", ["Ann P."]),
        ("ann sm", ["ann"]),
        ("ann lend", ["ann"]),
        ("ann getting", ["ann"]),
        ("ann hope", ["ann hope"]),
        ("Ann Getting", ["Ann Getting"]),
        ("girl ann", ["ann"]),
        ("guy ritchie", ["guy ritchie"]),
        ("Guy Payne", ["Guy Payne"]),
        ("Dr. Payne", ["Dr. Payne"]),
        ("Sen. Ann Payne", ["Sen. Ann Payne"]),
        ("J. R. Payne", ["J. R. Payne"]),
        ("Jean-Luc O'Neil", ["Jean-Luc O'Neil"]),
        ("'Whitey' Marlow", ["Whitey' Marlow"]),
        ("Ann_B", ["Ann_B"]),
        ("Nguyen An", ["Nguyen An"]),
        ("M", []),
        ("'s", []),
    ],
)
def test_a_name_ends_where_its_words_do(surface: str, kept: list[str]) -> None:
    assert people(f"so {surface} said", surface) == kept


def test_a_body_keeps_its_signs() -> None:
    assert people("at Moss & Fern's", "Moss & Fern's", label="ORGANIZATION") == ["Moss & Fern's"]


@pytest.mark.parametrize(
    ("text", "first", "second", "kept"),
    [
        ("Nguyen Thi Lan here", "Nguyen", "Lan", ["Nguyen Thi Lan"]),
        ("Ludwig van der Meer", "Ludwig", "Meer", ["Ludwig van der Meer"]),
        ("Ann and Bob", "Ann", "Bob", ["Ann", "Bob"]),
        ("Ann Bob", "Ann", "Bob", ["Ann", "Bob"]),
    ],
)
def test_a_particle_joins_two_parts(text: str, first: str, second: str, kept: list[str]) -> None:
    assert people(text, first, second) == kept
