"""Pieces joined again before they are linked: two invented words tell the dialogue, one the speaker."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from reid import pieces

_SPEAKERS, _DIALOGUES, _PIECES = 10, 6, 4


def _records() -> list[Mapping[str, Any]]:
    """Each speaker's dialogues with a machine; half of the pieces hold a word of the speaker's own."""
    rng = np.random.default_rng(5)
    found: list[Mapping[str, Any]] = []

    def invented() -> str:
        return "".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), 9).tolist())

    habits = [invented() for _ in range(_SPEAKERS)]
    for speaker in range(_SPEAKERS):
        for n in range(_DIALOGUES):
            topic, name = f"{invented()} {invented()}", f"s{speaker}"
            messages = []
            for piece in range(_PIECES):
                habit = f"{habits[speaker]} really" if piece % 2 == 0 else "well then"
                messages.append({"speaker": name, "content": f"{habit} {topic} number {piece}"})
                messages.append({"speaker": "bot", "content": f"yes {topic} is good"})
            people = [{"user_id": name}, {"user_id": "bot"}]
            found.append({"conversation_id": f"{name}-{n}", "participants": people, "messages": messages})
    return found


def _cut(records: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Two messages a piece, in an order that tells nothing."""
    found = [{"messages": r["messages"][n : n + 2]} for r in records for n in range(0, 2 * _PIECES, 2)]
    order = np.random.default_rng(1).permutation(len(found)).tolist()
    return [found[n] for n in order]


@pytest.fixture(scope="module")
def read() -> pieces.Pieces:
    records = pieces.marked(_records())
    wanted = {(f"s{n}", r["conversation_id"]): n for n in range(_SPEAKERS) for r in records}
    return pieces.read(records, _cut(list(records)), wanted)


def test_pieces_are_read_with_whose_they_are_in_their_order(read: pieces.Pieces) -> None:
    assert len(read.said) == len(read.around) == _SPEAKERS * _DIALOGUES * _PIECES
    assert read.first.all()
    assert read.sides[0] == ("s0", "s0-0")
    assert [line.split()[-1] for line in read.whole()[0].splitlines()] == ["0", "1", "2", "3"]
    assert read.person.tolist() == [side // _DIALOGUES for side in range(_SPEAKERS * _DIALOGUES)]
    assert read.around[0].startswith(f"{read.said[0]}\nyes ")


def test_whoever_joins_pieces_that_share_their_topic_finds_more_speakers(read: pieces.Pieces) -> None:
    """Half of the pieces say nothing of their speaker, all of them what dialogue they are of."""
    found = pieces.attacked(read, 1, 7)
    assert found.mates > 0.9
    assert found.alone.released.value < 0.75
    assert found.joined.released.value > found.alone.released.value + 0.15


def test_pieces_that_share_nothing_are_not_joined(read: pieces.Pieces) -> None:
    order = np.random.default_rng(2).permutation(len(read.said))
    mixed = [read.around[n] for n in order.tolist()]
    said = ["well then" for _ in read.said]
    found = pieces.attacked(pieces.Pieces(said, mixed, read.side, read.first, read.sides, read.person), 1, 7)
    assert found.mates < 0.2
    assert found.joined.released.value < 0.35


def test_a_logistic_regression_finds_the_weights_that_made_its_data() -> None:
    rng = np.random.default_rng(3)
    told = np.stack([rng.normal(size=20_000), np.ones(20_000)], axis=1)
    same = rng.random(20_000) < 1 / (1 + np.exp(-(2 * told[:, 0] - 1)))
    assert pieces.logistic(told, same) == pytest.approx([2, -1], abs=0.1)
