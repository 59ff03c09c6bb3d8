"""Addresses told in two turns."""

import pytest

from deid.detect.scan import Scanner
from deid.detect.talk.parted import parted
from deid.types import Turn

SCAN = Scanner().detect


def found(*lines: str) -> list[tuple[int, str]]:
    """Return the pieces in lines such as «A 番地は»: the turn, and what of it."""
    turns = [Turn(f"[{n}]", line[2:], "AB".index(line[0])) for n, line in enumerate(lines)]
    return [(n, turns[n].text[s.start : s.end]) for n, s in parted(turns, range(len(turns)), SCAN)]


@pytest.mark.parametrize(
    ("lines", "pieces"),
    [
        (("B 静岡市葵区柚ノ木町", "A 番地は", "B 12-8です"), [(0, "静岡市葵区柚ノ木町"), (2, "12-8")]),
        (
            ("B 川崎市多摩区榎下です", "A 番地とお部屋番号もお願いします", "B えっと、3-18-205"),
            [(0, "川崎市多摩区榎下"), (2, "3-18-205")],
        ),
    ],
)
def test_both_pieces_are_told(lines: tuple[str, ...], pieces: list[tuple[int, str]]) -> None:
    assert found(*lines) == pieces


@pytest.mark.parametrize(
    "lines",
    [
        ("B 静岡市葵区柚ノ木町", "A 何時に", "B 12-8です"),
        ("B 静岡市葵区柚ノ木町", "B 番地は", "B 12-8です"),
        ("B そうですね", "A お部屋は", "B 2名です"),
        ("B 一泊の予約", "A お部屋は", "B 3つです"),
    ],
)
def test_other_numbers_are_no_address(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []
