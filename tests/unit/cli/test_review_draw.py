from collections import Counter

from deid.cli.conversations import Conversation
from deid.cli.review import draw
from deid.types import Turn


def conversations(*sizes: int) -> list[Conversation]:
    return [(f"c{n}", [Turn(f"m{i}", "hi") for i in range(size)], ()) for n, size in enumerate(sizes)]


def test_a_sample_of_all_is_all_in_order() -> None:
    places, records, messages = draw(conversations(2, 0, 3), 99, seed=1)
    assert [(number, turn) for number, turn, _ in places] == [(0, 0), (0, 1), (2, 0), (2, 1), (2, 2)]
    assert (records, messages) == (3, 5)


def test_blank_messages_are_not_drawn() -> None:
    assert draw([("c", [Turn("m", " \n")], ())], 5, seed=1) == ([], 1, 0)


def test_the_same_seed_draws_the_same() -> None:
    one, other, third = (draw(conversations(50, 50), 10, seed=seed)[0] for seed in (3, 3, 4))
    assert one == other != third


def test_every_message_is_as_likely() -> None:
    counts = Counter(place[:2] for seed in range(2000) for place in draw(conversations(3, 1, 4), 2, seed)[0])
    assert len(counts) == 8
    assert all(420 <= count <= 580 for count in counts.values())  # 500 expected, 4 standard deviations
